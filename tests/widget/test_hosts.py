"""On other people's pages and on phones: keyboards, styles, moves, frames, and the end of a conversation."""

from playwright.sync_api import expect

from .conftest import NEUTRAL, Visit
from .site import Fault, Site

KEYBOARD = """() => {
  Object.defineProperty(visualViewport, "height", { configurable: true, value: 420 });
  Object.defineProperty(visualViewport, "offsetTop", { configurable: true, value: 60 });
  visualViewport.dispatchEvent(new Event("scroll"));
}"""
LOUD = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Loud</title>
<body><script type="module" src="/widget.js"></script>
<div id="one"><signpost-chat></signpost-chat></div><div id="two"></div><signpost-chat></signpost-chat></body></html>"""
SHOUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 62.5% } * { text-transform: uppercase; white-space: nowrap; text-indent: 3em }");
  document.adoptedStyleSheets = [sheet];
}"""


def test_a_phones_keyboard_covers_neither_the_box_nor_the_send_button(visit: Visit) -> None:
    visitor = visit(390, 844).open("/demo")
    visitor.page.evaluate(KEYBOARD)
    box = visitor.page.locator("signpost-chat form").bounding_box()
    head = visitor.page.locator("signpost-chat .head").bounding_box()
    assert box is not None
    assert head is not None
    assert head["y"] >= 59
    assert box["y"] + box["height"] <= 481
    expect(visitor.box).to_have_attribute("enterkeyhint", "send")
    assert visitor.box.evaluate("(box) => parseFloat(getComputedStyle(box).fontSize)") >= 16


def test_a_pages_style_and_a_second_widget_change_nothing_and_a_move_keeps_what_was_said(
    visit: Visit, site: Site
) -> None:
    site.pages["/loud"] = LOUD
    visitor = visit()
    visitor.page.goto(site.url + "/loud")
    visitor.page.evaluate(SHOUT)
    launchers = visitor.launcher.filter(visible=True)
    expect(launchers).to_have_count(1)
    launchers.click()
    visitor.box.first.fill("hello")
    visitor.box.first.press("Enter")
    said = visitor.page.get_by_text("You said: hello")
    expect(said).to_be_visible()
    for name, value in {"text-transform": "none", "white-space": "normal", "text-indent": "0px"}.items():
        expect(visitor.page.locator("signpost-chat .bot").first).to_have_css(name, value)
    assert said.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= 16
    visitor.page.evaluate("two.append(one.firstElementChild)")
    expect(said).to_be_visible()


def test_exit_in_a_frame_leaves_the_whole_page_and_no_page_may_hold_it_back(visit: Visit, site: Site) -> None:
    site.policy = "default-src 'self'"
    site.pages["/outer"] = '<!doctype html><html lang="en"><title>Outer</title><iframe src="/inner"></iframe></html>'
    site.pages["/inner"] = LOUD
    visitor = visit()
    visitor.page.route("**/inner", lambda route: route.fulfill(body=LOUD, content_type="text/html"))
    visitor.page.goto(site.url + "/outer")
    frame = visitor.page.frame_locator("iframe")
    expect(frame.locator("[data-signpost-exit]").first).to_be_visible()
    visitor.page.frames[1].evaluate("addEventListener('beforeunload', (event) => event.preventDefault())")
    frame.locator("[data-signpost-exit]").first.click()
    expect(visitor.page).to_have_title("Weather")
    assert visitor.page.url == NEUTRAL


def test_the_screen_forgets_when_the_server_does_and_says_so(visit: Visit) -> None:
    visitor = visit()
    visitor.page.clock.install()
    visitor.open().asks("my secret words")
    visitor.page.clock.run_for(1_790_000)
    expect(visitor.log).to_contain_text("my secret words")
    visitor.page.clock.run_for(20_000)
    expect(visitor.log).not_to_contain_text("my secret words")
    expect(visitor.log).to_contain_text("Nothing was written here for 30 minutes")


def test_a_lost_message_is_sent_again_by_itself_and_said_once(visit: Visit, site: Site) -> None:
    site.faults = [Fault(status=500)]
    visitor = visit()
    visitor.page.clock.install()
    visitor.open().say("please help")
    expect(visitor.alert).to_contain_text("did not get through")
    visitor.page.clock.run_for(10_500)
    expect(visitor.log.get_by_text("You said: please help")).to_have_count(1)
    expect(visitor.alert).to_be_empty()
    assert len({one["id"] for one in site.heard}) == 1


def test_who_writes_much_is_told_before_it_is_too_much(visit: Visit) -> None:
    visitor = visit().open()
    room = visitor.page.locator("signpost-chat .room")
    visitor.box.fill("a" * 3000)
    expect(room).to_be_hidden()
    visitor.box.fill("a" * 3900)
    expect(room).to_have_text("100 letters left")
    visitor.box.fill("a" * 4010)
    expect(room).to_have_text("10 letters too many")


def test_talk_to_a_person_also_when_the_server_does_not_answer(visit: Visit) -> None:
    visitor = visit(320, 568).open("/demo")
    visitor.page.get_by_role("button", name="Talk to a person").click()
    expect(visitor.log.get_by_role("link", name="Call 0808 157 0005 Our desk")).to_be_in_viewport()
    visitor.page.route("**/api/open-now*", lambda route: route.abort())
    visitor.page.get_by_role("button", name="Talk to a person").click()
    expect(visitor.log.locator('.card a[href="tel:999"]')).to_be_visible()
    visitor.page.unroute("**/api/open-now*")

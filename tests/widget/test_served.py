"""The widget as the real server serves it, answered by the trained model."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from signpost.assistant import assistant
from signpost.site import emergency_services

from .conftest import NEUTRAL, Visit, Visitor
from .site import WIDGET, Site
from .test_access import fits, tab_to

STORY = "bbc-foi-suspected-online-child-sex-offenders--cambridgeshire--2014"
BUDGET = 14_336  # bytes as sent: 14 kB
SENT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((one) => [new URL(one.name).pathname, one.encodedBodySize])"""


def service(name: str) -> dict[str, str]:
    """One of the services that the directory gives each page: name, call, href, why."""
    return next(one for one in emergency_services(assistant()) if one["name"] == name)


def hears(page: Page) -> list[str]:
    """The addresses that the page asks from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_page_sends_for_little_and_only_to_its_own_server(visit: Visit, signpost: Site) -> None:
    visitor = visit(at=signpost)
    visitor.page.unroute_all()  # A page with a route has no cache.
    visitor.open().asks("show me a chart of Cambridgeshire by year")
    sent = {path: size for path, size in visitor.page.evaluate(SENT) if not path.startswith("/api/")}
    assert set(sent) - {"/favicon.ico"} == {"/", "/widget.js", "/widget/page.css"}
    assert all(size > 0 for size in sent.values())
    assert sum(sent.values()) <= BUDGET


def test_before_it_is_opened_the_panel_costs_one_request(visit: Visit, signpost: Site) -> None:
    visitor = visit(at=signpost)
    asked = hears(visitor.page)
    visitor.page.goto(signpost.url + "/demo")
    expect(visitor.launcher).to_be_visible()
    paths = [urlsplit(url).path for url in asked if url.startswith(signpost.url)]
    assert [path for path in paths if path != "/favicon.ico"] == ["/demo", "/widget/page.css", "/widget.js"]
    assert visitor.page.locator("signpost-chat dialog").count() == 0


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_the_greeting_names_the_directorys_emergency_number(visit: Visit, signpost: Site, path: str) -> None:
    visitor = visit(at=signpost).open(path)
    emergency = service("Emergency services")
    expect(visitor.log).to_contain_text(f"in danger now, call {emergency['call']}.")
    link = visitor.log.get_by_role("link", name=emergency["call"])
    expect(link).to_have_attribute("href", emergency["href"])
    expect(visitor.log.get_by_role("group", name="Who is the help for?").get_by_role("button")).to_have_count(3)
    assert visitor.faults() == []


def test_danger_is_answered_with_the_number_to_call_first(visit: Visit, signpost: Site) -> None:
    visitor = visit(390, 844, at=signpost).open().asks("he is hitting me right now and I am hiding")
    emergency = service("Emergency services")
    urgent = visitor.log.locator(".bot.urgent")
    first = urgent.locator("p").first
    expect(first).to_contain_text(f"Call {emergency['call']} now")
    expect(first.get_by_role("link")).to_have_attribute("href", emergency["href"])
    expect(first).to_be_in_viewport(ratio=1)
    card = visitor.log.locator(".card").first
    expect(card.locator(".way").first).to_have_text(re.compile(f"^Call {emergency['call']}"))
    expect(card.locator(".way").first).to_have_attribute("href", emergency["href"])
    expect(visitor.page.get_by_role("group", name="Did this help?")).to_be_hidden()
    fits(visitor)
    visitor.shot("real-danger")
    assert visitor.faults() == []


def test_a_worried_adult_gets_a_card_with_a_number_to_press_to_copy_and_to_rate(visit: Visit, signpost: Site) -> None:
    visitor = visit(at=signpost, permissions=["clipboard-read", "clipboard-write"]).open("/demo")
    visitor.log.get_by_role("button", name="I'm worried about a child").click()
    nspcc = service("NSPCC Helpline")
    card = visitor.log.locator(".card").filter(has=visitor.page.get_by_role("heading", name=nspcc["name"]))
    expect(card.get_by_role("link", name=f"Call {nspcc['call']}")).to_have_attribute("href", nspcc["href"])
    card.get_by_text("What to expect").click()
    expect(card.get_by_text("Is it private?")).to_be_visible()
    visitor.page.get_by_role("button", name="Copy these contacts").click()
    expect(visitor.page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert nspcc["call"] in visitor.page.evaluate("navigator.clipboard.readText()")
    with visitor.page.expect_response("**/api/feedback") as response:
        visitor.page.get_by_role("group", name="Did this help?").get_by_role("button", name="Yes").click()
    assert response.value.status == 204
    visitor.shot("real-cards")
    assert visitor.faults() == []


def test_a_figure_comes_with_a_note_a_chart_and_the_same_numbers_as_a_table(visit: Visit, signpost: Site) -> None:
    visitor = visit(390, 844, at=signpost).open().asks("show me a chart of Cambridgeshire by year")
    expect(visitor.log.get_by_text("They do not say what happened to anyone.")).to_be_visible()
    drawn = visitor.log.locator("tspan").all_text_contents()
    assert len(drawn) >= 3
    visitor.shot("real-chart")
    visitor.log.get_by_text("Show the numbers as a table").click()
    assert visitor.log.get_by_role("table").get_by_role("cell").all_inner_texts() == drawn
    visitor.log.locator("summary", has_text="Source and working").click()
    expect(visitor.log.get_by_text("Published by")).to_be_visible()
    expect(visitor.log).not_to_contain_text("###")
    fits(visitor)
    assert visitor.faults() == []


@pytest.mark.parametrize("width", [390, 320])
def test_the_figures_can_be_read_on_a_phone(visit: Visit, signpost: Site, width: int) -> None:
    visitor = visit(width, 844, at=signpost)
    page, sideways = visitor.page, "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    page.goto(f"{signpost.url}/data#{STORY}")
    row = page.locator(f"tr[id='{STORY}']")
    expect(row).to_be_in_viewport()
    assert not page.evaluate(sideways)
    row.get_by_role("link", name="2014").click()
    title = "81 suspected online child sex offenders in Cambridgeshire in 2014."
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert not page.evaluate(sideways)
    assert visitor.faults() == []
    visitor.shot(f"real-figure-{width}")
    page.get_by_role("link", name="The figures beside it").click()
    expect(row).to_be_in_viewport()


def test_start_again_and_clear_and_close(visit: Visit, signpost: Site) -> None:
    visitor = visit(at=signpost).open("/demo").asks("I feel very low today")
    for name in ("Start again", "Clear and close"):
        with visitor.page.expect_request(
            lambda request: request.method == "DELETE" and request.url.endswith("/api/conversations")
        ) as dropped:
            visitor.menu(name)
        answer = dropped.value.response()
        assert answer is not None
        assert answer.status == 204
        expect(visitor.log.get_by_text("I feel very low today")).to_have_count(0)
        if name == "Start again":
            visitor.asks("I feel very low today")
    expect(visitor.log).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


@pytest.mark.parametrize(("path", "turns"), [("/", 10), ("/demo", 1), ("/demo", 10)])
def test_shift_three_times_leaves_after_the_first_and_after_the_tenth(
    visit: Visit, signpost: Site, path: str, turns: int
) -> None:
    visitor = visit(at=signpost).open(path)
    for _ in range(turns):
        visitor.asks("how many in Cambridgeshire in 2014?")
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
    expect(visitor.page).to_have_title("Weather")
    assert visitor.page.url == NEUTRAL


def test_by_keyboard_alone_from_opening_to_a_phone_link_the_charts_table_and_out(visit: Visit, signpost: Site) -> None:
    visitor = visit(at=signpost)
    visitor.page.goto(signpost.url + "/demo")
    expect(visitor.launcher).to_be_visible()
    keyboard = visitor.page.keyboard
    tab_to(visitor, "Get help or ask")
    keyboard.press("Enter")
    expect(visitor.box).to_be_focused()
    tab_to(visitor, "I'm worried about a child", back=True)
    keyboard.press("Enter")
    nspcc = service("NSPCC Helpline")
    phone = visitor.log.locator(".card").get_by_role("link", name=f"Call {nspcc['call']} {nspcc['name']}")
    expect(phone).to_be_visible()
    tab_to(visitor, f"Call {nspcc['call']}")
    expect(phone).to_be_focused()
    expect(phone).to_be_in_viewport(ratio=0.99)
    while not visitor.box.evaluate("(box) => box.getRootNode().activeElement === box"):
        keyboard.press("Tab")
    keyboard.type("show me a chart of Cambridgeshire by year")
    keyboard.press("Enter")
    expect(visitor.log.get_by_role("img")).to_be_visible()
    tab_to(visitor, "Show the numbers as a table", back=True)
    keyboard.press("Enter")
    expect(visitor.log.get_by_role("table")).to_be_visible()
    tab_to(visitor, "Exit this page", back=True)
    keyboard.press("Enter")
    expect(visitor.page).to_have_title("Weather")
    assert visitor.page.url == NEUTRAL


def pasted(signpost: Site, emergency: bool = False) -> str:
    """What docs/embedding.md tells a publisher to paste; or that line of /demo, which names the emergency services."""
    text = (WIDGET.parent / "docs" / "embedding.md").read_text(encoding="utf-8")
    block = re.search(r"```html\n(<script.*?)```", text, re.S)
    assert block
    script, chat = block[1].strip().splitlines()
    if emergency:
        demo = httpx.get(signpost.url + "/demo").text
        chat = next(line for line in demo.splitlines() if line.startswith("<signpost-chat>"))
        chat = chat.replace('href="/', 'href="https://signpost.example/')
    return f"{script}\n{chat}".replace("https://signpost.example", signpost.url)


def publish(host: Site, signpost: Site, lines: str) -> None:
    """A page of the host, under the strictest policy that docs/embedding.md calls enough."""
    host.reset()
    host.policy = (
        f"default-src 'none'; script-src {signpost.url}; connect-src {signpost.url}; style-src 'none'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    host.pages["/news"] = (
        '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>News</title><body>'
        f"{lines}<main><h1>News</h1><p>An article.</p></main>"
    )


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_site_that_is_named_can_embed_it(visit: Visit, signpost: Site, friend: Site, width: int, height: int) -> None:
    publish(friend, signpost, pasted(signpost))
    visitor = visit(width, height, at=friend, also=signpost.url)
    asked = hears(visitor.page)
    visitor.open("/news").asks("I'm worried about a child")
    expect(visitor.log.locator(".card").first).to_be_visible()
    fits(visitor)
    visitor.shot(f"embedded-{width}")
    assert visitor.faults() == []
    from_there = [urlsplit(url).path for url in asked if url.startswith(signpost.url)]
    assert from_there == ["/widget.js", "/api/conversations", "/api/messages"]
    visitor.page.context.set_offline(True)
    expect(visitor.alert.get_by_role("link", name="All the help")).to_have_attribute("href", f"{signpost.url}/help")
    visitor.page.context.set_offline(False)
    expect(visitor.alert).to_be_empty()
    visitor.exit.click()
    expect(visitor.page).to_have_title("Weather")


def test_a_site_that_is_not_named_shows_the_emergency_services(visit: Visit, signpost: Site, stranger: Site) -> None:
    publish(stranger, signpost, pasted(signpost, emergency=True))
    visitor = visit(at=stranger, also=signpost.url)
    with visitor.page.expect_event("requestfailed", lambda request: request.url.endswith("/widget.js")):
        visitor.page.goto(stranger.url + "/news")
    sees_the_plain_help(visitor, signpost)


def test_a_browser_without_script_shows_the_emergency_services(visit: Visit, signpost: Site, friend: Site) -> None:
    publish(friend, signpost, pasted(signpost, emergency=True))
    visitor = visit(at=friend, also=signpost.url, java_script_enabled=False)
    visitor.page.goto(friend.url + "/news")
    sees_the_plain_help(visitor, signpost)
    visitor.page.goto(signpost.url)
    sees_the_plain_help(visitor, signpost)


def sees_the_plain_help(visitor: Visitor, signpost: Site) -> None:
    """What stands inside the element, or around it, when there is no chat."""
    expect(visitor.page.get_by_role("link", name="Exit this page")).to_have_attribute("href", NEUTRAL)
    expect(visitor.page.locator('a[href$="/help"]').first).to_be_visible()
    for one in emergency_services(assistant()):
        link = visitor.page.locator("signpost-chat").get_by_role("link", name=f"{one['name']}: {one['call']}")
        expect(link).to_have_attribute("href", one["href"])
        expect(link).to_be_visible()

"""Everyone can use it: axe in every state, small screens, zoom, colours, direction, and the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import NEUTRAL, Visit, Visitor
from .site import Fault, Site

SIZES = {"desktop": (1280, 800), "phone": (390, 844), "small": (320, 640), "zoomed": (320, 256)}
LOOKS: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
}
SIDEWAYS = """() => {
  const scroller = document.querySelector("signpost-chat").shadowRoot.querySelector(".scroller");
  return [document.scrollingElement, scroller].some((one) => one.scrollWidth > one.clientWidth + 1);
}"""
SMALL_TARGETS = """() => {
  const root = document.querySelector("signpost-chat").shadowRoot;
  const targets = [...root.querySelectorAll("button, a.way, .exit, summary, textarea")];
  const seen = targets.filter((one) => one.getClientRects().length);
  return seen.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML);
}"""


def fits(visitor: Visitor) -> None:
    """Nothing scrolls sideways; exit, input and send are whole in view; targets are large."""
    assert not visitor.page.evaluate(SIDEWAYS)
    send = visitor.page.get_by_role("button", name="Send")
    for part in (visitor.exit, visitor.box, send):
        expect(part).to_be_in_viewport(ratio=0.99)
    assert visitor.page.evaluate(SMALL_TARGETS) == []


def walk(visitor: Visitor, name: str, path: str) -> None:
    """Go through every state and ask axe in each."""
    site = visitor.site
    visitor.page.goto(site.url + path)
    if path == "/demo":
        expect(visitor.exit).to_be_visible()
        assert visitor.faults() == []
    visitor.open(path)
    fits(visitor)
    visitor.shot(f"{name}-open")
    for kind in ("cards", "chart", "buttons"):
        visitor.asks(kind)
        fits(visitor)
        visitor.shot(f"{name}-{kind}")
        visitor.log.evaluate("(log) => log.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert not visitor.page.evaluate(SIDEWAYS)
    if path == "/":
        assert visitor.faults() == []
    site.faults = [Fault(status=500)]
    visitor.say("please help")
    expect(visitor.alert).to_contain_text("did not get through")
    fits(visitor)
    visitor.shot(f"{name}-failure")
    assert visitor.faults() == []


@pytest.mark.parametrize("path", ["/", "/demo"], ids=["page", "panel"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_any_state_at_any_size(visit: Visit, size: str, path: str) -> None:
    walk(visit(*SIZES[size]), f"{size}-{path.strip('/') or 'page'}", path)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_colours(visit: Visit, look: str) -> None:
    visitor = visit(**LOOKS[look])
    walk(visitor, look, "/demo")
    assert visitor.page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("look", ["dark", "forced"])
def test_the_page_works_on_a_phone_in_any_colours(visit: Visit, look: str) -> None:
    walk(visit(390, 844, **LOOKS[look]), f"{look}-phone-page", "/")


def test_axe_finds_nothing_offline_or_while_waiting(visit: Visit, site: Site) -> None:
    visitor = visit(390, 844)
    visitor.page.clock.install()
    visitor.open("/demo")
    visitor.page.context.set_offline(True)
    expect(visitor.alert).to_contain_text("You are not connected")
    visitor.shot("offline")
    assert visitor.faults() == []
    visitor.page.context.set_offline(False)
    expect(visitor.alert).to_be_empty()
    visitor.page.route("**/api/messages", lambda route: None)
    visitor.say("please help")
    visitor.page.clock.run_for(8500)
    expect(visitor.alert).to_contain_text("You do not have to wait.")
    visitor.shot("slow")
    assert visitor.faults() == []


RIGHT_TO_LEFT = (
    '<!doctype html><html lang="en" dir="rtl"><meta name="viewport" content="width=device-width"><title>x</title>'
    '<link rel="stylesheet" href="/widget/widget.css"><script type="module" src="/widget.js"></script>{}</html>'
)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("panel", "<signpost-chat></signpost-chat><main><h1>x</h1></main>"),
        ("page", "<main><h1>x</h1><signpost-chat page></signpost-chat></main>"),
    ],
)
def test_right_to_left(visit: Visit, site: Site, width: int, height: int, name: str, body: str) -> None:
    site.pages["/rtl"] = RIGHT_TO_LEFT.format(body)
    visitor = visit(width, height).open("/rtl").asks("cards").asks("chart")
    fits(visitor)
    send = visitor.page.get_by_role("button", name="Send").bounding_box()
    box = visitor.box.bounding_box()
    assert send is not None
    assert box is not None
    assert send["x"] < box["x"]
    if name == "panel":
        panel = visitor.page.locator("signpost-chat dialog").bounding_box()
        assert panel is not None
        assert panel["x"] < 20
    visitor.shot(f"rtl-{name}-{width}")
    assert visitor.faults() == []


def test_text_grows_with_the_users_own_size(visit: Visit) -> None:
    visitor = visit(1280, 800).open("/demo")
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    before = visitor.box.evaluate(size)
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert visitor.box.evaluate(size) == 2 * before
    assert not visitor.page.evaluate(SIDEWAYS)


def test_the_launcher_opens_closes_and_keeps_the_focus(visit: Visit) -> None:
    visitor = visit()
    visitor.page.goto(visitor.site.url + "/demo")
    launcher = visitor.page.get_by_role("button", name="Get help or ask")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.press("Enter")
    expect(launcher).to_have_attribute("aria-expanded", "true")
    expect(visitor.box).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.box).to_be_hidden()
    expect(launcher).to_be_focused()
    launcher.press("Enter")
    visitor.page.get_by_role("link", name="See all the help and phone numbers").focus()
    visitor.page.keyboard.press("Escape")
    expect(visitor.box).to_be_hidden()
    expect(launcher).to_be_focused()


def test_the_panel_is_modal_only_where_it_covers_the_page(visit: Visit) -> None:
    modal = "(node) => node.matches(':modal')"
    visitor = visit(1280, 800).open("/demo").asks("hello")
    panel = visitor.page.locator("signpost-chat dialog")
    assert not panel.evaluate(modal)
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    expect(visitor.box).to_be_focused()
    assert panel.evaluate(modal)
    visitor.page.keyboard.press("Shift")
    visitor.page.keyboard.press("Shift")
    expect(panel.get_by_role("status").filter(has_text="Press Shift once more")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(visitor.page.get_by_role("button", name="Get help or ask")).to_be_focused()


def test_opening_on_a_phone_does_not_raise_its_keyboard(visit: Visit) -> None:
    visitor = visit(390, 844, has_touch=True, is_mobile=True).open("/demo")
    expect(visitor.log).to_be_focused()
    expect(visitor.log.get_by_text("in danger now")).to_be_in_viewport()


def tab_to(visitor: Visitor, name: str, back: bool = False) -> None:
    """Press Tab until the control of that name has the focus; it must then be whole in view."""
    focused = """(root) => {
      const node = root.shadowRoot?.activeElement ?? document.activeElement;
      return node.matches("a, button, summary") ? node.textContent : "";
    }"""
    for _ in range(30):
        visitor.page.keyboard.press("Shift+Tab" if back else "Tab")
        if name in (visitor.page.locator("signpost-chat").evaluate(focused) or ""):
            return
    pytest.fail(f"{name} cannot be reached by Tab")


@pytest.mark.parametrize("size", ["desktop", "small"])
@pytest.mark.parametrize("path", ["/", "/demo"])
def test_by_keyboard_alone_to_a_phone_link_a_table_and_out(visit: Visit, path: str, size: str) -> None:
    visitor = visit(*SIZES[size])
    visitor.page.goto(visitor.site.url + path)
    keyboard = visitor.page.keyboard
    expect(visitor.page.locator("signpost-chat .exit, signpost-chat .scroller").first).to_be_attached()
    if path == "/demo":
        tab_to(visitor, "Get help or ask")
        keyboard.press("Enter")
    else:
        visitor.box.focus()
    for text in ("cards", "chart"):
        before = visitor.log.locator(".bot").count()
        expect(visitor.box).to_be_focused()
        keyboard.type(text)
        keyboard.press("Enter")
        expect(visitor.log.locator(".bot").nth(before)).to_be_visible()
    tab_to(visitor, "Show the numbers", back=True)
    keyboard.press("Enter")
    expect(visitor.log.get_by_role("table")).to_be_visible()
    tab_to(visitor, "Call 0808 157 0001", back=True)
    phone = visitor.log.get_by_role("link", name="Call 0808 157 0001 Childline")
    expect(phone).to_be_focused()
    expect(phone).to_be_in_viewport(ratio=0.99)
    tab_to(visitor, "Exit this page", back=True)
    keyboard.press("Enter")
    expect(visitor.page).to_have_title("Weather")
    assert visitor.page.url == NEUTRAL


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_no_focused_control_hides_behind_another(visit: Visit, path: str) -> None:
    visitor = visit(320, 640).open(path).asks("cards").asks("chart")
    covered = """() => {
      const root = document.querySelector("signpost-chat").shadowRoot;
      const node = root.activeElement;
      if (!node) return null;
      const box = node.getBoundingClientRect();
      const seen = root.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
      return node.contains(seen) || seen?.contains(node) ? null : node.textContent;
    }"""
    for _ in range(24):
        visitor.page.keyboard.press("Shift+Tab")
        assert visitor.page.evaluate(covered) is None

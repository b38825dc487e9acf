"""Exit this page: always there, quick, silent until it should speak, and thorough."""

import pytest
from playwright.sync_api import expect

from .conftest import NEUTRAL, Visit, Visitor
from .site import Site

PLACES = ["/", "/demo"]


def press(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        visitor.page.keyboard.press(key)


def left(visitor: Visitor) -> None:
    expect(visitor.page).to_have_title("Weather")
    assert visitor.page.url == NEUTRAL


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("turns", [1, 10])
def test_shift_three_times_leaves(visit: Visit, site: Site, path: str, turns: int) -> None:
    visitor = visit().open(path)
    for turn in range(turns):
        visitor.asks(f"message {turn}")
    visitor.page.keyboard.press("Shift")
    expect(visitor.page.get_by_text("Press Shift once more")).to_have_count(0)
    visitor.page.keyboard.press("Shift")
    told = visitor.page.get_by_role("status").filter(has_text="Press Shift once more to leave this page.")
    expect(told).to_be_visible()
    visitor.page.keyboard.press("Shift")
    left(visitor)
    assert site.dropped_soon() == 1
    assert not site.open


@pytest.mark.parametrize("path", PLACES)
def test_back_does_not_show_the_page_again(visit: Visit, path: str) -> None:
    visitor = visit()
    visitor.page.goto(visitor.site.url + "/help")
    visitor.open(path).asks("my secret words")
    visitor.exit.click()
    left(visitor)
    visitor.page.go_back()
    expect(visitor.page).to_have_title("Help")


@pytest.mark.parametrize(
    "keys",
    [
        ("Shift", "Shift", "a", "Shift"),
        ("Shift+A", "Shift+B", "Shift+C", "Shift+D"),
        ("Shift", "Shift+Tab", "Shift", "Shift"),
        ("Control+Shift", "Control+Shift", "Control+Shift"),
        ("Alt+Shift", "Alt+Shift", "Alt+Shift"),
    ],
)
def test_other_keys_reset_the_count(visit: Visit, keys: tuple[str, ...]) -> None:
    visitor = visit().open()
    press(visitor, *keys)
    assert visitor.page.title() == "Signpost: find the right help"  # Leaving changes it at once.
    press(visitor, "a", "Shift", "Shift", "Shift")
    left(visitor)


def test_capitals_are_typed_in_silence(visit: Visit) -> None:
    visitor = visit().open()
    visitor.box.focus()
    for letter in "HELP":
        visitor.page.keyboard.down("Shift")
        visitor.page.keyboard.down(letter)
        visitor.page.keyboard.up("Shift")
        visitor.page.keyboard.up(letter)
    expect(visitor.box).to_have_value("HELP")
    expect(visitor.page.locator("signpost-chat .toast")).to_be_empty()


def test_shift_with_the_mouse_does_not_count(visit: Visit) -> None:
    visitor = visit().open()
    for _ in range(4):
        visitor.page.keyboard.down("Shift")
        visitor.page.mouse.click(5, 400)
        visitor.page.keyboard.up("Shift")
    expect(visitor.page).to_have_title("Signpost: find the right help")


def test_the_count_is_forgotten_after_five_seconds(visit: Visit) -> None:
    visitor = visit()
    visitor.page.clock.install()
    visitor.open()
    press(visitor, "Shift", "Shift")
    visitor.page.clock.run_for(4900)
    expect(visitor.page.locator("signpost-chat .toast")).to_contain_text("once more")
    visitor.page.clock.run_for(200)
    expect(visitor.page.locator("signpost-chat .toast")).to_contain_text("cancelled")
    press(visitor, "Shift")
    expect(visitor.page).to_have_title("Signpost: find the right help")
    press(visitor, "Shift", "Shift")
    left(visitor)


@pytest.mark.parametrize("path", PLACES)
def test_the_page_is_blank_at_once(visit: Visit, site: Site, path: str) -> None:
    visitor = visit().open(path).asks("my secret words")
    seen = visitor.exit.evaluate(
        """(link) => {
          link.click();
          const cover = document.querySelector("[role=alert]").getBoundingClientRect();
          return [document.body.innerText, document.title, cover.width >= innerWidth && cover.height >= innerHeight];
        }"""
    )
    assert seen == ["Loading", "Loading", True]
    left(visitor)
    assert site.dropped_soon() == 1


def test_leaving_stops_what_is_being_sent(visit: Visit, site: Site) -> None:
    visitor = visit().open().asks("hello").say("cards").say("more")
    visitor.exit.click()
    left(visitor)
    assert not site.open


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 256)])
def test_exit_is_in_view_and_first_whether_the_panel_is_open_or_closed(visit: Visit, width: int, height: int) -> None:
    visitor = visit(width, height)
    visitor.page.goto(visitor.site.url + "/demo")
    expect(visitor.exit).to_be_in_viewport(ratio=1)
    visitor.page.keyboard.press("Tab")
    expect(visitor.exit).to_be_focused()
    visitor.page.mouse.wheel(0, 900)
    expect(visitor.exit).to_be_in_viewport(ratio=1)
    visitor.open("/demo").asks("cards")
    expect(visitor.exit).to_have_count(1)
    expect(visitor.exit).to_be_in_viewport(ratio=1)
    visitor.exit.press("Enter")
    left(visitor)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 256)])
def test_exit_is_first_on_the_page(visit: Visit, width: int, height: int) -> None:
    visitor = visit(width, height).open()
    expect(visitor.exit).to_be_visible()
    visitor.page.keyboard.press("Tab")
    expect(visitor.exit).to_be_focused()
    visitor.asks("cards").asks("long")
    expect(visitor.exit).to_be_in_viewport(ratio=1)
    visitor.exit.press("Enter")
    left(visitor)


@pytest.mark.parametrize("path", PLACES)
def test_exit_is_a_plain_link_without_script(visit: Visit, path: str) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(visitor.site.url + path)
    visitor.page.get_by_role("link", name="Exit this page").click()
    expect(visitor.page).to_have_title("Weather")


def test_it_says_that_history_remains(visit: Visit) -> None:
    expect(visit().open().log).to_contain_text("Your browser's history will still show this page.")


GOVUK = """<!doctype html><html lang="en"><title>Council</title><script type="module" src="/widget.js"></script>
<body data-govuk-frontend-exit-this-page-keypress="true"><signpost-chat></signpost-chat>
<a class="govuk-exit-this-page__button" href="https://www.bbc.co.uk/weather?from=council">Exit</a></body></html>"""


def test_a_page_with_govuks_own_exit_is_respected(visit: Visit, site: Site) -> None:
    site.pages["/council"] = GOVUK
    visitor = visit()
    visitor.page.goto(site.url + "/council")
    expect(visitor.launcher).to_be_visible()
    expect(visitor.exit).to_have_count(0)
    press(visitor, "Shift", "Shift", "Shift", "Shift")
    expect(visitor.page).to_have_title("Council")
    visitor.launcher.click()
    visitor.asks("hello")
    visitor.exit.click()
    expect(visitor.page).to_have_title("Weather")
    assert visitor.page.url.endswith("?from=council")
    assert not site.open

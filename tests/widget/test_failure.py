"""Whatever breaks, the visitor sees who to call, and nothing typed is lost or said twice."""

import threading

import pytest
from playwright.sync_api import expect

from .conftest import Visit, Visitor
from .site import Fault, Site

PLACES = ["/", "/demo"]


def sees_help(visitor: Visitor, text: str) -> None:
    expect(visitor.alert).to_contain_text(text)
    for href in ("tel:999", "tel:08081570001", "tel:08081570002", "tel:08081570003"):
        expect(visitor.alert.locator(f'a[href="{href}"]')).to_be_attached()
    expect(visitor.alert.get_by_role("link", name="All the help and phone numbers")).to_be_attached()


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(status=503), Fault(empty=True), Fault(lost=True)],
    ids=["500", "503", "empty", "lost"],
)
def test_a_fault_shows_who_to_call_and_a_retry_says_it_once(visit: Visit, site: Site, path: str, fault: Fault) -> None:
    # Chromium repeats a POST whose kept-alive connection was lost, so two losses in a row are needed.
    site.faults = [fault, fault] if fault.lost else [fault]
    visitor = visit().open(path).say("please help")
    sees_help(visitor, "Your message did not get through.")
    expect(visitor.log.locator(".you")).to_contain_text("Not sent yet")
    visitor.box.fill("half a thought")
    visitor.page.get_by_role("button", name="Try again").press("Enter")
    expect(visitor.log.get_by_text("You said: please help")).to_have_count(1)
    expect(visitor.alert).to_be_empty()
    expect(visitor.log.locator(".you")).not_to_contain_text("Not sent yet")
    expect(visitor.log.locator(".you")).to_be_focused()
    expect(visitor.box).to_have_value("half a thought")
    assert site.texts == ["please help"]
    assert len({one["id"] for one in site.heard}) == 1


def test_a_new_message_sends_the_unsent_one_first(visit: Visit, site: Site) -> None:
    site.faults = [Fault(status=500)]
    visitor = visit().open().say("first")
    sees_help(visitor, "did not get through")
    visitor.say("second")
    expect(visitor.log.get_by_text("You said: second")).to_be_visible()
    assert site.texts == ["first", "second"]


def test_faults_in_a_row_keep_the_retry_and_its_focus(visit: Visit, site: Site) -> None:
    site.faults = [Fault(status=500), Fault(status=502), Fault(status=504)]
    visitor = visit().open().say("please help")
    retry = visitor.page.get_by_role("button", name="Try again")
    for number in (2, 3, 4):
        expect(visitor.alert).to_contain_text("did not get through")
        if number > 2:
            expect(retry).to_be_focused()
        for _ in range(50):  # a key that is pressed while a message is under way sends nothing
            if len(site.heard) < number:
                retry.press("Enter")
                visitor.page.wait_for_timeout(200)
        assert len(site.heard) == number
    expect(visitor.log.get_by_text("You said: please help")).to_be_visible()


def test_the_server_is_down_when_the_conversation_begins(visit: Visit, site: Site) -> None:
    visitor = visit().open()
    visitor.page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    visitor.say("please help")
    sees_help(visitor, "Your message did not get through.")
    visitor.page.unroute("**/api/**")
    visitor.page.get_by_role("button", name="Try again").click()
    expect(visitor.log.get_by_text("You said: please help")).to_be_visible()


@pytest.mark.parametrize("path", PLACES)
def test_a_script_that_does_not_arrive_leaves_the_plain_help(visit: Visit, site: Site, path: str) -> None:
    site.broken.add("/widget.js")
    visitor = visit()
    visitor.page.goto(site.url + path)
    expect(visitor.page.get_by_role("link", name="Exit this page")).to_be_visible()
    expect(visitor.page.locator('signpost-chat a[href="tel:999"]')).to_be_visible()
    expect(visitor.page.locator('a[href="/help"]').first).to_be_visible()


def test_without_its_language_the_chat_speaks_english(visit: Visit, site: Site) -> None:
    site.broken.add("/widget/strings.cy.js")
    site.pages["/cy"] = (
        '<!doctype html><html lang="cy"><title>x</title><script type="module" src="/widget.js"></script>'
        "<main><h1>x</h1><signpost-chat page></signpost-chat></main></html>"
    )
    visitor = visit().open("/cy").asks("hello")
    expect(visitor.page.locator("signpost-chat")).to_have_attribute("lang", "en")
    expect(visitor.log).to_contain_text("You said: hello")


def test_an_old_browser_takes_the_style_as_a_link(visit: Visit) -> None:
    visitor = visit()
    visitor.page.add_init_script("delete window.CSSStyleSheet; delete Document.prototype.adoptedStyleSheets;")
    visitor.open("/demo")
    expect(visitor.page.locator('signpost-chat link[rel="stylesheet"]')).to_be_attached()
    expect(visitor.page.locator("signpost-chat dialog")).to_have_css("position", "fixed")


def test_a_slow_reply_is_seen_at_one_second_and_help_comes_at_eight(visit: Visit, site: Site) -> None:
    release = threading.Event()
    site.faults = [Fault(release=release)]
    visitor = visit()
    visitor.page.clock.install()
    visitor.open().say("please help")
    typing = visitor.page.locator("signpost-chat [role=status]").first
    expect(typing).to_be_empty()
    visitor.page.clock.run_for(1000)
    expect(typing).to_contain_text("Signpost is writing")
    visitor.page.clock.run_for(4500)
    expect(visitor.alert).to_be_empty()
    visitor.page.clock.run_for(3500)
    sees_help(visitor, "You do not have to wait.")
    expect(visitor.page.get_by_role("button", name="Try again")).to_be_hidden()
    release.set()
    expect(visitor.log.get_by_text("You said: please help")).to_be_visible()
    expect(visitor.alert).to_be_empty()
    expect(typing).to_be_empty()
    assert site.texts == ["please help"]


def test_a_reply_that_never_comes_is_given_up(visit: Visit, site: Site) -> None:
    release = threading.Event()
    site.faults = [Fault(release=release)]
    visitor = visit()
    visitor.page.clock.install()
    visitor.open().say("please help")
    expect(visitor.log.locator(".you")).to_be_visible()
    visitor.page.clock.run_for(26000)
    sees_help(visitor, "Your message did not get through.")
    release.set()
    visitor.page.get_by_role("button", name="Try again").click()
    expect(visitor.log.get_by_text("You said: please help")).to_have_count(1)


def test_too_many_messages_wait_as_long_as_asked(visit: Visit, site: Site) -> None:
    site.faults = [Fault(status=429, after=7)]
    visitor = visit()
    visitor.page.clock.install()
    visitor.open().say("please help")
    sees_help(visitor, "Yours will be sent in 7 seconds.")
    visitor.page.clock.run_for(6500)
    assert len(site.heard) == 1
    visitor.page.clock.run_for(600)
    expect(visitor.log.get_by_text("You said: please help")).to_be_visible()
    expect(visitor.alert).to_be_empty()


@pytest.mark.parametrize("status", [413, 422])
def test_a_message_too_long_comes_back_to_be_made_shorter(visit: Visit, site: Site, status: int) -> None:
    site.faults = [Fault(status=status)]
    visitor = visit().open().say("a very long message")
    sees_help(visitor, "Your message is too long: the most is 4000 letters.")
    expect(visitor.box).to_have_value("a very long message")
    visitor.asks("shorter")
    assert [one["text"] for one in site.heard] == ["a very long message", "shorter"]


def test_a_forgotten_conversation_begins_anew_unseen(visit: Visit, site: Site) -> None:
    visitor = visit().open().asks("hello")
    site.open.clear()
    visitor.asks("still here")
    expect(visitor.alert).to_be_empty()
    assert len({one["conversation"] for one in site.heard}) == 2
    assert site.texts == ["hello", "still here"]


def test_a_server_that_only_says_not_found_is_asked_twice_and_no_more(visit: Visit) -> None:
    visitor = visit().open()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.route("**/api/messages", lambda route: route.fulfill(status=404, json={"error": {}}))
    visitor.say("please help")
    sees_help(visitor, "did not get through")
    assert len([url for url in asked if url.endswith("/messages")]) == 2


@pytest.mark.parametrize("path", PLACES)
def test_offline_and_back(visit: Visit, site: Site, path: str) -> None:
    visitor = visit().open(path).asks("hello")
    visitor.page.context.set_offline(True)
    sees_help(visitor, "You are not connected")
    visitor.say("please help")
    expect(visitor.log.locator(".you").last).to_contain_text("Not sent yet")
    visitor.page.context.set_offline(False)
    expect(visitor.log.get_by_text("You said: please help")).to_have_count(1)
    expect(visitor.alert).to_be_empty()
    expect(visitor.page.get_by_text("You are back online.")).to_be_visible()
    assert site.texts == ["hello", "please help"]


@pytest.mark.parametrize("path", PLACES)
def test_without_script_the_page_still_shows_who_to_call(visit: Visit, path: str) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(visitor.site.url + path)
    for name in ("999", "Childline", "NSPCC", "Samaritans"):
        expect(visitor.page.locator("signpost-chat").get_by_role("link", name=name)).to_be_visible()
    expect(visitor.page.locator('a[href="/help"]').first).to_be_visible()


def test_opened_without_a_network_it_says_so_and_whom_to_call(visit: Visit) -> None:
    visitor = visit()
    visitor.page.goto(visitor.site.url + "/demo")
    expect(visitor.launcher).to_be_visible()
    visitor.page.context.set_offline(True)
    visitor.launcher.click()
    sees_help(visitor, "You are not connected")
    visitor.page.context.set_offline(False)
    expect(visitor.alert).to_be_empty()

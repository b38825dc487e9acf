"""A conversation, as it is read, heard and pressed."""

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .site import Fault, Site


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_greeting_offers_the_three_routes_and_questions(visit: Visit, path: str) -> None:
    visitor = visit().open(path)
    expect(visitor.log).to_contain_text("If you or someone else is in danger now, call 999.")
    expect(visitor.log).to_contain_text("not a person")
    expect(visitor.log).to_contain_text("no report has been made")
    expect(visitor.log.get_by_role("group", name="Who is the help for?").get_by_role("button")).to_have_count(3)
    figures = visitor.log.get_by_role("group", name="Or ask about the figures")
    expect(figures.get_by_role("button")).to_have_count(3)
    expect(figures).to_contain_text("They do not say what happened to anyone.")


def test_nothing_is_sent_before_the_first_message(visit: Visit, site: Site) -> None:
    visit().open()
    assert not site.open
    assert not site.heard


def test_each_message_is_put_into_the_log_once(visit: Visit) -> None:
    visitor = visit().open("/demo")
    visitor.page.evaluate(
        """() => {
          window.added = [];
          const log = document.querySelector("signpost-chat").shadowRoot.querySelector("[role=log]");
          const note = (all) => all.forEach((one) => one.addedNodes.forEach((node) => added.push(node.textContent)));
          new MutationObserver(note).observe(log, { childList: true });
        }"""
    )
    for text in ("hello", "figure", "hello again"):
        visitor.asks(text)
    added = visitor.page.evaluate("added")
    assert len(added) == len(set(added)) == 7
    expect(visitor.log).to_have_attribute("aria-live", "polite")


def test_cards_give_ways_to_reach_a_service(visit: Visit) -> None:
    visitor = visit().open().asks("cards")
    card = visitor.log.locator(".card").first
    expect(card.get_by_role("heading", name="Childline")).to_be_visible()
    for name, href in {
        "Call 0808 157 0001 Childline": "tel:08081570001",
        "Text HELP to 60777 Childline": "sms:60777",
        "Chat online Childline": "https://chat.example/",
    }.items():
        expect(card.get_by_role("link", name=name)).to_have_attribute("href", href)
    expect(card.get_by_role("link", name="Read more Childline")).to_be_hidden()
    expect(card).to_contain_text("Open now, day and night. Free")
    expect(card).to_contain_text("It is free.")
    expect(card.get_by_text("A counsellor answers.")).to_be_hidden()
    card.get_by_text("What to expect").click()
    for text in ("A counsellor answers.", "Under 19", "unless someone is in danger", "do not have to give your name"):
        expect(card.get_by_text(text)).to_be_visible()
    expect(card.get_by_role("link", name="Read more Childline")).to_have_attribute("href", "https://help.example/")
    expect(visitor.log).not_to_contain_text("Police: 0808")
    expect(visitor.log.locator(".card").nth(1)).to_be_hidden()
    visitor.log.get_by_text("More help: Police").click()
    expect(visitor.log.locator(".card").nth(1)).to_be_visible()
    expect(visitor.log.locator(".card").nth(1).locator("details")).to_have_count(0)


def test_urgent_replies_stand_out(visit: Visit) -> None:
    visitor = visit().open().asks("urgent")
    width = "(node) => parseFloat(getComputedStyle(node).borderInlineStartWidth)"
    assert visitor.log.locator(".bubble.urgent").evaluate(width) > 4


def test_numbers_in_a_reply_can_be_pressed_but_not_those_of_figures(visit: Visit) -> None:
    visitor = visit().open().asks("numbers")
    for number, href in {"999": "tel:999", "0808 157 0001": "tel:08081570001"}.items():
        link = visitor.log.locator(".bot.urgent").get_by_role("link", name=number, exact=True)
        expect(link).to_have_attribute("href", href)
    expect(visitor.log.get_by_text("In 1999 there were 1015.")).to_be_visible()
    expect(visitor.log.get_by_text("There were 999 offences.").get_by_role("link")).to_have_count(0)


def test_a_figure_is_not_said_twice(visit: Visit) -> None:
    visitor = visit().open().asks("told")
    said = [one.inner_text() for one in visitor.log.locator(".bot").last.locator("> p").all()]
    assert said == ["What it counts: people who were suspected.", "You can ask for another year."]
    expect(visitor.log.get_by_text("A suspect is not a person found guilty.")).to_have_count(1)
    expect(visitor.log).not_to_contain_text("####")


@pytest.mark.parametrize(("kind", "answer"), [("cards", "Yes"), ("figure", "No")])
def test_one_can_say_whether_a_reply_helped(visit: Visit, site: Site, kind: str, answer: str) -> None:
    visitor = visit().open().asks("hello")
    question = visitor.page.get_by_role("group", name="Did this help?")
    expect(question).to_be_hidden()
    visitor.asks(kind)
    question.get_by_role("button", name=answer).press("Enter")
    if answer == "Yes":
        expect(question).to_have_text("Thank you for telling us.")
    else:
        question.get_by_role("button", name="Talk to a person").press("Enter")
        expect(visitor.log.get_by_role("link", name="Call 0808 157 0005")).to_be_visible()
        visitor.box.focus()
        question.focus()
    expect(question).to_be_focused()
    visitor.asks(kind)
    expect(question.get_by_role("button")).to_have_count(2)
    visitor.asks("hello")
    expect(question).to_be_hidden()
    assert site.helped == [{"helped": answer == "Yes"}]


def test_nobody_in_danger_is_asked_whether_it_helped(visit: Visit) -> None:
    visitor = visit().open().asks("urgent")
    expect(visitor.page.get_by_role("group", name="Did this help?")).to_be_hidden()


@pytest.mark.parametrize("status", [404, 429, 503])
def test_feedback_that_fails_is_silent(visit: Visit, site: Site, status: int) -> None:
    visitor = visit().open().asks("cards")
    site.faults = [Fault(status=status)]
    with visitor.page.expect_response("**/api/feedback"):
        visitor.page.get_by_role("button", name="Yes").click()
    expect(visitor.page.get_by_text("Thank you for telling us.")).to_be_visible()
    visitor.asks("hello")
    expect(visitor.alert).to_be_empty()
    assert len(site.helped) == 1


def test_the_question_is_outside_of_the_log(visit: Visit) -> None:
    visitor = visit().open().asks("cards")
    expect(visitor.log).not_to_contain_text("Did this help?")
    for button in visitor.page.get_by_role("group", name="Did this help?").get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_markup_is_text_and_odd_links_are_not_links(visit: Visit) -> None:
    visitor = visit().open().asks("hostile")
    expect(visitor.log.locator("img, b, script")).to_have_count(0)
    visitor.log.get_by_text("What to expect").click()
    for label in ("Bad chat", "Bad data", "Bad file"):
        expect(visitor.log.get_by_text(label)).to_be_visible()
        expect(visitor.log.get_by_role("link", name=label)).to_have_count(0)


def test_a_figure_shows_its_source_caveat_and_working(visit: Visit) -> None:
    visitor = visit().open().asks("figure")
    expect(visitor.log).to_contain_text("They do not say what happened to anyone.")
    card = visitor.log.locator(".card")
    for text in (
        "192 suspects",
        "Suspected offenders, Cambridgeshire, 2016",
        "A suspect is not a person found guilty.",
    ):
        expect(card).to_contain_text(text)
    expect(card).to_contain_text("Worked out from published figures")
    card.get_by_text("Source and working").first.click()
    expect(card.get_by_role("link", name="The article")).to_have_attribute("href", "https://news.example/article")
    expect(card.get_by_text("428 − 81 − 155 = 192")).to_be_visible()


def test_the_assistants_own_note_is_said_once_and_in_the_pages_words(visit: Visit) -> None:
    visitor = visit().open().asks("noted figure")
    expect(visitor.log.locator(".card")).to_contain_text("192 suspects")
    expect(visitor.log.get_by_text("They do not say what happened to anyone.")).to_have_count(1)
    expect(visitor.log.get_by_text("They may be hard to read.")).to_have_count(0)


def test_the_note_comes_before_the_first_figure_only(visit: Visit) -> None:
    visitor = visit().open().asks("figure").asks("figure")
    expect(visitor.log.get_by_text("They do not say what happened to anyone.")).to_have_count(1)


def test_a_chart_can_be_seen_heard_and_read_as_a_table(visit: Visit) -> None:
    visitor = visit().open().asks("chart")
    image = visitor.log.get_by_role("img")
    expect(image).to_have_accessible_name(
        "Suspects by year (suspects). 2014: 81; 2015: 150 to 160; 2016: more than 192; 2017: no figure"
    )
    widths = [float(str(bar.get_attribute("width")).removesuffix("%")) for bar in image.locator("rect").all()]
    assert [round(width / widths[0], 2) for width in widths] == [1, 1.91, 2.37, 0]
    expect(image.locator("line.open")).to_have_count(1)
    expect(image.locator("rect.open")).to_have_count(1)
    expect(image.locator("text", has_text="2017: no figure")).to_be_visible()
    expect(visitor.log.locator("figcaption")).to_have_text("Suspects by year (suspects)")
    visitor.page.get_by_text("Show the numbers as a table").click()
    rows = [row.inner_text().split("\t") for row in visitor.log.get_by_role("row").all()]
    assert rows == [
        ["Item", "suspects"],
        ["2014", "81"],
        ["2015", "150 to 160"],
        ["2016", "more than 192"],
        ["2017", "no figure"],
    ]


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_suggested_replies_are_in_view_and_keep_the_focus(visit: Visit, site: Site, path: str) -> None:
    visitor = visit(390, 844).open(path).asks("hello").asks("buttons")
    choice = visitor.log.get_by_role("button", name="A child")
    expect(choice).to_be_in_viewport(ratio=1)
    form = visitor.page.locator("signpost-chat form").bounding_box()
    box = choice.bounding_box()
    assert form is not None
    assert box is not None
    assert box["y"] + box["height"] <= form["y"]
    choice.press("Enter")
    expect(visitor.log.get_by_text("You said: A child.")).to_be_visible()
    expect(visitor.log.get_by_role("button", name="Me")).to_have_count(0)
    expect(visitor.log.locator(".you").last).to_be_focused()
    assert site.texts == ["hello", "buttons", "A child"]


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_the_first_line_of_a_long_reply_stays_in_view(visit: Visit, path: str) -> None:
    visitor = visit(390, 844).open(path).asks("hello").asks("long")
    bubble = visitor.log.locator(".bot").last.bounding_box()
    head = visitor.page.locator("header, signpost-chat .head").last.bounding_box()
    assert bubble is not None
    assert head is not None
    assert bubble["y"] >= head["y"] + head["height"] - 2
    assert bubble["y"] < 300


def test_enter_sends_and_shift_enter_makes_a_new_line(visit: Visit, site: Site) -> None:
    visitor = visit().open()
    visitor.box.press_sequentially("one")
    visitor.box.press("Shift+Enter")
    visitor.box.press_sequentially("two")
    visitor.box.press("Enter")
    expect(visitor.log).to_contain_text("You said: one")
    assert site.texts == ["one\ntwo"]
    visitor.say("   ")
    assert site.texts == ["one\ntwo"]


def test_quick_messages_are_answered_in_order(visit: Visit, site: Site) -> None:
    visitor = visit().open().say("hi").say("help").say("pls")
    expect(visitor.log.get_by_text("You said: pls")).to_be_visible()
    assert site.texts == ["hi", "help", "pls"]
    assert len(site.open) == 1


def test_contacts_can_be_copied_as_text(visit: Visit) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"]).open().asks("cards")
    visitor.page.get_by_role("button", name="Copy these contacts").click()
    expect(visitor.page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == "Childline: 0808 157 0001\nPolice: 0808 157 0009"


def test_contacts_can_be_copied_by_hand_where_copying_is_forbidden(visit: Visit) -> None:
    visitor = visit().open().asks("cards")
    visitor.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    visitor.page.get_by_role("button", name="Copy these contacts").click()
    expect(visitor.page.get_by_label("Copy this by hand:")).to_have_value(
        "Childline: 0808 157 0001\nPolice: 0808 157 0009"
    )


def test_only_the_contacts_are_printed(visit: Visit) -> None:
    visitor = visit().open().asks("my secret words").asks("cards")
    visitor.page.emulate_media(media="print")
    visitor.page.evaluate("window.print = () => { window.printed = document.body.innerText; }")
    visitor.page.get_by_role("button", name="Print these contacts").dispatch_event("click")
    visitor.page.wait_for_function("window.printed")
    assert visitor.page.evaluate("printed") == "Childline: 0808 157 0001\nPolice: 0808 157 0009"
    expect(visitor.page.locator(".signpost-print")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_start_again_drops_the_conversation(visit: Visit, site: Site, path: str) -> None:
    visitor = visit().open(path).asks("my secret words")
    visitor.menu("Start again")
    expect(visitor.log).not_to_contain_text("my secret words")
    expect(visitor.log.get_by_role("group")).to_have_count(2)
    visitor.asks("hello")
    assert site.dropped_soon() == 1
    assert len(site.open) == 1


def test_clear_and_close_closes_the_panel(visit: Visit, site: Site) -> None:
    visitor = visit().open("/demo").asks("my secret words")
    visitor.menu("Clear and close")
    expect(visitor.log).to_be_hidden()
    expect(visitor.page.get_by_role("status").filter(has_text="cleared")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Get help or ask")).to_be_focused()
    visitor.page.get_by_role("button", name="Get help or ask").click()
    expect(visitor.log).not_to_contain_text("my secret words")
    assert site.dropped_soon() == 1


def test_clear_and_leave_leaves_the_page(visit: Visit, site: Site) -> None:
    visitor = visit().open().asks("my secret words")
    visitor.menu("Clear and leave")
    expect(visitor.page).to_have_title("Weather")
    assert site.dropped_soon() == 1


def test_going_elsewhere_and_back_shows_nothing_said(visit: Visit) -> None:
    visitor = visit().open().asks("my secret words")
    visitor.page.get_by_role("link", name="All the help and phone numbers").last.click()
    expect(visitor.page).to_have_title("Help")
    visitor.page.go_back()
    expect(visitor.log.get_by_role("group")).to_have_count(2)
    expect(visitor.log).not_to_contain_text("my secret words")


def test_welsh_is_whole_and_asks_in_english(visit: Visit, site: Site) -> None:
    site.pages["/cy"] = (
        '<!doctype html><html lang="cy"><title>x</title><script type="module" src="/widget.js"></script>'
        "<main><h1>x</h1><signpost-chat page></signpost-chat></main></html>"
    )
    visitor = visit().open("/cy")
    expect(visitor.log).to_contain_text("ffoniwch 999")
    visitor.page.get_by_role("button", name="Rwy'n poeni am blentyn").click()
    expect(visitor.log.locator(".bot").last).to_have_attribute("lang", "en")
    expect(visitor.log.locator(".bot").last).to_contain_text("You said")
    assert site.texts == ["I'm worried about a child"]
    expect(visitor.log.locator(".you")).to_contain_text("Rwy'n poeni am blentyn")

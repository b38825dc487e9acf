"""The copy: what a visitor reads, and what the linter refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from signpost import copy_linter
from signpost.copy_linter import FRAGMENTS, lint, reading_age, route_faults, sentence_faults, wording
from signpost.directory.directory import Directory
from signpost.directory.routes import Route, Routes, RouteService

DATA = Path(__file__).parents[2] / "data"
DIRECTORY = Directory.load(DATA / "services")
ROUTES = Routes.load(DATA / "routes", choices=DATA / "choices.yml")
COPY = Routes.load(DATA / "copy", DATA / "copy" / "acts", choices=DATA / "choices.yml")


def test_all_copy_is_without_fault() -> None:
    assert [str(fault) for fault in lint(DATA)] == []


def test_the_command_says_nothing_and_succeeds_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert copy_linter.main() == 0
    assert capsys.readouterr().out == ""


def test_the_command_names_the_file_and_fails_otherwise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = copy_linter.Fault("routes/groomed.yml (child)", "promises secrecy: 'is secret'")
    monkeypatch.setattr(copy_linter, "lint", lambda: [bad])
    assert copy_linter.main() == 1
    assert capsys.readouterr().out == "routes/groomed.yml (child): promises secrecy: 'is secret'\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "A paedophile may be watching.",
        "Pedos are everywhere.",
        "He is a monster.",
        "This is child pornography.",
        "Do not look at child porn.",
        "People who commit suicide need help.",
        "She committed suicide.",
        "We help with historic child abuse.",
        "You are a victim of abuse.",
        "Call 988 now.",
        "Call 911 now.",
        "Call 1-800 for help.",
        "What you tell me is secret.",
        "This stays just between us.",
        "It is completely confidential.",
        "They are 100% anonymous.",
        "Nobody will ever know.",
        "They will never tell your mum.",
        "I promise you will be fine.",
        "You will not get into trouble.",
        "You won't be arrested.",
        "You are safe now.",
        "Tell me what happened.",
        "Who did this to you?",
        "When did it start?",
        "Can you tell me more?",
        "Please describe him.",
        "How old were you?",
        "Why didn't you say so?",
        "Take a screenshot of the chat.",
        "Save the pictures first.",
        "Keep the messages.",
        "Send us the photo.",
        "Please forward the video to the police.",
        "Search for the image online.",
        "Show the nude to a teacher.",
        "Gather evidence before you call.",
        "Call 999 now.",
        "Ring 101.",
        "Call 0800 123 456.",
        "Call 116 123.",
        "See https://example.org for more.",
        "Go to www.example.com.",
        "It is on childline.org.uk.",
        "Write to help@example.org.",
        "Report it here: {link:iwf-report}.",
        "They are open until 9pm.",
        "It is open 24/7.",
        "Call on weekdays.",
        "This is a sentence that goes on and on and never seems to want to stop because whoever wrote it did not "
        "think of the small child who has to read all of it in the middle of the night.",
    ],
)
def test_the_linter_refuses_a_bad_sentence(sentence: str) -> None:
    assert sentence_faults(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Please do not look at the picture or pass it on.",
        "Do not look at, copy, print or share the picture.",
        "Never send anyone a photo.",
        "Block them, but keep your account.",
        "You do not need proof.",
        "Write down the child's own words.",
        "You can talk to Childline now: {number:childline}.",
        "Report it here: {link:iwf-report}",
        "Call Victim Support: {number:victim-support}.",
        "Call the Revenge Porn Helpline: {number:revenge-porn-helpline}.",
        "Childline keeps most things private.",
        "You are not in trouble for asking for help.",
        "Suspects were counted from 2014 to 2016.",
        "The GOV.UK finder shows the right council.",
        "Press 55 when the voice tells you to.",
        "It helps people aged about 13 to 21.",
    ],
)
def test_the_linter_lets_a_good_sentence_pass(sentence: str) -> None:
    assert sentence_faults(sentence) == []


GOOD = Route(
    need="groomed",
    audience="child",
    title="",
    urgency=30,
    now="You can talk to Childline: {number:childline}, free, day or night.",
    say=("If you are in danger now, call {number:emergency-999}.",),
    services=(RouteService("childline", "If you are under 19."),),
    next="One call is a good first step.",
    choices=(),
)


def test_a_good_reply_has_no_fault() -> None:
    assert route_faults(GOOD, DIRECTORY) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (replace(GOOD, hear="It was said " + "so " * 13 + "often."), "hear has 17 words"),
        (replace(GOOD, safe="Then call " * 8 + "{number:emergency-999}, please do."), "safe has"),
        (replace(GOOD, next="Shall we go on?"), "asks the visitor something"),
        (replace(GOOD, say=()), "never says what to do in danger"),
        (replace(GOOD, now="Call {number:no-such-line}."), "no-such-line"),
        (replace(GOOD, now="Call {number:safeline-male-survivor}."), "safeline-male-survivor"),
        (replace(GOOD, now="Call {number:ceop-safety-centre}."), "has no number that may be printed"),
        (replace(GOOD, now="Call {place}."), "a brace that nothing fills"),
        (replace(GOOD, now="Call the NSPCC: {number:nspcc-helpline}, day or night."), "does not confirm"),
        (replace(GOOD, now="Call Stop It Now: {number:stop-it-now}."), "sends a child to stop-it-now"),
        (replace(GOOD, services=(RouteService("stopncii", "To stop a picture."),)), "offers a child stopncii"),
        (replace(GOOD, audience="adult"), "offers an adult childline first"),
        (replace(GOOD, audience="unknown", services=(RouteService("childline", "To talk."),)), "does not say for whom"),
        (replace(GOOD, services=(RouteService("childline", "They keep it just between us."),)), "promises secrecy"),
        (replace(GOOD, say=GOOD.say * 5), "says more than"),
        (
            replace(
                GOOD,
                next="Multidisciplinary safeguarding organisations subsequently communicate appropriate "
                "recommendations concerning vulnerable individuals, notwithstanding confidentiality considerations "
                "and administrative responsibilities, throughout institutional investigations.",
            ),
            "is written for readers of",
        ),
    ],
)
def test_the_linter_refuses_a_bad_reply(changed: Route, fault: str) -> None:
    assert any(fault in found for found in route_faults(changed, DIRECTORY)), route_faults(changed, DIRECTORY)


def test_a_reply_that_answers_no_need_has_a_next_step() -> None:
    assert "has no next step" in route_faults(replace(GOOD, next=""), DIRECTORY, need=False)
    assert route_faults(replace(GOOD, next=""), DIRECTORY) == []


def test_reading_age_is_not_judged_on_a_few_words() -> None:
    assert reading_age("Multidisciplinary safeguarding organisations communicate.") is None


def test_a_childs_answers_can_be_read_by_a_nine_year_old() -> None:
    ages = {need: reading_age(" ".join(route.lines)) for need in ROUTES if (route := ROUTES.routes[need].get("child"))}
    assert {need: age for need, age in ages.items() if age is None or age > 9} == {}


def test_words_from_the_law_and_from_names_are_told_apart() -> None:
    assert wording("They support each victim of crime.")
    assert not wording("Victim Support is there too.")


@pytest.mark.parametrize("reply", sorted(COPY))
def test_every_reply_but_the_notices_ends_with_a_next_step(reply: str) -> None:
    assert all(route.next or reply in FRAGMENTS for route in COPY.routes[reply].values())


def said(reply: str, audience: str = "any") -> str:
    route = COPY.route(reply, audience)
    return DIRECTORY.fill(" ".join((route.now, *route.say, route.next)))


def test_everyday_talk_gets_one_quiet_line_and_no_card() -> None:
    assert COPY.route("benign").services == ()
    for audience in ("any", "child", "adult"):
        quiet = said("quiet", audience)
        assert len(quiet.split()) <= 30
        for service in ("childline", "emergency-999"):
            assert DIRECTORY.fill(f"{{number:{service}}}") in quiet


@pytest.mark.parametrize("reply", ["robot", "notice"])
def test_the_assistant_says_that_it_is_automated_and_not_a_person(reply: str) -> None:
    words = said(reply)
    assert "automated" in words
    assert "not a person" in words
    assert "Nobody is watching this chat and no report has been made." in words


def test_privacy_says_what_is_stored_for_how_long_and_who_sees_it() -> None:
    words = said("privacy")
    for part in (
        "do not store",
        "nobody is watching",
        "30 minutes",
        "clear the chat",
        "do not type names",
        "own rules",
    ):
        assert part in words


def test_what_is_out_of_scope_is_declined_with_what_can_be_done() -> None:
    assert said("out_of_scope").startswith("I can't help with that one. I can show you where to get help")


def test_not_understood_is_never_a_shrug() -> None:
    words = said("not_understood") + said("quiet")
    for service in ("emergency-999", "childline", "nspcc-helpline"):
        assert DIRECTORY.fill(f"{{number:{service}}}") in words
    assert "figures" in words
    assert {"young_person", "worried_about_child", "own_thoughts"} <= set(COPY.route("not_understood").choices)


def test_after_a_fault_the_emergency_services_are_named() -> None:
    words = said("emergency_fallback")
    for service in ("emergency-999", "childline", "nspcc-helpline"):
        assert DIRECTORY.fill(f"{{number:{service}}}") in words

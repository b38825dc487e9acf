"""What is answered beside a need or alone: questions of fact, services, places, choices, and other languages."""

from typing import Any

import pytest

from signpost.languages import Found as Language
from signpost.memory import Memory
from signpost.understanding.decision import decide
from signpost.understanding.evidence import About, Need, Place, Question, Reading, Talk
from tests.signpost.understanding.believing import ASSISTANT, TABLE, evidence

QUESTION = {"asks": [{"op": "value"}]}
PLACE = {"place": "norwich"}


def decided(**found: Any) -> Reading:
    return decide(evidence(**found), ASSISTANT)


def names(reading: Reading) -> list[str]:
    return [need.name for need in reading.needs]


@pytest.mark.parametrize("need", ["disclosure", "pictures", "suicide"])
def test_a_question_of_fact_is_answered_beside_a_need_never_instead(need: str) -> None:
    found = {"whole": {need: 0.5, "figures": 0.5}, "parts": [{need: 1.0}, {"figures": 1.0}], "said": {need: 0.95}}
    reading = decided(**found, question=QUESTION, asks_figure=0.95)
    assert names(reading) == [need]
    assert Question(QUESTION) in reading.asks


def test_a_question_of_fact_alone_is_answered_alone() -> None:
    reading = decided(whole={"figures": 0.9, "report": 0.1}, question=QUESTION, asks_figure=0.95)
    assert reading.asks == (Question(QUESTION),)


def test_a_year_in_a_story_is_no_question_of_fact() -> None:
    reading = decided(whole={"disclosure": 1.0}, question=QUESTION, asks_figure=0.1)
    assert reading.asks == (Need("disclosure"),)


def test_danger_is_answered_before_a_question_of_fact() -> None:
    reading = decided(whole={"figures": 1.0}, danger=frozenset({"police"}), question=QUESTION, asks_figure=0.95)
    assert reading.asks[0] == Need("danger")


@pytest.mark.parametrize("role", [{"whole": {"service_info": 1.0}}, {"whole": {"disclosure": 1.0}}])
def test_what_is_asked_about_a_service_is_answered(role: dict[str, Any]) -> None:
    reading = decided(**role, services=("childline",), aspect="cost", asks_service=0.8)
    assert About(("childline",), "cost") in reading.asks
    assert names(reading) == [need for need in role["whole"] if need in TABLE]


def test_a_service_that_is_only_mentioned_is_no_question() -> None:
    assert decided(whole={"disclosure": 1.0}, services=("childline",), asks_service=0.2).asks == (Need("disclosure"),)


def test_without_a_service_named_or_shown_nothing_is_asked_about_one() -> None:
    reading = decided(whole={"disclosure": 1.0}, aspect="cost", asks_service=0.9)
    assert reading.asks == (Need("disclosure"),)
    shown = decided(whole={"service_info": 1.0}, aspect="cost", asks_service=0.9, memory=Memory(shown=["childline"]))
    assert shown.asks == (About((), "cost"),)


def test_help_near_a_place_is_answered_beside_a_need() -> None:
    reading = decided(whole={"rape": 1.0}, place=PLACE, asks_place=0.7)
    assert reading.asks == (Need("rape"), Place(PLACE))
    assert decided(whole={"near": 1.0}, asks_place=1.0).asks == (Place(None),)
    assert decided(whole={"rape": 1.0}, place=PLACE, asks_place=0.1).asks == (Need("rape"),)


def test_in_danger_no_service_and_no_place_is_discussed() -> None:
    found = {"services": ("childline",), "aspect": "cost", "asks_service": 0.9, "place": PLACE, "asks_place": 0.9}
    assert decided(whole={"danger": 1.0}, danger=frozenset({"police"}), **found).asks == (Need("danger"),)


def test_what_answers_the_last_reply_is_taken_as_that_whatever_is_believed() -> None:
    assert decided(whole={"benign": 1.0}, answers="choose").asks == (Talk("choose"),)
    assert names(decided(whole={"benign": 1.0}, answers="choose", danger=frozenset({"police"}))) == ["danger"]


@pytest.mark.parametrize(
    ("choice", "ask"),
    [
        ("someone_hurts_me", Need("disclosure", "child")),
        ("my_childs_picture", Need("pictures", "adult", "child")),
        ("own_thoughts", Need("own_behaviour", "self")),
        ("audience_child", Talk("audience")),
        ("what_happens_when_i_call", About((), "expect")),
        ("more_services", Talk("more")),
    ],
)
def test_a_choice_means_what_its_button_says(choice: str, ask: object) -> None:
    reading = decided(whole={"benign": 1.0}, choice=ASSISTANT.choices[choice])
    assert reading.asks == (ask,)


def test_a_choice_without_a_speaker_is_for_who_spoke_before() -> None:
    reading = decided(choice=ASSISTANT.choices["report_abuse"], memory=Memory(speaker="adult"))
    assert reading.asks == (Need("report", "adult"),)


@pytest.mark.parametrize(
    ("language", "found", "need"),
    [
        (Language("pl"), {}, Need("help")),
        (Language("pl", danger=True), {}, Need("danger")),
        (Language("pl"), {"danger": frozenset({"police"})}, Need("danger")),
        (Language("pl", own=True), {}, Need("own_behaviour", "self")),
        (Language("pl", danger=True, own=True), {}, Need("danger")),
    ],
)
def test_another_language_gets_help_and_danger_first(language: Language, found: dict[str, Any], need: Need) -> None:
    assert decided(whole={"benign": 1.0}, language=language, **found).asks == (need,)


def test_what_is_not_understood_offers_the_doors_that_may_have_been_meant() -> None:
    reading = decided(whole={"nlu_fallback": 0.6, "benign": 0.12, "disclosure": 0.14, "grooming": 0.14})
    assert reading.asks == (Talk("nlu_fallback"),)
    assert set(reading.taps) == {"disclosure", "grooming"}


def test_a_request_that_is_not_sure_is_no_refusal_but_has_the_door_that_helps() -> None:
    reading = decided(whole={"nlu_fallback": 0.3, "evasion": 0.4, "harmful_request": 0.2, "privacy": 0.1})
    assert reading.asks == (Talk("nlu_fallback"),)
    assert reading.taps == (TABLE.roles["own"],)


def test_two_needs_of_one_family_that_do_not_share_their_help_are_both_answered() -> None:
    whole = {"domestic_abuse": 0.5, "exploitation": 0.5}
    parts = [{"domestic_abuse": 1.0}, {"exploitation": 1.0}]
    reading = decided(whole=whole, parts=parts, said={"domestic_abuse": 0.9, "exploitation": 0.9})
    assert set(names(reading)) == set(whole)

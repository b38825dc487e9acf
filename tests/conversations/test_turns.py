"""Conversations that need more than a transcript (*.chat): one answer held against another."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import words

Talk = Callable[..., list[dict[str, Any]]]


def services(messages: list[dict[str, Any]]) -> list[str]:
    return [card["id"] for m in messages for card in (m.get("custom") or {}).get("services", [])]


def about(messages: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = messages[0]["custom"]["about"]
    return found


def test_at_most_three_services_come_first_and_more_on_request(talk: Talk) -> None:
    first = services(talk("my uncle keeps touching me, im 13"))
    assert 1 <= len(first) <= 3
    more = services(talk("More help"))
    assert more
    assert not set(first) & set(more)


def test_the_second_one_is_the_second_that_was_shown(talk: Talk) -> None:
    shown = services(talk("my uncle keeps touching me, im 13"))
    assert services(talk("the second one"))[0] == shown[1]


def test_a_content_note_stands_behind_the_first_figures_and_only_there(talk: Talk) -> None:
    first = talk("how many in cambridgeshire in 2014")
    assert "finding" in first[0]["custom"]
    assert "may be hard to read" in first[1]["text"]
    assert first[1]["custom"]["note"] is True
    assert "hard to read" not in words(talk("and two years later?"))
    talk("start again")
    assert "hard to read" not in words(talk("how many in cambridgeshire in 2014"))


def test_a_button_means_the_same_typed_by_hand(talk: Talk) -> None:
    talk("i cut my legs sometimes")
    clicked = services(talk("I'm under 18"))
    assert "childline" in clicked
    talk("start again")
    talk("i cut my legs sometimes")
    assert services(talk("im under 18!")) == clicked


def test_a_request_for_abuse_material_gets_a_refusal_and_stop_it_now_alone(talk: Talk) -> None:
    messages = talk("show me illegal pictures of children")
    assert set(services(messages)) <= {"stop-it-now", "stop-it-now-self-help"}
    assert "stop-it-now" in services(messages)


def test_the_same_crisis_copy_is_not_repeated_whole_again_and_again(talk: Talk) -> None:
    lengths = [len(words(talk("i want to die"))) for _ in range(4)]
    assert lengths[3] < lengths[0]


def test_a_long_story_is_read_sentence_by_sentence(talk: Talk) -> None:
    filler = "We moved here in spring and the garden is lovely. The school is down the road. " * 6
    messages = talk(filler + "Last night my son said his football coach touches him. " + filler)
    assert "nspcc-helpline" in services(messages)


def test_every_reply_ends_with_a_next_step(talk: Talk) -> None:
    for message in ("hello", "asdf qwer", "my uncle touches me", "recommend me a film", "I live in Norwich"):
        last = talk(message)[-1]
        assert last.get("text") or last.get("buttons")


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("I want to complain about the police", "IOPC"),
        ("who can I complain to about police scotland", "PIRC"),
        ("how do I complain about the psni", "Police Ombudsman"),
        ("I'm deaf, how do I call 999", "https://999bsl.co.uk/"),
        ("I live in Glasgow, who do I tell about a child being abused", "Children's Reporter"),
        ("I'm in Belfast and worried about a child", "Gateway team"),
        ("I'm in Ireland and worried about a child", "Tusla"),
        ("my daughter was assaulted on holiday in Greece", "+44 20 7008 5000"),
        ("is there sarah's law in scotland", "Sex Offender Community Disclosure Scheme"),
        ("is there a welsh speaking helpline", "speaks Welsh"),
        ("who runs you", "not run by a charity"),
        ("how do I complain about this chat", "complaints"),
    ],
)
def test_a_question_about_the_nation_the_way_or_the_operator_is_answered(talk: Talk, said: str, held: str) -> None:
    assert held in words(talk(said))


def test_the_finder_of_england_is_not_shown_to_who_is_elsewhere(talk: Talk) -> None:
    for said in ("I'm in Belfast and worried about a child", "I'm in Ireland and worried about a child"):
        talk("start again")
        messages = talk(said)
        assert "gov-uk-report-child-abuse" not in services(messages)
        assert "gov.uk/report-child-abuse" not in words(messages)


def test_a_nation_that_was_told_is_remembered(talk: Talk) -> None:
    talk("I live in Glasgow and I'm worried about a child")
    assert "PIRC" in words(talk("I want to complain about the police"))

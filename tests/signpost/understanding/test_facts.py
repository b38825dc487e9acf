"""A question of fact is found, and weighed: a year or a place in somebody's own story asks for no figure."""

from typing import Any

import pytest

from signpost.memory import Memory
from signpost.understanding import facts, names
from signpost.understanding.evidence import Belief, Evidence, Part
from tests.signpost.understanding.believing import ASSISTANT, TODAY, labelled


def read(text: str, labels: dict[str, float] | None = None, **found: Any) -> Evidence:
    return facts.stage(names.stage(labelled(text, labels, **found), ASSISTANT), ASSISTANT)


def question_before() -> Memory:
    found = read("how many in cambridgeshire in 2014")
    return Memory(question=dict(found.question or {}))


@pytest.mark.parametrize(
    "asked",
    [
        "how many in cambridgeshire in 2014",
        "how many suspects in norfolk",
        "what is the total for all three years",
        "how many calls to the helpline",
        "what did the nspcc say about the rise in 2016",
        "cambridgeshire 2016 figure",
        "did the numbers rise in essex",
    ],
)
def test_a_question_of_fact_is_read_and_sure(asked: str) -> None:
    found = read(asked)
    assert found.question
    assert found.asks_figure >= 0.8


@pytest.mark.parametrize(
    "story",
    [
        "he did it to me in norwich in 2014",
        "my uncle was arrested in cambridgeshire in 2016",
        "i was 8 in 2015 when he started it",
        "my dad hits me",
        "im 12",
        "hello",
        "i live in essex and my mum hates me",
        "",
    ],
)
def test_a_story_is_no_question_of_fact(story: str) -> None:
    assert read(story).asks_figure <= 0.3


def test_the_belief_of_the_classifier_counts_beside_the_words() -> None:
    calm, likely = read("any figures at all"), read("any figures at all", {"figures/-/-": 0.9})
    assert likely.asks_figure >= 0.9
    assert likely.asks_figure >= calm.asks_figure


def test_without_a_question_the_belief_alone_is_told() -> None:
    found = read("my dad hits me", {"figures/-/-": 0.2, "claims/-/-": 0.1, "disclosure/child/-": 0.7})
    assert found.question is None
    assert found.asks_figure == pytest.approx(0.3)


def test_the_surest_part_asks() -> None:
    parts = (
        Part("x", {"figures/-/-": 0.1}),
        Part("my dad hits me", {}),
        Part("the figures please", {"figures/-/-": 0.9}),
    )
    found = facts.stage(Evidence("my dad hits me. the figures please", parts, Memory(), TODAY), ASSISTANT)
    assert found.asks_figure >= 0.9


def test_a_follow_up_is_read_with_what_was_asked_before() -> None:
    found = read("and in 2016", memory=question_before())
    assert found.question
    assert [ask["areas"] for ask in found.question["asks"]] == [
        ask["areas"] for ask in (question_before().question or {})["asks"]
    ]


def test_what_is_asked_about_a_service_is_hardly_a_question_of_fact() -> None:
    about = read("is childline open in 2026", memory=Memory(shown=["childline"]))
    assert about.asks_figure <= 0.3


def test_everyday_talk_without_a_number_is_hardly_one_either() -> None:
    words = "cambridgeshire and norfolk"
    by_itself = facts.stage(labelled(words), ASSISTANT).asks_figure
    talk = facts.stage(labelled(words, belief=Belief({"benign": 0.9, "figures": 0.1})), ASSISTANT).asks_figure
    assert talk <= by_itself * 0.2


def test_what_was_found_is_told_in_one_line_and_in_words_of_ours() -> None:
    told = read("how many in cambridgeshire in 2014").why[-1]
    assert told.stage == "facts"
    assert "cambridgeshire" not in told.found
    assert read("my dad hits me").why == ()

"""Never 10: what was said in two sentences is answered in both, and a crisis is never the one that is lost."""

import random
from itertools import islice

import pytest

from tests.understanding.never.listening import TABLE, Listening, Reply, held_out, holds

CRISIS = ("danger", "emergency", "suicide", "suicide_other", "running_away", "self_harm")
NEEDS = (
    *("disclosure_child", "rape", "domestic_abuse", "exploitation", "grooming_child", "grooming_adult"),
    *("pictures_child", "pictures_adult", "found_material", "family_knock", "worry", "professional"),
)
MARKS = (". ", "\n", "! ", ". also ", ". and another thing, ")
PAIRS = 120
Said = tuple[str, frozenset[str]]


def pairs(first: tuple[str, ...], second: tuple[str, ...], seed: int) -> list[tuple[str, Said, Said]]:
    """Return joined messages of two needs of different families, either one first, with both."""
    chance = random.Random(seed)
    ones, others = [held_out(name) for name in first], [held_out(name) for name in second]

    def joined() -> tuple[str, Said, Said] | None:
        one, other = chance.choice(chance.choice(ones)), chance.choice(chance.choice(others))
        if families(one[1]) & families(other[1]):
            return None
        halves = [one, other] if chance.random() < 0.5 else [other, one]
        mark = chance.choice(MARKS)
        return halves[0][0].rstrip(".") + mark + halves[1][0], one, other

    endless = (joined() for _ in iter(int, 1))
    return list(islice((pair for pair in endless if pair), PAIRS))


def families(needs: frozenset[str]) -> set[str]:
    return {TABLE.family(need) for need in needs}


def answers(reply: Reply, needs: frozenset[str]) -> bool:
    """Whether one of the needs, or one that shares its help, is answered."""
    near = needs.union(*(TABLE.kinds[need].near for need in needs if need in TABLE))
    return bool(set(reply.needs) & near)


def test_two_needs_in_two_sentences_are_both_answered(listening: Listening) -> None:
    said = pairs(NEEDS, NEEDS, seed=10)
    lost = [text for text, *both in said if not all(answers(listening.to(text), needs) for _, needs in both)]
    holds("both_are_answered", lost, len(said))


def test_of_two_needs_at_least_one_is_answered(listening: Listening) -> None:
    said = pairs(NEEDS, NEEDS, seed=10)
    lost = [text for text, *both in said if not any(answers(listening.to(text), needs) for _, needs in both)]
    holds("one_is_answered", lost, len(said))


def test_a_crisis_beside_another_need_is_never_lost(listening: Listening) -> None:
    said = pairs(CRISIS, NEEDS, seed=11)
    lost = [text for text, _, _ in said if "crisis" not in listening.to(text).families]
    holds("crisis_is_kept", lost, len(said))


def test_a_crisis_and_another_need_are_both_answered(listening: Listening) -> None:
    said = pairs(CRISIS, NEEDS, seed=11)
    lost = [text for text, _, (_, other) in said if not answers(listening.to(text), other)]
    lost += [text for text, _, _ in said if "crisis" not in listening.to(text).families]
    holds("crisis_and_need", sorted(set(lost)), len(said))


def test_a_crisis_comes_before_what_stands_beside_it(listening: Listening) -> None:
    said = pairs(CRISIS[:3], NEEDS, seed=12)
    later = [
        text
        for text, _, _ in said
        if (found := [TABLE.family(need) for need in listening.to(text).needs])
        and "crisis" in found[1:]
        and found[0] != "crisis"
    ]
    holds("crisis_comes_first", later, len(said))


@pytest.mark.parametrize("talk", ["hi", "thanks", "how are you", "nice weather", "my homework is due on monday", "lol"])
def test_talk_in_another_sentence_never_takes_a_need_away(listening: Listening, talk: str) -> None:
    told = [text for name in ("disclosure_child", "grooming_child", "pictures_child") for text, _ in held_out(name)]
    said = [f"{talk}. {text}" if place % 2 else f"{text}. {talk}" for place, text in enumerate(told)]
    lost = [
        text
        for text, alone in zip(said, told, strict=True)
        if listening.to(alone).families and not listening.to(text).families
    ]
    holds("need_beside_talk", lost, len(said))

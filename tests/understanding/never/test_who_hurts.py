"""Never 2: who was hurt, who saw it and who is related to somebody arrested never read words for who hurts."""

from itertools import product

import pytest

from tests.understanding.never.listening import SAID, Listening, holds, plainly

AGES = SAID["ages"]


def told_by(patterns: list[str], people: list[str]) -> list[str]:
    """Return every pattern with every person, with ages that go round."""
    filled = enumerate(product(patterns, people))
    return [pattern.format(person=person, age=AGES[place % len(AGES)]) for place, (pattern, person) in filled]


DONE = told_by([f"my {{person}} {act}, im {{age}}" for act in SAID["acts"]], SAID["people"])
AGELESS = told_by([f"my {{person}} {act}" for act in SAID["acts"]], SAID["people"])
RELATED = told_by(SAID["of_arrested"], SAID["arrested"])
SEEN = told_by(SAID["witnesses"], SAID["arrested"])


def accused(listening: Listening, messages: list[str]) -> list[str]:
    return [f"{m} -> {', '.join(listening.to(m).needs)}" for m in messages if listening.to(m).accuses]


def test_a_child_to_whom_something_was_done_is_never_accused(listening: Listening) -> None:
    assert len(DONE) >= 300
    holds("done_to_is_not_accused", accused(listening, DONE), len(DONE))


def test_nor_is_one_who_gives_no_age(listening: Listening) -> None:
    holds("done_to_without_age_is_not_accused", accused(listening, AGELESS), len(AGELESS))


def test_what_was_done_is_answered_as_done_and_not_as_talk(listening: Listening) -> None:
    dismissed = [message for message in DONE if not listening.to(message).families]
    holds("done_to_is_answered", dismissed, len(DONE))


def test_who_is_related_to_somebody_arrested_is_never_accused(listening: Listening) -> None:
    holds("related_is_not_accused", accused(listening, RELATED), len(RELATED))


def test_who_saw_or_was_told_is_never_accused(listening: Listening) -> None:
    holds("seen_is_not_accused", accused(listening, SEEN), len(SEEN))


@pytest.mark.parametrize(
    "name",
    [
        *("disclosure_child", "disclosure_survivor", "rape", "doubts", "exploitation", "domestic_abuse"),
        *("grooming_child", "pictures_child", "pictures_adult_me", "pictures_survivor", "worry", "family_knock"),
    ],
)
def test_no_held_out_message_of_who_was_hurt_or_worries_is_accused(listening: Listening, name: str) -> None:
    messages = plainly(name)
    holds("held_out_is_not_accused", accused(listening, messages), len(messages))


def test_who_did_it_is_still_answered_about_the_own_behaviour(listening: Listening) -> None:
    messages = plainly("own_behaviour")
    missed = [m for m in messages if "own" not in listening.to(m).families]
    holds("own_is_answered", missed, len(messages))

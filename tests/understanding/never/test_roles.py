"""Never 7: a change of role changes the reply."""

from itertools import product

import pytest

from tests.understanding.never.listening import CHILDLINE, Listening, holds

NSPCC = "0808 800 5000"
ABOUT_A_FRIEND = [
    "my friend is being touched by her uncle",
    "a boy in my class gets hit by his dad, im 13",
    "my friends step dad comes in her room at night",
    "someone in my year has her nudes going round",
    "my mate is talking to an older man online who wants pics",
]
IT_IS_ME = [
    "i meant me",
    "its me",
    "actually its me",
    "sorry its me not my friend",
    "i lied its me",
    "im the friend",
    "it happened to me",
    "not my friend, me",
]
ABOUT_A_CHILD = [
    "im worried about a child",
    "a girl is being hurt by her dad",
    "my daughter is being messaged by a man on snapchat",
    "a child i know is being touched by her uncle",
]
I_AM_THE_CHILD = [
    "i am the child",
    "im the child and im 12",
    "actually its me, im 13",
    "i am her. im 11",
    "sorry im not her mum, im the girl, im 12",
    "i was pretending, i am the kid",
]
BY_A_CHILD = ["my uncle touches me", "my dad hits me", "a man online wants my nudes"]
I_AM_GROWN_UP = [
    "im her mum, its my daughter",
    "sorry i meant my daughter",
    "its not me its my son, hes 9",
    "im an adult, its about my niece",
    "i am a teacher and this is about a pupil",
]


def unchanged(listening: Listening, firsts: list[str], turns: list[str], speakers: set[str]) -> list[str]:
    """Return the conversations after which the reply is still spoken to somebody else or has lost its need."""
    wrong = []
    for first, turn in product(firsts, turns):
        before, after = listening.each(first, turn)
        if not after.families or after.about["speaker"] not in speakers or after.opening == before.opening:
            wrong.append(f"{first} / {turn}: {after.about['speaker']} {after.needs} {after.opening[:60]}")
    return wrong


def test_a_friend_who_turns_out_to_be_the_writer_is_spoken_to(listening: Listening) -> None:
    wrong = unchanged(listening, ABOUT_A_FRIEND, IT_IS_ME, {"child", "unknown", "survivor"})
    holds("friend_becomes_me", wrong, len(ABOUT_A_FRIEND) * len(IT_IS_ME))


def test_a_parent_who_turns_out_to_be_the_child_is_spoken_to_as_one(listening: Listening) -> None:
    wrong = unchanged(listening, ABOUT_A_CHILD, I_AM_THE_CHILD, {"child"})
    holds("parent_becomes_child", wrong, len(ABOUT_A_CHILD) * len(I_AM_THE_CHILD))


def test_a_child_who_turns_out_to_be_an_adult_about_a_child_is_spoken_to_as_one(listening: Listening) -> None:
    wrong = unchanged(listening, BY_A_CHILD, I_AM_GROWN_UP, {"adult", "professional"})
    wrong += [
        f"{first} / {turn}: no number for adults"
        for first, turn in product(BY_A_CHILD, I_AM_GROWN_UP)
        if NSPCC not in listening.to(first, turn).prose
    ]
    holds("child_becomes_adult", sorted(set(wrong)), 2 * len(BY_A_CHILD) * len(I_AM_GROWN_UP))


@pytest.mark.parametrize("first", ABOUT_A_CHILD)
@pytest.mark.parametrize("turn", ["im the child and im 12", "actually its me, im 13", "i am her. im 11"])
def test_a_child_who_gives_an_age_is_sent_to_childline(listening: Listening, first: str, turn: str) -> None:
    reply = listening.to(first, turn)
    assert CHILDLINE in reply.messages[0]["text"].replace("\u00a0", " ")
    assert reply.about["speaker"] == "child"


@pytest.mark.parametrize("turn", I_AM_GROWN_UP)
def test_who_is_grown_up_is_no_longer_spoken_to_as_a_child(listening: Listening, turn: str) -> None:
    assert listening.to("im 12 and my uncle touches me", turn).about["speaker"] != "child"

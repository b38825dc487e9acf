"""Never 1: laughter, emoji, "jk", an age, politeness or slang never turn what was told into everyday talk."""

import pytest

from tests.understanding.never.listening import SOFTENERS, Listening, holds, plainly, softened

TOLD = (
    *("disclosure_child", "disclosure_survivor", "rape", "grooming_child", "grooming_adult"),
    *("pictures_child", "pictures_adult", "pictures_adult_me", "pictures_survivor"),
)
EACH = 4  # softeners that a sentence is tried with: each comes to about 80 sentences of every set


def with_softeners(messages: list[str]) -> list[tuple[str, str]]:
    """Return each message with its turn of the softeners, and what was told."""
    return [
        (softened(message, SOFTENERS[(place * EACH + turn) % len(SOFTENERS)]), message)
        for place, message in enumerate(messages)
        for turn in range(EACH)
    ]


@pytest.mark.parametrize("name", TOLD)
def test_what_was_told_with_a_laugh_is_answered_as_told(listening: Listening, name: str) -> None:
    said = with_softeners(plainly(name))
    dismissed = [text for text, _ in said if not listening.to(text).families]
    holds("softened_is_answered", dismissed, len(said))


@pytest.mark.parametrize("name", TOLD)
def test_a_softener_takes_nothing_away_that_is_answered_without_it(listening: Listening, name: str) -> None:
    said = with_softeners(plainly(name))
    lost = [text for text, told in said if listening.to(told).families and not listening.to(text).families]
    holds("softened_is_kept", lost, len(said))


@pytest.mark.parametrize("name", TOLD)
def test_a_softener_never_makes_who_tells_one_who_hurts(listening: Listening, name: str) -> None:
    said = with_softeners(plainly(name))
    accused = [text for text, told in said if listening.to(text).accuses and not listening.to(told).accuses]
    holds("softened_is_not_accused", accused, len(said))


@pytest.mark.parametrize("softener", SOFTENERS)
@pytest.mark.parametrize(
    "told",
    [
        "my uncle touched me",
        "my stepdad gets in my bed at night",
        "a boy raped me at a party",
        "a man online wants me to send him nudes",
        "my ex posted my nudes in the group chat",
    ],
)
def test_what_nobody_could_mistake_is_never_dismissed(listening: Listening, told: str, softener: str) -> None:
    reply = listening.to(softened(told, softener))
    assert reply.families & {"hurt", "online", "pictures", "crisis"}
    assert not reply.accuses

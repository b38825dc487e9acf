"""Which of a list is meant: in a short message that chooses, and in nothing else."""

import pytest

from signpost.cues import aspect_of, ordinal_of


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("1", 0),
        ("3", 2),
        ("the second one", 1),
        ("second please", 1),
        ("can i have the last number", -1),
        ("what's the first one's number", 0),
        ("the top one", 0),
        ("number two", 1),
        ("tell me more about the third", 2),
        ("the latter.", -1),
    ],
)
def test_a_short_message_chooses_from_a_list(said: str, which: int | None) -> None:
    assert ordinal_of(said) == which


@pytest.mark.parametrize(
    "said",
    [
        "last sunday",
        "it was last night",
        "the first time he did it",
        "last year",
        "my second husband",
        "first of all",
        "he was the first",
        "one of them",
        "4",
        "",
        "i would like to talk about the first one of those",
    ],
)
def test_a_day_or_a_story_chooses_nothing(said: str) -> None:
    assert ordinal_of(said) is None


@pytest.mark.parametrize(
    "asked",
    [
        "do they trace calls to the nspcc",
        "can crimestoppers see my number",
        "can i ring childline without giving my name",
        "will the nspcc find out who i am",
    ],
)
def test_asking_whether_a_call_can_be_traced_asks_for_anonymity(asked: str) -> None:
    assert aspect_of(asked) == "anonymous"

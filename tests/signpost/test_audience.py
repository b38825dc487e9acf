"""Who is speaking is read from what the message states, and from nothing else."""

from pathlib import Path

import pytest

from signpost.audience import Audience, AudienceError, own_age
from signpost.words import Words

ROOT = Path(__file__).parent.parent.parent
AUDIENCE = Audience.load(ROOT / "data" / "words" / "audience.yml")
WORDS = Words.load(ROOT / "data" / "words")


@pytest.mark.parametrize(
    ("message", "audience"),
    [
        ("an older man wants me to send photos, im 14", "child"),
        ("14f need help", "child"),
        ("im in year 9 and someone has my pics", "child"),
        ("i am twelve", "child"),
        ("everyone at school has seen it", "child"),
        ("my dad hits me", "child"),
        ("my daughter is 12 and talks to a man", "adult"),
        ("our grandson has changed", "adult"),
        ("i am 34 and want to stop", "adult"),
        ("my husband was arrested", "adult"),
        ("it happened when i was little", "adult"),
        ("as a GP what must I do", "professional"),
        ("I work in a nursery", "professional"),
        ("one of my pupils told me", "professional"),
        ("i'm a football coach", "professional"),
        ("i am the school nurse", "professional"),
        ("DSL at a secondary, a pupil is being blackmailed", "professional"),
        ("youth worker here, one of the lads told me", "professional"),
        ("teacher kissed me", "unknown"),
        ("teacher at my school texts me at night, im in yr 9", "child"),
        ("head of year at school keeps me behind on my own", "child"),
        ("im on the school chromebook", "unknown"),
        ("a man at work has shared a picture of me", "adult"),
        ("he touches me when mum is at work", "unknown"),
        ("how many in 2014", "unknown"),
        ("sum1 keeps askin my sis 4 pics shes 12", "unknown"),
        ("somebody is blackmailing me", "unknown"),
    ],
)
def test_the_audience_is_what_the_message_says(message: str, audience: str) -> None:
    assert AUDIENCE.read(WORDS.fold(message)).audience == audience


def test_a_son_or_daughter_may_be_grown_up_unless_an_age_or_a_school_is_named() -> None:
    assert not AUDIENCE.read(WORDS.fold("my dad is on the register")).certain
    assert AUDIENCE.read(WORDS.fold("my dad is on the register, im 12")).certain
    assert AUDIENCE.read(WORDS.fold("my dad is on the register and my school knows")).certain


@pytest.mark.parametrize(
    ("message", "age"),
    [
        ("i am 11", 11),
        ("me 15 him 30", 15),
        ("15m", 15),
        ("i am 61 years old", 61),
        ("i am twenty four", 24),
        ("aged 14 and scared", 14),
        ("i am nearly 18", 17),
    ],
)
def test_an_age_of_the_speaker_is_read(message: str, age: int) -> None:
    assert own_age(message) == age


@pytest.mark.parametrize(
    "message",
    [
        *("i am 100 percent sure", "she is 12", "in 2014", "i am 5 minutes away", "2 men", "pe1"),
        *("a girl aged 12 in my road", "i am forty minutes away", "he was aged 9"),
    ],
)
def test_other_numbers_are_no_age_of_the_speaker(message: str) -> None:
    assert own_age(message) is None


def test_a_message_about_a_child_says_so() -> None:
    assert AUDIENCE.read("my daughter told me something").about_child
    assert not AUDIENCE.read("i am 14").about_child


def test_an_age_beats_a_relation() -> None:
    assert AUDIENCE.read("my sister is 9 and i am 13").audience == "child"


@pytest.mark.parametrize(
    ("message", "age"),
    [
        ("there is a video of me aged 13, i am 21", 21),
        ("removing a picture, aged 16, now 38", 38),
        ("i was 9, i am 52 now", 52),
        ("i was aged 12 when it started. i am 45", 45),
        ("i am 13, he is now 40", 13),
    ],
)
def test_of_two_ages_the_one_of_today_counts(message: str, age: int) -> None:
    assert own_age(message) == age


@pytest.mark.parametrize(
    "message", ["my daughter aged 12 talks to a man", "my son, aged 9, was hurt", "my niece, aged 12"]
)
def test_the_age_of_a_child_that_the_speaker_is_worried_about_is_not_the_speakers(message: str) -> None:
    speaker = AUDIENCE.read(message)
    assert (speaker.audience, speaker.age) == ("adult", None)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "audience.yml").write_text("child: ['(']\n")
    with pytest.raises(AudienceError, match=r"audience\.yml"):
        Audience.load(tmp_path / "audience.yml")

"""Who takes back what was said is read anew, and what is known settles what a message leaves open."""

import pytest

from signpost.understanding.speaker import Speaker
from tests.signpost.understanding.speaking import (
    ABOUT_A_CHILD,
    MAYBE_RELATIVE,
    PROFESSIONAL,
    RELATIVE,
    UNKNOWN,
    adult,
    child,
    read,
)


@pytest.mark.parametrize(
    ("before", "message", "who", "age", "certain"),
    [
        (UNKNOWN, "i meant me, im 12", "child", 12, True),
        (UNKNOWN, "i mean me, im the girl", "child", None, False),
        (ABOUT_A_CHILD, "i mean me, im the girl", "child", None, False),
        (ABOUT_A_CHILD, "i mean me, im the girl, im in year 7", "child", None, True),
        (Speaker("survivor"), "im the boy in that film", "survivor", None, True),
        (child(13), "the friend is me", "child", 13, True),
        (child(), "i meant me", "child", None, True),
        (ABOUT_A_CHILD, "i meant me", "child", None, False),
        (Speaker("adult", 40, about_child=True), "i meant me", "adult", 40, True),
        (Speaker("survivor", 40), "i was talking about myself", "survivor", 40, True),
        (UNKNOWN, "i meant me", "unknown", None, True),
        (child(12), "sorry, i mean my friend", "unknown", None, True),
        (ABOUT_A_CHILD, "not my daughter. me.", "child", None, False),
        (child(12), "it was really me", "child", 12, True),
        (ABOUT_A_CHILD, "its actually about me", "adult", None, True),
        (UNKNOWN, "its actually about me", "unknown", None, True),
        (child(11), "this is really about me", "child", 11, True),
        (UNKNOWN, "i am the one it happened to", "unknown", None, True),
        (child(15), "im the one he did it to", "child", 15, True),
        (ABOUT_A_CHILD, "sorry i should have said im 14", "child", 14, True),
        (ABOUT_A_CHILD, "im not his mum im his sister", "adult", None, False),
        (ABOUT_A_CHILD, "im not his mum im his sister, im 12", "child", 12, True),
        (child(), "no im a teacher", "professional", None, True),
        (adult(18), "i lied, im 13 not 18", "child", 13, True),
        (adult(18), "i said i was 18 but im 14", "child", 14, True),
        (UNKNOWN, "its not my friend its me", "unknown", None, True),
        (child(), "its not my friend its me", "child", None, True),
        (UNKNOWN, "its me not my friend, im 10", "child", 10, True),
        (child(14), "there is no friend", "child", 14, True),
        (PROFESSIONAL, "the pupil is me", "child", None, False),
        (PROFESSIONAL, "i meant me", "child", None, False),
        (PROFESSIONAL, "im not a teacher", "unknown", None, True),
        (child(), "im not a kid im 34", "adult", 34, True),
        (adult(), "sorry im actually 15", "child", 15, True),
        (child(), "wait no im his dad", "adult", None, True),
        (UNKNOWN, "my friend is being hurt. actually its me, im 13", "child", 13, True),
        (UNKNOWN, "my daughter is being hurt, i mean me, im the daughter", "child", None, False),
    ],
)
def test_who_corrects_themself_is_read_anew(
    before: Speaker, message: str, who: str, age: int | None, certain: bool
) -> None:
    found = read(message, before)
    assert found.corrected
    assert (found.who, found.age, found.certain) == (who, age, certain)
    assert not found.about_child or "dad" in message


@pytest.mark.parametrize(
    "message",
    [
        "he is so mean to me",
        "no im scared",
        "i lied to him about my age",
        "i dont know what to say to her",
        "why did it happen to me",
        "my friend is messaging a man",
        "its me again",
        "he knows all about me",
        "i am not happy with my mum",
        "im not a bad person, im scared",
        "im 14 and not ok",
        "what do they know about me",
        "i am not sure",
        "something about how he types, he is not 14",
        "can i use ceop if i am not the parent",
        "can i get a friend to ring so its not me",
        "will they know it was me that rang",
        "its not a game",
        "my violin teacher saw the marks and i lied",
        "i told him and i said i was 13 to get the app",
        "im the friend everyone forgets",
        "its not the answer for me",
        "im the boy who makes everyone laugh",
        "i dont know if i should tell him",
        "does it mean im not a virgin, im 13",
    ],
)
def test_other_words_correct_nothing(message: str) -> None:
    assert not read(message, ABOUT_A_CHILD).corrected


def test_a_correction_towards_somebody_else_is_one_as_well() -> None:
    found = read("its not me its my niece", child(12))
    assert (found.who, found.about_child, found.corrected) == ("adult", True, True)


def test_what_is_known_settles_what_a_message_leaves_open() -> None:
    assert read("my dad was arrested", child(13)).who == "child"
    assert read("it happened when i was little", child()).who == "child"
    assert read("i am attracted to kids", child(15)).audience == "child"
    assert read("my dad hits me", adult(30)).who == "adult"
    assert read("my dad was arrested", adult(30)) == RELATIVE
    assert read("my dad was arrested", UNKNOWN) == MAYBE_RELATIVE


def test_what_is_known_is_not_said_again_by_a_message_that_is_silent() -> None:
    assert read("thank you", child(13)) == UNKNOWN

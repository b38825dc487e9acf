"""For whom a need is answered: the words first, then the conversation, then what is believed, by its harm."""

from typing import Any

import pytest

from signpost.memory import Memory
from signpost.understanding.speaker import Speaker
from signpost.understanding.whom import whom
from tests.signpost.understanding.believing import ASSISTANT, evidence

NEED = "disclosure"


def who(believed: dict[str, float] | None = None, need: str = NEED, **found: Any) -> tuple[str, str]:
    return whom(need, evidence(who={need: believed or {}}, **found), ASSISTANT)


@pytest.mark.parametrize("said", ["child", "adult", "survivor", "relative", "self", "professional"])
def test_what_the_words_say_comes_first(said: str) -> None:
    known = Memory(speaker="professional" if said != "professional" else "child")
    assert who({"- -": 1.0}, speaker=Speaker(said), memory=known)[0] == said


@pytest.mark.parametrize("said", ["self", "survivor", "relative", "unknown"])
def test_who_says_to_be_under_18_is_spoken_to_as_a_child(said: str) -> None:
    assert who({"adult -": 1.0}, speaker=Speaker(said, 14))[0] == "child"


@pytest.mark.parametrize("known", ["child", "adult", "survivor", "relative", "self", "professional"])
def test_what_the_conversation_knows_comes_next(known: str) -> None:
    assert who({"- -": 1.0}, memory=Memory(speaker=known))[0] == known


@pytest.mark.parametrize("likely", ["survivor", "relative", "self"])
def test_a_known_grown_up_may_be_believed_to_be_one_of_the_grown_ups(likely: str) -> None:
    assert who({f"{likely} -": 1.0}, memory=Memory(speaker="adult"))[0] == likely
    assert who({"child -": 1.0}, memory=Memory(speaker="adult"))[0] == "adult"


@pytest.mark.parametrize(
    ("believed", "speaker"),
    [
        ({}, "unknown"),
        ({"- -": 1.0}, "unknown"),
        ({"child -": 1.0}, "child"),
        ({"survivor -": 1.0}, "survivor"),
        ({"adult child": 1.0}, "adult"),
        ({"self -": 1.0}, "self"),
        # in doubt nobody is spoken to as who hurts
        ({"self -": 0.9, "child -": 0.1}, "unknown"),
        ({"self -": 0.6, "survivor -": 0.4}, "unknown"),
        # nor a child as a grown-up
        ({"adult -": 0.5, "child -": 0.5}, "unknown"),
        ({"adult -": 0.1, "child -": 0.9}, "child"),
        ({"survivor -": 0.5, "child -": 0.5}, "unknown"),
    ],
)
def test_what_is_believed_is_weighed_by_its_harm(believed: dict[str, float], speaker: str) -> None:
    assert who(believed)[0] == speaker


def test_the_choice_never_costs_more_than_another() -> None:
    costs = ASSISTANT.table.harm.speakers
    for first in costs:
        for second in costs:
            believed = {f"{first} -": 0.7, f"{second} child": 0.3} if first != second else {f"{first} -": 1.0}
            chosen = who(believed)[0]
            chances = {"unknown" if first == "-" else first: 0.7 if first != second else 1.0}
            chances[second] = chances.get(second, 0.0) + (0.3 if first != second else 0.0)
            expected = {answered: sum(p * costs[answered][meant] for meant, p in chances.items()) for answered in costs}
            assert expected[chosen] == pytest.approx(min(expected.values()))


def test_a_guess_of_the_words_is_better_than_nothing() -> None:
    assert who({}, speaker=Speaker("child", certain=False))[0] == "child"
    assert who({"survivor -": 1.0}, speaker=Speaker("child", certain=False))[0] == "survivor"


@pytest.mark.parametrize(
    ("found", "believed", "subject"),
    [
        ({"speaker": Speaker("adult", about_child=True)}, {"adult me": 1.0}, "child"),
        ({"speaker": Speaker("professional", about_child=True)}, {}, "child"),
        ({"speaker": Speaker("adult")}, {"adult child": 0.6, "adult me": 0.4}, "child"),
        ({"speaker": Speaker("adult")}, {"adult child": 0.4, "adult me": 0.6}, "me"),
        ({"speaker": Speaker("child", 12, about_child=True)}, {"adult child": 1.0}, "-"),
        ({"speaker": Speaker("child", 12)}, {"child -": 1.0}, "-"),
        ({}, {"- device": 1.0}, "device"),
        ({}, {}, "-"),
    ],
)
def test_whom_a_need_is_about(found: dict[str, Any], believed: dict[str, float], subject: str) -> None:
    assert who(believed, **found)[1] == subject


def test_each_need_is_asked_for_itself() -> None:
    found = evidence(who={"disclosure": {"survivor -": 1.0}, "pictures": {"adult me": 1.0}})
    assert whom("disclosure", found, ASSISTANT) == ("survivor", "-")
    assert whom("pictures", found, ASSISTANT) == ("adult", "me")
    assert whom("rape", found, ASSISTANT) == ("unknown", "-")

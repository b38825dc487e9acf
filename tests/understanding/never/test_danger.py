"""Never 5 and 6: an ambulance in the first line, and danger now leads in any sentence of a message of any length."""

import random
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.understanding.never.listening import EMERGENCY, SAID, SOFTENERS, Listening, holds, softened

EXAMPLES = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
AROUND = st.lists(st.sampled_from(SAID["around_danger"]), max_size=12)
MARKS = st.sampled_from([". ", "! ", "\n", ", and ", ".. ", " - "])


def calls_an_ambulance(opening: str) -> bool:
    return EMERGENCY in opening and "ambulance" in opening.lower()


@pytest.mark.parametrize("said", SAID["ambulance"])
def test_an_ambulance_stands_in_the_first_line(listening: Listening, said: str) -> None:
    assert calls_an_ambulance(listening.to(said).opening)


@EXAMPLES
@given(said=st.sampled_from(SAID["ambulance"]), softener=st.sampled_from(SOFTENERS), shout=st.booleans())
def test_it_does_however_it_is_told(listening: Listening, said: str, softener: str, shout: bool) -> None:
    told = softened(said, softener)
    assert calls_an_ambulance(listening.to(told.upper() if shout else told).opening), told


def test_it_does_in_any_sentence_of_a_story(listening: Listening) -> None:
    chance = random.Random(5)
    told = []
    for said in SAID["ambulance"] * 6:
        before, after = (chance.choices(SAID["around_danger"], k=chance.randrange(0, 6)) for _ in range(2))
        told.append(chance.choice([". ", "! ", "\n", ", and ", " - "]).join([*before, said, *after]))
    holds(
        "ambulance_in_a_story", [text for text in told if not calls_an_ambulance(listening.to(text).opening)], len(told)
    )


@pytest.mark.parametrize("before", ["my dad hits me", "hi", "im 12", "how many in cambridgeshire in 2014", "thanks"])
@pytest.mark.parametrize("said", SAID["ambulance"][::3])
def test_it_does_in_any_turn_of_a_conversation(listening: Listening, said: str, before: str) -> None:
    assert calls_an_ambulance(listening.to(before, said).opening)


@EXAMPLES
@given(said=st.sampled_from(SAID["danger"]), before=AROUND, after=AROUND, mark=MARKS)
def test_danger_now_leads_in_any_sentence_of_a_story(
    listening: Listening, said: str, before: list[str], after: list[str], mark: str
) -> None:
    told = mark.join([*before, said, *after])
    reply = listening.to(told)
    assert reply.about["urgent"], told
    assert EMERGENCY in reply.opening


@pytest.mark.parametrize("said", SAID["danger"])
@pytest.mark.parametrize("sentences", [10, 30, 60])
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_danger_leads_in_a_message_of_any_length(listening: Listening, said: str, sentences: int, place: str) -> None:
    story = [SAID["around_danger"][turn % len(SAID["around_danger"])] for turn in range(sentences)]
    story.insert({"first": 0, "middle": sentences // 2, "last": sentences}[place], said)
    told = ". ".join(story)
    assert len(told) < 4_000
    assert listening.to(told).about["urgent"]


def test_what_only_sounds_like_danger_is_none(listening: Listening) -> None:
    said = [around.format(text) for text in SAID["no_danger"] for around in ("{}", "{}?", "hi, {}", "im 14 {}")]
    holds("no_danger_is_calm", [text for text in said if listening.to(text).about["urgent"]], len(said))


def test_nor_is_it_beside_another_sentence(listening: Listening) -> None:
    pairs = product(SAID["no_danger"], SAID["around_danger"])
    said = [joined for text, other in pairs for joined in (f"{text}. {other}", f"{other}. {text}")]
    holds("no_danger_beside_is_calm", [text for text in said if listening.to(text).about["urgent"]], len(said))


def test_the_gate_itself_is_calm_where_nothing_happens_now(listening: Listening) -> None:
    said = [*SAID["no_danger"], *SAID["around_danger"], ". ".join(SAID["around_danger"])]
    assert [
        text
        for text in said
        if any(step.stage == "gate" and not step.found.startswith("called off") for step in listening.why(text))
    ] == []

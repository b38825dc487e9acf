"""The answer with the least harm to expect: beliefs made by hand, over the reviewed tables."""

from typing import Any

import pytest

from signpost.understanding.decision import decide
from signpost.understanding.evidence import Evidence, Need, Reading, Talk
from signpost.understanding.speaker import Speaker
from tests.signpost.understanding.believing import ASSISTANT, TABLE, evidence

UNSURE = Talk(TABLE.roles["unknown"])


def decided(**found: Any) -> Reading:
    return decide(evidence(**found), ASSISTANT)


def names(reading: Reading) -> list[str]:
    return [need.name for need in reading.needs]


def told(*needs: str) -> dict[str, Any]:
    """Return what a message shows whose parts say one need each."""
    whole = {need: 1 / len(needs) for need in needs}
    return {"whole": whole, "parts": [{need: 1.0} for need in needs], "said": dict.fromkeys(needs, 0.95)}


@pytest.mark.parametrize("need", sorted(TABLE.needs))
def test_a_need_that_is_sure_is_answered_alone(need: str) -> None:
    reading = decided(whole={need: 1.0}, said={need: 1.0})
    assert names(reading) == [need]
    assert len(reading.asks) == 1
    assert reading.confidence == 1.0


@pytest.mark.parametrize("kind", sorted(set(TABLE.kinds) - TABLE.needs - {"near", "service_info", "figures", "claims"}))
def test_talk_that_is_sure_is_talk(kind: str) -> None:
    assert decided(whole={kind: 1.0}).asks == (Talk(kind),)


@pytest.mark.parametrize(
    ("whole", "lead"),
    [
        # likely what it seems, but the other would hurt more to miss
        ({"benign": 0.5, "disclosure": 0.5}, "disclosure"),
        ({"out_of_scope": 0.3, "suicide": 0.7}, "suicide"),
        ({"own_behaviour": 0.6, "disclosure": 0.4}, "disclosure"),
        ({"harmful_request": 0.6, "pictures": 0.4}, "pictures"),
        ({"evasion": 0.6, "pictures": 0.4}, "pictures"),
        ({"own_behaviour": 0.75, "grooming": 0.25}, "grooming"),
        ({"figures": 0.7, "disclosure": 0.3}, "disclosure"),
        # and where it would not
        ({"benign": 0.96, "disclosure": 0.04}, "benign"),
        ({"own_behaviour": 0.97, "disclosure": 0.03}, "own_behaviour"),
        ({"harmful_request": 0.98, "pictures": 0.02}, "harmful_request"),
        ({"disclosure": 0.9, "harmful_request": 0.1}, "disclosure"),
        ({"rape": 0.5, "disclosure": 0.4, "benign": 0.1}, "rape"),
        ({"evasion": 0.5, "own_behaviour": 0.5}, "own_behaviour"),
    ],
)
def test_the_lead_has_the_least_harm_to_expect(whole: dict[str, float], lead: str) -> None:
    reading = decided(whole=whole)
    assert names(reading) == ([lead] if lead in TABLE else [])
    assert lead in TABLE or reading.asks == (Talk(lead),)


@pytest.mark.parametrize("accusing", ["own_behaviour", "harmful_request", "evasion"])
@pytest.mark.parametrize("hurt", ["disclosure", "rape", "grooming", "pictures", "exploitation", "doubts"])
@pytest.mark.parametrize("chance", [0.3, 0.5, 0.6])
def test_who_may_have_been_hurt_is_never_taken_for_who_hurts(accusing: str, hurt: str, chance: float) -> None:
    reading = decided(whole={accusing: 1 - chance, hurt: chance})
    assert names(reading) == [hurt] or reading.asks == (UNSURE,)


@pytest.mark.parametrize("talk", ["benign", "out_of_scope", "greet", "hostile", "figures"])
@pytest.mark.parametrize("need", ["disclosure", "rape", "grooming", "pictures", "suicide", "danger"])
@pytest.mark.parametrize("chance", [0.25, 0.4, 0.6])
def test_what_may_have_been_told_is_never_dismissed_as_talk(talk: str, need: str, chance: float) -> None:
    reading = decided(whole={talk: 1 - chance, need: chance})
    assert names(reading) == [need] or reading.asks == (UNSURE,)


def test_the_lead_never_costs_more_than_the_likeliest() -> None:
    for first in TABLE.kinds:
        for second in TABLE.kinds:
            whole = {first: 0.55, second: 0.45} if first != second else {first: 1.0}
            reading = decided(whole=whole)
            answer = reading.asks[0]
            name = answer.name if isinstance(answer, Need) else answer.kind if isinstance(answer, Talk) else ""
            assert not name or TABLE.expected(name, whole) <= TABLE.expected(first, whole)


@pytest.mark.parametrize(
    "whole", [{}, {"nlu_fallback": 1.0}, {"benign": 0.46, "law": 0.46, "disclosure": 0.04, "own_behaviour": 0.04}]
)
def test_what_nobody_can_tell_is_not_understood_and_never_a_guess(whole: dict[str, float]) -> None:
    reading = decided(whole=whole)
    assert reading.asks == (UNSURE,)
    assert reading.taps == ()


@pytest.mark.parametrize(
    ("danger", "lead"),
    [
        ({"police"}, ["danger"]),
        ({"ambulance"}, ["emergency"]),
        ({"suicide"}, ["suicide"]),
        ({"police", "ambulance"}, ["danger", "emergency"]),
        ({"ambulance", "suicide"}, ["emergency", "suicide"]),
        ({"police", "ambulance", "suicide"}, ["danger", "emergency"]),
    ],
)
@pytest.mark.parametrize("believed", ["benign", "figures", "harmful_request", "disclosure"])
def test_danger_leads_whatever_is_believed(danger: set[str], lead: list[str], believed: str) -> None:
    reading = decided(whole={believed: 1.0}, danger=frozenset(danger))
    assert names(reading)[: len(lead)] == lead
    assert reading.confidence == 1.0
    assert reading.taps == ()


@pytest.mark.parametrize(
    "other", [{"about": "other"}, {"speaker": Speaker("adult", about_child=True)}], ids=["by the words", "a child"]
)
def test_the_danger_of_somebody_else_is_answered_for_who_worries(other: dict[str, Any]) -> None:
    assert names(decided(whole={"suicide": 1.0}, danger=frozenset({"suicide"}), **other)) == ["suicide_other"]


def test_a_need_beside_danger_is_answered_too() -> None:
    both = told("danger", "pictures")
    assert names(decided(**both, danger=frozenset({"police"}))) == ["danger", "pictures"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("disclosure", "pictures"),
        ("grooming", "suicide"),
        ("rape", "running_away"),
        ("family_knock", "self_harm"),
        ("worry", "found_material"),
        ("domestic_abuse", "pictures"),
    ],
)
def test_two_needs_that_two_parts_say_are_both_answered(one: str, other: str) -> None:
    reading = decided(**told(one, other))
    assert sorted(names(reading)) == sorted([one, other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("disclosure", "rape"),  # near: they share their help
        ("report", "anonymous"),
        ("disclosure", "help"),  # says nothing in particular
        ("grooming", "online_safety"),
    ],
)
def test_two_names_for_one_need_are_answered_once(one: str, other: str) -> None:
    assert len(names(decided(**told(one, other)))) == 1


def test_a_second_need_without_other_words_is_no_second_answer() -> None:
    reading = decided(whole={"disclosure": 0.6, "pictures": 0.4}, said={"disclosure": 0.6, "pictures": 0.9})
    assert len(names(reading)) == 1


def test_a_second_need_that_was_hardly_said_is_no_second_answer() -> None:
    found = told("disclosure", "pictures")
    assert names(decided(**{**found, "whole": {"disclosure": 1.0}, "said": {"pictures": 0.2}})) == ["disclosure"]


@pytest.mark.parametrize("refusal", ["harmful_request", "evasion"])
@pytest.mark.parametrize("other", ["pictures", "disclosure", "suicide", "own_behaviour"])
def test_a_refusal_is_never_beside_anything_and_has_nothing_beside_it(refusal: str, other: str) -> None:
    found = told(refusal, other)
    beside = decided(**{**found, "whole": {other: 0.9, refusal: 0.1}})
    assert refusal not in names(beside)
    alone = decided(**{**found, "whole": {refusal: 1.0}})
    assert names(alone) == [refusal]
    assert alone.taps == ()


@pytest.mark.parametrize(
    ("whole", "tapped"),
    [
        ({"disclosure": 0.6, "pictures": 0.4}, ("pictures",)),
        ({"low_mood": 0.75, "suicide": 0.25}, None),
        ({"disclosure": 0.98, "pictures": 0.02}, ()),
        ({"disclosure": 0.6, "own_behaviour": 0.4}, ()),
        ({"disclosure": 0.6, "harmful_request": 0.4}, ()),
        ({"benign": 0.97, "low_mood": 0.03}, ()),
    ],
)
def test_a_near_guess_is_offered_as_a_tap(whole: dict[str, float], tapped: tuple[str, ...] | None) -> None:
    reading = decided(whole=whole)
    if tapped is None:  # either is the lead; the other is a tap
        assert set(names(reading)) | set(reading.taps) == set(whole)
    else:
        assert reading.taps == tapped


def test_at_most_two_guesses_are_offered_and_never_what_is_answered() -> None:
    whole = {"disclosure": 0.45, "pictures": 0.25, "running_away": 0.15, "suicide": 0.15}
    reading = decided(whole=whole)
    assert len(reading.taps) == 2
    assert not set(reading.taps) & set(names(reading))


def test_every_decision_tells_why_in_one_line() -> None:
    reading = decided(**told("disclosure", "pictures"))
    assert reading.why[-1].stage == "decision"
    assert {"disclosure", "pictures"} <= set(reading.why[-1].found.replace(",", " ").split())
    assert isinstance(reading.evidence, Evidence)

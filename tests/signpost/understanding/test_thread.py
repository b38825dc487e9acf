"""What the conversation is about is evidence beside what a message says by itself, never instead of it."""

from typing import Any

import pytest

from signpost.memory import Memory
from signpost.understanding import thread
from signpost.understanding.evidence import Evidence
from signpost.understanding.names import FEW
from signpost.understanding.speaker import Speaker
from tests.signpost.understanding.believing import ASSISTANT, TABLE, evidence

SHARE = ASSISTANT.calibration.thread
CHILD = Speaker("child", 12)


def going_on(whole: dict[str, float], *needs: str, **found: Any) -> Evidence:
    """Return the evidence of a message in a conversation about needs."""
    found = {"memory": Memory(needs=list(needs)), **found}
    return thread.stage(evidence(whole=whole, said=dict(whole), **found), ASSISTANT)


def test_a_first_message_stands_for_itself() -> None:
    before = evidence(whole={"disclosure": 0.6, "benign": 0.4})
    assert thread.stage(before, ASSISTANT) == before


def test_a_thread_that_nobody_knows_any_more_changes_nothing() -> None:
    assert going_on({"disclosure": 1.0}, "no such need").belief.whole == {"disclosure": 1.0}


def test_other_needs_lose_a_share_to_the_thread_and_talk_loses_none() -> None:
    whole = going_on({"pictures": 0.4, "grooming": 0.3, "benign": 0.3}, "disclosure").belief.whole
    pictures, grooming = 0.4 * SHARE * (1 - 0.4**2), 0.3 * SHARE * (1 - 0.3**2)
    assert whole["pictures"] == pytest.approx(0.4 - pictures)
    assert whole["grooming"] == pytest.approx(0.3 - grooming)
    assert whole["disclosure"] == pytest.approx(pictures + grooming)
    assert whole["benign"] == pytest.approx(0.3)
    assert sum(whole.values()) == pytest.approx(1)


def test_what_is_said_of_the_thread_itself_is_kept_whole() -> None:
    whole = going_on({"disclosure": 0.9, "pictures": 0.1}, "disclosure").belief.whole
    assert whole["disclosure"] == pytest.approx(0.9 + 0.1 * SHARE * (1 - 0.1**2))


def test_a_need_that_is_sure_by_itself_is_heard_as_a_new_one() -> None:
    whole = going_on({"pictures": 0.95, "benign": 0.05}, "disclosure").belief.whole
    assert whole["pictures"] > 0.9


@pytest.mark.parametrize("before", [TABLE.roles["unclear"], "harmful_request", "evasion"])
def test_a_bare_cry_for_help_and_a_refusal_pull_nothing_after_them(before: str) -> None:
    assert going_on({"disclosure": 0.6, "pictures": 0.4}, before).belief.whole == {"disclosure": 0.6, "pictures": 0.4}


@pytest.mark.parametrize("before", ["own_behaviour", "evasion"])
@pytest.mark.parametrize("hiding", ["leave_page", "parents_privacy"])
def test_after_own_offending_to_hide_is_evasion_and_no_privacy(before: str, hiding: str) -> None:
    belief = going_on({hiding: 0.8, "benign": 0.2}, before).belief
    assert hiding not in belief.whole
    assert belief.whole["evasion"] == pytest.approx(0.8)
    assert hiding not in belief.said


@pytest.mark.parametrize("before", ["disclosure", "grooming", "pictures", "family_knock", "suicide", "help"])
@pytest.mark.parametrize("hiding", ["leave_page", "parents_privacy"])
def test_after_anything_else_it_stays_privacy(before: str, hiding: str) -> None:
    belief = going_on({hiding: 1.0}, before).belief
    assert belief.whole[hiding] > 0
    assert belief.whole.get("evasion", 0.0) == 0


@pytest.mark.parametrize(
    ("said", "found", "answers"),
    [
        ("the second one", {"ordinal": 1, "memory": Memory(shown=["childline", "ceop"])}, "choose"),
        ("the second one", {"ordinal": 1, "memory": Memory(offered=["more_services"])}, "choose"),
        ("the second one", {"ordinal": 1}, None),
        ("the second one of these is my uncle's phone", {"ordinal": 1, "memory": Memory(shown=["ceop"])}, None),
        ("i am 12", {"speaker": CHILD, "memory": Memory(asked="audience")}, "audience"),
        ("a teacher", {"speaker": Speaker("professional"), "memory": Memory(asked="audience")}, "audience"),
        ("i am 12", {"speaker": CHILD, "whole": {"benign": 1.0}}, "audience"),
        ("i am 12", {"speaker": CHILD, "whole": {"nlu_fallback": 1.0}}, "audience"),
        ("i am 12 he hits me", {"speaker": CHILD, "whole": {"disclosure": 1.0}}, None),
        ("a teacher", {"speaker": Speaker("professional"), "whole": {"child_trouble": 1.0}}, None),
        ("norwich", {"memory": Memory(asked="audience")}, None),
    ],
)
def test_a_short_message_answers_what_stands_on_the_screen(
    said: str, found: dict[str, Any], answers: str | None
) -> None:
    assert thread.stage(evidence(said, **{"whole": {"benign": 1.0}, **found}), ASSISTANT).answers == answers


def test_a_long_message_answers_nothing() -> None:
    long = " ".join(["word"] * (FEW + 1))
    found = thread.stage(evidence(long, {"benign": 1.0}, speaker=CHILD, memory=Memory(asked="audience")), ASSISTANT)
    assert found.answers is None


def test_the_thread_is_told_in_one_line() -> None:
    assert going_on({"benign": 1.0}, "disclosure").why[-1].found == "goes on about disclosure"

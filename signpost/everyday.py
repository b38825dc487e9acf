"""Whether a message is everyday talk, and whether that is in doubt: then the helplines are named, without alarm."""

import re

from signpost import thresholds as least
from signpost.assistant import Assistant

EVERYDAY = ("benign", "out_of_scope")
_NO_DANGER = re.compile(
    r"\b(?:no ?one is|nobody is|(?:am|are|is|was|were) not|never) (?:in )?(?:any |immediate |real )?danger\b"
)
_NOTHING = re.compile(
    r"\bnothing (?:has happened|happened|is wrong|wrong here|to report|(?:personal )?to (?:disclose|tell))\b|"
    r"\bno (?:concerns?|worries) about (?:any|my|the)\b|\bno child\b.{0,20}\bat risk\b|"
    r"\bno (?:help needed|need of help)\b|"
    r"\b(?:do|does) not need (?:any )?help\b|\bnot (?:suicidal|reporting any(?:thing|one|body)|in any trouble)\b"
)
_AND_YET = re.compile(r"\b(?:but|yet|except|though|however|until|so far|feel|worried|scared|afraid)\b")


def without_denied(needs: list[tuple[str, float]], folded: str, urgent: frozenset[str]) -> list[tuple[str, float]]:
    """Leave out what is denied ("I am not in danger", "I have no concerns about any child").

    Nothing is left out where the gate found danger, and no need that is sure or stands beside a "but": what
    is left out is answered as doubtful everyday talk, which still names the helplines.
    """
    if urgent:
        return needs
    if _NO_DANGER.search(folded):
        needs = [need for need in needs if need[0] != "danger"]
    if _NOTHING.search(folded) and not _AND_YET.search(folded):
        # who asks how to keep children safe says so of nothing having happened
        needs = [need for need in needs if need[1] >= least.PLAIN or need[0] == "online_safety"]
    return needs


def answer_as_everyday(
    intent: str, needs: list[tuple[str, float]], whole: dict[str, float], folded: str, assistant: Assistant
) -> tuple[str, bool] | None:
    """Return the intent that everyday talk is answered with and whether it is doubtful; None if it is none.

    Args:
        intent: as chosen so far.
        needs: what is answered; with any, it is no everyday talk.
        whole: {intent: probability} of the whole message.
        folded: the message in plain words.
        assistant: knows which intents are needs.
    """
    harmless = sum(whole.get(name, 0.0) for name in EVERYDAY)
    likely = intent in EVERYDAY or (assistant.is_need(intent) and harmless >= least.EVERYDAY_TALK)
    denied = not needs and assistant.is_need(intent) and bool(_NO_DANGER.search(folded) or _NOTHING.search(folded))
    if needs or not (likely or denied):
        return None
    all_needs = sum(probability for name, probability in whole.items() if assistant.is_need(name))
    if denied or all_needs >= least.DOUBTFUL:
        return "benign", True
    return (intent if intent in EVERYDAY else "benign"), False

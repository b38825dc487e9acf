"""Stage `thread`: what the conversation is about, as evidence beside what a message says by itself.

"15. where do I send him" goes on about him; "delete my history", after own offending, is no question about privacy;
"the second one" answers what stands on the screen.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence
from signpost.understanding.names import FEW
from signpost.understanding.speaker import UNKNOWN

CORRECTS = 12  # words; a longer message tells its own story


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Give the need of the conversation its share, and what only means something in it its meaning."""
    evidence = _answering(evidence, assistant)
    thread = evidence.thread
    if thread is None or thread not in assistant.table:
        return evidence
    belief = evidence.belief
    if assistant.table.family(thread) in _own(assistant) and assistant.cues.has("hides", evidence.folded):
        hides = {assistant.table.roles["evades"]: 1.0}
        return evidence.finding("thread", "wants to hide it", belief=replace(belief, whole=hides, said=hides))
    whole = _meant_here(belief.whole, thread, assistant)
    said = _meant_here(belief.said, thread, assistant)
    if thread != assistant.table.roles["unclear"] and assistant.table.family(thread) not in assistant.table.alone:
        whole = _shared(whole, thread, assistant)
    return evidence.finding("thread", f"goes on about {thread}", belief=replace(belief, whole=whole, said=said))


def _own(assistant: Assistant) -> frozenset[str]:
    """Return the families of somebody's own offending."""
    return assistant.table.alone | {assistant.table.of_role("own")}


def _answering(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Find whether a short message answers what the last reply asked or offered."""
    roles, memory = assistant.table.roles, evidence.memory
    few = len(evidence.folded.split()) <= FEW
    if evidence.place is not None and memory.asked == "place":
        return evidence.finding("thread", "names the place", answers=roles["place"])
    if few and evidence.ordinal is not None and (memory.offered or memory.shown):
        return evidence.finding("thread", "chooses from a list", answers=roles["choose"])
    speaker = evidence.speaker
    if evidence.thread and (speaker.corrected or _other(evidence)) and len(evidence.folded.split()) <= CORRECTS:
        return evidence.finding("thread", "says who is speaking after all", answers=roles["speaker"])
    told = speaker.who != UNKNOWN and (memory.asked == "audience" or speaker.age is not None)
    top = evidence.belief.likeliest()
    idle = {assistant.table.of_role(role) for role in ("everyday", "unknown")}
    if few and told and (memory.asked == "audience" or assistant.table.family(top) in idle):
        return evidence.finding("thread", "says who is speaking", answers=roles["speaker"])
    return evidence


def _other(evidence: Evidence) -> bool:
    """Whether a message that tells nothing new says that somebody else speaks than was thought."""
    speaker, known = evidence.speaker, evidence.memory.speaker
    if speaker.who == UNKNOWN or not speaker.certain or known in (None, UNKNOWN, speaker.who):
        return False
    return speaker.age is not None and len(evidence.folded.split()) <= FEW


def _meant_here(chances: Mapping[str, float], thread: str, assistant: Assistant) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, chance in chances.items():
        kind = assistant.table.kinds.get(name)
        name = kind.instead.get(thread, name) if kind else name
        found[name] = found.get(name, 0.0) + chance
    return found


def _shared(chances: Mapping[str, float], thread: str, assistant: Assistant) -> dict[str, float]:
    """Move a share of what other needs have to the thread; talk and questions keep theirs, they are answered in it.

    What says nothing in particular ("i am scared") is all about the thread; the surer another family is by itself, the
    less of it moves: a new need is heard as one.
    """
    unclear, table = assistant.table.roles["unclear"], assistant.table
    sure: dict[str, float] = defaultdict(float)
    for name in table.needs:
        sure[table.family(name)] += chances.get(name, 0.0)
    sure[table.family(thread)] = 0.0
    shares = {
        name: 1.0 if name == unclear else assistant.calibration.thread * (1 - sure[table.family(name)] ** 2)
        for name in table.needs
        if name != thread and table.family(name) not in table.alone  # a request is one in every conversation
    }
    moved = {name: chance * shares[name] for name, chance in chances.items() if name in shares}
    found = {name: chance - moved.get(name, 0.0) for name, chance in chances.items()}
    found[thread] = found.get(thread, 0.0) + sum(moved.values())
    return found

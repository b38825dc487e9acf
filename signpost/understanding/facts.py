"""Stage `facts`: a question about the published figures, and how likely one is asked at all."""

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence, Part

SURE = 0.5  # of figures in a part: then the statistics take it as likely
SHORT = 8  # words
GOES_ON = 0.95  # after a figure, a short message that changes it is about it: a weaker need is not
OF_SERVICE = 0.2  # what it tells where a service is asked about


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Read the question, if there is one; `asks_figure` is its probability, from 0 to 1."""
    likely = max(_likely(part, assistant) for part in evidence.parts)
    of_figures = _of_figures(evidence)
    before = evidence.memory.question
    found = assistant.statistics.read(evidence.text, evidence.today, before, likely=likely >= SURE or of_figures)
    if found is None:
        return evidence.finding("facts", "", asks_figure=likely)
    asks = found.slots.get("asks") or []
    nothing_named = all(ask.get("open") for ask in asks)
    told = found.strength * _weight(evidence, assistant, found.follow_up, nothing_named)
    if of_figures and found.follow_up:
        told = max(told, GOES_ON * (1 - _talk(evidence, assistant, of_figures)))
    sure = 1 - (1 - likely) * (1 - told)
    return evidence.finding("facts", f"a question of fact {sure:.2f}", question=found.slots, asks_figure=sure)


def _of_figures(evidence: Evidence) -> bool:
    """Whether a short message stands in a conversation about figures, and nothing else."""
    asked, told = evidence.memory.question, evidence.memory.needs
    return bool(asked) and not told and len(evidence.folded.split()) <= SHORT


def _talk(evidence: Evidence, assistant: Assistant, of_figures: bool = False) -> float:
    """Return how likely a message is talk of a kind of its own: a goodbye is one, also with the word "now" in it.

    `of_figures`: it follows a figure, so that talk about the reply ("what does that mean") asks about the figure.
    """
    roles, table = assistant.table.roles, assistant.table
    family, other = table.of_role("everyday"), {roles["everyday"], roles["outside"]}
    if of_figures:
        other |= {name for name, kind in table.kinds.items() if kind.of_reply}
    return sum(p for n, p in evidence.belief.whole.items() if table.family(n) == family and n not in other)


def _weight(evidence: Evidence, assistant: Assistant, follow_up: bool, nothing_named: bool) -> float:
    """Return what the words that the statistics know are worth here, from 0 to 1.

    A count of something that no figure counts, or a word of theirs in a story, is a question as far as no need is told.
    """
    cued = assistant.cues.has("figure", evidence.folded)
    told = sum(chance for name, chance in evidence.belief.whole.items() if name in assistant.table)
    if nothing_named:
        return (1.0 - told) * (1.0 - _talk(evidence, assistant))
    if cued:
        return 1.0
    weight = 1.0 - told
    weight *= OF_SERVICE if evidence.aspect and (evidence.services or evidence.memory.shown) else 1.0
    if not any(c.isdigit() for c in evidence.folded):
        idle = {assistant.table.of_role(role) for role in ("everyday", "service")}
        talk = sum(p for n, p in evidence.belief.whole.items() if assistant.table.family(n) in idle)
        weight *= 1 - talk
    return weight * (0.7 if follow_up else 1.0)


def _likely(part: Part, assistant: Assistant) -> float:
    figures = assistant.table.of_role("figures")
    return sum(p for label, p in part.labels.items() if assistant.table.family(label.split("/")[0]) == figures)

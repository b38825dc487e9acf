"""Stage `facts`: a question about the published figures, and how likely one is asked at all."""

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence, Part

SURE = 0.5  # of figures in a part: then the statistics may read it leniently
STORY = 0.25  # what a year or a place tells in a person's own story
SHORT = 8  # words
OF_SERVICE = 0.2  # what it tells where a service is asked about


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Read the question, if there is one; `asks_figure` is its probability, from 0 to 1."""
    likely = max(_likely(part, assistant) for part in evidence.parts)
    before = evidence.memory.question
    text = assistant.cues.without("corrects", evidence.text) if before else evidence.text
    found = assistant.statistics.read(text, evidence.today, before, likely=likely >= SURE)
    if found is None:
        return evidence.finding("facts", "", asks_figure=likely)
    told = found.strength * _weight(evidence, assistant, found.follow_up)
    sure = 1 - (1 - likely) * (1 - told)
    return evidence.finding("facts", f"a question of fact {sure:.2f}", question=found.slots, asks_figure=sure)


def _weight(evidence: Evidence, assistant: Assistant, follow_up: bool) -> float:
    """Return what the words that the statistics know are worth here, from 0 to 1."""
    cues, folded = assistant.cues, evidence.folded
    if follow_up and not evidence.memory.needs and len(folded.split()) <= SHORT:
        return 1.0  # after a figure, a short message is about it
    if cues.has("figure", folded):
        return 1.0
    weight = 1.0 if not cues.has("somebody", folded) else STORY
    if evidence.aspect and (evidence.services or evidence.memory.shown):
        weight = min(weight, OF_SERVICE)
    if not any(c.isdigit() for c in folded):
        idle = {assistant.table.of_role(role) for role in ("everyday", "service")}
        talk = sum(p for n, p in evidence.belief.whole.items() if assistant.table.family(n) in idle)
        weight *= 1 - talk
    return weight * (0.7 if follow_up else 1.0)


def _likely(part: Part, assistant: Assistant) -> float:
    figures = assistant.table.of_role("figures")
    return sum(p for label, p in part.labels.items() if assistant.table.family(label.split("/")[0]) == figures)

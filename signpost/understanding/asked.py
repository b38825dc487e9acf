"""Stage `asked`: questions that are asked in so many words."""

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Find the questions; whether they are answered is for the decision."""
    asked = assistant.asked.find(evidence.folded)
    return evidence.finding("asked", ", ".join(found.name for found in asked), asked=asked)

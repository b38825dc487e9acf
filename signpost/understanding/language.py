"""Stage `language`: a message that is not English, and what matters in it at once."""

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Find the language; English is not named."""
    found = assistant.languages.of(evidence.text)
    return evidence.finding("language", found.code if found else "", language=found)

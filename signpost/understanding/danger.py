"""Stage `gate`: danger now, by the rules of `data/words/gate.yml`, and whether it is somebody else's."""

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Find the kinds of danger in the folded message."""
    danger = assistant.gate.read(evidence.folded)
    if not danger:
        off = assistant.gate.called_off(evidence.folded)
        return evidence.finding("gate", f"called off ({', '.join(off)})" if off else "", denied=bool(off))
    found = f"{', '.join(sorted(danger))} ({', '.join(assistant.gate.why(evidence.folded))})"
    return evidence.finding("gate", found, danger=danger, about=assistant.gate.subject(evidence.folded))

"""Stage `speaker`: what the words say of who speaks, held against what the conversation knows."""

from signpost.assistant import Assistant
from signpost.understanding.evidence import Evidence
from signpost.understanding.speaker import UNKNOWN, Speaker


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Read the speaker; a message that says nothing leaves it unknown."""
    known = evidence.memory.speaker or evidence.memory.audience
    before = Speaker(who=known) if known else None
    speaker = assistant.speakers.read(evidence.folded, before)
    said = speaker.who != UNKNOWN or speaker.about_child or speaker.corrected
    about = " about a child" if speaker.about_child else ""
    age = f", {speaker.age}" if speaker.age is not None else ""
    doubt = "" if speaker.certain else " (or not)"
    taken_back = ", corrected" if speaker.corrected else ""
    found = f"{speaker.who}{about}{age}{doubt}{taken_back}" if said else ""
    return evidence.finding("speaker", found, speaker=speaker)

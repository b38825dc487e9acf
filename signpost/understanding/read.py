"""The stages of understanding a message, in order, and nothing else."""

from datetime import date

from signpost.assistant import Assistant
from signpost.memory import Memory
from signpost.understanding import acts, asked, belief, danger, facts, language, names, speaking, thread
from signpost.understanding.decision import decide
from signpost.understanding.evidence import Evidence, Part, Reading

HEARD = (language.stage, danger.stage, speaking.stage, belief.stage)
STAGES = (*HEARD, names.stage, asked.stage, facts.stage, thread.stage, acts.stage)


def read(text: str, parts: tuple[Part, ...], memory: Memory, assistant: Assistant, today: date) -> Reading:
    """Read one message.

    Args:
        text: as typed.
        parts: the whole message, then its parts if there are more than one, each with {label: probability}.
        memory: what the conversation remembers.
        today: for "last year".
    """
    evidence = Evidence(text, parts, memory, today)
    for stage in STAGES:
        evidence = stage(evidence, assistant)
    return decide(evidence, assistant)

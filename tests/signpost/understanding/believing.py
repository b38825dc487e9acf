"""Evidence made by hand, over the assistant's own tables: what the tests of the stages beside this begin with."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from signpost.assistant import assistant
from signpost.memory import Memory
from signpost.understanding.evidence import Belief, Evidence, Part

ASSISTANT = assistant()
TABLE = ASSISTANT.table
TODAY = date(2026, 7, 1)
Chances = Mapping[str, float]


def evidence(
    folded: str = "x",
    whole: Chances | None = None,
    parts: Sequence[Chances] = (),
    said: Chances | None = None,
    who: Mapping[str, Chances] | None = None,
    memory: Memory | None = None,
    **found: Any,
) -> Evidence:
    """Return what a message would show that is believed to mean `whole`, and each of its parts `parts`."""
    belief = Belief(whole or {}, tuple(parts), said or {}, who or {})
    return Evidence(folded, (Part(folded, {}),), memory or Memory(), TODAY, belief=belief, **found)


def labelled(folded: str, labels: Chances | None = None, memory: Memory | None = None, **found: Any) -> Evidence:
    """Return what a message of one part shows before anything is believed."""
    return Evidence(folded, (Part(folded, labels or {}),), memory or Memory(), TODAY, **found)

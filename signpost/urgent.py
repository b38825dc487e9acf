"""What someone in danger is told when the assistant cannot read the whole message: under load, or over a limit.

The danger gate alone, on the beginning and end of a message, in a bounded time; the answer is the reviewed copy of the
route, as in a full turn, but nothing is remembered.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from cachetools import TTLCache

from signpost import conversation
from signpost.answering.turn import Turn
from signpost.assistant import Assistant
from signpost.memory import Memory
from signpost.replies import Message
from signpost.understanding import danger, language, speaking
from signpost.understanding.decision import decide
from signpost.understanding.evidence import Evidence, Part
from signpost.understanding.wordless import wordless
from signpost.words import Words, clauses, sentences

LENGTH = 600  # characters that are read
SLIPS = 6  # words that are mended at most: each takes up to a millisecond
SAME = 60  # seconds that an answer stays the same: it names opening hours
_WORD = re.compile(r"[a-z013457@$!]{4,}")
STAGES = (language.stage, danger.stage, speaking.stage)  # what needs no classifier


@dataclass
class Urgent:
    """Reads for danger and answers it.

    Args:
        assistant: gate, routes and services.
        words: the spelling that the model learned; `Words({})` mends nothing.
    """

    assistant: Assistant
    words: Words
    _plain: Words = field(init=False)
    _said: "TTLCache[Any, list[Message]]" = field(init=False)

    def __post_init__(self) -> None:
        self._plain = Words(self.words.textspeak)
        self._said = TTLCache(64, SAME)

    def parts(self, text: str) -> list[str]:
        """Return the folded ends of a message and their clauses if any speaks of danger, else nothing."""
        text = ends(text)
        pieces = [c for s in sentences(text) if len(s) > 1 for c in clauses(s)]
        pieces = [text, *pieces] if len(pieces) > 1 else [text]
        folded = [self._plain.fold(piece) for piece in pieces]
        if self._kinds(folded):
            return folded
        slips = (w for w in _WORD.findall(folded[0]) if not self._known(w))
        mended = {word: self.words.fold(word) for word in islice(dict.fromkeys(slips), SLIPS)}
        folded = [_WORD.sub(lambda m: mended.get(m[0], m[0]), part) for part in folded]
        return folded if self._kinds(folded) else []

    def _known(self, word: str) -> bool:
        return word in self.words.vocabulary or word in self.words.dictionary

    def _kinds(self, folded: list[str]) -> frozenset[str]:
        return frozenset[str]().union(*(self.assistant.gate.read(part) for part in folded))

    def answer(self, text: str, now: datetime) -> list[Message] | None:
        """Return the answer to someone in danger, or None for any other message. `now` is an aware datetime."""
        parts = self.parts(text)
        if not parts:
            return None
        heard = " ".join(parts[1:]) if len(parts) > 1 else parts[0]
        evidence = Evidence(ends(text), (Part(heard, {}),), Memory(), now.date())
        for stage in STAGES:
            evidence = stage(evidence, self.assistant)
        if not evidence.danger:  # a clause that the others call off is answered all the same
            evidence = replace(evidence, danger=self._kinds(parts))
        intent, entities = wordless(decide(evidence, self.assistant), self.assistant)
        kept = [{"entity": name, "value": value} for name, value in entities]
        key = (str(kept), self.assistant.switch.state().hidden)
        if key not in self._said:
            turn = Turn.of(intent, kept, {}, now)
            self._said[key] = conversation.needs(turn, self.assistant).messages
        return self._said[key]


def ends(text: str, length: int = LENGTH) -> str:
    """Return a text, or of a longer one the beginning and the end, cut between words."""
    if len(text) <= length:
        return text
    half = length // 2
    start, end = text[:half], text[-half:]
    return f"{start.rpartition(' ')[0] or start}\n{end.partition(' ')[2] or end}"

"""Rasa extension point: none; one answer as a reader of the terminal has it, and what a transcript can ask of it."""

import re
import textwrap
from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]
_GROUPS = re.compile(r"(?<=\d) (?=\d)")
_FOLDED = str.maketrans({"\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(frozen=True)
class Answer:
    """What came for one message.

    Attributes:
        messages: as the channel gives them.
        why: one line a stage; empty where it is not known.
        fault: why nobody answered as usual (a failed turn, a server's error); "" when all went well.
    """

    messages: tuple[Message, ...]
    why: tuple[str, ...] = ()
    fault: str = ""

    @property
    def text(self) -> str:
        """Return all texts, a blank line between two messages."""
        return "\n\n".join(str(m["text"]) for m in self.messages if m.get("text")).replace("\u00a0", " ")

    @property
    def choices(self) -> list[str]:
        """Return the titles of the buttons."""
        return [button["title"] for m in self.messages for button in m.get("buttons", [])]

    @property
    def services(self) -> list[str]:
        """Return the ids of the cards."""
        return [card["id"] for m in self.messages for card in (m.get("custom") or {}).get("services", [])]

    @property
    def about(self) -> dict[str, Any]:
        """Return what the reply says of itself (`custom.about`); empty where it says nothing."""
        found = [m["custom"]["about"] for m in self.messages if "about" in (m.get("custom") or {})]
        return found[0] if found else {}

    @property
    def first_line(self) -> str:
        """Return the first line, a note on the content aside."""
        texts = [m["text"] for m in self.messages if m.get("text") and not (m.get("custom") or {}).get("note")]
        return texts[0].splitlines()[0] if texts else ""

    @property
    def words(self) -> int:
        """Return the number of words of all texts."""
        return len(self.text.split())

    def readable(self) -> str:
        """Return texts and choices as plain lines, none of them broken."""
        choices = " | ".join(self.choices)
        return self.text + (f"\n\nChoices: {choices}" if choices else "")

    def lines(self, width: int = 0) -> list[str]:
        """Return the readable lines, broken between words at `width` columns (0: nowhere) and never in a number."""
        return [line for whole in self.readable().splitlines() for line in wrapped(whole, width)]


def wrapped(line: str, width: int) -> list[str]:
    """Break one line between words at `width` columns (0: nowhere); a phone number stays whole."""
    if not width or not line.strip():
        return [line.rstrip()]
    kept = _GROUPS.sub("\u00a0", line)
    parts = textwrap.wrap(kept, max(width, 20), break_long_words=False, break_on_hyphens=False)
    return [part.replace("\u00a0", " ") for part in parts]


def folded(text: str) -> str:
    """Return text as it is compared: small letters, straight quotes, one space."""
    return " ".join(text.translate(_FOLDED).casefold().split())

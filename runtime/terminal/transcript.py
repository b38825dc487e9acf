"""Rasa extension point: none; transcripts: what is said, what must come, and how both are written in a file.

    == A child tells of a cousin            a new conversation
    now: 2026-11-30 21:00                   the clock of this conversation
    > my cousin makes me do stuff, im 11    said
    must: childline | nspcc                 one of these comes (any case; /.../ is a regular expression)
    must not: ceop                          none of these comes
    first: Talk to Childline                in the first line
    service: childline, emergency-999       all these cards are shown; none: no card
    first service: childline                the first card
    no service: samaritans                  none of these cards
    need: disclosure                        what the reply is about, as in data/needs.yml; none: no need
    no need: crisis
    speaker: child                          one of these (|)
    urgent: yes                             an emergency comes first
    refused: no
    choice: More help                       all of these are offered (|)
    words: 90                               at most
    cards: 2                                at most
      An indented answer is the whole answer; a line with three dots stands for any others.

A line that begins with # is a comment. In a Markdown file the blocks that begin with ```chat are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from runtime.terminal.answer import Answer
from runtime.terminal.expecting import KINDS, Expectation, TranscriptError

COLUMNS = 100  # of an answer in a file, its two spaces aside
_ASKED = re.compile(r"([a-z]+(?: [a-z]+)?):\s+(.*\S)")


@dataclass
class Exchange:
    """One message and what must come for it.

    Attributes:
        line: its number in the file, from 1.
        expected: in the order of the file.
        answer: the lines of the whole answer, their two spaces taken away.
        ends: the number of the last line that belongs to it.
    """

    said: str
    line: int
    expected: list[Expectation] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    ends: int = 0

    @property
    def plain(self) -> bool:
        """Whether it asks for nothing."""
        return not self.expected and not self.answer


@dataclass
class Conversation:
    """What is said from the beginning, in order; `now` stops the clock."""

    title: str
    file: Path
    line: int
    exchanges: list[Exchange] = field(default_factory=list)
    now: datetime | None = None


def read(file: Path) -> list[Conversation]:
    """Return the conversations of a file that say anything. Raises TranscriptError naming file and line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TranscriptError(f"{file}: cannot be read ({error}).") from None
    if file.suffix == ".md":
        lines = list(_blocks(lines))
    found = [Conversation(file.stem, file, 1)]
    for number, line in enumerate(lines, 1):
        if line.startswith("=="):
            found.append(Conversation(line.strip("= ").strip() or f"line {number}", file, number))
        else:
            try:
                _take(found[-1], line, number)
            except ValueError as error:
                raise TranscriptError(f"{file}:{number}: {error}") from None
    return [conversation for conversation in found if conversation.exchanges]


def _take(conversation: Conversation, line: str, number: int) -> None:
    """Add one line to a conversation. Raises ValueError for one that says nothing known."""
    exchange = conversation.exchanges[-1] if conversation.exchanges else None
    asked = _ASKED.fullmatch(line.rstrip())
    if line.startswith(">"):
        conversation.exchanges.append(Exchange(line[1:].strip(), number, ends=number))
    elif not line.strip() or line.startswith("#"):
        if exchange and exchange.answer:
            exchange.answer.append("")
    elif exchange is None:
        if asked is None or asked[1] != "now":
            raise ValueError("write what is said first, as a line that begins with >.")
        conversation.now = datetime.fromisoformat(asked[2])
    elif line.startswith("  "):
        exchange.answer.append(line[2:].rstrip())
        exchange.ends = number
    elif asked is None or asked[1] not in KINDS:
        raise ValueError(f"{line.strip()!r} is not known. Known are: {', '.join(KINDS)}.")
    else:
        exchange.expected.append(Expectation(asked[1], asked[2]))
        exchange.ends = number


def _blocks(lines: list[str]) -> Iterator[str]:
    """Keep the chat blocks of Markdown, each as a conversation; other lines become empty, so that numbers stay."""
    inside = False
    for line in lines:
        if line.startswith("```"):
            inside = not inside and line.startswith("```chat")
            yield f"== {line[len('```chat') :]}" if inside else ""
        else:
            yield line if inside else ""


def written(said: str, answer: Answer, width: int = 0) -> str:
    """Return a message and its whole answer as lines of a transcript."""
    lines = [f"  {line}" if line else "" for line in answer.lines(width)]
    return "\n".join([f"> {' '.join(said.split())}", *lines])

"""Rasa extension point: none; transcripts played again: what held, what was missed, and what two models say."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from runtime.terminal.answer import Answer, folded
from runtime.terminal.expecting import TranscriptError
from runtime.terminal.partners import Partner
from runtime.terminal.transcript import COLUMNS, Conversation, Exchange, read, written
from signpost import clock


@dataclass(frozen=True)
class Played:
    """One exchange, the answer that came, and what is wrong with it, in words."""

    exchange: Exchange
    answer: Answer
    faults: tuple[str, ...]


def transcripts(places: Iterable[Path]) -> list[Conversation]:
    """Return the conversations of files, and of every `.chat` file below folders. Raises TranscriptError."""
    found: list[Conversation] = []
    for place in places:
        files = sorted(place.rglob("*.chat")) if place.is_dir() else [place]
        read_here = [conversation for file in files for conversation in read(file)]
        if not read_here:
            raise TranscriptError(f"{place}: no conversation is written there.")
        found += read_here
    return found


def play(conversation: Conversation, partner: Partner) -> list[Played]:
    """Say a conversation from its beginning. Raises TranscriptError where its clock cannot be stopped."""
    if conversation.now and not partner.here:
        raise TranscriptError(f"{conversation.file}: the clock of a running server cannot be set (now:).")
    partner.begin()
    played = []
    with clock.stopped_at(conversation.now):
        for exchange in conversation.exchanges:
            answer = partner.answer(exchange.said)
            played.append(Played(exchange, answer, tuple(faults(exchange, answer))))
    return played


def faults(exchange: Exchange, answer: Answer) -> Iterator[str]:
    """Say in words what is wrong with the answer to an exchange."""
    if answer.fault:
        yield answer.fault
    for expectation in exchange.expected:
        if fault := expectation.fault(answer):
            yield fault
    if exchange.answer and not _same(exchange.answer, answer):
        yield "another answer came"


def _same(lines: Sequence[str], answer: Answer) -> bool:
    """Whether an answer reads as the lines do, line breaks aside; three dots stand for any words."""
    parts = re.split(r"^\.\.\.$", "\n".join(lines), flags=re.MULTILINE)
    wanted = ".*".join(re.escape(folded(part)) for part in parts)
    return re.fullmatch(wanted, folded(answer.readable()), re.DOTALL) is not None


def told(conversation: Conversation, played: Iterable[Played]) -> str:
    """Return what was missed in a conversation: where, what was said, what is wrong, and what a visitor read."""
    lines = []
    for turn in (turn for turn in played if turn.faults):
        lines += [f"{conversation.file}:{turn.exchange.line} {conversation.title}", f"  > {turn.exchange.said}"]
        lines += [f"  ! {fault}" for fault in turn.faults]
        came = turn.answer.lines(COLUMNS)
        if turn.exchange.answer and "..." not in turn.exchange.answer:
            lines += _difference(turn.exchange.answer, came)
        else:
            lines += [f"    {line}".rstrip() for line in came]
    return "\n".join(lines)


def _difference(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the lines that went (-) and came (+), with those around them."""
    while old and not old[-1]:
        old = old[:-1]
    shown = list(difflib.unified_diff(old, new, lineterm="", n=1))[2:]
    return [f"    {line}".rstrip() for line in shown if not line.startswith("@@")]


def compared(conversation: Conversation, old: Sequence[Played], new: Sequence[Played]) -> str:
    """Return the messages of a conversation that two partners answer otherwise; "" when there is none."""
    lines = []
    for before, after in zip(old, new, strict=True):
        if before.answer.readable() != after.answer.readable() or before.answer.about != after.answer.about:
            lines += [
                f"{conversation.file}:{before.exchange.line} {conversation.title}",
                f"  > {before.exchange.said}",
                *(f"    {sign} about {_about(played.answer)}" for sign, played in (("-", before), ("+", after))),
                *_difference(before.answer.lines(COLUMNS), after.answer.lines(COLUMNS)),
            ]
    return "\n".join(lines)


def _about(answer: Answer) -> str:
    about = answer.about
    return f"{', '.join(about.get('needs', [])) or 'no need'}; speaker {about.get('speaker', 'unknown')}"


def renew(file: Path, turns: Iterable[Played]) -> int:
    """Write the answers that came into a file, where a whole one stood or nothing was asked; returns how many."""
    lines = file.read_text("utf-8").splitlines()
    changed = 0
    for turn in sorted(turns, key=lambda t: -t.exchange.line):
        exchange = turn.exchange
        if exchange.plain or (exchange.answer and "..." not in exchange.answer and turn.faults):
            start = next((n for n in range(exchange.line, exchange.ends) if lines[n].startswith("  ")), exchange.ends)
            lines[start : exchange.ends] = written(exchange.said, turn.answer, COLUMNS).splitlines()[1:]
            changed += 1
    if changed:
        file.write_text("\n".join(lines) + "\n", "utf-8")
    return changed

"""Rasa extension point: none; standard output as it is: its width, its colours or none, its letters or the nearest."""

import codecs
import os
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import TextIO

import click

from runtime.terminal.answer import Answer, wrapped

WIDEST = 100
_NEAREST = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "…": "...",
    "\u00a0": " ",
    "•": "*",
    "£": "GBP ",
}


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding lacks with its nearest letters, else as a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    plain = (_NEAREST.get(c) or unicodedata.normalize("NFKD", c).encode("ascii", "ignore").decode() for c in letters)
    return "".join(part or "?" for part in plain), error.end


codecs.register_error("nearest", _nearest)


def any_encoding() -> None:
    """Let standard input and output take and give any letter, whatever their encoding."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "nearest"), (sys.stderr, "nearest")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def put(text: str, err: bool = False) -> None:
    """Write to standard output or error in its own encoding; click alone would give ASCII up for UTF-8."""
    click.echo(text, sys.stderr if err else sys.stdout)


class Screen:
    """Shows answers to a person.

    Args:
        out: a terminal.
    """

    def __init__(self, out: TextIO) -> None:
        self.out = out
        dumb = os.environ.get("TERM", "") in ("", "dumb")
        self.coloured = out.isatty() and not dumb and "NO_COLOR" not in os.environ

    @property
    def width(self) -> int:
        """Return the columns to write in, looked at anew: a window changes its size."""
        return min(shutil.get_terminal_size().columns, WIDEST)

    def line(self, text: str, indent: str = "", style: Mapping[str, bool | str] = MappingProxyType({})) -> None:
        """Write one line, broken between words where it is too long."""
        for part in wrapped(text, self.width - len(indent)):
            shown = indent + part
            click.echo(click.style(shown, **style) if self.coloured else shown, self.out, color=self.coloured)  # type: ignore[arg-type]

    def show(self, answer: Answer) -> None:
        """Write an answer, with its choices by number."""
        for message in answer.messages:
            style: dict[str, bool | str] = {"bold": True} if (message.get("custom") or {}).get("urgent") else {}
            for line in str(message.get("text") or "").replace("\u00a0", " ").splitlines():
                self.line(line, style=style)
            if message.get("text"):
                self.line("")
        for number, title in enumerate(answer.choices, 1):
            self.line(title, f"  {number}  ", {"fg": "cyan"})
        if answer.choices:
            self.line("")

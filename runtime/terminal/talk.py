"""Rasa extension point: none; a conversation at a terminal or through a pipe, with the bench's own commands."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from runtime.terminal.answer import Answer
from runtime.terminal.partners import Partner
from runtime.terminal.screen import Screen, put
from runtime.terminal.transcript import COLUMNS, written
from signpost.directory import Directory

ROOT = Path(__file__).parent.parent.parent
HELLO = "Signpost. `quit` leaves, `:help` tells what else. If anyone is in danger now, call {number:emergency-999}."
LEAVE = ("quit", "exit", ":quit", ":q")
HELP = """:reset   begin a new conversation
:why     tell, one line a stage, why the last answer came
:json    show the last answer as JSON
:quit    leave; so do quit, Ctrl-C and Ctrl-D
A number picks a choice. The arrow keys bring back what you wrote; it is kept nowhere."""


@dataclass
class Talk:
    """One conversation after another.

    Attributes:
        as_json: show each answer as one line of JSON.
        why: tell why each answer came.
        record: a transcript that each message and its answer are added to.
    """

    partner: Partner
    as_json: bool = False
    why: bool = False
    record: Path | None = None
    last: Answer | None = None
    faults: list[str] = field(default_factory=list)

    def take(self, line: str, show: Callable[[str, Answer], None]) -> None:
        """Take one line: a command, the number of a choice, or a message."""
        text = line.strip()
        if text.startswith(":"):
            put(self._command(text))
            return
        choices = self.last.choices if self.last else []
        if choices and text.isdecimal() and len(text) == 1:
            if not 1 <= int(text) <= len(choices):
                put(f"There are {len(choices)} choices. Type 1 to {len(choices)}, or write a message.")
                return
            text = choices[int(text) - 1]
        if not text:
            return
        answer = self.last = self.partner.answer(text)
        if answer.fault:
            self.faults.append(answer.fault)
            put(f"No usual answer: {answer.fault}.", err=True)
        if self.record:
            with self.record.open("a", encoding="utf-8") as file:
                file.write(written(text, answer, COLUMNS) + "\n\n")
        show(text, answer)
        if self.why and not self.as_json:
            put(self._command(":why") + "\n")

    def begin(self) -> None:
        """Begin a new conversation, in the record too."""
        self.partner.begin()
        self.last = None
        if self.record:
            with self.record.open("a", encoding="utf-8") as file:
                file.write("== \n")

    def _command(self, command: str) -> str:
        if command == ":reset":
            self.begin()
            return "A new conversation."
        if command == ":help":
            return HELP
        if command not in (":why", ":json"):
            return f"{command} is not known. {HELP}"
        if self.last is None:
            return "Nothing was said yet."
        if command == ":json":
            return json.dumps(self.last.messages, ensure_ascii=False, indent=2)
        return "\n".join(self.last.why) or "Only the assistant in this process tells why, not a server."

    def lines(self, said: Iterable[str]) -> None:
        """Answer lines one by one, without decoration: a transcript, or JSON."""
        for line in said:
            if line.strip() in LEAVE[2:]:
                return
            if line.strip():
                self.take(line, self._plain)

    def _plain(self, said: str, answer: Answer) -> None:
        if self.as_json:
            known = {"said": said, "messages": answer.messages, **({"why": answer.why} if self.why else {})}
            put(json.dumps(known, ensure_ascii=False))
        else:
            put(written(said, answer) + "\n")

    def at_terminal(self) -> None:
        """Read lines from a person until they leave; what they wrote stays in memory and goes with the program."""
        with contextlib.suppress(ImportError):  # where there is no line editing, the terminal's own must do
            import readline  # noqa: F401
        screen = Screen(sys.stdout)
        screen.line(Directory.load(ROOT / "data" / "services").fill(HELLO), style={"dim": True})
        while True:
            try:
                line = input("> ")
                if line.strip().lower() in LEAVE:
                    return
                self.take(line, self._plain if self.as_json else lambda _, answer: screen.show(answer))
            except (EOFError, KeyboardInterrupt):
                put("")
                return

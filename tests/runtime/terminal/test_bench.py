"""The bench as it is typed: through pipes, at a terminal, over HTTP, and with transcripts; with the trained model."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from runtime.terminal.__main__ import main
from tests.runtime.server import Served

ROOT = Path(__file__).parent.parent.parent.parent
PROGRAM = [sys.executable, "-W", "ignore", "-m", "runtime.terminal"]


@pytest.fixture
def bench(agent: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command in this process, so that the model is loaded once."""
    monkeypatch.setattr("runtime.terminal.here.load", lambda model: (agent, None))

    def run(*arguments: str, lines: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=lines)

    return run


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    server = Served().wait()
    yield server
    server.stop()


class Terminal:
    """A person at a terminal."""

    def __init__(self, *arguments: str, columns: int = 80, **environment: str) -> None:
        self.seen = ""
        self.process, self.file = pty.fork()
        if not self.process:
            os.chdir(ROOT)
            known = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
            os.execve(PROGRAM[0], [*PROGRAM, *arguments], {**known, "COLUMNS": str(columns), **environment})

    def type(self, keys: str, until: str) -> str:
        """Type keys; returns what is shown until a text comes."""
        os.write(self.file, keys.encode())
        return self.until(until)

    def until(self, text: str) -> str:
        end, shown = time.monotonic() + 120, ""
        while text not in shown:
            assert time.monotonic() < end, f"{text!r} did not come in {shown!r}"
            if select.select([self.file], [], [], 1)[0]:
                shown += os.read(self.file, 4096).decode("latin-1" if self.latin else "utf-8", "replace")
        return shown

    latin = False

    def left(self, keys: bytes = b"") -> int:
        """Wait for the end, and press keys again while nothing comes of them; returns the exit status."""
        while True:
            try:
                while keys and not select.select([self.file], [], [], 5)[0]:
                    os.write(self.file, keys)
                if not os.read(self.file, 4096):
                    break
            except OSError:  # the other side is closed
                break
        status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        os.close(self.file)
        return status


def test_a_pipe_gives_a_transcript_without_decoration_that_holds_when_it_is_played(bench: Any, tmp_path: Path) -> None:
    said = bench(lines="how many in cambridgeshire in 2014\n\nand two years later?\n:reset\nhello\n1\n")
    assert said.exit_code == 0, said.output
    assert "> how many in cambridgeshire in 2014\n  " in said.stdout
    assert "  192 " in said.stdout
    assert "\x1b[" not in said.stdout
    last = said.stdout[said.stdout.index("> hello") :]
    picked = re.search(r"Choices: (.*?) \|", last)
    assert picked is not None
    assert f"> {picked[1]}\n" in last
    kept = tmp_path / "kept.chat"
    kept.write_text(said.stdout.partition("A new conversation.")[0])
    assert "1 conversations, 2 messages: 1 held, 0 missed." in bench(str(kept)).output


def test_several_messages_are_one_conversation_and_json_is_a_line_each(bench: Any) -> None:
    said = bench("--say", "im 12", "--say", "is childline open at night", "--json", "--why")
    first, second = map(json.loads, said.stdout.splitlines())
    assert first["said"] == "im 12"
    cards = [card["id"] for m in second["messages"] for card in (m.get("custom") or {}).get("services", [])]
    assert cards[:1] == ["childline"]
    assert any(line.startswith("speaker ") for line in first["why"])


def test_why_is_told_a_line_a_stage(bench: Any) -> None:
    said = bench("--say", "my cousin makes me do stuff, im 11", "--why").stdout
    assert [line.split()[0] for line in said.splitlines() if re.match(r"(gate|speaker|belief|decision) ", line)]
    assert "disclosure" in said


def test_the_clock_can_be_stopped_so_that_hours_are_of_that_time(bench: Any, tmp_path: Path) -> None:
    asked = ("--say", "when is napac open")
    sunday, monday = (bench(*asked, "--now", now).stdout for now in ("2026-11-29 23:30", "2026-11-30 12:00"))
    assert sunday != monday
    night = tmp_path / "night.chat"
    night.write_text(f"now: 2026-11-29 23:30\n{sunday}")
    assert bench(str(night)).exit_code == 0
    assert "is no time" in bench(*asked, "--now", "tomorrow").output


def test_what_is_recorded_is_a_transcript_that_holds_and_nothing_else_is_kept(bench: Any, tmp_path: Path) -> None:
    record = tmp_path / "said.chat"
    bench("--record", str(record), lines="i need help\n:reset\nhello\n")
    assert "2 conversations, 2 messages: 2 held, 0 missed." in bench(str(record)).output
    assert [file.name for file in tmp_path.iterdir()] == ["said.chat"]


def test_a_missed_transcript_is_told_and_ends_with_one(bench: Any, tmp_path: Path) -> None:
    missed, report = tmp_path / "missed.chat", tmp_path / "result.xml"
    missed.write_text("== Good\n> hello\nurgent: no\n== Bad\n> hello\nmust: unicorns\n")
    run = bench(str(tmp_path), "--junit", str(report))
    assert run.exit_code == 1
    assert "missed.chat:5 Bad\n  > hello\n  ! must: unicorns (did not come)\n" in run.output
    assert "2 conversations, 2 messages: 1 held, 1 missed." in run.output
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "unicorns" in str(failure.get("message"))


def test_two_models_that_are_the_same_answer_nothing_otherwise(bench: Any, model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.chat").write_text("> hello\n> im 12\n")
    run = bench("--compare", str(model), str(model), str(tmp_path))
    assert run.output == "0 of 1 conversations are answered otherwise.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--url", "http://127.0.0.1:1", "--now", "2026-11-30"),
        ("--junit", "result.xml"),
        ("tests/conversations", "--say", "hello"),
    ],
)
def test_options_that_do_not_go_together_are_told(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_a_server_that_is_not_there_is_told_and_ends_with_one() -> None:
    run = CliRunner().invoke(main, ["--url", "http://127.0.0.1:1", "--say", "hello"])
    assert run.exit_code == 1
    assert "No usual answer: http://127.0.0.1:1" in run.output


def test_while_it_is_turned_off_each_line_gets_the_numbers_alone(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from signpost.assistant import assistant
    from signpost.directory.switch import Switch

    off = replace(assistant(), switch=Switch(Path("no-operator.yml"), paused=True))
    monkeypatch.setattr("runtime.terminal.here.assistant", lambda: off)
    said = bench(lines="how many in cambridgeshire in 2014\nhello\n").stdout
    assert said.count("turned off for now") == 2
    assert "999" in said
    assert "81" not in said


def test_an_encoding_that_lacks_letters_gets_the_nearest(served: Served) -> None:
    command = [*PROGRAM, "--url", served.base, "--say", "potrzebuję pomocy"]
    for encoding in ("ascii", "latin-1"):
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
        assert run.returncode == 0, run.stderr
        assert "Jesli" in run.stdout.decode(encoding)


def test_at_a_terminal_lines_are_edited_and_choices_picked(served: Served) -> None:
    person = Terminal("--url", served.base, columns=44, TERM="xterm")
    shown = person.until("> ")
    assert "call 999" in shown
    shown = person.type("im 11, my cousin makes me do stuf\x1b[Df\r", "More help")
    assert "\x1b[36m  4  More help" in shown  # in colour
    lines = [re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line) for line in shown.split("\r\n")[1:]]
    assert [line for line in lines if len(line) > 44 and "://" not in line] == []
    assert "0800 1111" in shown
    assert "There are 4 choices." in person.type("9\r", "choices.")
    again = person.type("\x1b[A\x1b[A\r", "More help")
    assert "stuff" in again
    assert "A new conversation." in person.type(":reset\r", "conversation.")
    person.type("quit\r", "\n")
    assert person.left() == 0


def test_a_plain_terminal_has_no_colour_and_ctrl_c_leaves(served: Served) -> None:
    person = Terminal("--url", served.base, columns=44, TERM="dumb")
    assert "\x1b[" not in person.until("> ")
    shown = person.type("hello\r", "  1  ")
    assert "\x1b[" not in shown
    os.kill(person.process, signal.SIGINT)
    assert person.left() == 0


def test_the_assistant_here_is_left_by_ctrl_c_too(model: Path) -> None:
    person = Terminal(columns=60, TERM="xterm", NO_COLOR="1")
    person.until("> ")
    shown = person.type("hello\r", "  1  ")
    assert "\x1b[1m" not in shown
    assert "\x1b[36m" not in shown
    assert "decision" in person.type(":why\r", "decision")
    os.write(person.file, b"\x03")
    assert person.left(b"\x03") == 0

"""`make chat` in a pipe: one answer a line, no decoration, clean exits."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def chat(*arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "runtime.chat", *arguments]
    return subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, timeout=120, check=False)


def test_one_message_is_answered_and_the_program_ends(model: Path) -> None:
    run = chat("--say", "how many in cambridgeshire in 2014")
    assert run.returncode == 0
    assert "81 " in run.stdout
    assert "\x1b[" not in run.stdout


def test_while_it_is_turned_off_each_line_gets_the_numbers_alone(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_PAUSED", "1")
    run = chat(lines="how many in cambridgeshire in 2014\nhello\n")
    assert run.returncode == 0
    assert run.stdout.count("turned off for now") == 2
    assert "999" in run.stdout
    assert "81" not in run.stdout


def test_piped_lines_are_one_conversation_and_a_number_picks_a_choice(model: Path) -> None:
    run = chat(lines="how many in cambridgeshire in 2014\n\nand two years later?\nhello\n1\n")
    assert run.returncode == 0
    assert "81 " in run.stdout
    assert "192 " in run.stdout
    assert "Childline" in run.stdout.split("Choices:")[-2] + run.stdout.split("Choices:")[-1]
    assert "\x1b[" not in run.stdout

"""Rasa's own commands, typed as Rasa people type them: they work, or say in one line what is left out and why."""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


def rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "rasa", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("interactive",), "`rasa interactive` is left out: "),
        (("visualize",), "`rasa visualize` is left out: it needs networkx"),
        (("run", "--enable-api"), "`--enable-api` is left out: "),
    ],
)
def test_what_is_left_out_is_told_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    run = rasa(*arguments)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith(told), run.stderr
    assert "Traceback" not in run.stderr


def test_rasa_test_core_finds_the_stories_and_leaves_named_ones_alone() -> None:
    from runtime.stock_commands import _CHANGED as changed
    from runtime.stock_commands import STORIES

    seen: list[str] = []
    for named in ("data", "elsewhere"):
        changed["rasa.cli.test"][1](lambda args: seen.append(args.stories), argparse.Namespace(stories=named))
    assert seen == [STORIES, "elsewhere"]
    assert [file.name for file in (ROOT / STORIES).glob("test_*.yml")]


def test_rasa_export_sends_a_pseudonym_and_no_word() -> None:
    from rasa.core.exporter import Exporter

    sent: list[dict[str, Any]] = []

    class Broker:
        def publish(self, event: dict[str, Any]) -> None:
            sent.append(event)

    exporter = Exporter(None, Broker(), "endpoints.yml")
    exporter._publish_with_message_headers({"event": "user", "sender_id": "a-visitor", "text": "my words"}, None)
    assert len(sent) == 1
    assert "a-visitor" not in str(sent)
    assert "my words" not in str(sent)

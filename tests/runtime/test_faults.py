"""When something breaks, the visitor still gets the emergency services, and the start says which file is at fault."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runtime.loading import StartError, load
from runtime.turns import Turns, clean
from signpost import site
from signpost.assistant import Assistant, assistant

ROOT = Path(__file__).parent.parent.parent


def turns(seconds: float = 5) -> Turns:
    return Turns(seconds, lambda: site.emergency_messages(assistant()))


def take(agent: Any, text: str, seconds: float = 5) -> list[dict[str, Any]]:
    return asyncio.run(turns(seconds).take(agent, f"faults-{text}", text))


def is_emergency(messages: list[dict[str, Any]]) -> bool:
    shown = [s["id"] for m in messages for s in (m.get("custom") or {}).get("services", [])]
    return shown[:2] == ["emergency-999", "childline"]


def test_an_action_that_raises_gives_the_emergency_services(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a fault in an action")

    monkeypatch.setattr("actions.answers.ActionSay.answer", staticmethod(broken))
    assert is_emergency(take(agent, "hello"))


def test_an_action_that_says_nothing_gives_the_emergency_services(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from signpost.memory import Memory
    from signpost.replies import Reply

    monkeypatch.setattr("actions.answers.ActionSay.answer", staticmethod(lambda *_: Reply([], Memory())))
    assert is_emergency(take(agent, "hello"))


def test_a_turn_that_takes_too_long_gives_the_emergency_services(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(*_: Any) -> None:
        await asyncio.sleep(30)

    monkeypatch.setattr(agent, "handle_message", slow)
    assert is_emergency(take(agent, "hello", seconds=0.2))


def test_understanding_that_fails_gives_the_emergency_services(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ValueError("a fault in understanding")

    monkeypatch.setattr("runtime.needs.read", broken)
    assert is_emergency(take(agent, "hello"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [("/danger", "danger"), (" // greet", "greet"), ("\ud83d", "?"), ("/", "."), ("a\x00b", "ab"), ("  x ", "x")],
)
def test_text_is_cleaned_of_intents_and_broken_characters(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_a_damaged_model_stops_the_start_with_what_to_do(tmp_path: Path) -> None:
    model = tmp_path / "model.tar.gz"
    model.write_bytes(b"not a model")
    with pytest.raises(StartError, match=r"make train"):
        load(model)


def test_a_missing_model_stops_the_start_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"make train"):
        load(tmp_path / "none.tar.gz")


@pytest.mark.parametrize(
    "broken",
    [
        "statistics/figures.csv",
        "services/report.json",
        "routes/danger.yml",
        "choices.yml",
        "words/gate.yml",
        "words/speaker.yml",
        "words/cues.yml",
        "needs.yml",
        "harm.yml",
        "belief.yml",
        "answers/telling.yml",
        "words/languages.yml",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_bad_data_file_is_named(tmp_path: Path, broken: str, damage: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("nlu", "encoder"))
    file = data / broken
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"\xff\xfe{]")
    if (broken, damage) in {("answers/telling.yml", "missing"), ("services/report.json", "missing")}:
        return  # a whole page that is gone is a change of data, which tests/data refuses
    with pytest.raises(Exception, match=Path(broken).name.replace(".", r"\.")) as caught:
        Assistant.load(data)
    assert type(caught.value).__module__.startswith("signpost")


def test_the_server_ends_with_one_line_when_a_setting_is_wrong() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "runtime.server"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "SIGNPOST_NONSENSE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert [line for line in run.stderr.splitlines() if "SIGNPOST_NONSENSE is not a setting" in line]
    assert "Traceback" not in run.stderr

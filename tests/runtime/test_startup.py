"""What the interpreter's start promises: no TensorFlow, no telemetry, and clear errors for what is left out."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.startup import NotInstalled
from tests.runtime.server import ROOT


def test_the_agent_loads_and_answers_without_tensorflow(agent: object) -> None:
    assert agent is not None
    assert not [name for name in sys.modules if name == "tensorflow" or name.startswith("tensorflow.")]


def test_telemetry_is_off_without_any_environment_variable() -> None:
    code = "import runtime.startup, rasa.telemetry as t; print(t.is_telemetry_enabled())"
    out = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip().endswith("False")


def test_the_encoder_keeps_no_device_id_and_no_telemetry_at_home(tmp_path: Path) -> None:
    code = "from runtime.encoder import encoder; print(encoder().encode(['hello']).shape)"
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    home = {**kept, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, env=home, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "(1, 384)"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("rasa.utils.tensorflow.callback", "RasaTrainingLogger"),
        ("rasa.utils.tensorflow.data_generator", "RasaBatchDataGenerator"),
        ("boto3.dynamodb.conditions", "Key"),
        ("twilio.rest", "Client"),
    ],
)
def test_what_is_left_out_says_so_when_it_is_used(module: str, name: str) -> None:
    stand_in = getattr(importlib.import_module(module), name)
    with pytest.raises(NotInstalled, match="leaves out"):
        stand_in()

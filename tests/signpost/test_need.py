"""A new need stands in every file that must name it, and says what is still to be written."""

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from signpost.assistant import Assistant
from signpost.cli import main
from signpost.copy_linter import route_faults
from signpost.faults import faults
from signpost.need import NeedError, add
from signpost.understanding.needs import Needs

ROOT = Path(__file__).parent.parent.parent
SAID = ("my coach wants money so i can play", "the club says i have to pay him or im out")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what the command changes and what it reads."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.onnx", "schema"))
    shutil.copy(ROOT / "domain.yml", tmp_path)
    return tmp_path


def test_a_new_need_fits_at_once_and_the_copy_linter_names_what_is_to_be_written(root: Path) -> None:
    arguments = ["need", "add", "pay_to_play", "--family", "hurt", "--title", "A coach: asks for money"]
    run = CliRunner().invoke(main, [*arguments, "--root", str(root), "--say", SAID[0], "--say", SAID[1]])
    assert run.exit_code == 0, run.output
    assert "data/nlu/hurt/pay_to_play.yml: at least 60 sentences as people type them (2 are there)" in run.output
    known = Assistant.load(root / "data")
    assert faults(known, root) == []
    route = known.route("pay_to_play", "child")
    assert route.title == "A coach: asks for money"
    assert sum("is still to be written" in fault for fault in route_faults(route, known.directory)) == 3
    taught = yaml.safe_load((root / "data" / "nlu" / "hurt" / "pay_to_play.yml").read_text())
    assert taught["nlu"][0]["examples"].splitlines() == [f"- {line}" for line in SAID]


@pytest.mark.parametrize(
    ("name", "family", "said", "told"),
    [
        ("grooming", "online", SAID, "'grooming' is taken"),
        ("Pay", "hurt", SAID, "'Pay' is taken, or not of small letters"),
        ("pay_to_play", "money", SAID, "There is no family 'money'. Use one of crisis"),
        ("pay_to_play", "hurt", SAID[:1], "at least two sentences"),
        ("danger_now", "crisis", SAID, "data/routes/danger_now.yml is there already"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    root: Path, name: str, family: str, said: tuple[str, ...], told: str
) -> None:
    (root / "data" / "routes" / "danger_now.yml").write_text("urgency: 0")
    before = Needs.load(root / "data")
    with pytest.raises(NeedError, match=told):
        add(name, family, "A title", said, root)
    assert Needs.load(root / "data") == before

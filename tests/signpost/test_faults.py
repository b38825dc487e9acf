"""Mistakes in the data are told where they are made: the file, the entry, and what to do."""

import shutil
from pathlib import Path

import pytest

from signpost.assistant import Assistant, assistant
from signpost.faults import DataError, check, faults

ROOT = Path(__file__).parent.parent.parent
# file, what stands there, what somebody types instead, and how that is told
MISTAKES = [
    ("data/routes/suicide.yml", "id: samaritans", "id: samaritens", "data/routes/suicide.yml (child): the service"),
    ("data/routes/rape.yml", "{number:", "{numbr:", "data/routes/rape.yml (child): {numbr:"),
    ("data/copy/greet.yml", "{number:childline}", "{number:childlin}", "data/copy/greet.yml (child): The service"),
    ("data/answers/telling.yml", "{number:childline}", "{number:childlin}", "data/answers: "),
    ("data/choices.yml", "intent: grooming", "intent: groming", "data/choices.yml: "),
    ("data/needs.yml", "tap: i_hurt_myself", "tap: i_hurt_me", "data/needs.yml: self_harm: tap: 'i_hurt_me'"),
    ("domain.yml", "  - rape\n", "", "rape: is missing in domain.yml, under intents."),
    (
        "data/rules/rules.yml",
        "intent: help\n",
        "intent: hepl\n",
        "hepl: is missing in data/needs.yml and in domain.yml",
    ),
    ("data/rules/rules.yml", "intent: worry\n", "intent: report\n", "worry: is missing in data/rules/rules.yml."),
    ("data/rules/rules.yml", "action: action_need", "action: action_neet", "data/rules/rules.yml: danger: domain"),
    ("data/statistics/figures.csv", "2014-01-01", "01.01.2014", "data/statistics/figures.csv: bbc-foi"),
    ("data/services/crisis.json", '"assured_date": "2026', '"assured_date": "2062', "data/services: samaritans: "),
]


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data with every mistake in it."""
    root = tmp_path_factory.mktemp("mistaken")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("*.onnx", "schema", "nlu"))
    (root / "data" / "nlu").symlink_to(ROOT / "data" / "nlu")
    shutil.copy(ROOT / "domain.yml", root)
    for name, old, new, _ in MISTAKES:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def known(mistaken: Path) -> Assistant:
    return Assistant.load(mistaken / "data")


def test_the_data_as_they_are_have_no_fault() -> None:
    assert faults(assistant()) == []


@pytest.mark.parametrize("told", [mistake[-1] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_file(known: Assistant, mistaken: Path, told: str) -> None:
    found = faults(known, mistaken)
    assert sum(fault.startswith(told) for fault in found) >= 1, found
    assert all(fault.endswith(".") and not fault.endswith("..") for fault in found)


def test_the_start_is_refused_with_the_first_fault_and_the_number_of_others(known: Assistant, mistaken: Path) -> None:
    with pytest.raises(DataError, match=r"^data/copy/greet.yml .* There are [1-9][0-9]? more: `make lint` tells them"):
        check(known, mistaken)

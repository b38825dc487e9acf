"""The model that comes with the repository is used as it is; changed contents, and nothing else, train another."""

import os
import shutil
import tarfile
from pathlib import Path

import pytest

from runtime.training import ROOT, SOURCES, fingerprint, made_from, newest_model, up_to_date


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder that holds what a model is made from, and the model, as a fresh clone would."""
    for name in SOURCES:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, tmp_path / name)
        elif place.is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place, tmp_path / name)
    (tmp_path / "models").mkdir()
    shutil.copyfile(ROOT / "models" / "signpost.tar.gz", tmp_path / "models" / "signpost.tar.gz")
    return tmp_path


def test_a_fresh_clone_does_not_train_whatever_the_times_of_its_files(clone: Path) -> None:
    model = newest_model(clone / "models")
    assert model is not None
    os.utime(model, (0, 0))
    assert up_to_date(clone)


def test_a_changed_sentence_trains_again(clone: Path) -> None:
    file = next((clone / "data" / "nlu").rglob("*.yml"))
    file.write_text(file.read_text() + "\n# another line\n")
    assert not up_to_date(clone)


def test_a_renamed_file_trains_again(clone: Path) -> None:
    file = next((clone / "data" / "nlu").rglob("*.yml"))
    file.rename(file.with_name("renamed.yml"))
    assert not up_to_date(clone)


def test_what_python_leaves_behind_does_not_train_again(clone: Path) -> None:
    before = fingerprint(clone)
    (clone / "data" / "nlu" / "__pycache__").mkdir()
    (clone / "data" / "nlu" / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert fingerprint(clone) == before


def test_a_damaged_model_or_one_that_does_not_say_is_trained_again(clone: Path) -> None:
    model = clone / "models" / "signpost.tar.gz"
    model.write_bytes(model.read_bytes()[:1000])
    assert made_from(model) == ""
    with tarfile.open(model, "w:gz"):
        pass
    assert made_from(model) == ""
    assert not up_to_date(clone)


def test_the_model_in_the_repository_is_made_from_the_data_in_the_repository() -> None:
    assert made_from(ROOT / "models" / "signpost.tar.gz") == fingerprint(ROOT)
    assert (ROOT / "models" / "signpost.tar.gz").stat().st_size < 8_000_000

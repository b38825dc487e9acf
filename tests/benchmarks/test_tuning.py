"""The commands that tune: what they change, and what they leave."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import calibration, labels
from benchmarks.classifier import Examples
from benchmarks.harm import changed_harm
from signpost.assistant import assistant
from signpost.understanding.calibration import Calibration
from signpost.understanding.evidence import Part


def test_a_changed_cost_is_changed_and_no_other() -> None:
    harm = assistant().table.harm
    found = changed_harm(harm, {"answered.talk.hurt": 61, "beside.hurt": 22, "near": 4})
    assert found.answered["talk"]["hurt"] == 61
    assert found.beside["hurt"] == 22
    assert found.near == 4
    assert harm.answered["talk"]["hurt"] != 61
    assert {**found.answered["talk"], "hurt": 0} == {**harm.answered["talk"], "hurt": 0}
    assert (found.within, found.left_out, found.speakers) == (harm.within, harm.left_out, harm.speakers)


@pytest.mark.parametrize(
    ("name", "cost", "fault"),
    [
        ("answered.talk.nobody", 10, "nobody is none of"),
        ("answered.talk", 10, "a name is one of"),
        ("cost.talk", 10, "a name is one of"),
        ("beside.hurt", 101, "from 0 to 100"),
    ],
)
def test_a_cost_that_does_not_exist_is_named(name: str, cost: float, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        changed_harm(assistant().table.harm, {name: cost})


def test_calibration_writes_its_numbers_and_leaves_every_other_line(tmp_path: Path) -> None:
    kept = tmp_path / "belief.yml"
    shutil.copy(calibration.BELIEF, kept)
    before = Calibration.load(kept)
    calibration.write(replace(before, sharpness=0.815, whole=0.41, said=(-2.5, 1.25, 0.1)), kept)
    after = Calibration.load(kept)
    assert after == replace(before, sharpness=0.815, whole=0.41, said=(-2.5, 1.25, 0.1))
    old, new = calibration.BELIEF.read_text().splitlines(), kept.read_text().splitlines()
    assert [line for line in new if line not in old] == ["sharpness: 0.815", "whole: 0.41", "said: [-2.5, 1.25, 0.1]"]


def test_who_is_too_sure_is_made_less_sure() -> None:
    sure = Part("", {"disclosure/-/-": 0.98, "benign/-/-": 0.02})
    right = calibration.Case((sure,), frozenset({"disclosure"}), {"disclosure": 1.0})
    wrong = calibration.Case((sure,), frozenset({"benign"}), {"benign": 1.0})
    known = [right, right, right, wrong]
    start = replace(Calibration.load(calibration.BELIEF), sharpness=1.0)
    sharpness = calibration.fit_first(known, start).sharpness
    assert sharpness == pytest.approx(np.log(3) / np.log(49), abs=0.02)


def test_a_sentence_among_others_of_another_need_is_listed() -> None:
    vectors = np.array([[1, 0], [0.99, 0.1], [0.98, 0.15], [0, 1], [0.1, 0.99], [0.15, 0.98], [0.2, 0.97]], np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    needs = ["greet/-/-", "greet/-/-", "greet/-/-", "thanks/-/-", "thanks/-/-", "thanks/-/-", "greet/-/-"]
    found = labels.contradictions(Examples(list("abcdefg"), needs), *labels.nearest(vectors, 2))
    assert [(one.text, one.label, one.neighbours) for one in found] == [("g", "greet/-/-", "thanks/-/-")]

"""Fits the calibration of the belief (`data/belief.yml`): `python -m benchmarks.calibration`.

By likelihood, on messages that are kept for that alone (tests/understanding/calibration.yml), each by itself and in
pairs that are joined by a full stop. Whatever else stands in the file is left as it is.
"""

import random
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from benchmarks import ROOT
from benchmarks.evaluation.assistant import Evaluated
from benchmarks.ranking import calibration_error
from runtime.loading import StartError
from signpost.understanding.belief import believe
from signpost.understanding.calibration import Calibration
from signpost.understanding.evidence import Part
from signpost.understanding.needs import Needs

MESSAGES = ROOT / "tests" / "understanding" / "calibration.yml"
BELIEF = ROOT / "data" / "belief.yml"
LEAST = 1e-4  # the classifier hands on no label below it
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """What was heard of one message, which names it means, and what its first line should be about, by share."""

    parts: tuple[Part, ...]
    meant: frozenset[str]
    first: dict[str, float]


def cases(evaluated: Evaluated, path: Path = MESSAGES) -> list[Case]:
    """Read each message, and as many pairs of messages that mean two things, drawn with a seed."""
    rows = [(row["say"], str(row["label"]).split("/")[0]) for row in yaml.safe_load(path.read_text())["messages"]]
    said = [(text, [name]) for text, name in rows]
    chance = random.Random(7)
    while len(said) < 2 * len(rows):
        (one, first), (other, second) = chance.choices(rows, k=2)
        if first != second:
            said.append((f"{one}{'' if one[-1] in '.!?' else '.'} {other}", [first, second]))
    found = []
    for text, names in said:
        evidence = evaluated.read(text).evidence
        if evidence is not None and evidence.parts:
            found.append(Case(evidence.parts, frozenset(names), _first(names, evaluated.table)))
    return found


def _first(names: list[str], table: Needs) -> dict[str, float]:
    """Return what the first line should be about: a need before talk; of two needs either."""
    leading = [name for name in names if name in table] or names
    return {name: 1 / len(leading) for name in leading}


def fit(known: list[Case], calibration: Calibration) -> Calibration:
    """Return the calibration that makes these cases likeliest."""
    return fit_said(known, fit_first(known, calibration))


def fit_first(known: list[Case], calibration: Calibration) -> Calibration:
    """Fit sharpness and whole by what each message is about first."""

    def unlikely(numbers: Floats) -> float:
        return first_loss(known, replace(calibration, sharpness=float(numbers[0]), whole=float(numbers[1])))

    start, bounds = [calibration.sharpness, calibration.whole], [(0.2, 3.0), (0.05, 0.95)]
    best = minimize(unlikely, start, method="Nelder-Mead", bounds=bounds, options={"xatol": 0.005, "fatol": 1e-4}).x
    return replace(calibration, sharpness=round(float(best[0]), 3), whole=round(float(best[1]), 3))


def fit_said(known: list[Case], calibration: Calibration) -> Calibration:
    """Fit what a part says, by what each message says beside its lead; sharpness and whole are given."""
    divided = [case for case in known if len(case.parts) > 1]

    def unlikely(numbers: Floats) -> float:
        return said_loss(divided, replace(calibration, said=_three(numbers)))

    if not divided:
        return calibration
    found = minimize(unlikely, calibration.said, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 1e-5}).x
    return replace(calibration, said=_three(found))


def _three(numbers: Floats) -> tuple[float, float, float]:
    first, second, third = (round(float(number), 4) for number in numbers)
    return first, second, third


def first_loss(known: list[Case], calibration: Calibration) -> float:
    """Return the mean negative log likelihood of what each message is about first."""
    found = [
        -share * np.log(max(believed.whole.get(name, 0.0), LEAST))
        for case, believed in ((case, believe(case.parts, calibration)) for case in known)
        for name, share in case.first.items()
    ]
    return float(np.sum(found)) / len(known)


def said_loss(known: list[Case], calibration: Calibration) -> float:
    """Return the mean negative log likelihood of what each message says beside its lead."""
    believed = _beside(known, calibration)
    return float(np.mean([-np.log(max(chance if said else 1 - chance, LEAST)) for chance, said in believed]))


def _beside(known: list[Case], calibration: Calibration) -> list[tuple[float, float]]:
    """Return, for each name that a part may say beside the lead, its probability and 1.0 if it was meant, else 0.0."""
    found = []
    for case in known:
        believed = believe(case.parts, calibration)
        lead = believed.likeliest()
        names = believed.said.items() if believed.parts else ()
        found += [(chance, float(name in case.meant)) for name, chance in names if chance > 0 and name != lead]
    return found


def errors(known: list[Case], calibration: Calibration) -> tuple[float, float]:
    """Return the expected calibration error of what a message is about first, and of what they say beside it."""
    believed = [(case, believe(case.parts, calibration)) for case in known]
    first = [(found.whole[top := found.likeliest()], case.first.get(top, 0.0)) for case, found in believed]
    return _error(first), _error(_beside(known, calibration))


def _error(judged: list[tuple[float, float]]) -> float:
    chances, right = zip(*judged, strict=True)
    return calibration_error(np.array(chances), np.array(right))


def write(calibration: Calibration, path: Path = BELIEF) -> None:
    """Put the three fitted numbers into their lines; every other line stays."""
    text = path.read_text()
    said = ", ".join(f"{number:g}" for number in calibration.said)
    lines = {"sharpness": f"{calibration.sharpness:g}", "whole": f"{calibration.whole:g}", "said": f"[{said}]"}
    for name, value in lines.items():
        text = re.sub(rf"^{name}:.*$", f"{name}: {value}", text, flags=re.MULTILINE)
    path.write_text(text)


def main() -> None:
    """Fit, print the errors before and after, and write the file."""
    console = Console()
    try:
        evaluated = Evaluated()
    except StartError as error:
        console.print(f"Not calibrated: {error}", style="bold", highlight=False)
        sys.exit(1)
    before = Calibration.load(BELIEF)
    with console.status("Reading messages ..."):
        known = cases(evaluated)
    with console.status("Fitting (some minutes) ..."):
        after = fit(known, before)
    for name, calibration in (("before", before), ("after", after)):
        first, said = errors(known, calibration)
        numbers = f"sharpness {calibration.sharpness:g}, whole {calibration.whole:g}, said {list(calibration.said)}"
        loss = first_loss(known, calibration)
        console.print(
            f"{name}: {numbers}; negative log likelihood {loss:.3f}; expected calibration error {first:.3f} of what a"
            f" message is about first, {said:.3f} of what they say beside it ({len(known)} messages)",
            highlight=False,
            soft_wrap=True,
        )
    write(after)
    console.print(f"Written to {BELIEF}", highlight=False)


if __name__ == "__main__":
    main()

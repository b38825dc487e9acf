"""The classifier alone on its own training data, each message judged by a model that did not see it."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from benchmarks.classifier import Examples, by_intent, folds, probabilities, trained
from benchmarks.ranking import calibration_error


@dataclass(frozen=True)
class CrossValidated:
    """Shares from 0 to 1, of the whole message alone.

    Attributes:
        examples: how many were judged.
        folds: in how many parts.
        accuracy: the likeliest need or kind of talk is the one of the example.
        labels: the likeliest label, speaker and subject included, is.
        f1: of each need and kind of talk.
        calibration: the expected calibration error of the likeliest, ten bins.
    """

    examples: int
    folds: int
    accuracy: float
    labels: float
    f1: dict[str, float]
    calibration: float

    @property
    def macro_f1(self) -> float:
        """Return the mean over the intents of their F1."""
        return sum(self.f1.values()) / len(self.f1)


def cross_validate(examples: Examples, settings: dict[str, object], parts: int = 5) -> CrossValidated:
    """Train `parts` times on all but one part and test on that one."""
    everything = np.arange(len(examples.texts))
    taken_for, labelled = [""] * len(everything), [""] * len(everything)
    highest = np.zeros(len(everything))
    for held_out in folds(examples.labels, parts):
        with trained(examples.take(np.setdiff1d(everything, held_out)), settings) as classifier:
            found = probabilities(classifier, examples.take(held_out).texts)
            intents, chances = by_intent(classifier, found)
            for place, row in enumerate(held_out):
                labelled[row] = classifier.labels[int(found[place].argmax())]
                taken_for[row] = intents[int(chances[place].argmax())]
                highest[row] = chances[place].max()
    right = np.array([t == i for t, i in zip(taken_for, examples.intents, strict=True)])
    return CrossValidated(
        examples=len(everything),
        folds=parts,
        accuracy=float(right.mean()),
        labels=float(np.mean([a == b for a, b in zip(labelled, examples.labels, strict=True)])),
        f1=_f1(examples.intents, taken_for),
        calibration=calibration_error(highest, right.astype(np.float64)),
    )


def _f1(expected: list[str], found: list[str]) -> dict[str, float]:
    hits = Counter(e for e, f in zip(expected, found, strict=True) if e == f)
    said, answered = Counter(expected), Counter(found)
    return {intent: 2 * hits[intent] / (said[intent] + answered[intent]) for intent in sorted(said)}

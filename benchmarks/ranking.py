"""Sums that the evaluations share: AUROC, thresholds, calibration, and the median time of a call."""

import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def auroc(inside: Values, outside: Values) -> float:
    """Return the probability that a value from `inside` is above one from `outside`; ties count half."""
    ordered = np.sort(outside)
    below = np.searchsorted(ordered, inside, "left")
    ties = np.searchsorted(ordered, inside, "right") - below
    return float((below + ties / 2).mean() / len(outside))


def threshold_that_keeps(highest: Values, share: float) -> float:
    """Return the value below which a message is refused when `share` of these (in scope) must be kept."""
    return float(np.quantile(highest, 1 - share))


def calibration_error(chances: Values, right: Values, bins: int = 10) -> float:
    """Return the expected calibration error: how far a probability lies from the share that is right, on average."""
    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [abs(right[p].mean() - chances[p].mean()) * p.mean() for b in range(bins) if (p := places == b).any()]
    return float(sum(gaps))


def median_ms(call: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the median time in ms of one call a text."""
    taken = []
    for text in texts:
        begun = time.perf_counter()
        call(text)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)

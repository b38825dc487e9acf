"""Rasa extension point: none; the last hour, minute by minute, for the operator's page; numbers, in memory only."""

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MINUTES = 60


@dataclass
class Minute:
    """What happened in one minute; `start` in minutes since the epoch, `slow` as counts below each bound."""

    start: int
    answered: int = 0
    not_understood: int = 0
    unanswered: int = 0
    refused: int = 0
    errors: int = 0
    memory: float = 0.0
    slow: list[int] = field(default_factory=list)


class History:
    """One hour of minutes.

    Args:
        bounds: upper bounds of durations, in seconds.
        memory: bytes of this process, asked once a minute.
        clock: seconds since the epoch.
    """

    def __init__(
        self, bounds: Sequence[float], memory: Callable[[], float] = lambda: 0.0, clock: Callable[[], float] = time.time
    ) -> None:
        self.bounds, self._memory = tuple(bounds), memory
        self._clock = clock
        self._minutes: deque[Minute] = deque(maxlen=MINUTES)

    def now(self) -> Minute:
        """Return the minute that is running."""
        start = int(self._clock() // 60)
        if not self._minutes or self._minutes[-1].start < start:
            self._minutes.append(Minute(start, memory=self._memory(), slow=[0] * (len(self.bounds) + 1)))
        return self._minutes[-1]

    def turn(self, seconds: float) -> None:
        """One message was answered."""
        minute = self.now()
        minute.answered += 1
        minute.slow[bisect_left(self.bounds, seconds)] += 1

    def hour(self) -> list[Minute]:
        """Return 60 minutes, oldest first, quiet ones included; the last one is running."""
        last = self.now().start
        known = {minute.start: minute for minute in list(self._minutes)}
        return [known.get(start) or Minute(start) for start in range(last - MINUTES + 1, last + 1)]

    def quantile(self, minutes: Sequence[Minute], share: float) -> float | None:
        """Return the bound in seconds below which that share of the turns lay; None without turns."""
        counts = [sum(column) for column in zip(*(m.slow for m in minutes if m.slow), strict=True)]
        wanted, seen = share * sum(counts), 0
        for bound, count in zip((*self.bounds, self.bounds[-1]), counts, strict=False):
            seen += count
            if count and seen >= wanted:
                return bound
        return None

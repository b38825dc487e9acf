"""Finds questions of fact in a message and turns them into slots: ids, years and operations, never anyone's words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from signpost.statistics.asks import Ask, Asks
from signpost.statistics.clause import ClauseReader
from signpost.statistics.figures import Figures
from signpost.statistics.followups import last
from signpost.statistics.lexicon import Lexicon
from signpost.statistics.sureness import Sureness
from signpost.statistics.text import clauses, plain, unattributed


@dataclass(frozen=True)
class Asked:
    """Questions found in a message. `slots` is JSON-able and holds no words of the visitor; feed it to `answer`."""

    slots: dict[str, Any]
    strength: float
    follow_up: bool


class Reader:
    """Reads messages against one data package."""

    def __init__(self, figures: Figures, lexicon: Lexicon) -> None:
        self._series = figures.package.series
        self._clauses = ClauseReader(figures.package, lexicon)
        self._sureness = Sureness(figures, lexicon)
        self._asks = Asks(figures, lexicon)

    def read(self, text: str, today: date, previous: dict[str, Any] | None, likely: bool = False) -> Asked | None:
        """The questions of fact in a message, or None; `likely` when it surely asks for a figure or a claim."""
        asks: list[tuple[Ask, float, bool]] = []
        before = last(previous)
        if before is not None and before.get("series") not in self._series:
            before["series"] = None
        for clause in clauses(unattributed(plain(text[:2000])))[:12]:
            reading = self._clauses.read(clause, today, likely)
            strength = self._sureness.of(reading, bool(before))
            if likely and strength < 0.8:
                strength = self._sureness.lenient(reading, bool(before), strength)
            if strength <= 0:
                continue
            ask, follow_up = self._asks.of(reading, before)
            asks.append((ask, strength, follow_up))
            before = ask
        if not asks:
            return None
        best = max(strength for _, strength, _ in asks)
        kept = [item for item in asks if item[1] >= 0.5] or asks[:1]
        unique = [item for at, item in enumerate(kept) if item[0] not in [other[0] for other in kept[:at]]]
        return Asked({"asks": [ask for ask, _, _ in unique[:4]]}, best, all(item[2] for item in unique))

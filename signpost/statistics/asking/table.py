"""The words of `data/words/asking.yml`: how people ask about figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[3] / "data" / "words" / "asking.yml"


class AskingError(ValueError):
    """The table is missing or damaged; the message names the file and the entry."""


@dataclass(frozen=True)
class Table:
    """Patterns and words, by name.

    Attributes:
        operations: in the order in which they take precedence.
        cues: what a message shows beside that.
        facets: what a breakdown is asked by.
        multiples: how many times as many a word claims.
        words: `stop`, `carriers` and `heads`.
        unsaid: what is never said back to a visitor.
    """

    operations: Mapping[str, re.Pattern[str]]
    cues: Mapping[str, re.Pattern[str]]
    facets: Mapping[str, re.Pattern[str]]
    multiples: tuple[tuple[float, re.Pattern[str]], ...]
    words: Mapping[str, frozenset[str]]
    unsaid: re.Pattern[str]
    rates: re.Pattern[str]
    rate_meanings: Mapping[str, str]

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, path: Path = FILE) -> "Table":
        """Read the table; raises AskingError, also where an example does not show what its pattern is for."""
        try:
            table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
            words = dict(table["words"])
            return cls(
                _patterns(table["operations"], path),
                _patterns(table["cues"], path),
                _patterns(table["facets"], path),
                tuple((float(times), re.compile(pattern)) for times, pattern in table["multiples"]),
                {name: frozenset(text.split()) for name, text in words.items() if name != "unsaid"},
                re.compile(words["unsaid"]),
                re.compile(table["rates"]["pattern"]),
                table["rates"]["meanings"],
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError, re.error) as error:
            raise AskingError(f"{path} cannot be read ({error!r}). Restore it from the repository.") from None

    def has(self, cue: str, text: str) -> bool:
        """Whether a folded text has a cue."""
        return bool(self.cues[cue].search(text))

    def asked(self, text: str) -> list[str]:
        """The operations that a folded text asks for, the one that takes precedence first."""
        return [name for name, pattern in self.operations.items() if pattern.search(text)]

    def rate(self, text: str) -> str | None:
        """ "year", "month", "week" or "day" where a rate is asked for."""
        match = self.rates.search(text)
        word = (match[1] or match[2]) if match else None
        return self.rate_meanings.get(word, word) if word else None

    def claimed_times(self, text: str) -> float | None:
        """How many times as many the words claim: 3 for "it tripled"."""
        return next((times for times, pattern in self.multiples if pattern.search(text)), None)


def _patterns(rows: list[dict[str, str]], path: Path) -> dict[str, re.Pattern[str]]:
    found = {}
    for row in rows:
        found[row["name"]] = pattern = re.compile(row["pattern"])
        if not row["why"] or not pattern.search(row["example"]) or pattern.search(row["counter_example"]):
            raise AskingError(f"{path}: {row['name']}: its example or counter-example does not fit its pattern.")
    return found

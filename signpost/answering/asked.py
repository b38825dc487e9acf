"""What is asked in so many words (`data/words/asks.yml`): heard by its words where meaning alone is unsure."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_KEYS = {"name", "pattern", "instead", "why", "example", "counter_example"}


class AskedError(ValueError):
    """The table is missing or damaged, or a row fails its own example; the message names it and the fault."""


@dataclass(frozen=True)
class Asked:
    """One question that its words give away.

    Attributes:
        name: the question of `data/answers`, or with `talk` the kind of talk whose copy answers.
        talk: whether fixed copy answers it.
        instead: needs that the same words are taken for; they are not answered then.
    """

    name: str
    talk: bool
    instead: frozenset[str]


@dataclass(frozen=True)
class AskedTable:
    """The rows of the table, compiled, in their order."""

    rows: tuple[tuple[re.Pattern[str], Asked], ...]

    @classmethod
    def load(cls, file: Path) -> "AskedTable":
        """Read the table and hold each row against its examples; raises AskedError."""
        try:
            listed = yaml.safe_load(file.read_text(encoding="utf-8"))
            rows = tuple(_row(entry) for entry in listed)
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError, re.error) as error:
            raise AskedError(f"{file}: {error}. Correct it, or restore it from the repository.") from None
        return cls(rows)

    def find(self, folded: str) -> tuple[Asked, ...]:
        """Return what the folded message asks, each question once."""
        return tuple(dict.fromkeys(asked for pattern, asked in self.rows if pattern.search(folded)))


def _row(entry: dict[str, Any]) -> tuple[re.Pattern[str], Asked]:
    if set(entry) != _KEYS:
        raise ValueError(f"{entry.get('name')}: a row has {', '.join(sorted(_KEYS))}")
    pattern = re.compile(entry["pattern"], re.VERBOSE)
    if not pattern.search(entry["example"]) or pattern.search(entry["counter_example"]):
        raise ValueError(f"{entry['name']}: the pattern fails its own example")
    kind, _, name = entry["name"].partition("/")
    if kind not in ("ask", "talk"):
        raise ValueError(f"{entry['name']}: a name begins with ask/ or talk/")
    return pattern, Asked(name, kind == "talk", frozenset(entry["instead"]))

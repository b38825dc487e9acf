"""Cues: words by which a message asks for something, each with its reason and two examples (`data/words/cues.yml`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


class CuesError(ValueError):
    """The table is missing or damaged, or a cue fails its own example; the message names it and the fault."""


@dataclass(frozen=True)
class Cues:
    """Compiled cues by name."""

    patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def load(cls, path: Path) -> "Cues":
        """Read the table and hold each cue against its examples; raises CuesError."""
        try:
            rows = yaml.safe_load(path.read_text())["cues"]
            patterns = {row["name"]: re.compile(row["pattern"]) for row in rows}
            failing = [
                row["name"]
                for row in rows
                if not patterns[row["name"]].search(row["example"])
                or patterns[row["name"]].search(row["counter_example"])
            ]
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, re.error) as error:
            raise CuesError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
        if failing:
            raise CuesError(f"{path}: {', '.join(failing)}: the pattern fails its own example.")
        return cls(patterns)

    def has(self, name: str, folded: str) -> bool:
        """Whether the folded message has the cue."""
        return bool(self.patterns[name].search(folded))

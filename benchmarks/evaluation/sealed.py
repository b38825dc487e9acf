"""The sealed sets: counted only when that is asked for, and nothing of them is ever shown but shares.

Who teaches or tunes does not read them, so they say what to expect of real visitors. Their last figures are kept in
`docs/evaluation/sealed.json`, with the date and the commit that they were counted at.
"""

import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks import ROOT, BenchmarkError
from benchmarks.evaluation import dialogues, judging, readings, sets
from benchmarks.evaluation.judging import Share
from benchmarks.evaluation.scores import Hears
from signpost.understanding.needs import Needs

FOLDER = ROOT / "tests" / "understanding" / "sealed"
KEPT = ROOT / "docs" / "evaluation" / "sealed.json"


@dataclass(frozen=True)
class Sealed:
    """The figures of the sealed sets, by set and by measure; `commit` is what they were counted at."""

    date: str
    commit: str
    sets: dict[str, dict[str, Share]]

    def write(self, path: Path = KEPT) -> None:
        """Keep the figures."""
        sets = {name: {what: [s.count, s.of] for what, s in rows.items()} for name, rows in self.sets.items()}
        path.write_text(json.dumps({"date": self.date, "commit": self.commit, "sets": sets}, indent=1) + "\n")

    @classmethod
    def read(cls, path: Path = KEPT) -> "Sealed | None":
        """Return the figures that were kept, or None."""
        if not path.is_file():
            return None
        kept = json.loads(path.read_text())
        sets = {name: {what: Share(*pair) for what, pair in rows.items()} for name, rows in kept["sets"].items()}
        return cls(kept["date"], kept["commit"], sets)


def count(hear: Hears, table: Needs, converse: dialogues.Converses, folder: Path = FOLDER) -> Sealed:
    """Count every set of the folder; its misses are forgotten."""
    found = {path.stem: _shares(path, hear, table, converse) for path in sorted(folder.glob("*.yml"))}
    found |= {path.stem: _of_lines(path, converse) for path in sorted(folder.glob("*.txt"))}
    sets = {name: shares for name, shares in found.items() if shares}
    return Sealed(datetime.now(UTC).date().isoformat(), _commit(), sets)


def _of_lines(path: Path, converse: dialogues.Converses) -> dict[str, Share]:
    try:
        questions = sets.cases_of(path)
    except (ValueError, KeyError):  # its message would quote a line
        raise BenchmarkError(f"{path} has a line that is no case.") from None
    return dialogues.of_questions(converse, questions)


def _shares(path: Path, hear: Hears, table: Needs, converse: dialogues.Converses) -> dict[str, Share]:
    """Return the figures of a file by what its rows say; nothing for a file of another kind."""
    try:
        fields = _fields(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError:  # its message would quote a line
        raise BenchmarkError(f"{path} is no YAML.") from None
    if {"say", "lead"} <= fields:
        return readings.of_needs("", hear, judging.needs_of(path)).shares
    if {"say", "kind", "age", "trouble"} <= fields:
        return readings.of_anything("", hear, judging.anything_of(path), table).shares
    if "turns" in fields:
        return dialogues.of_conversations(converse, dialogues.conversations_of(path))
    return {}


def _fields(rows: Any) -> set[str]:
    """Return what every row has."""
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return set()
    return set.intersection(*(set(row) for row in rows))


def _commit() -> str:
    """Return the commit, and whether files have been changed since."""

    def git(*words: str) -> str:
        return subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    commit = git("rev-parse", "--short", "HEAD") or "unknown"
    return f"{commit} and changes" if git("status", "--porcelain", "--", "data", "signpost", "runtime") else commit

"""Safeguarding: the figures that the papers of docs/safeguarding quote, from the evaluation and the directory."""

import re
from datetime import datetime
from pathlib import Path

from signpost.answering.answers import Answers
from signpost.directory import Directory, feed
from signpost.directory.assure import opened
from signpost.directory.check import check
from signpost.directory.directory import collect
from signpost.understanding.needs import Needs

EVALUATION = "docs/evaluation/README.md"
PAPERS = "docs/safeguarding"
SECTIONS = ("In short", "The sealed sets")
# In a paper a figure stands as **86.3%** (`name of the figure`).
QUOTED = re.compile(r"\*\*([^*\n]+)\*\* \(`([^`\n]+)`\)")


class PaperError(ValueError):
    """A paper quotes a figure that does not exist; the message names both."""


def report(root: Path, now: datetime) -> dict[str, str]:
    """Return every figure by its name, as it is printed; `now` (aware) is for what is stale."""
    return {**_evaluation(root / EVALUATION), **_directory(root / "data" / "services", now), **_copy(root / "data")}


def update(text: str, figures: dict[str, str]) -> str:
    """Return a paper with its figures as they are now. Raises PaperError for a name that is no figure."""

    def now(match: re.Match[str]) -> str:
        if match[2] not in figures:
            raise PaperError(f"no figure is called {match[2]!r}: see signpost safeguarding report")
        return f"**{figures[match[2]]}** (`{match[2]}`)"

    return QUOTED.sub(now, text)


def papers(root: Path) -> list[Path]:
    """Return the papers."""
    return sorted((root / PAPERS).glob("*.md"))


def _evaluation(file: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for section in file.read_text(encoding="utf-8").split("\n## "):
        if section.startswith(SECTIONS):
            for line in section.splitlines():
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                if len(cells) == 4 and re.fullmatch(r"[\d.,]+%", cells[1]):
                    found[cells[0]] = cells[1]
    return found


def _directory(folder: Path, now: datetime) -> dict[str, str]:
    services = collect(feed.read(folder))
    findings = check(Directory.load(folder), now)
    return {
        "services on record": str(len(services)),
        "services that may be offered": str(sum(found.published for found in services.values())),
        "services whose page a person has opened": str(len(opened(folder))),
        "numbers and addresses withheld": str(sum(finding.kind == "withheld" for finding in findings)),
    }


def _copy(data: Path) -> dict[str, str]:
    answers = Answers.load(data / "answers")
    return {
        "needs": str(len(Needs.load(data).needs)),
        "questions with a reviewed answer": str(len(answers.by_ask)),
        "reviewed answers": str(sum(map(len, answers.by_ask.values()))),
    }

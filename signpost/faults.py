"""What the files of `data/` say of each other that is not so. `python -m signpost.faults` says each, one a line.

Told at every start too: a mistyped id would else drop a helpline or a need without a word.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from signpost.answering.answers import ANY, Answer
from signpost.assistant import ROOT, Assistant, assistant
from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError
from signpost.statistics.package import Package
from signpost.understanding.speaker import SPEAKERS


class DataError(ValueError):
    """The data contradict themselves; the message names the first fault, its file, and how many there are."""


def faults(known: Assistant, root: Path = ROOT) -> list[str]:
    """Return every fault of the data that an assistant was loaded from, each with its file and what to correct."""
    return [
        *(_file(root, fault) for fault in known.routes.faults(known.directory)),
        *_answers(known),
        *_choices(known),
        *_dates(known.statistics.package, known.directory),
        *_rules(known, root),
    ]


def check(known: Assistant, root: Path = ROOT) -> None:
    """Raise DataError where there is any fault."""
    found = faults(known, root)
    if found:
        more = f" There are {len(found) - 1} more: `make lint` tells them." if len(found) > 1 else ""
        raise DataError(found[0] + more)


def _file(root: Path, fault: str) -> str:
    """Say in which file the fault of a route stands, instead of the need alone."""
    name = fault.partition(" ")[0]
    folder = "routes" if (root / "data" / "routes" / f"{name}.yml").is_file() else "copy"
    return f"data/{folder}/{name}.yml{fault[len(name) :].rstrip('.')}."


def _answers(known: Assistant) -> Iterator[str]:
    entries = [answer for answers in known.answers.by_ask.values() for answer in answers]
    for id, times in Counter(answer.id for answer in entries).items():
        if times > 1:
            yield f"data/answers: the id {id!r} stands {times} times. Give each entry its own."
    for answer in entries:
        yield from (f"data/answers: {answer.id}: {fault}" for fault in _answer(answer, known))


def _answer(answer: Answer, known: Assistant) -> Iterator[str]:
    for what, used, there in (
        ("service", answer.about, known.directory.services),
        ("need", answer.needs, {*known.needs, ANY}),
        ("speaker", answer.speakers, {*SPEAKERS, ANY}),
    ):
        yield from (f"there is no {what} {name!r}. Correct it." for name in sorted(set(used) - set(there)))
    yield from _filled((answer.answer, answer.step), known.directory)
    if not _is_date(answer.checked):
        yield f"checked: {answer.checked!r} is no date. Write it like 2026-11-30."


def _filled(texts: Iterable[str], directory: Directory) -> Iterator[str]:
    for text in texts:
        try:
            directory.fill(text)
        except DirectoryError as error:
            yield str(error)


def _choices(known: Assistant) -> Iterator[str]:
    for choice in known.choices:
        if choice.intent not in known.table.kinds:
            yield f"data/choices.yml: {choice.id}: there is no need or kind of talk {choice.intent!r}. Correct it."
    for kind in known.table.kinds.values():
        if kind.tap and kind.tap not in known.choices:
            yield f"data/needs.yml: {kind.name}: tap: {kind.tap!r} is not in data/choices.yml. Add it there."
        for other in sorted({*kind.instead, *kind.instead.values()} - known.table.kinds.keys()):
            yield f"data/needs.yml: {kind.name}: instead: there is no need {other!r}. Correct it."


def _dates(package: Package, directory: Directory) -> Iterator[str]:
    for figure in package.figures.values():
        for column, day in (("period_start", figure.start), ("period_end", figure.end)):
            if day and not _is_date(day):
                yield (
                    f"data/statistics/figures.csv: {figure.id}: {column}: {day!r} is no date. Write it like 2014-01-01."
                )
        if _is_date(figure.start) and _is_date(figure.end) and figure.start > figure.end:
            yield f"data/statistics/figures.csv: {figure.id}: it ends before it starts. Correct the two."
    for service in directory.services.values():
        if service.assured > date.today():
            yield f"data/services: {service.id}: assured_date {service.assured} is still to come. Correct it."


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text  # not 20140101, which sorts otherwise
    except ValueError:
        return False


def _rules(known: Assistant, root: Path) -> Iterator[str]:
    """Each intent once in the domain, with one rule, to an action that is there."""
    domain = _yaml(root / "domain.yml")
    intents, actions = set(map(_name, domain.get("intents", ()))), set(domain.get("actions", ()))
    ruled: Counter[str] = Counter()
    for file in sorted((root / "data" / "rules").glob("*.yml")):
        for rule in _yaml(file).get("rules", ()):
            step = {key: value for part in rule.get("steps", ()) for key, value in part.items()}
            ruled[str(step.get("intent"))] += 1
            if step.get("action") not in actions:
                yield f"{file.relative_to(root)}: {rule.get('rule')}: domain.yml has no action {step.get('action')!r}."
    kinds = set(known.table.kinds)
    for name in sorted(kinds | intents | set(ruled)):
        where = [
            place
            for place, there in (
                ("data/needs.yml", name in kinds),
                ("domain.yml, under intents", name in intents),
                ("data/rules/rules.yml", name in ruled),
            )
            if not there
        ]
        if where:
            yield f"{name}: is missing in {' and in '.join(where)}. Add it, or remove it everywhere."
        elif ruled[name] > 1:
            yield f"data/rules: {name}: has {ruled[name]} rules. Keep one."


def _name(intent: Any) -> str:
    return str(next(iter(intent)) if isinstance(intent, dict) else intent)


def _yaml(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}  # Rasa itself tells what is wrong with its files
    return found if isinstance(found, dict) else {}


def main() -> int:
    """Print every fault, one a line. Returns 1 if there is any."""
    try:
        found = faults(assistant())
    except Exception as error:
        if not type(error).__module__.startswith("signpost"):
            raise
        found = [str(error)]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

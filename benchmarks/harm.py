"""What a change of `data/harm.yml` would do: `python -m benchmarks.harm answered.talk.hurt=60 [beside.hurt=20 ...]`.

Each message of the held-out and the open sets is read once and decided twice, with the numbers as they are and with
these. The file is not changed, and the sealed sets are not read.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import click
from rich.console import Console

from benchmarks.evaluation import judging, sets
from benchmarks.evaluation.assistant import Evaluated, Understood, understood
from runtime.loading import StartError
from signpost.assistant import Assistant, assistant
from signpost.understanding.decision import decide
from signpost.understanding.needs import Harm

TABLES = {"answered": 2, "speakers": 2, "within": 1, "beside": 1, "left_out": 1, "near": 0}  # how many names follow


@dataclass(frozen=True)
class Changed:
    """A message that would be answered otherwise."""

    set: str
    text: str
    before: Understood
    after: Understood
    case: judging.Said

    @property
    def better(self) -> int:
        """Return 1 if the first line is right only afterwards, -1 if only before, else 0."""
        before, after = (judging.lead_is_right(one.heard, self.case) for one in (self.before, self.after))
        return int(after) - int(before)


def changed_harm(harm: Harm, changes: Mapping[str, float]) -> Harm:
    """Return the table with changes such as {"answered.talk.hurt": 60}; raises ValueError for a wrong name."""
    tables: dict[str, Any] = {field.name: _copy(getattr(harm, field.name)) for field in fields(harm)}
    for path, cost in changes.items():
        table, *names = path.split(".")
        if TABLES.get(table) != len(names):
            names = [table + depth * ".x" for table, depth in TABLES.items()]
            raise ValueError(f"{path}: a name is one of {', '.join(names)}.")
        if not 0 <= cost <= 100:
            raise ValueError(f"{path}: a cost is from 0 to 100.")
        row, name = tables, table
        for step in names:
            row, name = row[name], step
            if name not in row:
                raise ValueError(f"{path}: {name} is none of {', '.join(row)}.")
        row[name] = cost
    return Harm(**tables)


def _copy(value: Any) -> Any:
    return {name: _copy(inner) for name, inner in value.items()} if isinstance(value, Mapping) else value


def messages() -> list[tuple[str, judging.Said]]:
    """Return the messages of the held-out and the open sets, each with its set and what it means."""
    held_out = [(f"held out, {said.need}", said.judged) for said in sets.heldout()]
    folder = sets.FOLDER / "open"
    needs = [("open", said) for said in judging.needs_of(folder / "needs.yml")]
    talk = frozenset({"benign", "out_of_scope", sets.NOT_UNDERSTOOD})
    other = [("open, anything", judging.Said(a.text, talk)) for a in judging.anything_of(folder / "anything.yml")]
    return held_out + needs + other


def compare(evaluated: Evaluated, other: Assistant) -> tuple[list[Changed], int]:
    """Return the messages that another table answers otherwise, and how many were read."""
    found, cases = [], messages()
    for name, case in cases:
        reading = evaluated.read(case.text)
        if reading.evidence is None:
            continue
        before, after = understood(reading), understood(decide(reading.evidence, other))
        if (before.answered, before.needs, before.speaker) != (after.answered, after.needs, after.speaker):
            found.append(Changed(name, case.text, before, after, case))
    return found, len(cases)


def told(one: Understood) -> str:
    """Return what is answered, the first first."""
    who = f" ({one.speaker})" if one.needs else ""
    others = sorted(one.answered - set(one.needs) - {one.intent})
    return ", ".join([" and ".join(one.needs) + who if one.needs else one.intent, *others])


@click.command()
@click.argument("changes", nargs=-1, required=True, metavar="NAME=NUMBER...")
def main(changes: tuple[str, ...]) -> None:
    """Print which messages would be answered otherwise if these numbers of data/harm.yml were other ones."""
    console = Console()
    try:
        numbers = {name: float(value) for name, _, value in (change.partition("=") for change in changes)}
        known = assistant()
        harm = changed_harm(known.table.harm, numbers)
        evaluated = Evaluated()
    except (ValueError, StartError) as error:
        console.print(f"Not compared: {error}", style="bold", highlight=False, markup=False)
        sys.exit(1)
    with console.status("Reading messages ..."):
        found, read = compare(evaluated, replace(known, table=replace(known.table, harm=harm)))
    for one in found:
        sign = {1: "+", -1: "-", 0: " "}[one.better]
        line = f"{sign} {one.set} :: {one.text} :: {told(one.before)} -> {told(one.after)}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    better, worse = (sum(one.better == sign for one in found) for sign in (1, -1))
    console.print(
        f"{len(found)} of {read} messages would be answered otherwise; the first line becomes right in {better} (+)"
        f" and wrong in {worse} (-).",
        highlight=False,
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()

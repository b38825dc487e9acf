"""How the measurements are shown and kept."""

import json
import os
import platform
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measures import MEASURES

Row = dict[str, float | str | None]


def rows(ours: dict[str, float], stock: dict[str, float]) -> dict[str, Row]:
    """Return {measure: {"unit", "ours", "stock", "ratio"}}; ratio is ours / stock, None where one is missing."""
    found: dict[str, Row] = {}
    for measure, (unit, _) in MEASURES.items():
        mine, theirs = ours.get(measure), stock.get(measure)
        if mine is not None or theirs is not None:
            ratio = round(mine / theirs, 4) if mine and theirs else None  # of nothing there is none
            found[measure] = {"unit": unit, "ours": _short(mine), "stock": _short(theirs), "ratio": ratio}
    return found


def show(found: dict[str, Row], console: Console) -> None:
    """Print the table."""
    table = Table(title=f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, medians of the rounds")
    table.add_column("measure")
    for column in ("unit", "ours", "stock", "ratio"):
        table.add_column(column, justify="right")
    table.add_column("")
    for measure, row in found.items():
        cells = [str(row[key]) if row[key] is not None else "-" for key in ("unit", "ours", "stock", "ratio")]
        table.add_row(measure, *cells, _in_words(measure, row["ratio"]))
    console.print(table)


def write(found: dict[str, Row], path: Path) -> None:
    """Write the rows as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2) + "\n")


def document(found: dict[str, Row], path: Path) -> None:
    """Write the rows as a page of the docs, with the plot that `load_plot.draw` puts beside it."""
    lines = [
        "# Signpost beside a stock Rasa bot",
        "",
        f"Written by `make bench`: medians of the rounds of one run, by turns, on {os.cpu_count()} processors. "
        "`benchmarks/README.md` says what each",
        "measure is; what a stock bot left unanswered counts for neither its speed nor its time.",
        "",
        "| measure | unit | Signpost | stock | ratio | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for measure, row in found.items():
        cells = ["-" if row[key] is None else str(row[key]) for key in ("unit", "ours", "stock", "ratio")]
        lines.append(f"| {' | '.join((measure, *cells, _in_words(measure, row['ratio'])))} |")
    lines += ["", "![Replies a second and the slowest hundredth, by clients at once](load.png)"]
    lines += [
        "",
        "Memory over 100,000 conversations, and replies over 500 turns, by `python -m benchmarks.soak`:",
    ]
    lines += ["", "![Memory stays flat, and so does the time of a reply](soak.svg)", ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines))


def _in_words(measure: str, ratio: float | str | None) -> str:
    if not isinstance(ratio, float):
        return ""
    less_is_better = MEASURES[measure][1]
    times = 1 / ratio if less_is_better else ratio
    return f"{times:.1f} times {'less' if less_is_better else 'more'}" if times >= 1 else f"{1 / times:.1f} times worse"


def _short(value: float | None) -> float | None:
    """Return three significant figures at least, and no false ones."""
    if value is None:
        return None
    return round(value, 0 if value >= 1000 else 1 if value >= 100 else 2)

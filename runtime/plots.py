"""Rasa extension point: none; small plots as inline SVG, each with its numbers in a table. No script, no style."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 180, 52, 24, 12


@dataclass(frozen=True)
class Series:
    """One row of numbers over the minutes: its name, its class in the style sheet, and the values (None: nothing)."""

    name: str
    look: str
    values: Sequence[float | None]


def over_time(title: str, unit: str, times: Sequence[str], rows: Sequence[Series], shown: str = "{:g}") -> str:
    """Return a figure: bars for the first series, lines for the others, all on one scale that starts at 0.

    Args:
        title: the heading.
        unit: what the numbers are, for the scale.
        times: one label a value.
        shown: format of a number in the table.
    """
    top = _round_up(max((v for row in rows for v in row.values if v is not None), default=0.0))
    step = (WIDTH - LEFT) / len(times)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top

    drawn = []
    for part in (0.0, 0.5, 1.0):
        at = y(top * part)
        drawn.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{at:.1f}" y2="{at:.1f}"/>')
        drawn.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{top * part:g}</text>')
    for index in range(0, len(times), 15):
        drawn.append(f'<text x="{LEFT + step * index:.1f}" y="{HEIGHT - 6}">{escape(times[index])}</text>')
    first, *others = rows
    for index, value in enumerate(first.values):
        if value:
            drawn.append(
                f'<rect class="{first.look}" x="{LEFT + step * index + 1:.1f}" y="{y(value):.1f}" '
                f'width="{step - 2:.1f}" height="{y(0) - y(value):.1f}"/>'
            )
    for row in others:
        drawn += [f'<path class="line {row.look}" d="{path}"/>' for path in _lines(row.values, step, y)]
    key = "".join(f'<li class="{row.look}">{escape(row.name)}</li>' for row in rows)
    label = f"{title}: the last {len(times)} minutes. The numbers are in the table below."
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    head = "".join(f'<th scope="col">{escape(row.name)}</th>' for row in rows)
    body = "".join(
        f'<tr><th scope="row">{escape(time)}</th>'
        + "".join(f"<td>{'-' if v is None else shown.format(v)}</td>" for v in values)
        + "</tr>"
        for time, *values in reversed(list(zip(times, *(row.values for row in rows), strict=True)))
        if any(values)
    )
    table = f'<table><thead><tr><th scope="col">Minute (UTC)</th>{head}</tr></thead><tbody>{body}</tbody></table>'
    return _figure(title, unit, f'<ul class="key">{key}</ul>{svg}', table if body else "")


def bars(title: str, unit: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Return a figure with one bar a row of (name, value, text); the table is the plot, each bar beside its number."""
    top = max((value for _, value, _ in rows), default=0) or 1
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td><td class="bar">'
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="a" width="{100 * value / top:.1f}" height="10"/></svg>'
        "</td></tr>"
        for name, value, text in rows
    )
    table = f"<table><tbody>{body}</tbody></table>" if body else '<p class="quiet">None so far.</p>'
    return f'<section class="plot"><h2>{escape(title)}</h2><p>{escape(unit)}</p>{table}</section>'


def _figure(title: str, unit: str, plot: str, table: str) -> str:
    numbers = f"<details><summary>The numbers: {escape(title.lower())}</summary>{table}</details>" if table else ""
    quiet = "" if table else '<p class="quiet">Nothing in the last hour.</p>'
    return f'<section class="plot"><h2>{escape(title)}</h2><p>{escape(unit)}</p>{plot}{quiet}{numbers}</section>'


def _lines(values: Sequence[float | None], step: float, y: Callable[[float], float]) -> list[str]:
    """Return one path for each unbroken run of values; a single value becomes a short dash."""
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((LEFT + step * (index + 0.5), y(value)))
    paths = []
    for run in filter(None, runs):
        points = run if len(run) > 1 else [(run[0][0] - step / 2, run[0][1]), (run[0][0] + step / 2, run[0][1])]
        paths.append("M" + "L".join(f"{x:.1f} {at:.1f}" for x, at in points))
    return paths


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(power * by for by in (1, 2, 5, 10) if power * by >= value * 0.999)

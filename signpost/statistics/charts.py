"""A line of figures as a chart: rows for the page and bars of text for the command line.

A year that the line lacks has a row without a number, so that nothing is drawn over a gap; a value without an upper
bound is drawn open, and one that was worked out says so.
"""

from collections.abc import Sequence
from math import inf
from typing import Any

from signpost.statistics import wording
from signpost.statistics.package import Package
from signpost.statistics.records import Figure

_WIDTH = 24
_MISSING = "no figure"
_OTHERWISE = "counted differently"
Row = dict[str, Any]


def _drawn(figure: Figure) -> float:
    low, high = figure.value.low, figure.value.high
    if low == -inf:
        return float(high)
    return float(low) if high == inf else float((low + high) / 2)


def chart(figures: Sequence[Figure], package: Package) -> dict[str, Any]:
    """The chart payload: caption with its unit, source, and a row for each figure and each year that has none."""
    series, area = package.series[figures[0].series], package.areas[figures[0].area]
    sources = wording.sources_of(figures, package)
    return {
        "caption": f"{wording.capital(series.label)}, {area.name} ({series.unit})",
        "unit": series.unit,
        "source": "; ".join(dict.fromkeys(source.publisher for source in sources)),
        "rows": _with_gaps([(figure, _row(figure, package)) for figure in figures], package),
    }


def _row(figure: Figure, package: Package) -> Row:
    value = figure.value
    return {
        "label": wording.short_period(figure) + (" (worked out)" if figure.derived else ""),
        "value": _drawn(figure),
        "low": None if value.low == -inf else float(value.low),
        "high": None if value.high == inf else float(value.high),
        "text": wording.value_text(figure, package.series[figure.series]),
        "derived": figure.derived,
    }


def _with_gaps(drawn: Sequence[tuple[Figure, Row]], package: Package) -> list[Row]:
    """The rows with one for each year that is missing between two of the same kind of year."""
    rows: list[Row] = []
    before: Figure | None = None
    for figure, row in drawn:
        if before and before.single and before.kind == figure.kind:
            years = range(int(before.start[:4]) + 1, int(figure.start[:4]))
            rows += [_gap(year, figure, package) for year in years]
        rows.append(row)
        before = figure
    return rows


def _gap(year: int, near: Figure, package: Package) -> Row:
    """A year without a bar: none is held, or it was not counted in the same way."""
    label = str(year) if near.kind == "calendar year" else f"{year}/{(year + 1) % 100:02d}"
    line = (near.series, near.area, near.kind)
    missing = any((gap.series, gap.area, gap.kind) == line and label in gap.missing for gap in package.gaps)
    text = _MISSING if missing else _OTHERWISE
    return {"label": label, "value": None, "low": None, "high": None, "text": text, "derived": False}


def bars(payload: dict[str, Any]) -> str:
    """The same chart as text: "#" up to the value, "-" on to an upper bound, ">" where there is none."""
    rows = payload["rows"]
    widest = max(len(row["label"]) for row in rows)
    top = max(max(row["high"] or 0, row["value"] or 0) for row in rows) or 1
    lines = [f"{row['label']:<{widest}}  {_bar(row, top)} {row['text']}" for row in rows]
    return "\n".join([payload["caption"], *lines])


def _bar(row: Row, top: float) -> str:
    if row["value"] is None or row["value"] <= 0:
        return ""
    low, high = float(row["low"] or 0), row["high"]
    solid = max(1, round(low / top * _WIDTH))
    if high is None:
        return "#" * solid + ">"
    return "#" * solid + "-" * (round(float(high) / top * _WIDTH) - solid)

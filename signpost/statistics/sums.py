"""Totals and averages of single years. Bounds are kept and the sum is shown."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from signpost.statistics import absence, lookup, wording
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Result
from signpost.statistics.values import Value, number, show, total

Ask = dict[str, Any]


def bare(figure: Figure) -> str:
    """The value of a figure without its unit."""
    return show(figure.value, 1)


def percent(value: Value) -> str:
    """A share of one as a percentage: whole from 100 % up, else one decimal."""
    hundred = value * number(100)
    small = -100 < hundred.low < 100 or -100 < hundred.high < 100
    return show(hundred, 1 if small else 0, "%")


def in_range(figures: Figures, series: str, area: str, periods: Sequence[Period]) -> list[Figure]:
    """The comparable single years of a line that fall in the periods asked for."""
    line = lookup.comparable(figures.line(series, area))
    if not periods or periods[0].get("kind") in {"all", "latest", "now"}:
        return line
    first = periods[0]
    if first.get("kind") == "since":
        return [figure for figure in line if figure.start[:4] >= str(first["from"])]
    if first.get("kind") == "span":
        return [f for f in line if str(first["from"]) <= f.start[:4] and f.start[:4] <= str(first["to"])]
    return [figure for p in periods for figure in figures.at(series, area, p).figures if figure in line]


def sum_of(figures: Figures, series: str, area: str, periods: Sequence[Period], today: date) -> Result | Absent:
    """The total of the years asked for: the published one where there is one, else the sum."""
    line = figures.line(series, area)
    record, place = figures.record(series), figures.place(area)
    chosen = in_range(figures, series, area, periods)
    first = periods[0] if periods else {}
    span = lookup.whole_span(line)
    if first.get("kind") in {"since", "span"}:
        years = [str(first["from"]), str(first.get("to", ""))]
        if not chosen or chosen[0].start[:4] != years[0] or (years[1] and chosen[-1].start[:4] != years[1]):
            joint = figures.at(series, area, first) if first.get("kind") == "span" else None
            if joint is not None and joint.figures and not joint.figures[0].single:
                return lookup.value(figures, series, area, periods[:1], today)
            if not chosen or first.get("kind") == "span":
                return absence.period(figures, series, area, first, [], today)
    if len(periods) == 1 and first.get("kind") in {"year", "financial", "label", "month"}:
        return lookup.value(figures, series, area, periods, today)
    if span is not None and (not chosen or (span.start, span.end) == (chosen[0].start, chosen[-1].end)):
        return lookup.overall(figures, series, area)
    joints = [figure for figure in line if not figure.single]
    if len(chosen) < 2:
        if len(line) == 1 or joints:
            return lookup.value(figures, series, area, [{"kind": "label", "label": (joints or line)[-1].label}], today)
        return lookup.overall(figures, series, area)
    if record.per_cent or "per month" in record.unit:
        return Absent(
            [f"These figures do not include a total: {record.label} cannot be added up."],
            ["Show a chart", "What is the latest figure?"],
        )
    gap = gap_in(chosen)
    if gap:
        return Absent(
            [
                f"These figures do not include every year, so there is no total: there is nothing for {gap}.",
                f"There are figures {place.in_text} for: {wording.listing([wording.short_period(f) for f in line])}.",
            ],
            ["Show a chart", "What is the latest figure?"],
        )
    answer = total(figure.value for figure in chosen)
    shown = show(answer, 1)
    sums = " + ".join(bare(figure) for figure in chosen) + f" = {shown}"
    years_text = f"{wording.short_period(chosen[0])} to {wording.short_period(chosen[-1])}"
    return Result(
        f"{wording.capital(shown)} {record.label} {place.in_text}, {years_text} added together.",
        chosen,
        shown,
        record.unit,
        record.label,
        place.name,
        years_text,
        sums,
        True,
    )


def left_out(
    figures: Figures,
    series: str,
    area: str,
    periods: Sequence[Period],
    without: Sequence[Period],
    outside: Sequence[str],
) -> Result | Absent:
    """The total without some of its years, or a joint total without some of its areas."""
    record, place = figures.record(series), figures.place(area)
    line = figures.line(series, area)
    if outside:
        return _outside(figures, series, area, list(outside))
    gone = [figure for period in without for figure in figures.at(series, area, period).figures]
    chosen = [figure for figure in in_range(figures, series, area, periods) if figure not in gone]
    if not gone:
        return absence.period(figures, series, area, without[0], [], date.min)
    if not chosen or record.per_cent or "per month" in record.unit:
        return Absent(
            [f"These figures do not include a total that {wording.short_period(gone[0])} could be left out of."],
            ["What figures do you have?"],
        )
    if len(chosen) == 1:
        return lookup.value(figures, series, area, [{"kind": "label", "label": chosen[0].label}], date.min)
    shown = show(total(figure.value for figure in chosen), 1)
    years = wording.listing([wording.short_period(figure) for figure in chosen])
    name = wording.listing([wording.short_period(figure) for figure in line if figure in gone])
    return Result(
        f"{wording.capital(shown)} {record.label} {place.in_text}, {years} added together, without {name}.",
        chosen,
        shown,
        record.unit,
        record.label,
        place.name,
        years,
        " + ".join(bare(figure) for figure in chosen) + f" = {shown}",
        True,
    )


def _outside(figures: Figures, series: str, area: str, outside: list[str]) -> Result | Absent:
    """A joint total less what is published for some of its areas, over the same time."""
    joint = next((item for item in figures.areas(series) if set(outside) <= set(figures.place(item).members)), area)
    whole = figures.line(series, joint)[-1]
    parts = []
    for item in outside:
        held = [f for f in figures.line(series, item) if (f.start, f.end) == (whole.start, whole.end)]
        if not held:
            return absence.area(figures, series, [item])
        parts.append(held[0])
    record, place = figures.record(series), figures.place(joint)
    shown = show(whole.value - total(figure.value for figure in parts), 1)
    names = wording.listing([figures.place(item).name for item in outside])
    return Result(
        f"{wording.capital(shown)} {record.label} {place.in_text} without {names}{wording.in_period(whole)}.",
        [whole, *parts],
        shown,
        record.unit,
        record.label,
        place.name,
        wording.period_name(whole),
        f"{bare(whole)} - {' - '.join(bare(figure) for figure in parts)} = {shown}",
        True,
    )


def gap_in(chosen: Sequence[Figure]) -> str:
    """The years that are missing among some single years, or nothing."""
    years = [int(figure.start[:4]) for figure in chosen]
    lacking = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    return wording.listing([str(year) for year in lacking])


def average(figures: Figures, series: str, area: str, periods: Sequence[Period]) -> Result | Absent:
    """The mean of the years asked for."""
    record, place = figures.record(series), figures.place(area)
    span = lookup.whole_span(figures.line(series, area))
    chosen = in_range(
        figures, series, area, [] if len(periods) == 1 and periods[0].get("kind") in {"year", "financial"} else periods
    )
    if len(chosen) < 2:
        return lookup.overall(figures, series, area)
    whole = (
        span.value
        if span and (span.start, span.end) == (chosen[0].start, chosen[-1].end)
        else total(f.value for f in chosen)
    )
    mean = whole / number(len(chosen))
    shown = show(mean, 1)
    period = f"{wording.short_period(chosen[0])} to {wording.short_period(chosen[-1])}"
    over = f" (over the {len(chosen)} years that have figures)" if gap_in(chosen) else ""
    start = f"{show(whole, 1)}" if span and whole is span.value else f"({' + '.join(bare(f) for f in chosen)})"
    return Result(
        f"{wording.capital(shown)} {record.label} a year on average {place.in_text}, {period}{over}.",
        chosen,
        shown,
        f"{record.unit} a year",
        record.label,
        place.name,
        period,
        f"{start} / {len(chosen)} = {shown}",
        True,
    )

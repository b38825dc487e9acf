"""A figure as a share of a whole, and as a rate for a year, month, week or day."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from signpost.statistics import absence, lookup, wording
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Result
from signpost.statistics.sums import Ask, average, bare, percent
from signpost.statistics.values import Value, number, rounded, show


def share(figures: Figures, series: str, area: str, ask: Ask, today: date) -> Result | Absent:
    """One year as a share of the total of its area, or an area as a share of the joint total it is part of."""
    record = figures.record(series)
    periods: list[Period] = ask.get("periods", [])
    if len(ask.get("claimed", [])) > 1:
        return _share_of_named(figures, series, area, ask["claimed"])
    if periods and periods[0].get("kind") not in {"all", "span", "since"}:
        found = figures.at(series, area, periods[0])
        if not found.figures:
            return absence.period(figures, series, area, periods[0], list(found.near), today)
        part = found.figures[0]
    else:
        part = lookup.whole_span(figures.line(series, area)) or figures.line(series, area)[-1]
    joint = next((item for item in figures.areas(series) if area in figures.place(item).members), None)
    whole = (
        next((f for f in figures.line(series, joint) if (f.start, f.end) == (part.start, part.end)), None)
        if joint
        else None
    )
    if whole is None:
        members = figures.place(area).members
        part_area = next((item for item in figures.areas(series) if item in members), None)
        if part_area and not part.single:
            whole = part
            part = next(
                (f for f in figures.line(series, part_area) if (f.start, f.end) == (whole.start, whole.end)), part
            )
    if whole is None or whole is part:
        whole = lookup.whole_span(figures.line(series, area))
    if whole is None or whole is part or record.per_cent:
        return Absent(
            [
                (
                    f"These figures do not include a whole that {record.label} {figures.place(area).in_text} "
                    f"could be a share of."
                )
            ],
            ["Show a chart", "What figures do you have?"],
        )
    return _shared(figures, part, whole)


def _share_of_named(figures: Figures, series: str, area: str, said: Sequence[str]) -> Result | Absent:
    """One published number of a line as a share of another, both named by their value."""
    line = figures.line(series, area)
    named = [next((f for f in line if f.value == number(item)), None) for item in said[:2]]
    part, whole = named
    if part is None or whole is None:
        return Absent(
            [f"These figures do not include both of those numbers for {figures.record(series).label}."],
            ["What figures do you have?"],
        )
    return _shared(figures, part, whole)


def _shared(figures: Figures, part: Figure, whole: Figure) -> Result:
    record = figures.record(part.series)
    ratio = percent(part.value / whole.value)
    where, whole_where = figures.place(part.area), figures.place(whole.area)
    of = (
        f"the total {whole_where.in_text}"
        if whole.area != part.area
        else f"the total of {wording.value_text(whole, record)} for {wording.short_period(whole)}"
    )
    return Result(
        (
            f"{wording.capital(ratio)}: {wording.value_text(part, record)} {record.label} "
            f"{where.in_text}{wording.in_period(part)}, as a share of {of}."
        ),
        [part, whole],
        ratio,
        "per cent",
        record.label,
        where.name,
        wording.period_name(part),
        f"{bare(part)} / {bare(whole)} = {ratio}",
        True,
    )


def _of_a_month(figures: Figures, series: str, area: str, per: str, found: Result | Absent) -> Result | Absent:
    """What is published for a month, for a year, week or day, as if every month were like it."""
    if isinstance(found, Absent) or per == "month":
        return found
    record, place, first = figures.record(series), figures.place(area), found.figures[0]
    yearly = first.value * number(12)
    parts, sum_ = {
        "year": (Fraction(1), "x 12"),
        "week": (Fraction(52), "x 12 / 52"),
        "day": (Fraction(365), "x 12 / 365"),
    }[per]
    answer = yearly / Value(parts, parts)
    shown = show(answer, 1 if per == "year" else 0)
    label, unit = record.label.replace("a month", f"a {per}"), record.unit.replace("per month", f"per {per}")
    return Result(
        f"{wording.capital(shown)} {label} {place.in_text}{wording.in_period(first)}.",
        [first],
        shown,
        unit,
        label,
        place.name,
        wording.period_name(first),
        f"{show(first.value, 1)} a month {sum_} = {shown}, as if every month were like this one",
        True,
    )


def rate(figures: Figures, series: str, area: str, ask: Ask, today: date) -> Result | Absent:
    """A figure as a rate for a year, month, week or day."""
    record, place = figures.record(series), figures.place(area)
    per = str(ask.get("rate"))
    periods: list[Period] = ask.get("periods", [])
    if "per month" in record.unit:
        return _of_a_month(figures, series, area, per, lookup.value(figures, series, area, periods, today))
    singles = lookup.comparable(figures.line(series, area))
    if per == "year" and "per year" in record.unit:
        return lookup.value(figures, series, area, periods, today)
    one = len(periods) == 1 and periods[0].get("kind") in {"year", "financial", "label"}
    if per == "year" and not one and len(singles) > 1:
        return average(figures, series, area, periods)
    found = lookup.value(figures, series, area, periods, today)
    if isinstance(found, Absent) or record.per_cent:
        return found
    first = found.figures[0]
    days = (
        (date.fromisoformat(first.end) - date.fromisoformat(first.start)).days + 1 if first.start and first.end else 0
    )
    if days < 6:
        return found
    months = round(days / 30.4375)
    parts = {"year": Fraction(months, 12), "month": Fraction(months), "week": Fraction(days, 7), "day": Fraction(days)}[
        per
    ]
    if parts == 1:
        return found
    answer = first.value / Value(parts, parts)
    shown = show(Value(answer.low, answer.high, answer.low_closed, answer.high_closed, True), 1)
    return Result(
        f"{wording.capital(shown)} {record.label} a {per} on average {place.in_text}{wording.in_period(first)}.",
        [first],
        shown,
        f"{record.unit} a {per}",
        record.label,
        place.name,
        wording.period_name(first),
        f"{show(first.value, 1)} / {rounded(parts, 1)} {per}s = {shown}",
        True,
    )

"""Looks figures up: one value, several, a list of years, the areas of a series."""

from collections.abc import Sequence
from datetime import date

from signpost.statistics import absence, wording
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Result
from signpost.statistics.values import Value, number, show

FEW = 6  # years that are told beside a total


def comparable(line: Sequence[Figure]) -> list[Figure]:
    """The single years of a line that may be compared: one kind of year, one way of counting, up to the newest."""
    singles = [figure for figure in line if figure.single]
    if not singles:
        return []
    last = singles[-1]
    same = [figure for figure in singles if figure.kind == last.kind and figure.era == last.era]
    years: dict[str, Figure] = {}
    for figure in same:
        years.setdefault(figure.start, figure)
    return list(years.values())


def whole_span(line: Sequence[Figure]) -> Figure | None:
    """The published figure that covers all single years of the line, if there is one."""
    singles = [figure for figure in line if figure.single]
    if not singles:
        return None
    start, end = singles[0].start, singles[-1].end
    return next((f for f in line if not f.single and f.start == start and f.end == end), None)


def meant(period: Period, line: Sequence[Figure]) -> Period:
    """A period as one line has it: a label of another series, "before 2015" and "the last two years" become years."""
    other, kind = period.get("or"), period.get("kind")
    if isinstance(other, dict) and not any(figure.label in period.get("labels", ()) for figure in line):
        return meant(other, line)
    singles = comparable(line)
    if kind == "newest" and singles:
        first = singles[-min(int(period.get("count", 1)), len(singles))]
        return _between(int(first.start[:4]), int(singles[-1].start[:4]))
    if kind == "before":
        last = int(period["to"])
        first_year = min((int(figure.start[:4]) for figure in singles or line if figure.start), default=last)
        return _between(min(first_year, last), last)
    return period


def _between(first: int, last: int) -> Period:
    return {"kind": "span", "from": first, "to": last} if first < last else {"kind": "year", "from": last}


def value(figures: Figures, series: str, area: str, periods: Sequence[Period], today: date) -> Result | Absent:
    """The value for each period; without a period the published total of all years, else the newest."""
    if not periods:
        return overall(figures, series, area)
    results: list[Result] = []
    for period in periods:
        found = figures.at(series, area, period)
        if found.figures:
            results.append(_result(figures, list(found.figures)))
            continue
        derived = _year_before(figures, series, area, period)
        if derived:
            results.append(derived)
            continue
        return absence.period(figures, series, area, period, list(found.near), today)
    return results[0] if len(results) == 1 else _joined(results)


def overall(figures: Figures, series: str, area: str) -> Result | Absent:
    """The answer when no period is named."""
    line = figures.line(series, area)
    span = whole_span(line)
    singles = [figure for figure in line if figure.single]
    if span is not None:
        result = _result(figures, [span])
        record = figures.record(series)
        years = [
            f"{wording.short_period(f)}: {wording.value_text(f, record)}{' (worked out)' if f.derived else ''}"
            for f in singles
        ]
        if len(years) <= FEW:
            result.extra.append("By year: " + "; ".join(years) + ".")
        result.figures += singles
        return result
    newest = [figure for figure in line if figure.key == line[-1].key]
    singles_newest = [figure for figure in newest if figure.single] or newest
    result = _result(figures, singles_newest)
    if any(figure not in singles_newest for figure in line):
        result.extra.append("This is the newest one here.")
    return result


def _result(figures: Figures, found: list[Figure]) -> Result:
    first = found[0]
    record, place = figures.record(first.series), figures.place(first.area)
    head = wording.headline(first, record, place)
    extra: list[str] = []
    if len(found) > 1 and len({figure.label for figure in found}) == 1:
        values = [wording.value_text(figure, record) for figure in found]
        other = wording.headline(first, record, place)
        head = other.replace(wording.capital(values[0]), wording.capital(wording.listing(values, "or")), 1)
        extra.append("Two reports give different numbers for the same period.")
    elif len(found) > 1:
        head = "\n".join(wording.headline(figure, record, place) for figure in found)
    extra += companions(figures, first)
    if place.members and place.kind != "region":
        extra.append(f"The areas are {wording.listing([figures.place(member).name for member in place.members])}.")
    return Result(
        head,
        found,
        wording.listing([wording.value_text(figure, record) for figure in found], "or"),
        record.unit,
        record.label,
        place.name,
        wording.listing([wording.period_name(figure) for figure in found]),
        "; ".join(figure.derivation for figure in found if figure.derivation),
        any(figure.derived for figure in found),
        extra,
    )


def companions(figures: Figures, figure: Figure) -> list[str]:
    """The change on the year before, where the package has it for the same area and period."""
    change = figures.change_series(figure.series)
    if change is None:
        return []
    period = {"kind": "label", "label": figure.label}
    return [
        f"{wording.value_text(other, figures.record(change))} more than the year before."
        for other in figures.at(change, figure.area, period).figures
        if other.value.low > 0
    ]


def also(figures: Figures, series: Sequence[str], figure: Figure) -> list[str]:
    """Shares of a count that was asked for, for the same area and period."""
    lines = []
    for item in series:
        if item in figures.package.series:
            found = figures.at(item, figure.area, {"kind": "label", "label": figure.label}).figures
            lines += [wording.headline(other, figures.record(item), figures.place(figure.area)) for other in found]
    return lines


def _year_before(figures: Figures, series: str, area: str, period: Period) -> Result | None:
    """Work a year out from the next one and its published change on the year before."""
    change = figures.change_series(series)
    if change is None or period.get("kind") != "year":
        return None
    following = {"kind": "year", "from": int(period["from"]) + 1}
    after, changed = figures.at(series, area, following).figures, figures.at(change, area, following).figures
    if not after or not changed:
        return None
    base, rise = after[0], changed[0]
    quotient = base.value / (number(1) + rise.value / number(100))
    estimate = Value(quotient.low, quotient.high, quotient.low_closed, quotient.high_closed, True)
    record, place = figures.record(series), figures.place(area)
    shown = show(estimate, 0)
    least = show(Value(estimate.low, estimate.low), 0)
    factor = show(number(1) + rise.value / number(100), 2)
    return Result(
        f"{wording.capital(shown)} {record.label} {place.in_text} in {period['from']}. "
        f"The source does not print this; it was worked out.",
        [base, rise],
        shown,
        record.unit,
        record.label,
        place.name,
        str(period["from"]),
        f"{wording.value_text(base, record)} in {following['from']} was "
        f"{wording.value_text(rise, figures.record(change))} more: "
        f"{show(Value(base.value.low, base.value.low), 0)} / {factor} = about {least}",
        True,
        ["Treat this as a rough guide: both published numbers are rounded."],
    )


def _joined(results: list[Result]) -> Result:
    first = results[0]
    return Result(
        "\n".join(result.head for result in results),
        [figure for result in results for figure in result.figures],
        wording.listing([result.value for result in results]),
        first.unit,
        first.series,
        first.area,
        wording.listing([result.period for result in results]),
        "; ".join(result.working for result in results if result.working),
        any(result.derived for result in results),
        [line for result in results for line in result.extra],
    )


def years(figures: Figures, series: str, area: str, periods: Sequence[Period] = ()) -> Result | Absent:
    """Every figure of a line, or those since a year, one a row."""
    line = figures.line(series, area)
    for period in periods[:1]:
        if period.get("kind") in {"since", "span"}:
            first, last = str(period["from"]), str(period.get("to", "9999"))
            line = [figure for figure in line if first <= figure.start[:4] <= last] or line
    record, place = figures.record(series), figures.place(area)
    rows = [
        f"{wording.short_period(f)}: {wording.value_text(f, record)}{' (worked out)' if f.derived else ''}"
        for f in line
    ]
    return Result(
        f"{wording.capital(record.label)} {place.in_text}:\n" + "\n".join(rows),
        list(line),
        "; ".join(rows),
        record.unit,
        record.label,
        place.name,
        wording.listing([wording.short_period(figure) for figure in line]),
        "; ".join(figure.derivation for figure in line if figure.derivation),
        any(figure.derived for figure in line),
    )


def areas(figures: Figures, series: str) -> Result | Absent:
    """The areas of a series: the members of a joint total first, then the areas with figures of their own."""
    record = figures.record(series)
    held = [figures.place(area) for area in figures.areas(series)]
    joint = next((area for area in held if area.members), None)
    counted = next((s for s in figures.group(series) if figures.record(s).unit.endswith("areas")), series)
    own = [area.name for area in held if area is not joint]
    if joint is None:
        text = f"There are figures for {record.noun} for: {wording.listing(own)}."
        first = figures.line(series, held[0].id)
    else:
        names = [figures.place(member).name for member in joint.members]
        text = f"The areas are {wording.listing(names)}."
        if own:
            text += f"\nOnly {wording.listing(own)} has a figure of its own; the others are only in the joint total."
        first = figures.line(counted, joint.id)
        record = figures.record(counted)
    return Result(
        text,
        [first[-1]],
        wording.listing([a.name for a in held]),
        "areas",
        record.label,
        wording.listing([a.name for a in held]),
        "",
    )

"""The change between two periods: how many, per cent and times; and whether what was taken for granted holds."""

from datetime import date
from fractions import Fraction
from math import inf

from signpost.statistics import absence, lookup, wording
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Result
from signpost.statistics.sums import Ask, bare, in_range, percent
from signpost.statistics.values import Value, number, show


def change(figures: Figures, series: str, area: str, ask: Ask, today: date) -> Result | Absent:
    """The change between two periods: absolute, per cent and times."""
    record, place = figures.record(series), figures.place(area)
    periods: list[Period] = ask.get("periods", [])
    published = _published(figures, series, area, periods, today)
    if published is not None:
        published.head = _agreed(ask, published.figures[0].value / number(100) + number(1)) + published.head
        return published
    line = lookup.comparable(figures.line(series, area))
    ends: list[Figure]
    asked = [p for p in periods if p.get("kind") in {"year", "financial", "label", "month"}]
    if len(periods) == 1 and periods[0].get("kind") == "span":
        ends_named = [{"kind": "year", "from": periods[0][key]} for key in ("from", "to")]
        asked = ends_named if all(figures.at(series, area, end).figures for end in ends_named) else asked
    if len(asked) >= 2:
        ends = []
        for period in (asked[0], asked[-1]):
            found = figures.at(series, area, period)
            if not found.figures:
                return absence.period(figures, series, area, period, list(found.near), today)
            ends.append(found.figures[0])
        ends.sort(key=lambda figure: figure.key)
    elif asked and asked[0].get("kind") in {"year", "financial"}:
        start = int(asked[0]["from"])
        pair = [figures.at(series, area, {**asked[0], "from": year}) for year in (start - 1, start)]
        if not pair[1].figures:
            return absence.period(figures, series, area, asked[0], list(pair[1].near), today)
        if pair[0].figures:
            ends = [pair[0].figures[0], pair[1].figures[0]]
        else:
            later = [figure for figure in line if figure.key > pair[1].figures[0].key]
            if not later:
                return absence.period(figures, series, area, {**asked[0], "from": start - 1}, list(pair[0].near), today)
            ends = [pair[1].figures[0], later[-1]]
    else:
        for period in periods:
            for key in ("from", "to"):
                if (
                    isinstance(period.get(key), int)
                    and not figures.at(series, area, {"kind": "year", "from": period[key]}).figures
                ):
                    financial = figures.at(series, area, {"kind": "financial", "from": period[key]})
                    if not financial.figures:
                        return absence.period(figures, series, area, {"kind": "year", "from": period[key]}, [], today)
        chosen = in_range(figures, series, area, periods)
        if len(chosen) < 2:
            name = wording.listing([wording.short_period(figure) for figure in figures.line(series, area)])
            return Absent(
                [
                    f"These figures do not include two years that may be compared for {record.noun} {place.in_text}.",
                    f"What there is: {name}.",
                    figures.package.warnings[record.group],
                ],
                ["What is the latest figure?", "What figures do you have?"],
            )
        ends = [chosen[0], chosen[-1]]
    first, last = ends
    if first.era != last.era or first.kind != last.kind:
        return Absent(
            [
                f"These figures do not include a fair comparison of {wording.short_period(first)} "
                f"with {wording.short_period(last)}: "
                "they were not counted in the same way.",
                figures.package.warnings[record.group],
            ],
            [f"And {wording.short_period(first)}?", f"And {wording.short_period(last)}?"],
        )
    return _changed(figures, first, last, ask)


def _published(figures: Figures, series: str, area: str, periods: list[Period], today: date) -> Result | None:
    """The change on the year before that the source prints, where the counts themselves hold one year alone."""
    other = figures.change_series(series)
    if figures.record(series).unit == "times" and len(figures.line(series, area)) == 1:
        found = lookup.value(figures, series, area, [], today)
        return None if isinstance(found, Absent) else found
    if other is None or len(figures.line(series, area)) > 1 or len(periods) > 1 or not figures.line(other, area):
        return None
    if periods and periods[0].get("kind") not in {"year", "financial", "label", "latest", "all"}:
        return None
    asked = periods if periods and periods[0].get("kind") not in {"all", "latest"} else []
    found = lookup.value(figures, other, area, asked, today)
    return None if isinstance(found, Absent) else found


def _changed(figures: Figures, first: Figure, last: Figure, ask: Ask) -> Result:
    record, place = figures.record(first.series), figures.place(first.area)
    gap = last.value - first.value
    years = (
        f"from {wording.value_text(first, record)} in {wording.short_period(first)} "
        f"to {wording.value_text(last, record)} in {wording.short_period(last)}"
    )
    what = f"{record.label} {place.in_text}"
    period = f"{wording.short_period(first)} to {wording.short_period(last)}"
    if record.per_cent or first.value.low <= 0:
        points = show(gap, 1)
        points = points if points.startswith("-") else "+" + points
        unit = "percentage points" if record.per_cent else record.unit
        return Result(
            f"{points} {unit}: {what} went {years}.",
            [first, last],
            points,
            unit,
            record.label,
            place.name,
            period,
            f"{bare(last)} - {bare(first)} = {points}",
            True,
        )
    relative, times = gap / first.value, last.value / first.value
    per_cent, fold = percent(relative), show(times, 1)
    working = f"({bare(last)} - {bare(first)}) / {bare(first)} = {per_cent}"
    if relative.low >= Fraction(1, 10) or ask.get("as") == "times":
        working += f"; {bare(last)} / {bare(first)} = {fold} times"
    if gap.low >= 0 and gap.high > 0:
        signed = f"+{per_cent}" if per_cent[0].isdigit() else per_cent
        more = show(gap, 1)
        manifold = f", or {fold} times as many" if relative.low >= Fraction(1, 10) else ""
        head = f"It rose: {signed}{manifold}. {wording.capital(what)} went {years} ({more} more)."
    elif gap.high <= 0 and gap.low < 0:
        drop = Value(-gap.high, -gap.low, gap.high_closed, gap.low_closed, gap.about)
        down = percent(drop / first.value)
        per_cent = f"-{down}"
        head = f"It fell by {down}. {wording.capital(what)} went {years} ({show(drop, 1)} fewer)."
        working = f"({bare(first)} - {bare(last)}) / {bare(first)} = {down}"
    elif gap.low == gap.high == 0:
        head = f"It did not change. {wording.capital(what)} went {years}."
        per_cent = "0%"
    else:
        head = f"It cannot be told whether it rose or fell. {wording.capital(what)} went {years}."
    head = _agreed(ask, times) + head
    value = fold if ask.get("as") == "times" else show(gap, 1) if ask.get("as") == "count" else per_cent
    unit = "times" if ask.get("as") == "times" else record.unit if ask.get("as") == "count" else "per cent"
    return Result(head, [first, last], value, unit, record.label, place.name, period, working, True)


def _agreed(ask: Ask, times: Value) -> str:
    """Yes or no, where that is asked or something was taken for granted that does not hold."""
    claimed = ask.get("times")
    if isinstance(claimed, int | float):
        return _multiple(claimed, times)
    direction, fell, rose = ask.get("direction"), times.high < 1, times.low > 1
    if direction == "down" and not fell:
        return "No, it did not go down. "
    if direction == "up" and not rose:
        return "No, it did not go up. "
    if ask.get("claimed"):
        said = Fraction(ask["claimed"][0])
        real = (times - number(1)) * number(100)
        near = real.low != inf and abs(abs(Fraction(real.low)) - said) < 1
        return "Yes, that is right. " if near else "No, that is not the figure. "
    return "Yes. " if direction and ask.get("yes_no") else ""


def _multiple(claimed: float, times: Value) -> str:
    name = {2: "double", 3: "triple", 4: "go up four times", 10: "go up ten times", 0.5: "halve"}.get(
        claimed, f"go up {claimed} times"
    )
    if times.low != inf and abs(Fraction(times.low) - Fraction(str(claimed))) <= Fraction(1, 10):
        return "Yes, about that. "
    if claimed == 2 and times.low > 2:
        return "Yes, it more than doubled. "
    if claimed == 0.5 and times.high < Fraction(1, 2):
        return "Yes, it more than halved. "
    return f"No, it did not {name}. "

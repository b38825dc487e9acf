"""The highest and lowest year, and several areas side by side."""

from collections.abc import Sequence
from datetime import date

from signpost.statistics import absence, wording
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Result
from signpost.statistics.sums import Ask, bare, in_range


def extreme(figures: Figures, series: str, area: str, ask: Ask) -> Result | Absent:
    """The highest or lowest year that may be compared."""
    record, place = figures.record(series), figures.place(area)
    periods: list[Period] = ask.get("periods", [])
    chosen = in_range(figures, series, area, [] if len(periods) == 1 and ask.get("yes_no") else periods)
    if len(chosen) < 2:
        return Absent(
            [(f"These figures do not include enough years to say which is highest for {record.noun} {place.in_text}.")],
            ["What is the latest figure?", "What figures do you have?"],
        )
    least = bool(ask.get("least"))
    pick = (min if least else max)(chosen, key=lambda f: (f.value.low, f.key))
    word = "lowest" if least else "highest"
    head = f"{wording.capital(wording.short_period(pick))} was the {word}: {wording.headline(pick, record, place)}"
    if ask.get("yes_no") and len(periods) == 1:
        right = pick in figures.at(series, area, periods[0]).figures
        head = f"{'Yes' if right else 'No'}. {head}"
    return Result(
        head,
        [pick],
        wording.value_text(pick, record),
        record.unit,
        record.label,
        place.name,
        wording.period_name(pick),
        f"of {wording.listing([f'{bare(f)} in {wording.short_period(f)}' for f in chosen])}",
        pick.derived,
    )


def ranked(figures: Figures, series: str, area: str, periods: Sequence[Period]) -> Result | Absent:
    """The years that may be compared, highest first."""
    record, place = figures.record(series), figures.place(area)
    chosen = in_range(figures, series, area, periods if len(periods) > 1 else [])
    if len(chosen) < 2:
        return Absent(
            [f"These figures do not include enough years to rank {record.label} {place.in_text}."],
            ["What is the latest figure?", "What figures do you have?"],
        )
    order = sorted(chosen, key=lambda figure: (-figure.value.low, figure.key))
    rows = [
        f"{place_in_order}. {wording.short_period(figure)}: {wording.value_text(figure, record)}"
        f"{' (worked out)' if figure.derived else ''}"
        for place_in_order, figure in enumerate(order, 1)
    ]
    return Result(
        f"{wording.capital(record.label)} {place.in_text}, highest first:\n" + "\n".join(rows),
        order,
        wording.listing([wording.value_text(figure, record) for figure in order]),
        record.unit,
        record.label,
        place.name,
        wording.listing([wording.short_period(figure) for figure in order]),
        "; ".join(figure.derivation for figure in order if figure.derivation),
        any(figure.derived for figure in order),
    )


def compare_areas(
    figures: Figures, series: str, areas: Sequence[str], periods: Sequence[Period], today: date
) -> Result | Absent:
    """The same period of a series for several areas, side by side, with the warning that areas count differently."""
    record = figures.record(series)
    chosen: list[Figure] = []
    if periods:
        for area in areas:
            found = figures.at(series, area, periods[0])
            if not found.figures:
                return absence.period(figures, series, area, periods[0], list(found.near), today)
            chosen.append(found.figures[0])
    else:
        common = set.intersection(*[{figure.label for figure in figures.line(series, area)} for area in areas])
        if not common:
            return Absent(
                [
                    (
                        f"These figures do not include the same period for these areas, so they cannot "
                        f"be compared: {record.label}."
                    )
                ],
                ["What figures do you have?"],
            )
        label = max((f for f in figures.line(series, areas[0]) if f.label in common), key=lambda f: f.key).label
        chosen = [next(f for f in figures.line(series, area) if f.label == label) for area in areas]
    head = "\n".join(wording.headline(figure, record, figures.place(figure.area)) for figure in chosen)
    extra = ["Areas differ in size and in how they count, so a bigger number does not mean that an area is worse."]
    return Result(
        head,
        chosen,
        wording.listing([wording.value_text(f, record) for f in chosen]),
        record.unit,
        record.label,
        wording.listing([figures.place(a).name for a in areas]),
        wording.period_name(chosen[0]),
        extra=extra,
    )

"""Whether a number is right, the years on one side of one, and how one came about."""

import math
from datetime import date
from fractions import Fraction

from signpost.statistics import changes, lookup, shares, sums, wording
from signpost.statistics.asking import query as q
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Result
from signpost.statistics.values import Value


def checked(query: q.Check, result: Result, unit: str) -> str:
    """The first line of an answer to "is it N": yes or no, then what it is."""
    first = result.figures[0]
    about = result.head.removesuffix(".")
    rest = about[len(result.value) :].strip() if about.casefold().startswith(result.value.casefold()) else about
    is_ = f"it is {result.value} {unit}: {rest}." if unit not in {"per cent", "times"} else f"it is {about}."
    said = [Fraction(item) for item in query.claimed]
    if query.nouns:
        return f"No, that is not what is counted: {wording.lower(result.head)}"
    if query.relation is not None:
        holds = lies(first.value, query.relation, said[0])
        return f"{'It cannot be told' if holds is None else 'Yes' if holds else 'No'}, {is_}"
    found = {bound for figure in result.figures for bound in (figure.value.low, figure.value.high)}
    right = [item for item in said if item in found or wording.digits(result.value) == str(item)]
    if right and len(said) > 1:
        return wording.capital(is_)
    return f"{'Yes' if right else 'No'}, {is_}"


def lies(value: Value, relation: str, bound: Fraction) -> bool | None:
    """Whether a value is above or below a number; None where its bounds do not tell."""
    if relation == "below":
        value = -value
        bound = -bound
    if value.low > bound or (value.low == bound and not value.low_closed):
        return True
    return False if value.high <= bound else None


def where(figures: Figures, series: str, area: str, query: q.Where) -> Result | Absent:
    """The single years of a line above or below a number, or the ones that are missing."""
    record, place = figures.record(series), figures.place(area)
    line = figures.line(series, area)
    single = lookup.comparable(line)
    what = f"{record.label} {place.in_text}"
    if query.relation == "missing" or not query.claimed:
        gap = sums.gap_in(single) if len(single) > 1 else ""
        have = wording.listing([wording.short_period(figure) for figure in single or line])
        head = f"There is no figure for {gap}: {what}." if gap else f"No year is missing in between: {what}."
        found = single or line
        extra = [f"There are figures for {have}."]
        return Result(head, found, gap or "none", "years", record.label, place.name, have, extra=extra)
    bound = Fraction(query.claimed[0])
    held = [figure for figure in single or line if lies(figure.value, query.relation, bound)]
    side = f"{query.relation} {query.claimed[0]}"
    if not held:
        return Result(f"No year is {side}: {what}.", [line[-1]], "none", "years", record.label, place.name, "")
    rows = wording.listing([f"{wording.short_period(f)} ({wording.value_text(f, record)})" for f in held])
    head = f"{rows}: the years {side}, {what}."
    return Result(head, held, rows, record.unit, record.label, place.name, rows, derived=any(f.derived for f in held))


def working(result: Result) -> str:
    """How a number was worked out, or that none was."""
    return f"The working: {result.working}." if result.working else "No sum was needed: the source prints this number."


def worked_out(figures: Figures, said: str, today: date) -> Result | None:
    """The sum over the chief line that comes to a number: a share, a change, a mean, a total."""
    series = figures.default
    area = figures.default_area(series)
    line = figures.line(series, area)
    years: list[Period] = [{"kind": "label", "label": figure.label} for figure in line]
    tried: list[Result | Absent] = [lookup.value(figures, series, area, [year], today) for year in years]
    tried += [shares.share(figures, series, area, {"periods": [year]}, today) for year in years]
    tried += [shares.share(figures, series, area, {}, today), sums.average(figures, series, area, [])]
    dated: list[Figure] = lookup.comparable(line)
    for first in dated:
        for last in dated:
            if first.key < last.key:
                pair: list[Period] = [{"kind": "label", "label": f.label} for f in (first, last)]
                tried.append(changes.change(figures, series, area, {"periods": pair}, today))
                span: Period = {"kind": "span", "from": int(first.start[:4]), "to": int(last.start[:4])}
                tried.append(sums.sum_of(figures, series, area, [span], today))
    fitting = [item for item in tried if isinstance(item, Result) and item.working]
    wanted = {said, str(math.floor(float(said)))} if said.endswith(".0") else {said}
    return next((item for item in fitting if wording.digits(item.value) in wanted), None) or next(
        (item for item in fitting if wanted & set(wording.numbers_in(item.head))), None
    )

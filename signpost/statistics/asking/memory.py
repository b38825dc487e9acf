"""A conversation about figures: what a follow-up keeps of the last queries, and what it changes in them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from signpost.statistics.asking import query as q
from signpost.statistics.asking.clause import Clause
from signpost.statistics.figures import Figures

KEPT = 3
_DATED = {"year", "financial", "label", "month"}
_SAME_TIME = q.Value | q.Source | q.Working | q.Definition | q.Chart | q.Ratio | q.Check
_WHOLE = q.Difference | q.Sum | q.Mean | q.Years
_GOES_ON = q.Sum | q.Difference | q.Years | q.Mean | q.Chart | q.Extreme | q.Where


def remembered(slots: dict[str, Any] | None, known: Sequence[str] | dict[str, Any]) -> tuple[q.Query, ...]:
    """The last queries of kept slots, newest first; what a source or a working was of stands for it."""
    rows = (slots or {}).get("asks"), (slots or {}).get("before")
    asks, before = (row if isinstance(row, list) else [] for row in rows)
    found = [q.from_slots(row) for row in [*reversed(asks), *before]]
    queries = [core(query) for query in found if query is not None]
    return tuple(query if query.series in known else replace(query, series=None) for query in queries[:KEPT])


def core(query: q.Query) -> q.Query:
    """What a query is about: a source is of something."""
    inner = getattr(query, "of", None)
    return inner if isinstance(inner, q.Query) else query


def inherit(query: q.Query, before: tuple[q.Query, ...], clause: Clause, named: bool, figures: Figures) -> q.Query:
    """Keep what was said before: the series, then the area, then the period, where they are left open."""
    if not before:
        return query
    last = before[0]
    if isinstance(last, q.Claim):
        about = isinstance(query, q.Source | q.Working) and not clause.named and not named
        return q.Claim(claims=last.claims, source=True) if about else query
    query = _placed(query, last, clause, named, figures)
    if isinstance(query, q.Difference) and not query.periods and not clause.steps:
        query = _both(query, before)
    if isinstance(query, q.Value) and _only_scope(query, clause, named) and isinstance(last, _GOES_ON):
        periods = query.periods or last.periods
        return replace(last, series=query.series, areas=query.areas, periods=periods, lacking=())
    if isinstance(query, q.Source | q.Working) and not clause.named and not named:
        return replace(query, of=last)
    if isinstance(query, q.Extreme) and query.yes_no and not query.periods:
        return replace(query, periods=last.periods)
    return query


def _placed(query: q.Query, last: q.Query, clause: Clause, named: bool, figures: Figures) -> q.Query:
    """Take over series, area and period."""
    fresh = clause.has("strict") and clause.named and not clause.has("lead")
    if not named and last.series and not (fresh and not figures.holds(last.series, clause.areas, [])):
        query = replace(query, series=last.series)
    same = query.series == last.series
    goes_on = same or clause.has("lead")
    held = same or figures.holds(query.series, last.areas, [])
    if not (clause.areas or clause.places or clause.elsewhere) and goes_on and held:
        query = replace(query, areas=last.areas)
    if not clause.periods and not query.periods and goes_on:
        several = len(last.periods) > 1 or any(p.get("kind") not in {*_DATED, "now", "latest"} for p in last.periods)
        keeps = isinstance(query, _SAME_TIME) and not (clause.has("corrects") and clause.areas)
        if keeps or (several and isinstance(query, _WHOLE | q.Extreme)):
            query = replace(query, periods=last.periods)
    return query


def _both(query: q.Difference, before: tuple[q.Query, ...]) -> q.Query:
    """Between those two: the periods of the last two values of one line."""
    if len(before) < 2 or not all(isinstance(item, q.Value) for item in before[:2]):
        return query
    second, first = before[:2]
    dated = [*first.periods, *second.periods]
    one = len(first.periods) == len(second.periods) == 1 and first.series == second.series
    if one and first.areas == second.areas and all(p.get("kind") in _DATED for p in dated) and dated[0] != dated[1]:
        return replace(query, periods=tuple(dated))
    return query


def _only_scope(query: q.Value, clause: Clause, named: bool) -> bool:
    """Whether a message names only another place, series or time: then the operation stays."""
    if clause.has("cue") or query.per or clause.steps or clause.operations:
        return False
    if clause.has("corrects") and clause.periods:
        return True
    return bool(clause.areas or named) and not clause.periods

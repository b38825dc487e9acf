"""The way in by a value: "where does 4,000 come from", "is 155 right", "more than 100?"."""

from collections import defaultdict
from fractions import Fraction

from signpost.statistics.asking import query as q
from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.periods import Period
from signpost.statistics.asking.table import Table
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure

SMALL = 20  # a smaller number stands for a figure only where something else says so
_ABOUT = {"source": q.Source, "working": q.Working, "definition": q.Source}
_SUMS = frozenset({"change", "share", "where", "ranked", "compare", "missing"})


class Values:
    """Finds the figures of one package by their numbers."""

    def __init__(self, figures: Figures, table: Table) -> None:
        self._figures = figures
        self._table = table
        self._by_number: dict[Fraction, list[Figure]] = defaultdict(list)
        for figure in figures.package.figures.values():
            for bound in {figure.value.low, figure.value.high}:
                if isinstance(bound, Fraction):
                    self._by_number[bound].append(figure)

    def knows(self, clause: Clause) -> bool:
        """Whether a number was said that is published and large enough to mean that figure."""
        return any(Fraction(n) in self._by_number and (float(n) >= SMALL or "." in n) for n in clause.numbers)

    def of(self, clause: Clause, options: list[str], before: tuple[q.Query, ...]) -> tuple[q.Query, ...]:
        """The queries that a number leads to; none where no number does."""
        if not clause.numbers or clause.topic:
            return ()
        if clause.has("above", "below") and clause.has("yes_no") and "where" not in clause.operations:
            return (self._check(clause, options, before, "above" if clause.has("above") else "below"),)
        asks = next((op for op in clause.operations if op in _ABOUT or op in _SUMS), None)
        number = clause.numbers[0]
        if asks in _SUMS or (asks is None and clause.without is not None):
            return ()
        if asks is not None:
            return self._about(asks, number, clause, options, before)
        if clause.has("which_year") or not (clause.has("check") or clause.named):
            found = self._figures_of(number, clause, options, before)
            return tuple(self._at(q.Value, figure) for figure in found[:2])
        return (self._check(clause, options, before, None),) if self._checks(clause, options, before) else ()

    def _checks(self, clause: Clause, options: list[str], before: tuple[q.Query, ...]) -> bool:
        known = any(self._by_number.get(Fraction(number)) for number in clause.numbers)
        context = bool(clause.named or options or before)
        telling = "number" in clause.text or "%" in clause.text or any("." in number for number in clause.numbers)
        large = telling or max(float(number) for number in clause.numbers) >= SMALL
        return clause.has("check") and (context or (large and (known or clause.has("cue", "yes_no"))))

    def _about(
        self, asks: str, number: str, clause: Clause, options: list[str], before: tuple[q.Query, ...]
    ) -> tuple[q.Query, ...]:
        found = self._figures_of(number, clause, options, before)
        if asks == "working" and (not found or not found[0].derived):
            return (
                q.Working(of=before[0] if before else None, claimed=(number,), series=options[0] if options else None),
            )
        if not found:
            return (q.Check(claimed=(number,)),)
        kind = _ABOUT[asks]
        return tuple(kind(of=self._at(q.Value, figure), **self._scope(figure)) for figure in found[:3])

    def _check(self, clause: Clause, options: list[str], before: tuple[q.Query, ...], relation: str | None) -> q.Query:
        """Check what was named; without a name the figure of this number, or what was talked about."""
        claimed = tuple(clause.numbers[:3])
        scope = {
            "series": options[0] if options else None,
            "areas": tuple(clause.areas),
            "periods": tuple(clause.periods),
            "places": tuple(sorted(set(clause.places))),
            "elsewhere": clause.elsewhere,
            "open": not options,
        }
        last = before[0] if before else None
        if relation is None:
            for number in claimed:
                found = self._figures_of(number, clause, options, before)
                if last is not None and not clause.named and not options:
                    found = [f for f in found if f.series == last.series and _fits(self._figures, f, last)]
                if found:
                    nouns = bool(options) and found[0].series not in options
                    return self._at(q.Check, found[0], claimed=claimed, nouns=nouns)
        if last is not None and not options and (last.series or last.open):
            areas = scope["areas"] or last.areas
            periods = scope["periods"] or last.periods
            scope |= {"series": last.series, "areas": areas, "periods": periods, "open": last.open}
        if not (clause.named or options or last is not None):
            return q.Check(claimed=claimed, relation=relation)
        return q.Check(**scope, claimed=claimed, relation=relation)  # type: ignore[arg-type]

    def _figures_of(self, number: str, clause: Clause, options: list[str], before: tuple[q.Query, ...]) -> list[Figure]:
        """The figures of a number that fit what else was said, the likeliest first."""
        held = self._by_number.get(Fraction(number), [])
        share = [f for f in held if self._figures.record(f.series).per_cent] if "%" in clause.text else []
        fitting = [f for f in share or held if not clause.areas or any(f.area in ids for ids in clause.areas)]
        fitting = [f for f in fitting if all(self._dated(f, period) for period in clause.periods)]
        ofs = [f for f in fitting if f.series in options]
        chief = [f for f in fitting if f.series == self._figures.default]
        if options and not ofs:
            # Another noun than the one counted: "192 crimes?"
            return (
                chief
                if chief and not any(self._figures.holds(o, clause.areas, clause.periods) for o in options)
                else (chief if len(fitting) == len(chief) else [])
            )
        if not options and clause.named and self._figures.holds(self._figures.default, clause.areas, clause.periods):
            fitting = chief
        said = {query.series for query in before[:1]}
        rank = self._figures.package.series
        unique: dict[str, Figure] = {}
        for figure in sorted(ofs or fitting, key=lambda f: (f.series not in said, rank[f.series].rank, f.id)):
            unique.setdefault(figure.series if len(fitting) > 3 else figure.id, figure)
        return list(unique.values())

    def _dated(self, figure: Figure, period: Period) -> bool:
        if period.get("kind") in {"all", "since", "before", "newest", "latest", "now"}:
            return True
        found = self._figures.at(figure.series, figure.area, period)
        return figure in found.figures

    @staticmethod
    def _scope(figure: Figure) -> dict[str, object]:
        label: Period = {"kind": "label", "label": figure.label}
        return {"series": figure.series, "areas": ((figure.area,),), "periods": (label,)}

    def _at(self, kind: type[q.Query], figure: Figure, **more: object) -> q.Query:
        return kind(**self._scope(figure), **more)  # type: ignore[arg-type]


def _fits(figures: Figures, figure: Figure, query: q.Query) -> bool:
    """Whether a figure lies in the scope of a query."""
    if query.areas and not any(figure.area in ids for ids in query.areas):
        return False
    return not query.periods or any(figure in figures.at(figure.series, figure.area, p).figures for p in query.periods)

"""Answers queries: resolves what is left open, runs the operation, and puts the finding into at most sixty words."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from signpost.statistics import absence, changes, charts, checks, lookup, rankings, shares, sums, wording
from signpost.statistics.asking import query as q
from signpost.statistics.asking.memory import core
from signpost.statistics.asking.periods import Period
from signpost.statistics.claims import Claims
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent, Answer, Result

ASKS, CHOICES, FEW = 4, 4, 6  # questions of one message; buttons; years that are told beside a total
NEWER, WORKING, MEANING = "Are there newer figures?", "Show the working", "What does this count?"
YEARS, CHART, DATA, FROM = "Show every year", "Show a chart", "Get the data", "Where is this from?"
_COUNTING = q.Value | q.Difference | q.Extreme | q.Years | q.Chart | q.Source
_DATA = (
    "All of it is at /data: a page with every figure and its source, a spreadsheet (/data/figures.csv), "
    "and JSON (/data/figures.json)."
)
_SAID = re.compile(r"[a-z][a-z '0-9-]*")


class Replies:
    """Answers slots from one data package."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._package = figures.package
        self._claims = Claims(figures.package)

    def answer(self, slots: dict[str, Any], today: date) -> Answer:
        """The whole reply to the queries in `slots`."""
        rows = slots.get("asks")
        found = [q.from_slots(row) for row in rows[:ASKS]] if isinstance(rows, list) else []
        queries = [query for query in found if query is not None] or [q.Available()]
        texts: list[str] = []
        choices: list[str] = []
        custom: dict[str, Any] = {}
        kept: list[q.Query] = []
        for query in queries:
            text, offered, payload, meant = self._one(query, today)
            texts += [text] if text not in texts else []
            choices += [choice for choice in offered if choice not in choices]
            kept.append(meant)
            for key, item in payload.items():
                custom.setdefault(key, item)
        before = slots.get("before")
        memory = {
            "asks": [query.slots() for query in kept],
            "before": before if isinstance(before, list) else [],
        }
        return Answer("\n\n".join(texts), tuple(choices[:CHOICES]), custom, memory)

    def _one(self, query: q.Query, today: date) -> tuple[str, list[str], dict[str, Any], q.Query]:
        if isinstance(query, q.Claim):
            return (*self._claims.answer(query, self._figures), query)
        if isinstance(query, q.Data):
            return _DATA, ["What figures do you have?", CHART], {}, query
        series = query.series if query.series in self._package.series else None
        query = replace(query, series=series)
        found, meant = self._found(query, today)
        if isinstance(found, Absent):
            return "\n".join(found.text), found.choices, {}, meant
        return (*self._put(meant, found, today), meant)

    # -- what is meant

    def _found(self, query: q.Query, today: date) -> tuple[Result | Absent, q.Query]:
        figures = self._figures
        if isinstance(query, q.Working) and query.claimed and query.of is None:
            query = replace(query, of=q.Value(series=query.series))
        if isinstance(query, q.Source | q.Working) and query.of is not None:
            return self._of(query, query.of, today)
        early = self._without_series(query)
        if early is not None:
            return early, query
        query = replace(query, series=query.series or figures.default)
        series = str(query.series)
        areas = [[item for item in ids if item in self._package.areas] for ids in query.areas]
        sister = self._sister(query, areas, today)
        if sister is not None:
            return sister
        absent = self._absent(query, series, areas)
        if absent is not None:
            return absent, query
        return self._located(query, areas, today)

    def _of(self, query: q.Source | q.Working, inner: q.Query, today: date) -> tuple[Result | Absent, q.Query]:
        found, meant = self._found(replace(inner, lacking=()), today)
        if isinstance(query, q.Working) and query.claimed:
            found = self._claimed(query.claimed[0], found, today)
        return found, replace(query, of=meant, series=meant.series, areas=meant.areas, periods=meant.periods)

    def _with_figures(self, query: q.Query) -> str | None:
        """The first place named that has figures of any series."""
        return next((i for ids in query.areas for i in ids if self._figures.series_of(i)), None)

    def _claimed(self, said: str, found: Result | Absent, today: date) -> Result | Absent:
        """How a number came about: in the answer before, or in any sum over the chief line."""
        if isinstance(found, Result) and said in found.value.replace(",", ""):
            return found
        worked = checks.worked_out(self._figures, said, today)
        return worked or found

    def _without_series(self, query: q.Query) -> Absent | None:
        figures = self._figures
        if isinstance(query, q.Undated):
            return Absent(["Which year do you mean?"], ["How many in total?", "What figures do you have?"], True)
        if isinstance(query, q.Available) and query.areas and (named := self._with_figures(query)):
            return absence.available_in(figures, named)
        if isinstance(query, q.Available):
            return absence.available(figures, query.series if query.areas or query.periods else None)
        if isinstance(query, q.Choice):
            return absence.ambiguous(
                figures, [item for item in query.options if item in self._package.series], query.areas
            )
        if isinstance(query, q.Check) and not (query.series or query.areas or query.periods or query.open):
            return absence.unknown_number(figures, query.claimed[0])
        return None

    def _absent(self, query: q.Query, series: str, areas: list[list[str]]) -> Result | Absent | None:
        figures = self._figures
        if query.missing and not isinstance(query, q.Newer):
            return absence.facets(figures, series, query.missing, query.offer)
        if isinstance(query, q.Extreme) and query.over_areas:
            return absence.ranking(figures, series)
        if isinstance(query, q.Newer):
            return absence.newer(figures, series)
        if isinstance(query, q.Areas):
            return lookup.areas(figures, series)
        if query.elsewhere and not areas:
            return absence.area(figures, series, [])
        places = [item for item in query.places if item in self._package.areas]
        return absence.area(figures, series, places, True) if places and not areas else None

    def _sister(self, query: q.Query, areas: list[list[str]], today: date) -> tuple[Result, q.Query] | None:
        """What another series of the same work holds for an area that the chief one lacks, when neither was named."""
        figures = self._figures
        if not query.open or query.missing or query.places or len(areas) != 1 or query.joint:
            return None
        if (
            query.series != figures.default
            or not isinstance(query, _COUNTING)
            or figures.choose(query.series, areas[0])
        ):
            return None
        periods = list(query.periods)
        ends: list[Period] = [
            {"kind": "year", "from": p[key]} for p in periods if p.get("kind") == "span" for key in ("from", "to")
        ]
        other = figures.sister(areas[0], ends or periods)
        times = figures.multiple(areas[0], periods) if isinstance(query, q.Difference) else None
        chosen = other or times
        if chosen is None:
            return None
        area = figures.choose(chosen, areas[0], ends or periods) or areas[0][0]
        meant = replace(query, series=chosen, areas=((area,),))
        found = self._operate(meant, chosen, area, today) if other else lookup.value(figures, chosen, area, [], today)
        if isinstance(found, Absent):
            return None
        if other and times and (line := figures.line(times, area)):
            found.extra.insert(
                0, f"In the same work: {wording.headline(line[-1], figures.record(times), figures.place(area))}"
            )
        name = figures.record(str(query.series)).label
        found.extra.insert(
            0, f"These figures do not include {name} for {figures.place(area).name}; this counts something else."
        )
        return found, meant

    def _located(self, query: q.Query, areas: list[list[str]], today: date) -> tuple[Result | Absent, q.Query]:
        figures, series, periods = self._figures, str(query.series), list(query.periods)
        chosen: list[str] = []
        joint = figures.joint(series, areas) if query.joint else None
        if joint is not None:
            areas = [[joint]]
        for ids in areas:
            area = figures.choose(series, ids, periods)
            if area is None:
                return absence.area(figures, series, ids), query
            chosen += [area] if area not in chosen else []
        if len(chosen) > 1 and isinstance(query, q.Value | q.Difference | q.Years | q.Extreme | q.Chart):
            members = figures.areas(series)
            whole = next((a for a in members if set(chosen) <= set(figures.place(a).members)), None)
            if whole is None or all(a in members for a in chosen):
                return rankings.compare_areas(figures, series, chosen, periods, today), query
        dated = [p for p in periods if p.get("kind") not in {"now", "all", "since", "before", "newest"}]
        area = chosen[0] if chosen else figures.default_area(series, dated)
        meant = replace(query, areas=((area,),))
        return self._operate(meant, series, area, today), meant

    def _operate(self, query: q.Query, series: str, area: str, today: date) -> Result | Absent:
        figures = self._figures
        line = figures.line(series, area)
        periods = [lookup.meant(period, line) for period in query.periods]
        if periods and periods[0].get("kind") == "now":
            if (line[-1].year or 0) < today.year:
                return absence.now(figures, series, area, today)
            periods = [{"kind": "latest"}]
        ask = _ask(query, periods)
        if isinstance(query, q.Difference):
            return changes.change(figures, series, area, ask, today)
        if isinstance(query, q.Sum):
            return self._sum(query, series, area, periods, today)
        if isinstance(query, q.Mean):
            return sums.average(figures, series, area, periods)
        if isinstance(query, q.Ratio):
            return shares.share(figures, series, area, ask, today)
        if isinstance(query, q.Extreme):
            ranked = rankings.ranked if query.ranked else None
            return ranked(figures, series, area, periods) if ranked else rankings.extreme(figures, series, area, ask)
        if isinstance(query, q.Where):
            return checks.where(figures, series, area, query)
        if isinstance(query, q.Value) and query.per:
            return shares.rate(figures, series, area, ask, today)
        return self._plain(query, series, area, periods, today)

    def _sum(self, query: q.Sum, series: str, area: str, periods: list[Period], today: date) -> Result | Absent:
        if query.outside or query.without:
            outside = [self._figures.choose(series, ids) or ids[0] for ids in query.outside]
            return sums.left_out(self._figures, series, area, periods, query.without, outside)
        return sums.sum_of(self._figures, series, area, periods, today)

    def _plain(self, query: q.Query, series: str, area: str, periods: list[Period], today: date) -> Result | Absent:
        figures, line = self._figures, self._figures.line(series, area)
        if isinstance(query, q.Chart) or (isinstance(query, q.Definition) and not periods):
            return lookup.overall(figures, series, area)
        if isinstance(query, q.Years):
            single = len(periods) == 1 and periods[0].get("kind") in {"label", "year", "financial"}
            return (
                lookup.value(figures, series, area, periods, today)
                if single or len(line) == 1
                else lookup.years(figures, series, area, periods)
            )
        if periods and periods[0].get("kind") in {"span", "since", "all"}:
            return sums.sum_of(figures, series, area, periods, today)
        return lookup.value(figures, series, area, periods, today)

    # -- into words

    def _put(self, query: q.Query, result: Result, today: date) -> tuple[str, list[str], dict[str, Any]]:
        first = result.figures[0]
        series = self._package.series[first.series]
        caveats = wording.caveats_of(result.figures[:1] if isinstance(query, q.Definition) else result.figures)
        custom: dict[str, Any] = {"finding": self._finding(result, caveats)}
        line = self._rows(first)
        if isinstance(query, q.Chart) or (isinstance(query, q.Years) and len(line) > 1):
            custom["chart"] = charts.chart(line, self._package)
        if isinstance(query, q.Chart):
            lines = [charts.bars(custom["chart"])]
        elif isinstance(query, q.Definition):
            lines = [f"{wording.capital(series.label)}: {series.definition}"]
        elif isinstance(query, q.Source):
            lines = self._sources(result)
        elif isinstance(query, q.Working):
            lines = [checks.working(result), result.head]
        else:
            lines = [self._headed(query, result, series.unit)]
        lines += lookup.also(self._figures, query.also, first) if isinstance(query, q.Value) else []
        lines += self._beside(query, result)
        if caveat := wording.one_caveat(caveats, self._package.warnings[series.group], compared=_compares(query)):
            lines.append(caveat)
        return "\n".join(dict.fromkeys(lines)), self._choices(query, result, line, today), custom

    def _headed(self, query: q.Query, result: Result, unit: str) -> str:
        """The first line: yes or no where that is asked, what the data lack, and the value."""
        head = result.head
        if isinstance(query, q.Check):
            head = checks.checked(query, result, unit)
        if query.lacking:
            said = " or ".join(word for word in query.lacking if _SAID.fullmatch(word)) or "that"
            return f"The figures do not say how many were {said}. All they count: {wording.lower(head)}"
        return head

    def _sources(self, result: Result) -> list[str]:
        sources = wording.sources_of(result.figures, self._package)
        lines = ["This is where it is from:", *(wording.source_line(source) for source in sources[:3])]
        return [*lines, f"The figure: {result.head}"]

    def _beside(self, query: q.Query, result: Result) -> list[str]:
        """Who gave a number, how it was worked out, and who published it."""
        lines: list[str] = []
        given = [self._claims.giver[figure.id] for figure in result.figures if figure.id in self._claims.giver]
        if given and isinstance(query, q.Source):
            lines.append(f"The number was given by {wording.listing(given)}.")
        if not isinstance(query, q.Definition | q.Source):
            lines += result.extra
        if result.working and not isinstance(query, q.Working):
            lines.append(f"Worked out, not printed in the source: {result.working}.")
        if not isinstance(query, q.Source):
            sources = wording.sources_of(result.figures, self._package)
            cited = wording.listing(given)
            lines.append("From: " + "; ".join(dict.fromkeys(wording.publisher_line(s, cited) for s in sources[:2])))
        return lines

    def _rows(self, figure: Figure) -> list[Figure]:
        line = self._figures.line(figure.series, figure.area)
        singles = lookup.comparable(line)
        return singles if len(singles) > 1 else line

    def _finding(self, result: Result, caveats: list[str]) -> dict[str, Any]:
        source = wording.sources_of(result.figures, self._package)[0]
        return {
            "value": result.value,
            "unit": result.unit,
            "series": result.series,
            "area": result.area,
            "period": result.period,
            "publisher": source.publisher,
            "source": {"title": source.title, "url": source.url or None},
            "caveats": caveats,
            "status": "derived" if result.derived else "published",
            "working": result.working or None,
            "figures": [figure.id for figure in dict.fromkeys(result.figures)],
        }

    def _choices(self, query: q.Query, result: Result, line: list[Figure], today: date) -> list[str]:
        series = self._package.series[result.figures[0].series]
        newest = line[-1].year
        old = bool(series.later and newest is not None and newest < today.year - 1)
        offered = [
            (WORKING, bool(result.working) and not isinstance(query, q.Working)),
            (MEANING, not isinstance(query, q.Definition)),
            (YEARS, len(line) > 1 and not isinstance(query, q.Years)),
            (NEWER, old),
            (CHART, len(line) > 1 and not isinstance(query, q.Chart)),
            (FROM, not isinstance(query, q.Source)),
            (DATA, True),
        ]
        return [*[title for title, fits in offered if fits], *result.choices][:CHOICES]


def _compares(query: q.Query) -> bool:
    return isinstance(core(query), q.Difference | q.Extreme)


def _ask(query: q.Query, periods: list[Period]) -> dict[str, Any]:
    """The query as the sums read it."""
    ask: dict[str, Any] = {"periods": periods}
    names = {"shown": "as", "per": "rate"}
    for name in ("shown", "times", "claimed", "direction", "yes_no", "per", "least"):
        value = getattr(query, name, None)
        if value:
            ask[names.get(name, name)] = list(value) if isinstance(value, tuple) else value
    return ask

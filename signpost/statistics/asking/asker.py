"""Turns a clause as read into a query: which series is meant, what is asked of it, and what the data lack."""

from dataclasses import replace
from typing import Any

from signpost.statistics.asking import query as q
from signpost.statistics.asking.chooser import SURE, Chooser
from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.lexicon import Lexicon, tokens
from signpost.statistics.asking.memory import inherit
from signpost.statistics.asking.numbers import Values
from signpost.statistics.asking.table import Table
from signpost.statistics.figures import Figures

FEW = 4  # words of a message that names another series after "and"
_PLAIN = {
    "data": q.Data,
    "chart": q.Chart,
    "definition": q.Definition,
    "areas": q.Areas,
    "available": q.Available,
    "newer": q.Newer,
    "average": q.Mean,
    "total": q.Sum,
    "years": q.Years,
    "source": q.Source,
    "working": q.Working,
}
_RATED = frozenset({"value", "average", "total"})
_OWN = frozenset({"victims", "age", "outcome", "sex", "job", "platform"})
_ALWAYS = frozenset({"forecast", "cause", "identity", "per head"})


class Asker:
    """Makes queries for one data package."""

    def __init__(self, figures: Figures, lexicon: Lexicon, table: Table) -> None:
        self._figures = figures
        self._series = figures.package.series
        self._lexicon = lexicon
        self._table = table
        self._values = Values(figures, table)
        self._chooser = Chooser(figures, lexicon, table)

    def of(self, clause: Clause, before: tuple[q.Query, ...]) -> tuple[tuple[q.Query, ...], bool]:
        """The queries of one clause, and whether they only make sense after `before` (newest first)."""
        last = before[0] if before else None
        options = clause.options
        found = self._values.of(clause, options, before)
        if found:
            checked = tuple(self._counted_as(query, clause) for query in found)
            return checked, not clause.named and not options and last is not None
        named = len(options) == 1
        query = self._made(clause, options[0] if named else None, last)
        if not named and (last is None or last.open or not last.series):
            query = replace(query, open=True)
        if isinstance(query, q.Sum | q.Areas | q.Value) and (
            clause.has("joint") or (isinstance(query, q.Sum) and len(clause.areas) > 2)
        ):
            query = replace(query, joint=True)
        goes_on = last is not None and clause.has("lead") and len(clause.words) <= FEW  # "and whatsapp"
        follow_up = goes_on or (not named and (clause.has("lead") or last is not None or not clause.named))
        query = inherit(query, before, clause, named, self._figures)
        query = self._stepped(query, clause, last)
        query = self._lacking(query, clause, named, options)
        if len(options) > 1 and not query.missing and not isinstance(query, q.Claim):
            query = q.Choice(areas=query.areas, periods=query.periods, options=tuple(options[:4]))
        return (query,), follow_up

    def _counted_as(self, query: q.Query, clause: Clause) -> q.Query:
        """A number that is right is still not so of what it does not count: "so 428 were convicted?"."""
        if not isinstance(query, q.Check) or not query.series:
            return query
        bag = self._lexicon.bags[query.series] | self._lexicon.defined[query.series]
        said = (set(self._lexicon.content(tokens(word))) for name, word in clause.facets if name == "outcome")
        return replace(query, nouns=query.nouns or any(words and not words & bag for words in said))

    def options(self, clause: Clause, last: q.Query | None) -> list[str]:
        """The series meant: none, one, or several when it cannot be told."""
        return self._chooser.options(clause, last)

    def knows(self, clause: Clause) -> bool:
        """Whether a clause says a number that is published."""
        return self._values.knows(clause)

    def _made(self, clause: Clause, series: str | None, last: q.Query | None) -> q.Query:
        scope: dict[str, Any] = {
            "series": series,
            "areas": tuple(clause.areas),
            "periods": tuple(clause.periods),
            "places": tuple(sorted(set(clause.places))),
            "elsewhere": clause.elsewhere,
        }
        operation = self._operation(clause, series)
        if clause.without is not None and operation in {"value", "total", "average", "change", "compare"}:
            tail = clause.without
            return q.Sum(**scope, without=tuple(tail.periods), outside=tuple(tail.areas))
        if clause.rate and (operation in _RATED or (operation == "years" and clause.rate == "month")):
            return q.Value(**scope, per=clause.rate)
        if operation in {"change", "compare"}:
            return self._difference(clause, scope)
        if operation == "share":
            claimed = tuple(clause.numbers[:2]) if len(clause.numbers) > 1 else ()
            if isinstance(last, q.Difference) and not clause.named and not series:
                return q.Difference(**scope, shown="percent")
            parts = tuple(p for p in clause.periods if p.get("kind") not in {"all", "newest"})
            return q.Ratio(**scope | {"periods": parts or tuple(clause.periods)}, claimed=claimed)
        if operation in {"most", "least", "ranked"}:
            return q.Extreme(
                **scope,
                least=operation == "least",
                ranked=operation == "ranked",
                over_areas=clause.has("which_places") or (operation == "ranked" and clause.has("joint")),
                yes_no=clause.has("yes_no"),
            )
        if operation in {"where", "missing"}:
            relation = "missing" if operation == "missing" else "above" if clause.has("above") else "below"
            return q.Where(**scope, relation=relation, claimed=tuple(clause.numbers[:1]))
        if operation in _PLAIN:
            return _PLAIN[operation](**scope)
        if (
            series is None
            and clause.has("everything")
            and clause.areas
            and not self._chooser.holds(self._figures.default, clause)
        ):
            return q.Available(**scope)
        if last is None and clause.has("plural") and clause.bare and not clause.facets:
            return q.Available(**scope)
        return q.Value(**scope)

    def _operation(self, clause: Clause, series: str | None) -> str:
        """The operation that takes precedence, without those that are part of the series' own name."""
        found = clause.operations
        if series is not None:
            record = self._series[series]
            own = {*self._table.asked(record.label), *({"share", "change"} if record.per_cent else ())}
            own |= {"total"} if "total" in self._lexicon.bags[series] else set()
            found = [name for name in found if name not in own]
        if "most" in found and "change" in found and (clause.periods or clause.has("yes_no")):
            found = [name for name in found if name != "change"]
        if "definition" in found and clause.numbers and len(found) > 1:
            found = [name for name in found if name != "definition"]
        return found[0] if found else "value"

    def _difference(self, clause: Clause, scope: dict[str, Any]) -> q.Query:
        text = clause.text
        if len(clause.areas) > 1 and len(clause.periods) < 2:
            return q.Value(**scope)
        shown = next((name for name in ("percent", "times", "count") if clause.has(f"as_{name}")), None)
        down, up = clause.has("down"), clause.has("up")
        wants = clause.has("yes_no") and not text.startswith(("how", "what", "by", "which"))
        direction = "down" if down and not up else "up" if up and wants else None
        years = [period.get("from") for period in clause.periods]
        if direction and len(years) == 2 and " than " in text and str(years[0]) < str(years[1]):
            direction = "up" if direction == "down" else "down"  # "was 2014 larger than 2016" is about a fall
        claimed = tuple(clause.numbers[:1]) if clause.has("as_percent") else ()
        times = self._table.claimed_times(text)
        return q.Difference(
            **scope, shown=shown, times=times, claimed=claimed, direction=direction, yes_no=wants or bool(claimed)
        )

    def _stepped(self, query: q.Query, clause: Clause, last: q.Query | None) -> q.Query:
        """Follow "two years later" from the year that was talked about."""
        kept = [p for p in (last.periods if last else ()) if p.get("kind") in {"year", "financial"}]
        own = query.periods if clause.periods else ()
        one = len(kept) == len(own) == 1 and own[0].get("kind") == kept[0]["kind"] and own[0] != kept[0]
        if isinstance(query, q.Difference) and one and clause.has("to_year"):
            return replace(query, periods=(kept[0], own[0]))  # "by what percentage had it changed by 2016"
        if clause.has("on_year") and (isinstance(query, q.Difference) or self._changes(query.series)):
            return query if clause.periods or not kept else replace(query, periods=tuple(kept))
        steps = [step for step in clause.steps if step["kind"] == "step"]
        if not steps:
            return query
        dated = [p for p in (*clause.periods, *(last.periods if last else ())) if isinstance(p.get("from"), int)]
        if dated:
            start = dated[-1] if clause.periods else dated[0] if len(dated) == 1 else dated[-1]
            year = int(start.get("to") or start["from"]) + int(steps[0]["by"])
            kind = start["kind"] if start["kind"] == "financial" else "year"
            return replace(query, periods=({"kind": kind, "from": year},))
        shown = self._newest_year(query.series or (last.series if last else None), last)
        if shown is not None:
            return replace(query, periods=({**shown, "from": shown["from"] + int(steps[0]["by"])},))
        return replace(query, missing=("forecast",)) if steps[0].get("next") else q.Undated(series=query.series)

    def _newest_year(self, series: str | None, last: q.Query | None) -> dict[str, Any] | None:
        """The year that was told when none was asked for: the newest of the line."""
        if last is None or last.periods or series is None or isinstance(last, q.Claim):
            return None
        area = next((i for ids in last.areas for i in ids if i in self._figures.areas(series)), None)
        newest = self._figures.line(series, area or self._figures.default_area(series))[-1]
        if not newest.single or not newest.start:
            return None
        return {"kind": "financial" if newest.kind == "financial year" else "year", "from": int(newest.start[:4])}

    def _changes(self, series: str | None) -> bool:
        return series is not None and bool(self._series[series].change_of)

    # -- what the data lack

    def _lacking(self, query: q.Query, clause: Clause, named: bool, options: list[str]) -> q.Query:
        """Note what the figures do not break down by, and which series may have it."""
        if isinstance(query, q.Definition | q.Source | q.Working | q.Data | q.Claim | q.Undated | q.Areas | q.Newer):
            return query
        bag: set[str] = set()
        for item in options or ([query.series] if query.series else []):
            bag |= self._lexicon.spoken[item] | (self._lexicon.defined[item] if named else set())
        missing = [] if not any(s["kind"] == "future" for s in clause.steps) else ["forecast"]
        for name, word in clause.facets:
            folded = set(self._lexicon.content(tokens(word))) or {word}
            them = name == "outcome" and clause.has("of_them") and not clause.periods and not clause.areas
            own = name in _OWN or (name == "per head" and word.isalpha())
            if own and bag & folded and (named or name != "outcome") and not (them and not named):
                continue
            said = any(word in phrase or phrase in word for phrase in clause.lacking)
            if clause.matches and any(char.isdigit() for char in word) and name not in _ALWAYS:
                clause.lacking.append(word)  # "suspects under 25": the figure is there, the limit is not
            elif name in _ALWAYS or not (said and clause.matches):
                missing.append(name)
        if clause.topic and not missing:
            missing.append("topic")
        if missing:
            made = q.Value(**self._scope(query)) if isinstance(query, q.Available) else query
            return replace(made, missing=tuple(dict.fromkeys(missing)), offer=self._offer(clause))
        named_in_full = {match.series for match in clause.matches}
        loose = bool(options) and not named_in_full.intersection(options)  # everyday words: what was done is no limit
        lacking = [p for p in clause.lacking if p.startswith("with ") or not self._explained(p, bag)]
        lacking = [p for p in lacking if not (loose and (p == "that" or p.endswith(("ed", "ing"))))]
        also = self._also(query, clause, options) if isinstance(query, q.Value) else query
        return replace(also, lacking=tuple(lacking[:2]))

    def _explained(self, phrase: str, bag: set[str]) -> bool:
        return bag.issuperset(self._lexicon.content(tokens(phrase)) or {""})

    @staticmethod
    def _scope(query: q.Query) -> dict[str, Any]:
        return {name: getattr(query, name) for name in ("series", "areas", "periods", "places", "elsewhere", "open")}

    def _also(self, query: q.Value, clause: Clause, options: list[str]) -> q.Query:
        """Tell the share of the same publisher as well where a count is asked for."""
        if len(options) != 1 or not clause.has("counted"):
            return query
        chosen = self._series[options[0]]
        wanted = {w for w in clause.content if self._lexicon.weight(w)} & self._lexicon.bags[options[0]]
        shares = [
            item
            for item, score in self._lexicon.near(wanted)
            if self._series[item].per_cent and self._series[item].publisher == chosen.publisher and score >= SURE
        ]
        return replace(query, also=tuple(shares[:1])) if not chosen.per_cent else query

    def _offer(self, clause: Clause) -> tuple[str, ...]:
        """Series that are about the outcome or group asked for, to name instead of a number."""
        words = {
            word
            for name, found in clause.facets
            if name in {"outcome", "sex", "victims"}
            for word in self._lexicon.content(tokens(found))
        }
        options = {item for word in words for item in self._lexicon.holding(word)}
        return tuple(sorted(options, key=lambda item: (self._series[item].rank, item))[:3])

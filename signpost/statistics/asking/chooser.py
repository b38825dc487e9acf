"""Which series a clause means: named in full, by an everyday word for it, or by nothing at all."""

from signpost.statistics.asking import query as q
from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.lexicon import Lexicon, tokens
from signpost.statistics.asking.table import Table
from signpost.statistics.figures import Figures

SURE, MARGIN, POSSIBLE = 0.6, 0.15, 0.45  # how well a series fits what was said: meant; ahead of the next; perhaps
TOLD = 3  # words that tell of a series which has nothing on the place that is named
AHEAD = 1.2  # times as much of what was said is explained as by a series that was named in short
RATES = frozenset({"year", "month", "week", "day"})


class Chooser:
    """Chooses among the series of one data package."""

    def __init__(self, figures: Figures, lexicon: Lexicon, table: Table) -> None:
        self._figures = figures
        self._series = figures.package.series
        self._lexicon = lexicon
        self._table = table

    def options(self, clause: Clause, last: q.Query | None) -> list[str]:
        """The series meant: none, one, or several when it cannot be told."""
        named = self._named(clause, last)
        goes_on = last is not None and self._only_asks(clause)
        found = self._likelier(clause, named) or named or ([] if goes_on else self._inferred(clause))
        if last and last.series in self._series and len(found) > 1:
            group = self._series[last.series].group
            found = [item for item in found if self._series[item].group == group] or found
        if len(found) > 1 and clause.named and not any(self.holds(item, clause) for item in found):
            return found[:1]  # none of them has it: it is said so, with no choice to make first
        counts = [item for item in found if not self._series[item].per_cent]
        return counts if len(counts) == 1 and clause.has("counted") else found

    def _named(self, clause: Clause, last: q.Query | None) -> list[str]:
        """The series whose names are said in full."""
        if not clause.matches:
            return []
        top = clause.matches[0]
        near = [match for match in clause.matches if match.weight >= top.weight * 0.999]
        if last and last.series in {match.series for match in near} and not top.label:
            return [str(last.series)]
        close = [match for match in clause.matches if match.weight >= top.weight * 0.8]
        if not self.holds(close[0].series, clause) and self._series[close[0].series].label.startswith("change"):
            close = clause.matches  # a change that is not published may be worked out from the counts
        fitting = [match.series for match in close if self.holds(match.series, clause)]
        if top.label or top.series in fitting or not fitting:
            pool = [m.series for m in near if m.series in fitting] or [m.series for m in near]
        else:
            pool = fitting
        if clause.rate in {"month", "year", "week", "day"} and len(pool) > 1:
            pool = [item for item in pool if "per month" in self._series[item].unit] or pool
        best = min(self._series[item].rank for item in pool)
        return [item for item in pool if self._series[item].rank == best]

    def _likelier(self, clause: Clause, named: list[str]) -> list[str]:
        """A series that explains more of what was said than those whose short names happen to be in it."""
        if not named or clause.matches[0].label:
            return []
        wanted = [word for word in self._wanted(clause) if word not in self._table.words["carriers"]]
        if clause.areas and not any(self.holds(item, clause) for item in named):
            there = [pair for pair in self._lexicon.near(self._wanted(clause)) if self.holds(pair[0], clause)]
            return [item for item, score in there[:1] if score >= SURE]
        ranked = self._lexicon.near(wanted)
        near = [(item, score) for item, score in ranked[:1] if item not in named]
        if not near or near[0][1] < SURE or (clause.named and not self.holds(near[0][0], clause)):
            return []
        explained = [sum(self._lexicon.weight(w) for w in wanted if w in self._lexicon.spoken[i]) for i in named]
        said = sum(self._lexicon.weight(w) for w in wanted if w in self._lexicon.spoken[near[0][0]])
        return [near[0][0]] if said > max(explained) * AHEAD else []

    def _only_asks(self, clause: Clause) -> bool:
        """Whether nothing is named but what is done with the figures: "is that going up"."""
        return all(word in clause.asking or word in self._table.words["carriers"] for word in self._wanted(clause))

    def _wanted(self, clause: Clause) -> list[str]:
        """The words that tell which series is meant."""
        areas = self._area_words(clause)
        return [w for w in dict.fromkeys(clause.content) if self._lexicon.weight(w) and w not in areas]

    def _area_words(self, clause: Clause) -> set[str]:
        named = [self._figures.place(i).name for ids in clause.areas for i in ids]
        return {word for name in named for word in self._lexicon.content(tokens(name))}

    def holds(self, series: str, clause: Clause) -> bool:
        """Whether a series has figures for the places and times of a clause."""
        return self._figures.holds(series, clause.areas, clause.periods)

    def _inferred(self, clause: Clause) -> list[str]:
        """Without a name of one: a series of the chief work that is about an outcome said, or one by meaning."""
        if clause.matches or clause.topic:
            return []
        said = {w for name, found in clause.facets if name == "outcome" for w in self._lexicon.content([found])}
        about = [item for word in said for item in self._lexicon.holding(word)]
        work = [item for item in about if item in self._figures.work and self.holds(item, clause)]
        if clause.areas and len(work) == 1:
            return work
        loose = self._table.words["carriers"]
        areas = self._area_words(clause)
        named = areas | {
            w for n in clause.speakers for w in self._lexicon.content([w.text for w in clause.words[n.start : n.end]])
        }
        telling = [w for w in clause.content if self._lexicon.weight(w) and w not in loose and w not in named]
        telling = [w for w in telling if w not in RATES]
        if not telling:
            return []
        wanted = self._wanted(clause)
        near = [
            (item, score)
            for item, score in self._lexicon.near(wanted)
            if score >= POSSIBLE and (clause.has("negated") or " not " not in self._series[item].label)
        ]
        near = [(item, score) for item, score in near if self.holds(item, clause)] or (
            near if len(set(wanted)) >= TOLD or not clause.areas or clause.numbers else []
        )
        close = [item for item, score in near if near[0][1] - score < MARGIN]
        best = min((self._series[item].rank for item in close), default=0)
        first = [item for item in close if self._series[item].rank == best]
        if near and near[0][1] >= SURE and (len(first) == 1 or len(set(wanted)) >= TOLD):
            return first[:1] if len(near) == 1 or len(set(wanted)) > 1 else [item for item, _ in near[:3]]
        ranked = sorted(near, key=lambda item: (-round(item[1], 1), self._series[item[0]].rank))
        return [item for item, _ in ranked[:3]]

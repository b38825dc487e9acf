"""Finds figures by series, area and period through indexes; nothing is scanned."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from signpost.statistics.asking.periods import Period
from signpost.statistics.package import Package
from signpost.statistics.records import Area, Figure, Series


@dataclass(frozen=True)
class Found:
    """Figures for a period; `near` are figures of a period that overlaps but is not the one asked for."""

    figures: tuple[Figure, ...]
    near: tuple[Figure, ...] = ()


class Figures:
    """The figures of a package, indexed by series and area."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._by_line: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        self._areas: dict[str, list[str]] = defaultdict(list)
        self._groups: dict[str, list[str]] = defaultdict(list)
        self._series_of_area: dict[str, list[str]] = defaultdict(list)
        self._change: dict[str, str] = {}
        for figure in package.figures.values():
            line = self._by_line[figure.series, figure.area]
            if not line:
                self._areas[figure.series].append(figure.area)
                self._series_of_area[figure.area].append(figure.series)
            line.append(figure)
        for line in self._by_line.values():
            line.sort(key=lambda figure: figure.key)
        for series in package.series.values():
            self._groups[series.group].append(series.id)
            if series.change_of:
                self._change[series.change_of] = series.id
        chief = min(package.series.values(), key=lambda series: series.rank)
        self.default = chief.id
        self.work = [
            series.id
            for series in package.series.values()
            if series.publisher.split()[0] == chief.publisher.split()[0]
            and series.unit == chief.unit
            and chief.label.split()[0].removesuffix("ed") in series.label
        ]
        """Series of the same work as the chief one that count suspects too, the chief one included."""

    def line(self, series: str, area: str) -> list[Figure]:
        """All figures of a series for an area, in order of time."""
        return self._by_line.get((series, area), [])

    def areas(self, series: str) -> list[str]:
        """Areas with figures in a series, in the order of the file."""
        return self._areas.get(series, [])

    def series_of(self, area: str) -> list[str]:
        """Series with figures for an area."""
        return self._series_of_area.get(area, [])

    def group(self, series: str) -> list[str]:
        """The other series of the same comparability group."""
        return [item for item in self._groups[self.package.series[series].group] if item != series]

    def change_series(self, series: str) -> str | None:
        """The series that holds the change on the year before, if the package has one."""
        return self._change.get(series)

    def holds(self, series: str | None, areas: Sequence[Iterable[str]], periods: Sequence[Period]) -> bool:
        """Whether a series has a figure for every area and period (as far as they are named)."""
        if series is None:
            return False
        have = set(self.areas(series))
        for ids in areas:
            if have.isdisjoint(ids):
                return False
        if not periods:
            return True
        lines = [item for ids in areas for item in ids if item in have] if areas else list(have)
        return all(any(self.at(series, area, period).figures for area in lines) for period in periods)

    def at(self, series: str, area: str, period: Period) -> Found:
        """The figures of one line for one period."""
        line = self.line(series, area)
        kind = period.get("kind")
        year = period.get("from")
        if kind == "label":
            labels = period.get("labels") or [period.get("label")]
            named = tuple(figure for figure in line if figure.label in labels)
            other = period.get("or")
            return Found(named) if named or not isinstance(other, dict) else self.at(series, area, other)
        if kind == "latest":
            singles = [figure for figure in line if figure.kind != "other"] or line
            return Found(tuple(f for f in singles if f.key == singles[-1].key))
        if kind == "earliest":
            return Found(tuple(f for f in line if f.key == line[0].key))
        if kind == "financial":
            start = f"{year}-04-01"
            label = f"{year}/"
            hits = [f for f in line if (f.start == start and f.kind == "financial year") or f.label.startswith(label)]
            hits = [f for f in hits if f.kind == "financial year"] or [
                f for f in hits if " to " not in f.label.split("(")[0]
            ]
            near = [
                f
                for f in line
                if f not in hits and f.start <= f"{int(year or 0) + 1}-03-31" and f.end >= start and f.start
            ]
            return Found(tuple(hits), tuple(near))
        if kind == "month":
            month = f"{year}-{period.get('month', 1):02d}"
            return Found(tuple(f for f in line if f.start[:7] == month and f.end[:7] == month))
        if kind == "span":
            return self._span(line, int(year or 0), int(period.get("to") or 0))
        if kind == "year":
            return self._year(line, int(year or 0))
        return Found(())

    @staticmethod
    def _year(line: Sequence[Figure], year: int) -> Found:
        text = str(year)
        whole = [f for f in line if f.kind == "calendar year" and f.start[:4] == text]
        if whole:
            return Found(tuple(whole))
        inside = [
            f for f in line if (f.start[:4] == text == f.end[:4]) or (f.kind == "undated" and f.label.startswith(text))
        ]
        if inside:
            return Found(tuple(inside))
        near = [f for f in line if (f.start and f.start[:4] <= text <= f.end[:4]) or (not f.start and text in f.label)]
        return Found((), tuple(near))

    @staticmethod
    def _span(line: Sequence[Figure], first: int, last: int) -> Found:
        start, end = f"{first}-01-01", f"{last}-12-31"
        whole = [f for f in line if f.start == start and f.end == end]
        if whole:
            return Found(tuple(whole))
        inside = [f for f in line if f.single and f.kind == "calendar year" and start <= f.start and f.end <= end]
        years = {str(year) for year in range(first, last + 1)}
        return Found(tuple(inside or [f for f in line if f.kind == "financial year" and f.start[:4] in years]))

    def default_area(self, series: str, periods: Sequence[Period] = ()) -> str:
        """The area meant when nobody names one: a country with the newest figure, else the first in the file."""
        areas = self.areas(series)
        if periods:
            areas = [a for a in areas if all(self.at(series, a, p).figures for p in periods)] or areas
        wide = [area for area in areas if self.package.areas[area].wide]
        if wide:
            return max(wide, key=lambda area: self.line(series, area)[-1].key)
        home = self.areas(self.default)[0]
        return home if home in areas else areas[0]

    def sister(self, ids: Sequence[str], periods: Sequence[Period]) -> str | None:
        """The one series of the chief work that has these areas (and periods), when the chief one has not."""
        have = [item for item in self.work if self.holds(item, [ids], [])]
        return have[0] if len(have) == 1 and self.holds(have[0], [ids], periods) else None

    def multiple(self, ids: Sequence[str], periods: Sequence[Period]) -> str | None:
        """The series of the chief work that says how many times a count grew, if it has these areas and periods."""
        publisher = self.record(self.default).publisher
        return next(
            (
                series.id
                for series in self.package.series.values()
                if series.publisher == publisher and series.unit == "times" and self.holds(series.id, [ids], periods)
            ),
            None,
        )

    def joint(self, series: str, areas: Sequence[Sequence[str]]) -> str | None:
        """The joint total of a series that takes in every area named."""
        for area in self.areas(series):
            members = set(self.place(area).members)
            if members and all(area in ids or members & set(ids) for ids in areas):
                return area
        return None

    def choose(self, series: str, ids: Sequence[str], periods: Sequence[Period] = ()) -> str | None:
        """The one of several possible areas that a series has (with figures for the periods, if any has)."""
        held = [item for item in ids if (series, item) in self._by_line]
        for item in held:
            if periods and all(self.at(series, item, p).figures for p in periods):
                return item
        return held[0] if held else None

    def record(self, series: str) -> Series:
        """The series record."""
        return self.package.series[series]

    def place(self, area: str) -> Area:
        """The area record."""
        return self.package.areas[area]

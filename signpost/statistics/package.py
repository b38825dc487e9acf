"""Reads the CSV tables of the data package into records and checks that they fit together."""

import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from signpost.statistics.records import Area, Claim, Figure, Gap, Licence, Series, Source, Speaker, StatisticsError
from signpost.statistics.values import Value

Row = dict[str, str]


@dataclass(frozen=True)
class Package:
    """All records by id, in the order of their files. `words` folds a spoken word to its meaning."""

    series: dict[str, Series]
    figures: dict[str, Figure]
    areas: dict[str, Area]
    sources: dict[str, Source]
    claims: dict[str, Claim] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    licences: dict[str, Licence] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    descriptor: dict[str, Any] = field(default_factory=dict)


def _rows(folder: Path, name: str, columns: Iterable[str]) -> list[Row]:
    path = folder / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(columns) - set(reader.fieldnames or ())
            if missing:
                raise StatisticsError(
                    f"{path}: column {sorted(missing)[0]} is missing. Put back the header line of this table."
                )
            rows: list[Row] = []
            for row in reader:
                if None in row or None in row.values():
                    raise StatisticsError(
                        f"{path}, line {reader.line_num}: has more or fewer cells than the header. Quote commas."
                    )
                rows.append(row)
    except FileNotFoundError as error:
        raise StatisticsError(f"{path}: not found. Restore the data package or set the right folder.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StatisticsError(f"{path}: cannot be read ({error}). Restore the file as UTF-8 CSV.") from error
    if not rows:
        raise StatisticsError(f"{path}: holds no rows. Restore the file.")
    return rows


def _many(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _descriptor(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StatisticsError(f"{path}: not found. Restore the data package or set the right folder.") from error
    except (OSError, ValueError) as error:
        raise StatisticsError(f"{path}: cannot be read ({error}). Restore the file as UTF-8 JSON.") from error
    if not isinstance(descriptor, dict):
        raise StatisticsError(f"{path}: is no JSON object. Restore the file.")
    return descriptor


def value_of(row: Row) -> Value:
    """The interval of a row of figures.csv; raises ValueError when the bounds make no sense."""
    low: Fraction | float = Fraction(row["value_low"]) if row["value_low"] else -math.inf
    high: Fraction | float = Fraction(row["value_high"]) if row["value_high"] else math.inf
    return Value(low, high, row["low_closed"] == "true", row["high_closed"] == "true", row["qualifier"] == "about")


def _figure(row: Row) -> Figure:
    return Figure(
        row["id"],
        row["series"],
        row["area"],
        row["period_start"],
        row["period_end"],
        row["period_label"],
        row["period_kind"],
        value_of(row),
        row["wording"],
        row["status"],
        row["derivation"],
        row["source"],
        row["caveat"],
        row["confidence"],
        row["era"],
        row["qualifier"],
    )


_FIGURE = [
    "id",
    "series",
    "area",
    "period_start",
    "period_end",
    "period_label",
    "period_kind",
    "value_low",
    "value_high",
    "low_closed",
    "high_closed",
    "qualifier",
    "wording",
    "status",
    "derivation",
    "source",
    "caveat",
    "confidence",
    "era",
    "published",
]


_AREA = ["id", "name", "in_text", "kind", "ons_code", "aliases", "places", "members", "note"]
_SOURCE = ["id", "title", "headline", "publisher", "url", "published", "standing", "licence", "retrieved"]


def _figures(folder: Path) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for number, row in enumerate(_rows(folder, "figures.csv", _FIGURE), 2):
        if row["published"] != "yes":
            continue
        try:
            figure = _figure(row)
        except ValueError as error:
            raise StatisticsError(f"{folder / 'figures.csv'}, row {number}: {error}. Correct the bounds.") from error
        if figure.id in figures:
            raise StatisticsError(f"{folder / 'figures.csv'}, row {number}: id {figure.id} is there twice.")
        figures[figure.id] = figure
    return figures


def read_package(folder: Path) -> Package:
    """Read every table under `folder`; raises StatisticsError with the file and what to do."""
    columns = ["id", "label", "definition", "unit", "publisher", "group", "rank", "later", "change_of", "aliases"]
    columns += ["everyday"]
    series = {}
    for row in _rows(folder, "series.csv", columns):
        try:
            rank = int(row["rank"])
        except ValueError as error:
            raise StatisticsError(f"{folder / 'series.csv'}: rank of {row['id']} is no whole number.") from error
        series[row["id"]] = Series(
            row["id"],
            row["label"],
            row["definition"],
            row["unit"],
            row["publisher"],
            row["group"],
            rank,
            _many(row["later"]),
            row["change_of"],
            _many(row["aliases"]),
            _many(row["everyday"]),
        )
    areas = {
        row["id"]: Area(
            row["id"],
            row["name"],
            row["in_text"],
            row["kind"],
            _many(row["aliases"]),
            _many(row["places"]),
            _many(row["members"]),
            row["note"],
            row["ons_code"],
        )
        for row in _rows(folder, "areas.csv", _AREA)
    }
    sources = {
        row["id"]: Source(
            row["id"],
            row["title"],
            row["publisher"],
            row["url"],
            row["published"],
            row["standing"],
            row["licence"],
            row["retrieved"],
            row["headline"] == "described",
        )
        for row in _rows(folder, "sources.csv", _SOURCE)
    }
    claims = {
        row["id"]: Claim(
            row["id"],
            row["speaker"],
            row["role"],
            row["topic"],
            row["paraphrase"],
            _many(row["keywords"]),
            row["figure"],
            row["source"],
            row["period"],
        )
        for row in _rows(
            folder,
            "claims.csv",
            ["id", "speaker", "role", "topic", "paraphrase", "keywords", "figure", "source", "period"],
        )
    }
    speakers = {
        row["id"]: Speaker(row["id"], row["name"], _many(row["aliases"]))
        for row in _rows(folder, "speakers.csv", ["id", "name", "aliases"])
    }
    warnings = {row["id"]: row["warning"] for row in _rows(folder, "groups.csv", ["id", "warning"])}
    words = {row["word"]: row["meaning"] for row in _rows(folder, "words.csv", ["word", "meaning"])}
    licences = {
        row["name"]: Licence(row["name"], row["url"], row["says"])
        for row in _rows(folder, "licences.csv", ["name", "url", "says"])
    }
    gaps = tuple(
        Gap(row["series"], row["area"], row["period_kind"], _many(row["missing"]), row["why"])
        for row in _rows(folder, "gaps.csv", ["series", "area", "period_kind", "missing", "why"])
    )
    package = Package(
        series, _figures(folder), areas, sources, claims, speakers, warnings, words, licences, gaps, _descriptor(folder)
    )
    check(package, folder)
    return package


def check(package: Package, folder: Path) -> None:
    """Raise StatisticsError when a record points at one that is not there."""
    for figure in package.figures.values():
        for kind, key, known in (
            ("series", figure.series, package.series),
            ("area", figure.area, package.areas),
            ("source", figure.source, package.sources),
        ):
            if key not in known:
                raise StatisticsError(
                    f"{folder / 'figures.csv'}: {figure.id} names the {kind} {key!r}, which is "
                    f"not in its table. Add it."
                )
    for source in package.sources.values():
        if source.licence not in package.licences:
            raise StatisticsError(
                f"{folder / 'sources.csv'}: {source.id} names the licence {source.licence!r}. Add it to licences.csv."
            )
    for series in package.series.values():
        if series.group not in package.warnings:
            raise StatisticsError(
                f"{folder / 'series.csv'}: {series.id} names the group {series.group!r}. Add it to groups.csv."
            )
        for later in (*series.later, *filter(None, [series.change_of])):
            if later not in package.series:
                raise StatisticsError(
                    f"{folder / 'series.csv'}: {series.id} names the series {later!r}, which is not in it."
                )
    for claim in package.claims.values():
        if claim.speaker not in package.speakers or claim.source not in package.sources:
            raise StatisticsError(f"{folder / 'claims.csv'}: {claim.id} names an unknown speaker or source. Add it.")
        if claim.figure and claim.figure not in package.figures:
            raise StatisticsError(f"{folder / 'claims.csv'}: {claim.id} names an unknown figure {claim.figure!r}.")

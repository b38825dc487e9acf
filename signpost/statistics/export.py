"""The figures as open data: one flat table, described by a data package and as CSV on the Web, and the same as JSON.

Everything that is served is made here from the package, so that the descriptions cannot differ from the table.
"""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

from signpost.statistics import wording
from signpost.statistics.package import Package
from signpost.statistics.records import Area, Figure, Licence, Series, Source
from signpost.statistics.values import Bound

TABLE = "figures.csv"
_CSVW = {"integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date", "string": "string"}


@dataclass(frozen=True)
class Whole:
    """A figure with all that it points at."""

    figure: Figure
    series: Series
    area: Area
    source: Source
    licence: Licence
    warning: str

    @classmethod
    def of(cls, figure: Figure, package: Package) -> "Whole":
        """Bring together what the tables keep apart."""
        series, source = package.series[figure.series], package.sources[figure.source]
        licence, warning = package.licences[source.licence], package.warnings[series.group]
        return cls(figure, series, package.areas[figure.area], source, licence, warning)


@dataclass(frozen=True)
class Column:
    """A column of the table: name, Table Schema type, what it holds, and how it is read; blank is None."""

    name: str
    kind: str
    says: str
    of: Callable[[Whole], Any]
    required: bool = True


def _number(bound: Bound) -> int | float | None:
    if bound in (inf, -inf):
        return None
    return int(bound) if bound == int(bound) else float(bound)


def _maybe(name: str, kind: str, says: str, of: Callable[[Whole], Any]) -> Column:
    return Column(name, kind, says, lambda whole: None if (value := of(whole)) == "" else value, False)


COLUMNS = (
    Column("id", "string", "Name of the figure, kept for ever; its page is figures/ID", lambda w: w.figure.id),
    Column("series", "string", "Series it belongs to", lambda w: w.series.id),
    Column("label", "string", "What is counted, short; read after a value", lambda w: w.series.label),
    Column("definition", "string", "What is counted, in our words", lambda w: w.series.definition),
    Column("unit", "string", "Unit of the values", lambda w: w.series.unit),
    Column("area", "string", "Area it is for", lambda w: w.area.name),
    _maybe("area_code", "string", "Code of the area (GSS, Office for National Statistics)", lambda w: w.area.code),
    _maybe("period_start", "date", "First day of the period", lambda w: w.figure.start),
    _maybe("period_end", "date", "Last day of the period", lambda w: w.figure.end),
    Column("period", "string", "The period as the source names it", lambda w: w.figure.label),
    Column("period_kind", "string", "A calendar year is not a financial year", lambda w: w.figure.kind),
    _maybe("value_low", "number", "Lower bound; blank where there is none", lambda w: _number(w.figure.value.low)),
    _maybe("value_high", "number", "Upper bound; blank where there is none", lambda w: _number(w.figure.value.high)),
    Column("low_closed", "boolean", "Whether the lower bound is possible", lambda w: w.figure.value.low_closed),
    Column("high_closed", "boolean", "Whether the upper bound is possible", lambda w: _closed_above(w.figure)),
    Column("qualifier", "string", "exact, about, between, at-least or more-than", lambda w: w.figure.qualifier),
    Column("value", "string", "The value as it is said", lambda w: wording.value_text(w.figure, w.series)),
    Column("status", "string", "published by the source, or derived from what it publishes", lambda w: w.figure.status),
    _maybe("derivation", "string", "The sum, where the value is derived", lambda w: w.figure.derivation),
    _maybe("era", "string", "Way of counting; only figures of one era are compared", lambda w: w.figure.era),
    Column("publisher", "string", "Who published it", lambda w: w.source.publisher),
    Column("title", "string", "Headline of the source, or what it is", lambda w: w.source.title),
    _maybe("url", "string", "Web address of the source", lambda w: w.source.url),
    _maybe("published", "string", "When the source was published, as far as is known", lambda w: w.source.published),
    Column("retrieved", "date", "When the source was read", lambda w: w.source.retrieved),
    Column("standing", "string", "primary: by the body that made it; secondary: a report", lambda w: w.source.standing),
    Column("licence", "string", "Licence of the source, as far as it is known", lambda w: w.licence.name),
    _maybe("licence_url", "string", "Text of that licence", lambda w: w.licence.url),
    Column("licence_note", "string", "What is said with a figure of such a source", lambda w: w.licence.says),
    _maybe("caveat", "string", "What it does not mean", lambda w: w.figure.caveat),
    Column("confidence", "string", "high, medium or low", lambda w: w.figure.confidence),
    Column("comparability_group", "string", "Never compare across groups", lambda w: w.series.group),
    Column("warning", "string", "What figures of the group must not be compared with", lambda w: w.warning),
)


def _closed_above(figure: Figure) -> bool:
    return figure.value.high_closed and figure.value.high != inf


def row(figure: Figure, package: Package) -> dict[str, Any]:
    """One figure with its series, area, source and licence written out; JSON-able, blanks are None."""
    whole = Whole.of(figure, package)
    return {column.name: column.of(whole) for column in COLUMNS}


def figures_csv(package: Package) -> str:
    """Every publishable figure, one a row (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in COLUMNS], lineterminator="\r\n")
    writer.writeheader()
    for figure in package.figures.values():
        cells = row(figure, package)
        writer.writerow({key: str(cell).lower() if isinstance(cell, bool) else cell for key, cell in cells.items()})
    return text.getvalue()


def modified(package: Package) -> str:
    """The day on which the newest source was read, ISO."""
    return max(source.retrieved for source in package.sources.values())


def descriptor(package: Package, address: str = "") -> dict[str, Any]:
    """The data package of the table that is served; `address` is that of the site, without a slash at its end."""
    table = figures_csv(package).encode()
    about = {key: value for key, value in package.descriptor.items() if key != "resources"}
    return {
        **about,
        "name": "signpost-figures",
        "homepage": f"{address}/data",
        "modified": modified(package),
        "sources": [_cited(source) for source in package.sources.values()],
        "resources": [
            {
                "name": "figures",
                "path": TABLE,
                "profile": "tabular-data-resource",
                "title": "Figures: one published or derived value each, with its series, area, source and licence",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": {
                    "fields": [_field(column) for column in COLUMNS],
                    "missingValues": [""],
                    "primaryKey": ["id"],
                },
            }
        ],
    }


def _cited(source: Source) -> dict[str, str]:
    cited = {"title": f"{source.publisher}: {source.title}"}
    return {**cited, "path": source.url} if source.url else cited


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.says}
    return {**field, "constraints": {"required": True}} if column.required else field


def csvw(package: Package, address: str = "") -> dict[str, Any]:
    """The same table described as CSV on the Web."""
    licence = package.descriptor["licenses"][0]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": TABLE,
        "dc:title": package.descriptor["title"],
        "dc:license": {"@id": licence["path"]},
        "dc:modified": modified(package),
        "dc:source": f"{address}/data",
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": column.says,
                    "datatype": _CSVW[column.kind],
                    "required": column.required,
                }
                for column in COLUMNS
            ],
            "primaryKey": "id",
        },
    }


def figures_json(package: Package, address: str = "") -> dict[str, Any]:
    """The descriptor with the figures, claims, comparability groups and gaps; JSON-able."""
    return {
        "datapackage": descriptor(package, address),
        "figures": [row(figure, package) for figure in package.figures.values()],
        "claims": [
            {
                "id": claim.id,
                "said_by": claim.role,
                "topic": claim.topic,
                "paraphrase": claim.paraphrase,
                "figure": claim.figure or None,
                "source": package.sources[claim.source].title,
            }
            for claim in package.claims.values()
        ],
        "groups": [{"id": key, "warning": warning} for key, warning in package.warnings.items()],
        "gaps": [
            {
                "series": gap.series,
                "area": package.areas[gap.area].name,
                "period_kind": gap.kind,
                "missing": list(gap.missing),
                "why": gap.why,
            }
            for gap in package.gaps
        ],
    }

"""The figures as pages of HTML: all of them at /data, one at /data/figures/ID, and what is said where there is none.

No script and no style of their own but the JSON-LD, which is data; each works under a strict Content-Security-Policy.
"""

import json
from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

from signpost.statistics import export, wording
from signpost.statistics.dataset import dataset
from signpost.statistics.package import Package
from signpost.statistics.records import Figure, Gap, Source

_LEAVE = "https://www.bbc.co.uk/weather"
_ABOUT = (
    "Every figure is here with its source and with what it does not mean. "
    "Figures of different kinds must not be compared."
)
_FILES = (
    ("All figures as CSV", "/data/figures.csv"),
    ("All figures as JSON", "/data/figures.json"),
    ("The CSV described as a data package", "/data/datapackage.json"),
    ("The CSV described as CSV on the Web", "/data/figures.csv-metadata.json"),
    ("Licence", "#licence"),
)
_ROWS = (
    ("What it counts", "definition"),
    ("Area", "area"),
    ("Area code", "area_code"),
    ("Period", "period"),
    ("Unit", "unit"),
    ("How it was worked out", "derivation"),
    ("Confidence", "confidence"),
    ("What it does not mean", "caveat"),
    ("Do not compare", "warning"),
    ("Source published", "published"),
    ("Source read", "retrieved"),
    ("Licence of the source", "licence"),
    ("With it is said", "licence_note"),
)


def data_page(package: Package, address: str = "", stylesheet: str = "") -> str:
    """Every figure in tables, by series; `address` is that of the site, `stylesheet` of a style sheet on it."""
    by_series: dict[str, list[Figure]] = {}
    for figure in package.figures.values():
        by_series.setdefault(figure.series, []).append(figure)
    contents = "\n".join(
        f'<li><a href="#{escape(key)}">{_capital(package.series[key].label)}</a></li>' for key in by_series
    )
    files = "\n".join(f'<li><a href="{href}">{name}</a></li>' for name, href in _FILES)
    about = f"""<p>{_ABOUT}</p>
<ul>
{files}
</ul>
<details id="kinds">
<summary>Kinds of figure ({len(by_series)})</summary>
<nav aria-label="Kinds of figure">
<ul>
{contents}
</ul>
</nav>
</details>"""
    sections = "\n".join(_section(key, figures, package) for key, figures in by_series.items())
    body = f"{about}\n{sections}\n{_licence(package)}"
    return _page(package.descriptor["title"], body, stylesheet, dataset(package, address))


def figure_page(package: Package, key: str, stylesheet: str = "") -> str | None:
    """The page of one figure, or None where there is no such figure."""
    figure = package.figures.get(key)
    if figure is None:
        return None
    series = package.series[figure.series]
    cells = export.row(figure, package)
    said = wording.headline(figure, series, package.areas[figure.area])
    rows = "\n".join(
        f"<div><dt>{name}</dt><dd>{escape(str(cells[column]))}</dd></div>" for name, column in _ROWS if cells[column]
    )
    body = f"""<p>{"Worked out from published figures." if figure.derived else "Published figure."}</p>
<p>From: {_link(package.sources[figure.source])}</p>
<dl>
{rows}
</dl>
<ul>
<li><a href="/data/figures/{key}.json">This figure as JSON</a></li>
<li><a href="/data#{key}">The figures beside it</a></li>
</ul>"""
    return _page(said, body, stylesheet)


def figure_json(package: Package, key: str) -> str | None:
    """One figure as JSON text, or None where there is no such figure."""
    figure = package.figures.get(key)
    return None if figure is None else json.dumps(export.row(figure, package), ensure_ascii=False, indent=1)


def no_figure_page(stylesheet: str = "") -> str:
    """What is said at the address of a figure that is not there."""
    body = """<p>Its address may be mistyped. A figure that was withdrawn has no page any more.</p>
<p><a href="/data">All figures and their sources</a></p>"""
    return _page("There is no figure at this address", body, stylesheet)


def _page(title: str, body: str, stylesheet: str, linked: dict[str, Any] | None = None) -> str:
    link = f'<link rel="stylesheet" href="{escape(stylesheet, quote=True)}">\n' if stylesheet else ""
    # "<" is escaped, so that no text of the data can end the script element.
    data = json.dumps(linked, ensure_ascii=False, indent=1).replace("<", "\\u003c") if linked else ""
    script = f'<script type="application/ld+json">\n{data}\n</script>\n' if linked else ""
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{link}{script}</head>
<body>
<header>
<a href="{_LEAVE}" rel="noreferrer">Leave this page</a>
<a href="/help">Get help</a>
</header>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""


def _section(key: str, figures: list[Figure], package: Package) -> str:
    series = package.series[key]
    caveats = "".join(f"<li>{escape(text)}</li>" for text in wording.caveats_of(figures))
    gaps = "".join(f"<li>{escape(_gap(gap, package))}</li>" for gap in package.gaps if gap.series == key)
    areas = "\n".join(
        _area(area, list(own), package)
        for area, own in groupby(sorted(figures, key=_order(figures)), key=lambda figure: figure.area)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Period", _capital(series.unit), "Source"))
    return f"""<section aria-labelledby="{escape(key)}">
<h2 id="{escape(key)}">{_capital(series.label)}</h2>
<p>{escape(series.definition)}</p>
<p>{escape(package.warnings[series.group])}</p>
<table>
<caption>{_capital(series.label)} ({escape(series.unit)})</caption>
<thead><tr>{heads}</tr></thead>
{areas}
</table>
<ul>{caveats}{gaps}</ul>
<p><a href="#kinds">All kinds of figure</a></p>
</section>"""


def _order(figures: Sequence[Figure]) -> Any:
    """Areas as they first come, and periods in order of time."""
    areas = list(dict.fromkeys(figure.area for figure in figures))
    return lambda figure: (areas.index(figure.area), figure.key)


def _area(area: str, figures: list[Figure], package: Package) -> str:
    rows = "\n".join(_table_row(figure, package) for figure in figures)
    name = escape(wording.capital(package.areas[area].name))
    return f'<tbody>\n<tr><th scope="rowgroup" colspan="3">{name}</th></tr>\n{rows}\n</tbody>'


def _table_row(figure: Figure, package: Package) -> str:
    key, period = escape(figure.id), escape(wording.short_period(figure))
    value = escape(wording.value_text(figure, package.series[figure.series]))
    note = f" (worked out: {escape(figure.derivation)})" if figure.derived else ""
    where = _link(package.sources[figure.source], package.sources[figure.source].publisher)
    head = f'<th scope="row"><a href="/data/figures/{key}">{period}</a></th>'
    return f'<tr id="{key}">{head}<td>{value}{note}</td><td>{where}</td></tr>'


def _link(source: Source, text: str = "") -> str:
    shown = escape(text or f"{source.publisher}: {source.title}")
    return f'<a href="{escape(source.url, quote=True)}" rel="noreferrer">{shown}</a>' if source.url else shown


def _gap(gap: Gap, package: Package) -> str:
    return f"No figure for {package.areas[gap.area].name} in {wording.listing(gap.missing, 'or')}. {gap.why}"


def _licence(package: Package) -> str:
    ours = package.descriptor["licenses"][0]
    times = Counter(package.sources[figure.source].licence for figure in package.figures.values())
    rows = "\n".join(_licence_row(name, count, package) for name, count in times.items())
    name = f'<a href="{escape(ours["path"], quote=True)}" rel="noreferrer license">{escape(ours["name"])}</a>'
    return f"""<section aria-labelledby="licence">
<h2 id="licence">Licence</h2>
<p>{name}: {escape(ours["title"])}.</p>
<p>Every row of the CSV and of the JSON, and every figure's page, says the licence of its source.</p>
<ul>
{rows}
</ul>
</section>"""


def _licence_row(name: str, count: int, package: Package) -> str:
    licence = package.licences[name]
    shown = escape(wording.capital(name))
    linked = f'<a href="{escape(licence.url, quote=True)}" rel="noreferrer">{shown}</a>' if licence.url else shown
    return f"<li>{linked}: {count} figures. {escape(licence.says)}{_carried(name, package) if licence.url else ''}</li>"


def _carried(licence: str, package: Package) -> str:
    """The figures under an open licence, each with its link."""
    own = [figure for figure in package.figures.values() if package.sources[figure.source].licence == licence]
    links = [
        f'<li><a href="#{escape(figure.id)}">{_capital(package.series[figure.series].label)}, '
        f"{escape(wording.short_period(figure))}</a></li>"
        for figure in own
    ]
    return f"<ul>{''.join(links)}</ul>"


def _capital(text: str) -> str:
    return escape(wording.capital(text))

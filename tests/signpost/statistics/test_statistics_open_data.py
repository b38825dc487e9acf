"""Everything can be taken away: a table that its descriptions fit, a page of all figures, and a page of each."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests_statistics import FOLDER

from signpost.statistics import Statistics

ADDRESS = "https://signpost.example"
WORKED_OUT = "bbc-foi-suspected-online-child-sex-offenders--cambridgeshire--2015"
READ: dict[str, Callable[[str], Any]] = {
    "string": str,
    "number": float,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def table(statistics: Statistics) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(statistics.figures_csv(), newline="")))


def test_all_figures_can_be_taken_away_as_csv(statistics: Statistics) -> None:
    text, rows = statistics.figures_csv(), table(statistics)
    assert text.endswith("\r\n")
    assert [row["id"] for row in rows] == list(statistics.package.figures)
    first = rows[0]
    assert (first["area"], first["area_code"], first["period"], first["value"]) == (
        "Cambridgeshire",
        "E23000023",
        "2014",
        "81",
    )
    assert (first["publisher"], first["published"], first["retrieved"]) == (
        "BBC (reported by the Cambs Times)",
        "2017",
        "2026-11-22",
    )
    joint = next(row for row in rows if row["id"].endswith("seven-forces--2014-2016"))
    assert (joint["value_low"], joint["value_high"], joint["low_closed"]) == ("4000", "", "false")
    assert joint["qualifier"] == "more-than"


def test_every_row_carries_the_licence_of_its_source(statistics: Statistics) -> None:
    package = statistics.package
    for row in table(statistics):
        licence = package.licences[package.sources[package.figures[row["id"]].source].licence]
        assert (row["licence"], row["licence_url"], row["licence_note"]) == (licence.name, licence.url, licence.says)
    assert any(row["licence"] == "Open Government Licence v3.0" for row in table(statistics))


def test_the_data_package_describes_the_table_that_is_served(statistics: Statistics) -> None:
    described = json.loads(json.dumps(statistics.descriptor(ADDRESS)))
    resource = described["resources"][0]
    raw = statistics.figures_csv().encode()
    assert (resource["path"], resource["bytes"]) == ("figures.csv", len(raw))
    assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    rows, fields = table(statistics), resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    for row in rows:
        for field in fields:
            cell = row[field["name"]]
            assert cell or not field.get("constraints", {}).get("required"), (row["id"], field["name"])
            assert not cell or READ[field["type"]](cell) is not None
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert described["homepage"] == f"{ADDRESS}/data"


def test_csv_on_the_web_has_the_same_columns(statistics: Statistics) -> None:
    described = statistics.csvw(ADDRESS)
    columns = described["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(table(statistics)[0])
    fields = statistics.descriptor()["resources"][0]["schema"]["fields"]
    assert [c["required"] for c in columns] == ["constraints" in field for field in fields]


def test_all_figures_can_be_taken_away_as_json(statistics: Statistics) -> None:
    document = json.loads(json.dumps(statistics.figures_json(ADDRESS)))
    assert document["datapackage"] == statistics.descriptor(ADDRESS)
    assert {row["id"] for row in document["figures"]} == set(statistics.package.figures)
    assert set(document["figures"][0]) == set(table(statistics)[0])
    assert len(document["claims"]) == len(statistics.package.claims)
    assert len(document["gaps"]) == len(statistics.package.gaps)
    derived = next(row for row in document["figures"] if row["status"] == "derived")
    assert derived["derivation"] == "428 - 81 - 192 = 155"


class Page(HTMLParser):
    """Collects what a strict Content-Security-Policy would care for, and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self._script = False
        self.linked_data = ""
        self.feed(html)
        self.hrefs = [str(attributes["href"]) for tag, attributes in self.tags if tag == "a"]
        self.ids = [attributes["id"] for _, attributes in self.tags if attributes.get("id")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._script:
            self.linked_data += data
        else:
            self.data += data


@pytest.fixture(scope="module")
def page(statistics: Statistics) -> Page:
    return Page(statistics.data_page_html(ADDRESS, "/data.css"))


def test_the_page_needs_no_script_and_no_style_of_its_own(statistics: Statistics, page: Page) -> None:
    scripts = [attributes for tag, attributes in page.tags if tag == "script"]
    assert scripts == [{"type": "application/ld+json"}]
    assert not [
        tag
        for tag, attributes in page.tags
        if tag == "style" or any(key.startswith("on") or key == "style" for key in attributes)
    ]
    for series in statistics.package.series.values():
        assert series.definition in page.data
    assert "stylesheet" not in statistics.data_page_html()


def test_each_figure_has_an_anchor_and_an_address(statistics: Statistics, page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    for key in statistics.package.figures:
        assert key in page.ids
        assert f"/data/figures/{key}" in page.hrefs
    assert all(href.startswith(("https://", "/data/", "#", "/help")) for href in page.hrefs)
    assert {href[1:] for href in page.hrefs if href.startswith("#")} <= set(page.ids)


def test_every_source_with_an_address_is_linked_under_its_publisher(statistics: Statistics, page: Page) -> None:
    for figure in statistics.package.figures.values():
        source = statistics.package.sources[figure.source]
        assert not source.url or source.url in page.hrefs


def test_the_page_says_which_years_are_missing(page: Page) -> None:
    assert "No figure for Cambridgeshire in 2018/19, 2019/20, 2020/21 or 2021/22." in page.data


def test_the_page_says_whose_licence_which_rows_carry(statistics: Statistics, page: Page) -> None:
    assert "CC-BY-4.0" in page.data
    for name, licence in statistics.package.licences.items():
        count = sum(statistics.package.sources[f.source].licence == name for f in statistics.package.figures.values())
        assert f": {count} figures. {licence.says}" in page.data
        assert not licence.url or licence.url in page.hrefs


def test_the_data_set_is_described_for_search_engines(page: Page) -> None:
    described = json.loads(page.linked_data)
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert described["creator"] == {"@type": "Organization", "name": "The Signpost project", "url": f"{ADDRESS}/"}
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (described["dateCreated"], described["dateModified"]) == ("2026-11-22", "2026-11-30")
    assert described["temporalCoverage"].startswith("2004-01-01/")
    assert [file["contentUrl"] for file in described["distribution"]] == [
        f"{ADDRESS}/data/figures.csv",
        f"{ADDRESS}/data/figures.json",
        f"{ADDRESS}/data/datapackage.json",
    ]


def test_one_figure_has_a_page_that_says_all_of_it(statistics: Statistics) -> None:
    for key, figure in statistics.package.figures.items():
        html = statistics.figure_html(key, "/data.css")
        assert html is not None
        page, series = Page(html), statistics.package.series[figure.series]
        for text in (series.definition, figure.caveat, figure.derivation, statistics.package.warnings[series.group]):
            assert text in page.data
        assert f"/data#{key}" in page.hrefs
        row = json.loads(statistics.figure_json(key) or "{}")
        assert (row["id"], row["definition"]) == (key, series.definition)
    assert "Worked out from published figures." in str(statistics.figure_html(WORKED_OUT))


@pytest.mark.parametrize("key", ["", "nothing", f"{WORKED_OUT}--", "../figures", "<b>"])
def test_an_unknown_figure_has_no_page(statistics: Statistics, key: str) -> None:
    assert statistics.figure_html(key) is None
    assert statistics.figure_json(key) is None


def test_a_title_cannot_break_out_of_the_page(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(FOLDER, tmp_path / "statistics"))
    path = copied / "series.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("suspected online child sex offenders", "</script><b onclick=x>", 1), encoding="utf-8", newline=""
    )
    statistics = Statistics.load(copied)
    for html, scripts in ((statistics.data_page_html(), 1), (statistics.figure_html(WORKED_OUT) or "", 0)):
        assert "<b onclick" not in html
        assert html.count("</script>") == scripts

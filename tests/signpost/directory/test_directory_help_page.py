"""The help page: every contact that may be printed, none that may not, and sound HTML."""

import json
import re
from datetime import datetime, timedelta
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from signpost.directory import Directory
from signpost.directory.feed import attributes, read
from signpost.directory.help_page import help_page
from signpost.directory.routes import Routes

VOID = {"meta", "link", "br"}


class Reader(HTMLParser):
    """Collects tags, ids, targets and headings, and checks that elements are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def page(directory: Directory, routes: Routes, now: datetime) -> str:
    return help_page(directory, routes, now)


@pytest.fixture
def reader(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_every_contact_that_may_be_printed_is_on_the_page(directory: Directory, page: str) -> None:
    for service in directory.published():
        assert escape(service.name) in page
        for phone in service.phones:
            assert f'<a href="{escape(phone.href)}">{phone.number}</a>' in page, service.id
        for text in service.texts:
            assert f'<a href="{escape(text.href)}">{escape(text.label)}</a>' in page, service.id
        for link in service.links:
            assert f'<a href="{escape(link.url)}">' in page, service.id
        if service.email:
            assert f"mailto:{service.email}" in page


def test_nothing_that_must_not_be_printed_is_on_the_page(directory: Directory, page: str) -> None:
    dialled = set(re.findall(r"(?:tel|sms):(\+?\d+)", page))
    assert "08001111" in dialled
    for row in read(directory.folder):
        for value in attributes(row.record).get("withheld_phone", ()):
            number = json.loads(value)["number"]
            assert re.sub(r"\D", "", number) not in dialled
            assert number not in page
        for value in attributes(row.record).get("withheld_email", ()):
            printed = {s.email for s in directory.published()}
            assert value in printed or value not in page
    for name in ("Report Abuse in Education", "National Male Survivor Helpline"):
        assert name not in page


def test_the_page_is_sound_html_in_british_english(reader: Reader) -> None:
    assert reader.open == []
    tags = dict(reader.tags)
    assert tags["html"]["lang"] == "en-GB"
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = [a["href"][1:] for tag, a in reader.tags if tag == "a" and (a["href"] or "").startswith("#")]
    assert set(inside) <= set(ids)
    labelled = [a["aria-labelledby"] for _, a in reader.tags if "aria-labelledby" in a]
    assert set(labelled) <= set(ids)


def test_the_page_needs_no_script_and_no_inline_style(reader: Reader, page: str) -> None:
    scripts = [attrs for tag, attrs in reader.tags if tag == "script"]
    assert scripts == [{"type": "module", "src": "/widget/exit.js"}, {"type": "application/ld+json"}]
    assert not [tag for tag, attrs in reader.tags if tag == "style" or "style" in attrs]
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    assert ("link", {"rel": "stylesheet", "href": "/help.css"}) in reader.tags
    assert "javascript:" not in page


def test_the_skip_link_is_first_and_999_comes_before_everything_else(reader: Reader, page: str) -> None:
    links = [attrs for tag, attrs in reader.tags if tag == "a"]
    assert links[0]["href"] == "#main"
    body = page[page.index("<body>") :]
    assert body.index("tel:") == body.index("tel:999")


def test_headings_go_down_one_level_at_a_time(reader: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_needs_come_most_urgent_first_with_filled_words(page: str) -> None:
    assert page.index('id="child-danger"') < page.index('id="child-groomed"')
    assert "Talk to someone on 0800 1111." in page
    assert "{number" not in page


def test_a_child_and_an_adult_read_their_own_words(reader: Reader, page: str) -> None:
    child = page[page.index('id="for-child"') : page.index('id="for-adult"')]
    adult = page[page.index('id="for-adult"') : page.index('id="all"')]
    assert "Talk to someone on 0800 1111." in child
    assert "Talk to someone on 0800 1111." not in adult


def test_what_is_folded_opens_without_a_script(reader: Reader) -> None:
    folds = [attrs for tag, attrs in reader.tags if tag == "details"]
    assert len(folds) == len([tag for tag, _ in reader.tags if tag == "summary"]) > 2
    assert not [attrs for attrs in folds if "open" in attrs]


def test_the_json_ld_describes_every_published_service(directory: Directory, page: str) -> None:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert match
    graph = json.loads(match[1])["@graph"]
    assert {entry["@id"] for entry in graph} == {f"#{service.id}" for service in directory.published()}
    childline = next(entry for entry in graph if entry["@id"] == "#childline")
    assert childline["@type"] == "Service"
    assert childline["availableChannel"][0]["servicePhone"]["telephone"] == "0800 1111"
    assert childline["hoursAvailable"][0]["closes"] == "23:59"
    assert next(e for e in graph if e["@id"] == "#police-101")["@type"] == "GovernmentService"
    napac = next(entry for entry in graph if entry["@id"] == "#napac")
    assert napac["hoursAvailable"][1] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["https://schema.org/Friday"],
        "opens": "10:00",
        "closes": "18:00",
    }
    assert "hoursAvailable" not in next(entry for entry in graph if entry["@id"] == "#nspcc-helpline")


def test_hours_lapse_with_the_check(directory: Directory, routes: Routes, now: datetime, page: str) -> None:
    assert "Monday to Thursday: 10 am to 9 pm" in page
    later = help_page(directory, routes, now + timedelta(days=120))
    assert "Monday to Thursday: 10 am to 9 pm" not in later
    assert "hoursAvailable" not in later
    assert "0808 801 0331" in later


def test_a_hidden_service_is_not_on_the_page(directory: Directory, routes: Routes, now: datetime) -> None:
    page = help_page(directory.hide(["childline", "emergency-999"]), routes, now)
    assert "0800 1111" not in page
    assert 'id="child-groomed"' in page
    assert 'id="urgent"' not in page


def test_the_same_moment_gives_the_same_page(directory: Directory, routes: Routes, now: datetime, page: str) -> None:
    assert help_page(directory, routes, now) == page

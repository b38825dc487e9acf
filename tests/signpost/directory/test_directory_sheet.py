"""The sheet of pages that a person opens: made, filled in, read back."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from directory_support import DATA

from signpost.directory import Directory, DirectoryError
from signpost.directory.check import check
from signpost.directory.cli import directory as commands
from signpost.directory.places import Places, serves
from signpost.directory.sheet import COLUMNS, make, read, record


def filled(folder: Path, now: datetime, **results: tuple[str, str]) -> str:
    """The sheet with what a person found; names are ids with underscores."""
    rows = list(csv.DictReader(io.StringIO(make(folder, now))))
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    for row in rows:
        result, note = results.get(row["service"].replace("-", "_"), ("", ""))
        writer.writerow({**row, "result": result, "note": note})
    return table.getvalue()


def test_the_sheet_names_page_and_numbers_of_every_service_that_no_person_has_opened(
    folder: Path, now: datetime
) -> None:
    rows = {row["service"]: row for row in csv.DictReader(io.StringIO(make(folder, now)))}
    assert set(rows) == set(Directory.load(folder).services)
    assert rows["childline"]["page"] == "https://www.childline.org.uk/get-support/"
    assert "0800 1111" in rows["childline"]["compare"]
    assert rows["meic-wales"]["compare"].startswith("not shown: 080880 23456")
    assert rows["meic-wales"]["shown"] == "no"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows.values() for cell in row.values())


def test_what_was_found_is_read_back(folder: Path, now: datetime) -> None:
    text = filled(folder, now, napac=("Assured", ""), galop=("changed", "closed on Mondays"), mind=("gone", ""))
    record(folder, read(text, folder), "Ann Lee", now)
    found = Directory.load(folder)
    assert found.service("napac").assured == now.date()
    assert [f.text for f in check(found, now) if f.kind == "changed"] == ["2026-12-01: closed on Mondays"]
    assert "mind" in found.hidden
    with pytest.raises(DirectoryError, match="hidden"):
        found.service("mind")
    assert "napac" not in {row["service"] for row in csv.DictReader(io.StringIO(make(folder, now)))}


def test_who_assured_it_is_told_when_it_is_stale_again(folder: Path, now: datetime) -> None:
    record(folder, read(filled(folder, now, napac=("assured", "")), folder), "Ann Lee", now)
    findings = check(Directory.load(folder), now + timedelta(days=91))
    assert [f.text for f in findings if f.service == "napac" and f.kind == "stale"] == [
        "was last checked on 2026-12-01, 91 days ago, by Ann Lee"
    ]


def test_a_correction_that_is_assured_is_a_finding_no_more(folder: Path, now: datetime) -> None:
    for result in (("changed", "new number"), ("assured", "")):
        record(folder, read(filled(folder, now, galop=result), folder), "Ann Lee", now)
    assert [f for f in check(Directory.load(folder), now) if f.kind == "changed"] == []


@pytest.mark.parametrize(
    ("result", "fault"),
    [(("maybe", ""), "'maybe' is none of"), (("changed", " "), "say in note what has changed")],
)
def test_a_sheet_with_a_row_that_cannot_be_used_changes_nothing(
    folder: Path, now: datetime, result: tuple[str, str], fault: str
) -> None:
    with pytest.raises(DirectoryError, match=fault):
        read(filled(folder, now, galop=result, napac=("assured", "")), folder)


def test_nobody_can_record_without_a_name(folder: Path, now: datetime) -> None:
    before = (folder / "crisis.json").read_bytes()
    with pytest.raises(DirectoryError, match="needs a name"):
        record(folder, read(filled(folder, now, galop=("gone", "")), folder), " ", now)
    assert (folder / "crisis.json").read_bytes() == before


def test_the_commands_make_and_read_a_sheet(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    made = CliRunner().invoke(commands, ["check", "--sheet", str(sheet), "--folder", str(folder)])
    assert "No person has opened the page of 100 services yet" in made.output
    sheet.write_text(sheet.read_text("utf-8").replace(',"",\n', ",,\n"), "utf-8")
    read_back = CliRunner().invoke(commands, ["record", str(sheet), "--by", "Ann", "--folder", str(folder)])
    assert read_back.exit_code == 0
    assert "assured: 0" in read_back.output


def test_a_service_of_one_nation_is_not_for_another() -> None:
    services, places = Directory.load(DATA / "services"), Places.load(DATA / "places")
    pirc = services.service("pirc")
    assert serves(pirc, "Scotland")
    assert not serves(pirc, "Wales")
    assert serves(pirc, None)
    assert serves(services.service("childline"), "Wales")
    assert places.nation({"home": "belfast"}) == "NIR"
    assert places.nation({"place": "dublin"}) == "IRL"
    assert places.nation({"place": "newport"}) is None
    assert places.nation(None) is None

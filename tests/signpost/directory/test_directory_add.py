"""A new service is written by one command, as the standard and the tests of the data want it."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from directory_support import DATA

from signpost.directory import Directory, DirectoryError
from signpost.directory.add import New, add
from signpost.directory.cli import directory as commands
from signpost.directory.feed import read
from signpost.directory.feed_import import faults, schema_validator
from tests.data import test_services as rules_of_the_data

HARBOUR = New(
    "harbour", "help_child", "Harbour", "A place to talk.", "https://harbour.example.org.uk/talk", "01733 864180"
)


def test_a_new_service_can_be_offered_at_once_and_claims_no_hours(folder: Path, now: datetime) -> None:
    assert add(HARBOUR, "Ann", folder, now).name == "help_child.json"
    shown = Directory.load(folder).cards(["harbour"], now)[0]
    assert shown["call"][0]["number"] == "01733 864180"
    assert shown["hours"] is None


def test_a_new_service_keeps_every_rule_of_the_data(
    folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(HARBOUR, "Ann", folder, now)
    add(New("quay", "report", "Quay", "To report.", "https://quay.example.org.uk/"), "Ann", folder, now)
    rows = read(folder)
    validator = schema_validator(DATA / "services" / "schema")
    assert [fault for row in rows for fault in faults(validator, row.record)] == []
    monkeypatch.setattr(rules_of_the_data, "ROWS", rows)
    for name, rule in vars(rules_of_the_data).items():
        if name.startswith("test_") and "row" not in rule.__code__.co_varnames[: rule.__code__.co_argcount]:
            rule()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "childline"}, "'childline' is used twice"),
        ({"id": "Child Line"}, "may hold small letters, digits and single hyphens only"),
        ({"kind": "helpers"}, "Use one of .*help_child"),
        ({"number": "01733 8641800"}, "not a valid United Kingdom number"),
        ({"url": "http://harbour.example.org.uk"}, "is not an https address"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    folder: Path, now: datetime, change: dict[str, str], told: str
) -> None:
    from dataclasses import replace

    before = {file.name: file.read_bytes() for file in folder.glob("*.json")}
    with pytest.raises(DirectoryError, match=told):
        add(replace(HARBOUR, **change), "Ann", folder, now)  # type: ignore[arg-type]
    assert {file.name: file.read_bytes() for file in folder.glob("*.json")} == before


def test_the_command_asks_for_what_it_needs_and_says_what_to_write_next(folder: Path) -> None:
    typed = "help_child\nHarbour\nA place to talk.\nhttps://harbour.example.org.uk/\n\nAnn\n"
    run = CliRunner().invoke(commands, ["add", "harbour", "--folder", str(folder)], input=typed)
    assert run.exit_code == 0, run.output
    assert "data/routes/*.yml, as - {id: harbour, why: ...}" in run.output
    assert "harbour,Ann" in (folder / "assurance.csv").read_text()
    assert Directory.load(folder).service("harbour").published

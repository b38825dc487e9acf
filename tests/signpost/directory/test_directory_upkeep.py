"""Staying true: the check, the record of checks, feeds taken in or refused, the command line, and the switch."""

import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from directory_support import at

from signpost.directory import Directory, DirectoryError
from signpost.directory.assure import assure
from signpost.directory.check import check, checklist
from signpost.directory.cli import directory as commands
from signpost.directory.feed_import import ImportRefused, import_feed
from signpost.directory.files import write_atomically
from signpost.directory.switch import State, Switch

FOREIGN: dict[str, Any] = {
    "id": "11111111-1111-4111-8111-111111111111",
    "name": "Harbour Youth Café",
    "description": "A place to talk for young people.",
    "url": "https://harbour.example.org.uk/talk",
    "status": "active",
    "assured_date": "2026-11-30",
    "phones": [{"id": "22222222-2222-4222-8222-222222222222", "number": "01733 864180"}],
    "schedules": [
        {
            "id": "33333333-3333-4333-8333-333333333333",
            "freq": "WEEKLY",
            "byday": "MO,TU",
            "opens_at": "09:00",
            "closes_at": "17:00",
        }
    ],
}


def feed_of(path: Path, *changes: dict[str, Any], wrapped: bool = True) -> Path:
    rows = [{key: value for key, value in {**FOREIGN, **change}.items() if value is not None} for change in changes]
    path.write_text(json.dumps({"contents": rows} if wrapped else rows), encoding="utf-8")
    return path


def state_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_a_fresh_directory_has_nothing_overdue_and_no_wrong_contact(directory: Directory, now: datetime) -> None:
    kinds = {finding.kind for finding in check(directory, now)}
    assert kinds == {"conflict", "withheld", "unopened"}


def test_after_ninety_days_every_service_is_on_the_checklist(directory: Directory, now: datetime) -> None:
    findings = check(directory, now + timedelta(days=91))
    stale = {finding.service for finding in findings if finding.kind == "stale"}
    assert stale == set(directory.services)
    text = checklist(directory, findings)
    assert "[ ] childline (Childline)" in text
    assert "compare  0800 1111" in text
    assert "signpost directory assure ID --by NAME" in text


def test_a_mistyped_number_and_a_strange_link_are_found(folder: Path, now: datetime) -> None:
    page = folder / "crisis.json"
    text = page.read_text(encoding="utf-8").replace('"0800 068 4141"', '"0800 068 41411"')
    page.write_text(text.replace("https://www.samaritans.org/", "https://samaritans.example.com/"), encoding="utf-8")
    found = {(f.service, f.kind): f.text for f in check(Directory.load(folder), now) if f.kind in ("number", "link")}
    assert set(found) == {("papyrus-hopeline247", "number"), ("samaritans", "link")}
    assert "0800 068 41411" in found["papyrus-hopeline247", "number"]


def test_nothing_to_check_is_said_so(directory: Directory) -> None:
    assert checklist(directory, []) == "Nothing to check."


def test_a_check_is_recorded_with_who_and_when(folder: Path) -> None:
    before = state_of(folder)
    changed = assure(folder, "napac", "  Ann   Lee ", at("2027-01-05 00:30"))
    assure(folder, "childline", "Bo", at("2027-01-06 12:00"))
    assert Directory.load(folder).service("napac").assured.isoformat() == "2027-01-05"
    assert (folder / "assurance.csv").read_text(encoding="utf-8") == (
        "date,service,by,result,note\n2027-01-05,napac,Ann Lee,assured,\n2027-01-06,childline,Bo,assured,\n"
    )
    after = state_of(folder)
    assert {name for name in after if after[name] != before.get(name)} == {
        changed.name, "help_child.json", "assurance.csv",
    }  # fmt: skip
    old, new = before[changed.name].decode(), after[changed.name].decode()
    assert len([1 for a, b in zip(old.splitlines(), new.splitlines(), strict=True) if a != b]) == 1


@pytest.mark.parametrize(("id", "by"), [("nobody", "Ann"), ("napac", "  "), ("napac", "=cmd()")])
def test_a_check_of_nothing_or_by_nobody_is_refused(folder: Path, now: datetime, id: str, by: str) -> None:
    before = state_of(folder)
    with pytest.raises(DirectoryError):
        assure(folder, id, by, now)
    assert state_of(folder) == before


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_sound_feed_is_taken_in(folder: Path, tmp_path: Path, now: datetime, wrapped: bool) -> None:
    assert import_feed(feed_of(tmp_path / "harbour.json", {}, wrapped=wrapped), folder) == ["harbour-youth-cafe"]
    directory = Directory.load(folder)
    assert directory.cards(["harbour-youth-cafe"], now)[0]["call"][0]["number"] == "01733 864180"
    assert directory.cards(["harbour-youth-cafe"], now)[0]["hours"] == "Open now until 5 pm"
    assert directory.cards(["harbour-youth-cafe"], now + timedelta(days=100))[0]["hours"] is None


def test_a_newer_copy_of_a_feed_replaces_the_old_one(folder: Path, tmp_path: Path) -> None:
    import_feed(feed_of(tmp_path / "harbour.json", {}), folder)
    import_feed(feed_of(tmp_path / "harbour.json", {"phones": None}), folder)
    assert Directory.load(folder).service("harbour-youth-cafe").phones == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "1"}, r"row 2 \(Harbour Youth Café\): id: .*uuid"),
        ({"name": None}, r"row 2 \(no name\): row: .*name"),
        ({"name": 7}, "row 2 .*name"),
        ({"status": "open"}, "row 2 .*status"),
        ({"url": "harbour"}, "row 2 .*url"),
        ({"url": "http://harbour.example.org.uk/"}, "row 2 .*https"),
        ({"description": ""}, "row 2 .*description is empty"),
        ({"assured_date": None}, "row 2 .*assured_date is missing"),
        ({"assured_date": "yesterday"}, "row 2 "),
        ({"minimum_age": 300}, "row 2 .*age"),
        ({"phones": [{"id": FOREIGN["id"], "number": "12"}]}, "row 2 .*12 is not a valid"),
        ({"phones": [{"id": FOREIGN["id"], "number": "+1 800 273 8255"}]}, "row 2 .*not a valid United Kingdom"),
        ({"phones": [{"id": FOREIGN["id"], "number": "call us"}]}, "row 2 .*call us"),
        ({"phones": "01733"}, "row 2 .*phones"),
        ({"schedules": [{**FOREIGN["schedules"][0], "byday": "Monday"}]}, "row 2 .*weekly"),
        ({"schedules": [{**FOREIGN["schedules"][0], "opens_at": "9 o'clock"}]}, "row 2 .*9 o'clock"),
        ({"name": "Childline"}, "row 2 .*already in help_child.json"),
        ({}, "row 2 .*already in row 1"),
    ],
)
def test_a_feed_with_a_bad_row_is_refused_whole(
    folder: Path, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    before = state_of(folder)
    with pytest.raises(ImportRefused, match="unchanged") as caught:
        import_feed(feed_of(tmp_path / "harbour.json", {}, change), folder)
    assert any(re.search(reason, found) for found in caught.value.reasons), caught.value.reasons
    assert state_of(folder) == before


@pytest.mark.parametrize("text", ["", "{", "7", "{}", "[]", '{"contents": {}}', "[3]"])
def test_a_file_that_is_no_feed_is_refused(folder: Path, tmp_path: Path, text: str) -> None:
    before = state_of(folder)
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(DirectoryError):
        import_feed(tmp_path / "x.json", folder)
    assert state_of(folder) == before


def test_a_feed_that_would_drop_a_named_service_is_refused(folder: Path, tmp_path: Path) -> None:
    before = state_of(folder)
    with pytest.raises(ImportRefused, match=r"would lose .*samaritans"):
        import_feed(feed_of(tmp_path / "crisis.json", {}), folder)
    assert state_of(folder) == before


def test_without_the_development_tools_the_error_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory: Directory, now: datetime
) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    with pytest.raises(DirectoryError, match="development group"):
        import_feed(feed_of(tmp_path / "harbour.json", {}), folder)
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    with pytest.raises(DirectoryError, match="development group"):
        check(directory, now)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.json"
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_atomically(path, "new")
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"page.json": "old"}


def test_the_commands_check_assure_and_import(folder: Path, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(commands, [*words, "--folder", str(folder)])
        return result.exit_code, result.output

    assert run("assure", "napac", "--by", "Ann")[0] == 0
    today = datetime.now(UTC).date().isoformat()
    assert f"{today},napac,Ann" in (folder / "assurance.csv").read_text(encoding="utf-8")
    assert run("assure", "nobody", "--by", "Ann")[0] == 1
    assert "nobody" in run("assure", "nobody", "--by", "Ann")[1]
    feed = feed_of(tmp_path / "harbour.json", {"assured_date": "2020-01-01"})
    assert run("import", str(feed)) == (0, "1 services imported: harbour-youth-cafe.\n")
    code, said = run("check")
    assert code == 1
    assert "harbour-youth-cafe" in said
    assert "was last checked on 2020-01-01" in said
    assert "conflict" in run("check", "--all")[1]
    code, said = run("import", str(feed_of(tmp_path / "bad.json", {"status": "open"})))
    assert code == 1
    assert "row 1" in said
    (folder / "crisis.json").write_text("{", encoding="utf-8")
    assert run("check")[0] == 1


def test_the_switch_takes_effect_as_soon_as_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "operator.yml"
    switch = Switch(file)
    assert switch.state() == State()
    file.write_text("paused: true\n", encoding="utf-8")
    assert switch.state().paused
    file.write_text("paused: false\nhidden: [childline]\n", encoding="utf-8")
    assert switch.state() == State(hidden=frozenset({"childline"}))
    file.write_text('{"paused": true, "hidden": []}', encoding="utf-8")
    assert switch.state() == State(paused=True)
    file.write_text("", encoding="utf-8")
    assert switch.state() == State()
    file.write_text("paused: true\n", encoding="utf-8")
    assert switch.state().paused
    file.unlink()
    assert switch.state() == State()


@pytest.mark.parametrize(
    "text", ["{", "paused: maybe", "hidden: childline", "hidden: [3]", "pause: true", "[]", "a: b: c", "\x00"]
)
def test_a_slip_in_the_file_keeps_the_last_good_setting_and_says_so_once(tmp_path: Path, text: str) -> None:
    said: list[str] = []
    file = tmp_path / "operator.yml"
    file.write_text("paused: true\nhidden: [napac]\n", encoding="utf-8")
    switch = Switch(file, say=said.append)
    assert switch.state() == State(paused=True, hidden=frozenset({"napac"}))
    file.write_text(text, encoding="utf-8")
    for _ in range(3):
        state = switch.state()
        assert (state.paused, state.hidden) == (True, {"napac"})
        assert state.fault is not None
        assert "operator.yml" in state.fault
    assert said == [state.fault]
    file.write_text("paused: false\n", encoding="utf-8")
    assert switch.state() == State()


def test_a_misspelt_id_is_reported_and_the_others_are_hidden(tmp_path: Path, directory: Directory) -> None:
    said: list[str] = []
    file = tmp_path / "operator.yml"
    file.write_text("hidden: [chidline, napac]\n", encoding="utf-8")
    state = Switch(file, known=frozenset(directory.services), say=said.append).state()
    assert state.hidden == {"napac"}
    assert "chidline" in said[0]


def test_the_environment_s_pause_is_not_lifted_by_the_file(tmp_path: Path) -> None:
    file = tmp_path / "operator.yml"
    switch = Switch(file, paused=True)
    assert switch.state().paused
    file.write_text("paused: false\n", encoding="utf-8")
    assert switch.state().paused


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "operator.yml"
    file.write_text("hidden: [napac]\n", encoding="utf-8")
    switch = Switch(file)
    first = switch.state()
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("the file was read again"))
    assert switch.state() is first

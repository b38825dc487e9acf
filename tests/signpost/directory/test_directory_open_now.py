"""Who can be talked to now: open ones first, the operator's desk before all, and nobody's line to another."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from directory_support import DATA, LONDON

from signpost.directory import Directory
from signpost.directory.feed import DirectoryError
from signpost.directory.open_now import OpenNow, desk

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=LONDON)  # a Wednesday


@pytest.fixture
def table(directory: Directory) -> OpenNow:
    return OpenNow.load(DATA / "open_now.yml", frozenset(directory.services))


def names(table: OpenNow, directory: Directory, speaker: str, now: datetime, hours: str | None = None) -> list[str]:
    own = None if hours is None else desk("Our desk", hours, "https://chat.example", now.date())
    return [card["id"] for card in table.cards(directory, speaker, now, own)]


def test_a_child_is_offered_childline_and_an_adult_never_is(
    table: OpenNow, directory: Directory, now: datetime
) -> None:
    assert names(table, directory, "child", now)[0] == "childline"
    assert "childline" not in names(table, directory, "adult", now)
    assert names(table, directory, "nobody we know", now) == names(table, directory, "unknown", now)


def test_what_is_open_comes_before_what_nobody_has_confirmed(
    table: OpenNow, directory: Directory, now: datetime
) -> None:
    assert names(table, directory, "adult", now)[0] == "samaritans"


@pytest.mark.parametrize(
    ("hours", "when", "first"),
    [
        ("MO-FR 09:00-17:00", NOON, True),
        ("MO-FR 09:00-17:00", NOON + timedelta(hours=6), False),
        ("SA-MO 09:00-17:00, WE 11:00-13:00", NOON, True),
        ("SA-MO 09:00-17:00", NOON, False),
        ("", NOON, True),
    ],
)
def test_the_operators_desk_stands_first_while_it_is_open(
    table: OpenNow, directory: Directory, hours: str, when: datetime, first: bool
) -> None:
    found = names(table, directory, "child", when, hours)
    assert (found[0] == "desk") == first == ("desk" in found)


@pytest.mark.parametrize(
    ("hours", "address"), [("9 to 5", "https://chat.example"), ("", "http://chat.example"), ("", "")]
)
def test_a_mistake_in_the_desks_settings_is_named(hours: str, address: str) -> None:
    with pytest.raises(DirectoryError, match="desk's"):
        desk("Our desk", hours, address, NOON.date())
    assert desk("", hours, address, NOON.date()) is None


def test_a_service_that_does_not_exist_is_named(tmp_path: Path) -> None:
    file = tmp_path / "open_now.yml"
    file.write_text("say: Here.\npeople: {unknown: [nobody]}\n")
    with pytest.raises(DirectoryError, match="nobody"):
        OpenNow.load(file, frozenset({"childline"}))

"""`make validate` finds what no schema can: each check passes on the tables and fails on one that is wrong."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "data_checks"))

import check_figures  # noqa: E402

Tables = dict[str, list[dict[str, str]]]
SUSPECTS = "bbc-foi-suspected-online-child-sex-offenders--cambridgeshire--"


def row(tables: Tables, table: str, start: str) -> dict[str, str]:
    return next(row for row in tables[table] if row["id"].startswith(start))


def figure(start: str, **cells: str) -> Callable[[Tables], None]:
    return lambda tables: row(tables, "figures", start).update(cells)


def again(table: str, start: str, **cells: str) -> Callable[[Tables], None]:
    return lambda tables: tables[table].append({**row(tables, table, start), **cells})


def without(start: str) -> Callable[[Tables], None]:
    return lambda tables: tables["figures"].remove(row(tables, "figures", start))


def cell(table: str, start: str, **cells: str) -> Callable[[Tables], None]:
    return lambda tables: row(tables, table, start).update(cells)


WRONG = [
    ("bounds", figure(SUSPECTS + "2014", value_high="80"), "do not fit 'exact'"),
    ("bounds", figure(SUSPECTS + "2014", value_low="81.5", value_high="81.5"), "a count of 81.5 people"),
    ("bounds", figure("iwf-sexual-extortion-share-boys", value_low="197", value_high="197"), "a share of 197"),
    ("periods", figure(SUSPECTS + "2014", period_end="2013-12-31"), "ends before it starts"),
    ("periods", figure(SUSPECTS + "2014", period_end="2031-12-31"), "after its source was read"),
    ("sources", again("sources", "nspcc-2019", id="nspcc-once-more"), "no figure and no claim is from it"),
    ("sources", again("sources", "nspcc-2019", id="nspcc-once-more"), "the same as nspcc-2019"),
    ("sources", cell("sources", "nspcc-2019", url="http://www.nspcc.org.uk/"), "is a mirror or not https"),
    ("gaps", without(SUSPECTS + "2015"), "lacks [2015], but gaps.csv says []"),
    ("gaps", figure("nspcc-foi-scwc-platform-share-snapchat", published="no"), "lacks"),
    ("duplicates", again("figures", SUSPECTS + "2014", id="x", source="bbc-2017"), "and value as"),
    ("duplicates", again("figures", SUSPECTS + "2014", id="x", value_low="82"), "and source as"),
    (
        "totals",
        figure("nspcc-foi-sexual-communication-with-a-child--kent--2023-24", value_low="265"),
        "add up to 681, not 680",
    ),
    (
        "comparability",
        cell("series", "uk-csea-arrests-per-month", group="suspects-identified"),
        "newer figures are never joined",
    ),
    ("comparability", again("groups", "lff-work", id="nobody"), "group nobody: no series is in it"),
    ("names", cell("series", "lff-live-chat-users", aliases="live chat users"), "fewer than 3 names"),
    ("names", again("series", "lff-live-chat-users", id="empty"), "series empty: has no figures"),
]


@pytest.fixture
def tables() -> Tables:
    return check_figures.read(ROOT / "data" / "statistics")


def test_the_tables_as_they_are_have_no_fault() -> None:
    assert check_figures.figure_faults(ROOT / "data" / "statistics") == []


@pytest.mark.parametrize(("check", "spoil", "says"), WRONG)
def test_a_wrong_table_is_found_out(tables: Tables, check: str, spoil: Callable[[Tables], None], says: str) -> None:
    spoil(tables)
    assert says in "\n".join(getattr(check_figures, check)(tables))


def test_every_check_is_tried_here() -> None:
    assert {check for check, _, _ in WRONG} == {check.__name__ for check in check_figures.CHECKS}

"""The package is read whole or refused with a clear line, and a new row needs no code."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests_statistics import FOLDER, TODAY

from signpost.statistics import Statistics, StatisticsError


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "statistics"))


def add(folder: Path, table: str, **cells: str) -> None:
    path = folder / table
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, restval="", lineterminator="\r\n").writerow(cells)


def test_a_new_series_is_understood_with_no_change_of_code(copied: Path) -> None:
    add(
        copied,
        "series.csv",
        id="lighthouse-visits",
        label="visits to the lighthouse clinic",
        definition="Visits to a clinic that does not exist.",
        unit="visits",
        publisher="A Test",
        group="rethink",
        rank="5",
        aliases="lighthouse visits|clinic visits",
    )
    add(
        copied,
        "areas.csv",
        id="atlantis",
        name="Atlantis",
        in_text="in Atlantis",
        kind="city",
        aliases="atlantis|the sunken city",
    )
    add(
        copied,
        "sources.csv",
        id="a-test",
        title="A made-up report",
        publisher="A Test",
        standing="primary",
        headline="printed",
        licence="not established; figures used as facts",
    )
    add(
        copied,
        "figures.csv",
        id="lighthouse-visits--atlantis--1987",
        series="lighthouse-visits",
        area="atlantis",
        period_start="1987-01-01",
        period_end="1987-12-31",
        period_label="1987",
        period_kind="calendar year",
        value_low="3141",
        value_high="3141",
        low_closed="true",
        high_closed="true",
        qualifier="exact",
        status="published",
        source="a-test",
        caveat="Made up.",
        confidence="high",
        published="yes",
    )
    statistics = Statistics.load(copied)
    for question in (
        "how many clinic visits in the sunken city in 1987?",
        "lighthouse visits in atlantis",
        "clinick visits in atlantis",
    ):
        asked = statistics.read(question, TODAY)
        assert asked is not None, question
        answer = statistics.answer(asked.slots, TODAY)
        assert answer.text.startswith("3,141 visits to the lighthouse clinic in Atlantis in 1987."), question
        assert "A Test" in answer.text


def test_a_figure_that_may_not_be_published_is_never_read(copied: Path) -> None:
    path = copied / "figures.csv"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    row = next(
        number
        for number, line in enumerate(lines)
        if "cambridgeshire--2016," in line and line.startswith("bbc-foi-suspected")
    )
    lines[row] = lines[row].rstrip("\r\n").removesuffix("yes") + "no\r\n"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    statistics = Statistics.load(copied)
    asked = statistics.read("how many in cambridgeshire in 2016", TODAY)
    assert asked is not None
    assert "192" not in statistics.answer(asked.slots, TODAY).text
    assert "--cambridgeshire--2016," not in statistics.figures_csv()


@pytest.mark.parametrize("table", [*sorted(path.name for path in FOLDER.glob("*.csv")), "datapackage.json"])
def test_a_missing_file_is_named_with_what_to_do(copied: Path, table: str) -> None:
    (copied / table).unlink()
    with pytest.raises(StatisticsError, match=rf"{table}: not found. Restore"):
        Statistics.load(copied)


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        ("figures.csv", ",cambridgeshire,", ",nowhere,", "names the area 'nowhere'"),
        ("figures.csv", ",81,81,", ",81,80,", r"row 2: an interval from 81 to 80 holds no number. Correct"),
        ("figures.csv", ",81,81,", ",eighty,81,", "row 2: "),
        ("figures.csv", ",bbc-2017-story,", ",a-dream,", "names the source 'a-dream'"),
        ("figures.csv", "id,series,", "id,sequence,", "column series is missing"),
        ("figures.csv", "--cambridgeshire--2015,", "--cambridgeshire--2014,", "is there twice"),
        (
            "sources.csv",
            "Open Parliament Licence v3.0",
            "A licence of dreams",
            "names the licence 'A licence of dreams'",
        ),
        ("series.csv", ",suspects-identified,1,", ",suspects-identified,first,", "rank of"),
        ("series.csv", ",suspects-identified,1,", ",no-group,1,", "Add it to groups.csv"),
        ("series.csv", "uk-csea-arrests-per-month|", "nothing-of-the-kind|", "names the series 'nothing-of-the-kind'"),
        ("claims.csv", ",nspcc,", ",nobody,", "unknown speaker"),
        ("claims.csv", "findlater-share-heavy", "findlater-part-heavy", "unknown figure"),
        ("groups.csv", "suspects-identified,", "suspects-identified", "more or fewer cells"),
        ("datapackage.json", "{", "", "cannot be read"),
    ],
)
def test_a_corrupt_file_is_named_with_what_is_wrong(copied: Path, table: str, old: str, new: str, says: str) -> None:
    path = copied / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    with pytest.raises(StatisticsError, match=says) as caught:
        Statistics.load(copied)
    assert table in str(caught.value)


def test_an_empty_table_and_a_wrong_encoding_are_refused(copied: Path) -> None:
    (copied / "words.csv").write_text("word,meaning\r\n", encoding="utf-8")
    with pytest.raises(StatisticsError, match=r"words.csv: holds no rows"):
        Statistics.load(copied)
    (copied / "words.csv").write_bytes(b"word,meaning\r\ncaf\xe9,tea\r\n")
    with pytest.raises(StatisticsError, match=r"words.csv: cannot be read"):
        Statistics.load(copied)


def test_the_descriptor_must_be_an_object(copied: Path) -> None:
    (copied / "datapackage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(StatisticsError, match="is no JSON object"):
        Statistics.load(copied)


def test_the_same_question_gets_the_same_answer(statistics: Statistics) -> None:
    replies = set()
    for _ in range(3):
        asked = Statistics.load(FOLDER).read("how many in cambridgeshire in 2015 and by how much did it rise", TODAY)
        assert asked is not None
        replies.add(statistics.answer(asked.slots, TODAY).text)
    assert len(replies) == 1


def test_slots_from_elsewhere_do_no_harm(statistics: Statistics) -> None:
    for slots in (
        {},
        {"asks": []},
        {"asks": ["x"]},
        {"asks": [{"op": "value", "series": "gone", "areas": [["gone"]], "periods": ["x"]}]},
    ):
        assert statistics.answer(slots, TODAY).text
    asked = statistics.read(
        "and 2016?", TODAY, {"asks": [{"op": "value", "series": "gone", "areas": [], "periods": []}]}
    )
    assert asked is not None
    assert statistics.answer(asked.slots, date(2027, 1, 1)).text.startswith("192")

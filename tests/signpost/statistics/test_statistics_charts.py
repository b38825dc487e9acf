"""A chart draws what is known: gaps stay gaps, open values stay open, worked-out ones say so, and the unit is named."""

from collections.abc import Callable
from typing import Any

import pytest

from signpost.statistics import Answer, Statistics, charts


@pytest.fixture
def drawn(statistics: Statistics) -> Callable[[str, str], dict[str, Any]]:
    """The chart of a line, by series and area."""
    return lambda series, area: charts.chart(statistics.figures.line(series, area), statistics.package)


def rows(chart: dict[str, Any]) -> list[tuple[str, float | None, str]]:
    return [(row["label"], row["value"], row["text"]) for row in chart["rows"]]


def test_missing_years_are_rows_without_a_bar(say: Callable[..., Answer]) -> None:
    answer = say("show a chart of child abuse image offences in the uk")
    assert rows(answer.custom["chart"]) == [
        ("2016/17", 18522, "18,522"),
        ("2017/18", 22724, "22,724"),
        ("2018/19", None, "no figure"),
        ("2019/20", None, "no figure"),
        ("2020/21", None, "no figure"),
        ("2021/22", 30925, "30,925"),
        ("2022/23", 33000, "about 33,000"),
    ]
    assert "2018/19   no figure" in answer.text.splitlines()


def test_a_year_that_was_counted_differently_is_no_gap_and_no_bar(say: Callable[..., Answer]) -> None:
    answer = say("chart of iwf reports confirmed")
    assert ("2020", None, "counted differently") in rows(answer.custom["chart"])


def test_an_open_value_is_drawn_open(drawn: Callable[[str, str], dict[str, Any]]) -> None:
    chart = drawn("childline-counselling-sessions-all", "uk")
    row = next(row for row in chart["rows"] if row["label"] == "2016/17")
    assert (row["low"], row["high"], row["text"]) == (295000, None, "more than 295,000")
    assert "2016/17  ########################> more than 295,000" in charts.bars(chart).splitlines()


def test_a_value_between_two_bounds_is_drawn_to_both(drawn: Callable[[str, str], dict[str, Any]]) -> None:
    text = charts.bars(drawn("nca-estimate-uk-people-posing-sexual-risk", "uk"))
    assert "################-------- 550,000 to 850,000" in text


def test_a_worked_out_value_is_marked_and_no_other(say: Callable[..., Answer]) -> None:
    chart = say("show me a chart").custom["chart"]
    assert [row["label"] for row in chart["rows"] if row["derived"]] == ["2015 (worked out)"]


def test_the_unit_is_named(say: Callable[..., Answer]) -> None:
    answer = say("show me a chart")
    assert answer.custom["chart"]["unit"] == "people"
    assert "Suspected online child sex offenders, Cambridgeshire (people)" in answer.text


def test_every_line_can_be_drawn_without_a_bar_for_what_is_not_there(statistics: Statistics) -> None:
    lines = {(figure.series, figure.area) for figure in statistics.package.figures.values()}
    for series, area in lines:
        chart = charts.chart(statistics.figures.line(series, area), statistics.package)
        text = charts.bars(chart).splitlines()
        for row, bar in zip(chart["rows"], text[1:], strict=True):
            assert bar.startswith(row["label"])
            assert bar.endswith(row["text"])
            if row["value"] is None:
                assert not set("#->") & set(bar.removeprefix(row["label"]).removesuffix(row["text"]))

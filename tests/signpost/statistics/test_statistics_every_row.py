"""Every row of the package, asked for in three wordings, is answered with exactly its value, unit and source."""

from pathlib import Path

import pytest
from tests_statistics import FOLDER, TODAY

from signpost.statistics import Statistics, wording
from signpost.statistics.package import read_package

PACKAGE = read_package(FOLDER)


def wordings(figure_id: str) -> list[str]:
    figure = PACKAGE.figures[figure_id]
    series, area = PACKAGE.series[figure.series], PACKAGE.areas[figure.area]
    if series.label.startswith("of "):
        return [
            f"What percentage {series.label} {area.in_text}, {figure.label}?",
            f"percentage {series.label} {area.in_text} in {figure.label}",
            f"what was the figure for the percentage {series.label} for {area.name} in {figure.label}?",
        ]
    return [
        f"How many {series.label} {area.in_text} {figure.label}",
        f"{series.label}, {area.name}, {figure.label}",
        f"what was the figure for {series.label} for {area.name} in {figure.label}?",
    ]


@pytest.mark.parametrize("figure_id", PACKAGE.figures)
def test_a_row_is_found_in_three_wordings(statistics: Statistics, figure_id: str) -> None:
    figure = PACKAGE.figures[figure_id]
    series, source = PACKAGE.series[figure.series], PACKAGE.sources[figure.source]
    value = wording.value_text(figure, series)
    for question in wordings(figure_id):
        asked = statistics.read(question, TODAY)
        assert asked is not None, question
        assert asked.strength >= 0.8, question
        answer = statistics.answer(asked.slots, TODAY)
        finding = answer.custom["finding"]
        twins = [
            other.id
            for other in PACKAGE.figures.values()
            if (other.series, other.area, other.label) == (figure.series, figure.area, figure.label)
        ]
        assert sorted(finding["figures"]) == sorted(twins), question
        assert value.casefold() in answer.text.splitlines()[0].casefold(), question
        assert value.casefold() in finding["value"].casefold()
        assert finding["unit"] == series.unit
        assert finding["area"] == PACKAGE.areas[figure.area].name
        assert finding["status"] == figure.status
        assert source.publisher in answer.text
        assert len(answer.text.splitlines()) <= 6
        if figure_id == twins[0]:
            assert finding["source"] == {"title": source.title, "url": source.url or None}
        assert figure.caveat in finding["caveats"] or any(text.endswith(figure.caveat) for text in finding["caveats"])


def test_the_package_is_whole() -> None:
    assert len(PACKAGE.figures) >= 302
    assert len(PACKAGE.series) >= 86
    assert Path(FOLDER, "datapackage.json").is_file()

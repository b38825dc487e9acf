"""Questions made from the data: every value asked back, and restrictions that no figure holds, each named."""

import pytest
from tests_statistics import FOLDER, TODAY

from signpost.statistics import Statistics, wording
from signpost.statistics.package import read_package
from signpost.statistics.records import Figure
from signpost.statistics.values import rounded

PACKAGE = read_package(FOLDER)
SMALL = 20  # a smaller number alone means no figure


def said(figure: Figure) -> str:
    """The number of a figure as it is written, or the bound that its source gives."""
    low, high = figure.value.low, figure.value.high
    number = rounded(low if low != float("-inf") else high, 1)
    return number + ("%" if PACKAGE.series[figure.series].per_cent else "")


NUMBERS: dict[str, list[Figure]] = {}
for _figure in PACKAGE.figures.values():
    NUMBERS.setdefault(said(_figure), []).append(_figure)
BACK = ("is the number {} right?", "where does {} come from?", "who says {}")


@pytest.mark.parametrize("wording_of", BACK)
def test_every_value_is_a_way_in(statistics: Statistics, wording_of: str) -> None:
    wrong = []
    for number, figures in NUMBERS.items():
        asked = statistics.read(wording_of.format(number), TODAY)
        text = statistics.answer(asked.slots, TODAY).text if asked else ""
        publishers = [PACKAGE.sources[figure.source].publisher for figure in figures]
        right = text.startswith("Yes") if wording_of.startswith("is") else any(name in text for name in publishers)
        if not (right and number.rstrip("%") in text):
            wrong.append((number, text[:80]))
    assert not wrong


def test_a_number_that_is_nowhere_is_not_confirmed(statistics: Statistics) -> None:
    for number in ("156", "4,001", "7,264", "2,801", "45.1%"):
        asked = statistics.read(f"is {number} the right number", TODAY)
        assert asked is not None
        assert statistics.answer(asked.slots, TODAY).text.startswith("No")


BEFORE = [
    "retired",
    "wealthy",
    "left-handed",
    "blonde",
    "married",
    "unemployed",
    "homeless",
    "famous",
    "disabled",
    "bald",
    "anonymous",
    "divorced",
]
BEHIND = [
    "on sundays",
    "at weekends",
    "in winter",
    "with tattoos",
    "with children of their own",
    "at night",
    "from abroad",
    "who were drunk",
    "who were vegetarians",
    "living alone",
    "by bus",
    "using a library computer",
    "during the pandemic",
    "under 25",
    "over 60",
    "before breakfast",
    "on bank holidays",
    "with a degree",
]
COUNTED = [
    figure
    for figure in PACKAGE.figures.values()
    if figure.single and not PACKAGE.series[figure.series].label.startswith(("of ", "change"))
][::20][:10]


@pytest.mark.parametrize("restriction", [*BEFORE, *BEHIND])
def test_a_restriction_that_the_data_lack_is_named_beside_the_figure(statistics: Statistics, restriction: str) -> None:
    for figure in COUNTED:
        series, area = PACKAGE.series[figure.series], PACKAGE.areas[figure.area]
        label = f"{restriction} {series.label}" if restriction in BEFORE else series.label
        behind = "" if restriction in BEFORE else restriction
        question = f"how many {label} {area.in_text} in {wording.short_period(figure)} {behind}"
        asked = statistics.read(question, TODAY)
        assert asked is not None, question
        text = statistics.answer(asked.slots, TODAY).text.casefold()
        assert text.startswith("the figures do not say how many were"), question
        assert restriction.split("-")[0].split()[-1] in text or restriction.split()[1] in text, question
        assert wording.value_text(figure, series).casefold() in text.splitlines()[0], question


def test_a_restriction_is_not_kept(statistics: Statistics) -> None:
    asked = statistics.read("how many retired suspects in cambridgeshire in 2016", TODAY)
    assert asked is not None
    assert "retired" not in str(statistics.answer(asked.slots, TODAY).slots)


def test_what_is_never_said_back_is_not_said_back(statistics: Statistics) -> None:
    for word in ("fucking", "perverted", "zzyzx"):
        asked = statistics.read(f"how many {word} suspects in cambridgeshire in 2016", TODAY)
        assert asked is not None
        text = statistics.answer(asked.slots, TODAY).text
        assert word not in text
        assert "192" in text


QUESTIONS = [f"how many {PACKAGE.series[f.series].label} {PACKAGE.areas[f.area].in_text} {f.label}" for f in COUNTED]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_value_is_told_in_sixty_words(statistics: Statistics, question: str) -> None:
    asked = statistics.read(question, TODAY)
    assert asked is not None
    assert len(statistics.answer(asked.slots, TODAY).text.split()) <= 60

"""Every series is reached by three plain names, and the newer ones take no question from the story's figures."""

import pytest
from tests_statistics import FOLDER, TODAY

from signpost.statistics import Statistics
from signpost.statistics.package import read_package
from signpost.statistics.records import Series

PACKAGE = read_package(FOLDER)
CHIEF = "bbc-foi-suspected-online-child-sex-offenders"
NAMES = 3


def asked(statistics: Statistics, question: str) -> list[str]:
    """The figures that answer a question."""
    read = statistics.read(question, TODAY, likely=True)
    answer = statistics.answer(read.slots, TODAY) if read else None
    return answer.custom["finding"]["figures"] if answer and "finding" in answer.custom else []


def opening(name: str, per_cent: bool) -> str:
    if name.startswith("of "):
        return "What percentage"
    return "What is the" if per_cent else "How many"


@pytest.mark.parametrize("series", PACKAGE.series.values(), ids=lambda series: series.id)
def test_a_series_is_reached_by_three_plain_names(statistics: Statistics, series: Series) -> None:
    names = dict.fromkeys([series.label, *series.aliases])
    per_cent = series.unit in {"per cent", "times"}
    reached = [
        name
        for name in names
        if any(
            figure.startswith(f"{series.id}--") for figure in asked(statistics, f"{opening(name, per_cent)} {name}?")
        )
    ]
    assert len(reached) >= NAMES, (reached, [name for name in names if name not in reached])


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how many suspects in cambridgeshire in 2016", f"{CHIEF}--cambridgeshire--2016"),
        ("how many offenders in 2014?", f"{CHIEF}--cambridgeshire--2014"),
        ("how many suspected online child sex offenders", f"{CHIEF}--cambridgeshire--2014-to-2016-three-years"),
        ("how many people were prosecuted in 2015", "persons-prosecuted-indecent-images--national-area-not"),
        ("how many calls a month to the foundation", "lff-helpline-calls-per-month--"),
        ("how many grooming offences", "nspcc-foi-sexual-communication-with-a-child--uk--2024-25"),
        ("how many image offences in the uk in 2017/18", "nspcc-foi-child-abuse-image-offences--uk--2017-18"),
        ("how many grooming offences on snapchat", "nspcc-foi-scwc-platform-share-snapchat--uk--2024-25"),
    ],
)
def test_newer_series_take_no_question_from_the_old_ones(statistics: Statistics, question: str, figure: str) -> None:
    assert asked(statistics, question)[0].startswith(figure)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many image offences in cambridgeshire in 2013", "59"),
        ("how many image offences in cambridgeshire in 2015", "142"),
        ("ministry of justice prosecutions for images in 2018", "4,708"),
        ("how many offences of communicating indecently with a child in 2020/21", "685"),
        ("how many counselling sessions did childline give in 2023/24", "187,999"),
        ("how many grooming offences in the south east in 2023/24", "680"),
        ("how many image offences in south wales in 2017/18", "543"),
    ],
)
def test_the_new_figures_are_found_in_everyday_words(statistics: Statistics, question: str, value: str) -> None:
    read = statistics.read(question, TODAY, likely=True)
    assert read is not None
    assert statistics.answer(read.slots, TODAY).text.startswith(value)


def test_figures_of_another_kind_are_never_joined_to_the_story(statistics: Statistics) -> None:
    story = statistics.package.series[CHIEF]
    for later in story.later:
        assert statistics.package.series[later].group != story.group
    shown = asked(statistics, "show a chart of suspects in cambridgeshire")
    assert {figure.split("--")[0] for figure in shown} == {CHIEF}


@pytest.mark.parametrize(
    "text",
    [
        "what does child protection plan mean",
        "what is sexual extortion",
        "how do i use the stop it now live chat",
        "is there online peer support for families",
        "what is stop it now scotland",
        "someone is sextorting me on snapchat",
        "i saw grooming on whatsapp",
    ],
)
def test_the_names_of_series_take_no_question_of_help(statistics: Statistics, text: str) -> None:
    asked = statistics.read(text, TODAY)
    assert asked is None or asked.strength < 0.7

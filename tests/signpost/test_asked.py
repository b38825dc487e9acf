"""What is asked in so many words, each row held against its own examples and others."""

from pathlib import Path

import pytest

from signpost.answering.asked import AskedError, AskedTable

DATA = Path(__file__).parents[2] / "data"
TABLE = AskedTable.load(DATA / "words" / "asks.yml")


def names(said: str) -> list[str]:
    return [found.name for found in TABLE.find(said)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("how can i complain about the way the police treated me", "complain_police"),
        ("the cops laughed at me and i want to make a complaint", "complain_police"),
        ("i have a complaint about the social worker", "complain_council"),
        ("who runs you", "robot"),
        ("which charity is behind this", "robot"),
        ("how do i complain", "robot"),
        ("i am hard of hearing", "deaf"),
        ("bsl", "deaf"),
        ("can i message 999", "text_999"),
        ("is there a welsh speaking helpline", "welsh_speaker"),
        ("does sarah's law count in glasgow", "find_record"),
    ],
)
def test_a_question_is_heard_by_its_words(said: str, name: str) -> None:
    assert name in names(said)


@pytest.mark.parametrize(
    "said",
    [
        "the police came and took my dad",
        "my brother is deaf and his teacher hits him",
        "my aunt runs a nursery and a man there touches the kids",
        "who runs the group chat where they shared my picture",
        "my dad is welsh",
        "he complains that i never send pictures",
    ],
)
def test_what_somebody_tells_is_no_such_question(said: str) -> None:
    assert names(said) == []


def test_a_row_that_fails_its_own_example_stops_the_start(tmp_path: Path) -> None:
    text = (DATA / "words" / "asks.yml").read_text(encoding="utf-8")
    (tmp_path / "asks.yml").write_text(text.replace("example: can i text 999", "example: can i call you"), "utf-8")
    with pytest.raises(AskedError, match="text_999"):
        AskedTable.load(tmp_path / "asks.yml")

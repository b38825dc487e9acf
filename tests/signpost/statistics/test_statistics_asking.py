"""Questions in our own words, by kind of fault (`asking.yml`): what the reply holds, in its first line and anywhere."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests_statistics import TODAY

from signpost.statistics import Answer, Statistics
from signpost.statistics.asking.table import FILE, AskingError, Table

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "asking.yml").read_text())
CASES = [pytest.param(case, id=f"{kind}: {case['said']}") for kind, cases in TABLE.items() for case in cases]


def reply(statistics: Statistics, said: str) -> Answer:
    """The reply to the last of several turns."""
    previous: dict[str, Any] | None = None
    answer = Answer("", (), {}, {})
    for turn in said.split(" >> "):
        asked = statistics.read(turn, TODAY, previous)
        assert asked is not None, f"{turn!r} was not read as a question of fact"
        answer = statistics.answer(asked.slots, TODAY)
        previous = answer.slots
    return answer


def lacking(text: str, case: dict[str, Any]) -> list[str]:
    """What a reply should hold and does not, or holds and should not."""
    first = text.splitlines()[0] if text else ""
    found = [f"first line: {item}" for item in case.get("first", ()) if not re.search(str(item), first, re.I)]
    found += [f"holds: {item}" for item in case.get("holds", ()) if not re.search(str(item), text, re.I | re.S)]
    return found + [f"lacks: {item}" for item in case.get("lacks", ()) if re.search(str(item), text, re.I)]


@pytest.mark.parametrize("case", CASES)
def test_a_question_in_new_words_is_answered(statistics: Statistics, case: dict[str, Any]) -> None:
    text = reply(statistics, case["said"]).text
    assert not lacking(text, case), text


@pytest.mark.parametrize("message", ["blah blah", "blah?", "so what", "hm?", "i see", "is it me or", "what"])
def test_what_is_not_understood_never_gets_the_answer_again(statistics: Statistics, message: str) -> None:
    first = reply(statistics, "how many suspects in cambridgeshire in 2016")
    asked = statistics.read(message, TODAY, first.slots)
    assert asked is None or statistics.answer(asked.slots, TODAY).text != first.text


def test_three_queries_are_kept(statistics: Statistics) -> None:
    kept = reply(statistics, "cambridgeshire 2014 >> 2015? >> 2016? >> and norfolk?").slots
    assert [len(kept["asks"]), len(kept["before"])] == [1, 2]


def test_a_pattern_that_fails_its_own_example_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "asking.yml"
    broken.write_text(FILE.read_text().replace("example: where is the spreadsheet", "example: where is my mum"))
    with pytest.raises(AskingError, match="data: its example"):
        Table.load(broken)

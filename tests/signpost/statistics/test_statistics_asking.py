"""Questions in our own words, by kind of fault (`asking.yml`): what the reply holds, in its first line and anywhere."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests_statistics import TODAY

from signpost.statistics import Answer, Statistics

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

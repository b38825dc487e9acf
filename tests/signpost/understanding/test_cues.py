"""Cues: words that ask for something, each true to its own examples."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from signpost.understanding.cues import Cues, CuesError

FILE = Path(__file__).parent.parent.parent.parent / "data" / "words" / "cues.yml"
ROWS: dict[str, dict[str, Any]] = {row["name"]: row for row in yaml.safe_load(FILE.read_text())["cues"]}
CUES = Cues.load(FILE)


@pytest.mark.parametrize("name", ROWS)
def test_a_cue_is_in_its_example_and_not_in_its_counter_example(name: str) -> None:
    assert CUES.has(name, ROWS[name]["example"])
    assert not CUES.has(name, ROWS[name]["counter_example"])


@pytest.mark.parametrize("name", ROWS)
def test_every_cue_says_why(name: str) -> None:
    assert set(ROWS[name]) == {"name", "pattern", "why", "example", "counter_example"}
    assert ROWS[name]["why"]


def test_no_two_cues_share_a_name() -> None:
    assert len(ROWS) == len(yaml.safe_load(FILE.read_text())["cues"])


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("refused", "show me pictures of kids"),
        ("refused", "where can i find that"),
        ("refused", "how do i delete my history before the police come"),
        ("refused", "send me a link"),
        ("refused", "can they trace me"),
        ("own", "i keep looking at them"),
        ("own", "urges to look again"),
        ("own", "help for paedophiles"),
        ("figure", "how many in 2014"),
        ("figure", "what did the nspcc call for"),
        ("near", "help near norwich"),
        ("near", "anything close to me"),
        ("somebody", "he did it in 2014"),
    ],
)
def test_a_request_has_its_cue(name: str, folded: str) -> None:
    assert CUES.has(name, folded)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        *(("refused", bare) for bare in ("dick pics", "nudes", "porn", "sex", "child porn", "rape", "kids", "loli")),
        ("refused", "he touched me"),
        ("own", "dad was arrested"),
        ("own", "nudes"),
        ("own", "his uncle touched him"),
        ("figure", "my uncle hit her in 2014"),
        ("near", "she lives in norwich"),
        ("somebody", "cambridgeshire 2014"),
    ],
)
def test_a_bare_word_or_a_story_has_none(name: str, folded: str) -> None:
    assert not CUES.has(name, folded)


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("", "cannot be read"),
        ("other: []", "cannot be read"),
        ("cues: [{name: a}]", "cannot be read"),
        ("cues: [{name: a, pattern: '(', example: a, counter_example: b}]", "cannot be read"),
        ("cues: [{name: loose, pattern: 'a', example: a, counter_example: a}]", "loose"),
        ("cues: [{name: deaf, pattern: 'a', example: b, counter_example: b}]", "deaf"),
    ],
)
def test_a_damaged_table_is_named_with_its_fault(broken: str, fault: str, tmp_path: Path) -> None:
    file = tmp_path / "cues.yml"
    file.write_text(broken)
    with pytest.raises(CuesError, match=fault) as error:
        Cues.load(file)
    assert "cues.yml" in str(error.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(CuesError, match=r"none\.yml"):
        Cues.load(tmp_path / "none.yml")

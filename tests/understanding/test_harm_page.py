"""The worked examples of docs/harm.md are what data/harm.yml comes to."""

import re
from pathlib import Path

import pytest

from signpost.assistant import assistant

PAGE = (Path(__file__).parent.parent.parent / "docs" / "harm.md").read_text(encoding="utf-8")
EXAMPLES = [part.split("\n## ")[0] for part in PAGE.split("\n### ")[1:]]
ROW = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)


def belief(example: str) -> dict[str, float]:
    return {name: float(cells) for name, cells in ROW.findall(example) if "|" not in cells}


def sums(example: str) -> dict[str, str]:
    return {name: cells.split("|")[-1].strip() for name, cells in ROW.findall(example) if "|" in cells}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.split(":")[0] for example in EXAMPLES])
def test_each_sum_is_right_and_the_least_is_the_one_in_bold(example: str) -> None:
    believed, written = belief(example), sums(example)
    assert sum(believed.values()) == pytest.approx(1)
    assert set(written) == set(believed)
    expected = {name: assistant().table.expected(name, believed) for name in written}
    assert {name: float(text.strip("*")) for name, text in written.items()} == pytest.approx(expected, abs=0.051)
    assert [name for name, text in written.items() if text.startswith("**")] == [
        min(expected, key=expected.__getitem__)
    ]


@pytest.mark.parametrize("family", sorted({assistant().table.family(name) for name in assistant().table.kinds}))
def test_each_family_is_explained(family: str) -> None:
    assert f"`{family}`" in PAGE.split("## What each number means")[0]


def test_the_chances_from_which_a_second_need_is_answered_are_right() -> None:
    harm = assistant().table.harm
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) % \|$", PAGE, re.MULTILINE)
    assert len(rows) == 3
    for family, left_out, beside, chance in rows:
        assert (float(left_out), float(beside)) == (harm.left_out[family], harm.beside[family]), family
        assert float(chance) == round(100 * float(beside) / (float(beside) + float(left_out))), family


QUOTED = re.compile(r"`(\w+): (?:\{(\w+): (\d+)\}|(\d+))`")
ENTRIES = re.findall(
    r"^\| `(\w+)` \| (.*) \|$", PAGE.split("## What each number means")[1].split("\n## ")[0], re.MULTILINE
)


@pytest.mark.parametrize(("entry", "said"), ENTRIES)
def test_the_numbers_that_explain_an_entry_are_those_of_the_table(entry: str, said: str) -> None:
    table = getattr(assistant().table.harm, entry)
    for row, column, inner, alone in QUOTED.findall(said):
        assert float(inner or alone) == (table[row][column] if column else table[row])

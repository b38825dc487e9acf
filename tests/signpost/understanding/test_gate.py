"""The gate finds danger by its rules, calls off only within reach, and refuses a file that would switch it off."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
import yaml

from signpost.understanding.gate import KINDS, Gate, GateError
from signpost.words import Words

ROOT = Path(__file__).parent.parent.parent.parent
FILE = ROOT / "data" / "words" / "gate.yml"
CASES = ROOT / "tests" / "understanding"
GATE = Gate.load(FILE)
WORDS = Words.load(ROOT / "data" / "words")
TABLE = yaml.safe_load(FILE.read_text())
RULES = {row["name"]: row for row in TABLE["table"]}
NEGATIONS = {row["name"]: row for row in TABLE["negations"]}
SUBJECTS = {row["name"]: row for row in TABLE["subjects"]}
DANGER = [c for c in yaml.safe_load((CASES / "danger_gate.yml").read_text())["urgent"] if c["kind"] != "child"]
CALM = yaml.safe_load((CASES / "danger_gate.yml").read_text())["calm"]
BENIGN = yaml.safe_load((CASES / "benign.yml").read_text())["messages"]
ANYTHING = [row["say"] for row in yaml.safe_load((CASES / "open" / "anything.yml").read_text())]


def read(text: str) -> frozenset[str]:
    return GATE.read(WORDS.fold(text))


def opened(messages: list[str]) -> list[str]:
    return [message for message in messages if read(message)]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_its_example_and_leaves_its_counter_example(name: str) -> None:
    row = RULES[name]
    assert row["kind"] in GATE.read(row["example"])
    assert name in GATE.why(row["example"])
    assert row["kind"] not in GATE.read(row["counter_example"])


@pytest.mark.parametrize("name", NEGATIONS)
def test_a_negation_calls_off_its_example_which_would_be_found_without_it(name: str) -> None:
    row = NEGATIONS[name]
    assert not GATE.read(row["example"])
    assert name in GATE.called_off(row["example"])
    assert GATE.read(row["counter_example"])


@pytest.mark.parametrize("name", SUBJECTS)
def test_who_is_meant_is_told_from_who_is_not(name: str) -> None:
    row = SUBJECTS[name]
    assert GATE.subject(row["example"]) == row["who"]
    assert GATE.subject(row["counter_example"]) not in (None, row["who"])


def test_every_row_says_why_and_is_named_once() -> None:
    rows = [*TABLE["table"], *TABLE["negations"], *TABLE["subjects"]]
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(row["why"].strip() for row in rows)
    assert {row["kind"] for row in TABLE["table"]} == set(KINDS)


def test_nearly_all_messages_of_danger_open_the_gate_by_themselves() -> None:
    missed = [case["text"] for case in DANGER if not read(case["text"])]
    assert len(missed) <= 0.03 * len(DANGER), missed


def test_look_alikes_and_harmless_messages_hardly_ever_do() -> None:
    for messages, share in ((CALM, 0.01), (BENIGN, 0.005), (ANYTHING, 0.005)):
        assert len(found := opened(messages)) <= share * len(messages), found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ive necked a whole box of tablets haha", "ambulance"),
        ("I've swallowed a load of tablets, the police found out", "ambulance"),
        ("took all my nans pills", "ambulance"),
        ("my little boy drank bleach", "ambulance"),
        ("i got attacked on the way home and im bleeding 💀", "ambulance"),
        ("she won't wake up", "ambulance"),
        ("her room is empty and the window's open", "police"),
        ("her bag is gone and she has gone to meet him", "police"),
        ("danger", "police"),
        ("Danger!! help", "police"),
        ("someone's at the door and im on my own", "police"),
        ("i'm being taken somewhere", "police"),
        ("im meeting him now", "police"),
        ("he has a knife lol", "police"),
        ("i want to die 😂", "suicide"),
        ("nobody saw it but he has a knife", "police"),
        ("he hit me with a bottle, nobody is in danger now", "police"),
        ("I'm not in danger but my sister wants to die", "suicide"),
    ],
)
def test_danger_is_found_however_it_is_told(text: str, kind: str) -> None:
    assert kind in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm worried about a child, nobody's in danger right now, who can I speak to",
        "my husband told the truth, he needs help, he broke down",
        "can you help with my homework, it is about a play where the king is in danger",
        "is he allowed back tonight",
        "he broke the door of the wardrobe",
        "I could die of shame",
        "i nearly died laughing",
        "how do I kill a process",
        "what is on tonight",
        "i need the number now",
        "when should i ring nine nine nine",
    ],
)
def test_what_only_sounds_like_danger_is_left_alone(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    "text",
    [
        "9️⃣9️⃣9️⃣",
        "nine nine nine",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "ѕuісidаl",
        "s̶u̶i̶c̶i̶d̶a̶l̶",
        "i feel su!cid@l",
        "i w a n t t o d i e",
    ],
)
def test_a_disguise_hides_no_danger(text: str) -> None:
    assert read(text)


def test_a_negation_reaches_no_further_than_its_words_and_a_mark() -> None:
    assert not GATE.read("nobody is in danger")
    assert GATE.read("nobody is at home with us this week and we are in danger")
    assert GATE.read("not now. in danger")
    assert GATE.read("in danger, nobody is here")


@pytest.mark.parametrize("laugh", ["lol", "haha", "hahaha jk", "😂", "💀", "lmao 🤣"])
def test_no_laugh_calls_anything_off(laugh: str) -> None:
    for row in TABLE["table"]:
        if not row["pattern"].endswith("$"):
            with_laugh = f"{laugh}, {row['example']}, {laugh}"
            assert GATE.read(with_laugh) or not GATE.read(f"well, {row['example']}, well"), with_laugh


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("i want to die", "self"),
        ("he says he will kill himself if i leave", "other"),
        ("my friend told me she wants to die", "other"),
        ("i will kill myself if he posts them", "self"),
        ("took all my pills", "self"),
        ("my mum has taken an overdose", "other"),
        ("hello", None),
    ],
)
def test_whose_danger_is_meant(text: str, who: str | None) -> None:
    assert GATE.subject(WORDS.fold(text)) == who


def without_kind(table: dict[str, Any]) -> None:
    table["table"] = [row for row in table["table"] if row["kind"] != "suicide"]


def change(where: str, name: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    def apply(table: dict[str, Any]) -> None:
        next(row for row in table[where] if row["name"] == name).update(values)

    return apply


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (without_kind, "suicide"),
        (change("table", "in_danger", pattern=""), "in_danger"),
        (change("table", "in_danger", pattern=".*"), "in_danger"),
        (change("table", "in_danger", kind="fire"), "in_danger"),
        (change("table", "in_danger", pattern="in dangr"), "in_danger"),
        (change("table", "in_danger", pattern="danger"), "in_danger"),
        (change("table", "in_danger", pattern="in (danger"), "cannot be read"),
        (change("negations", "no_danger", literal=""), "no_danger"),
        (change("negations", "no_danger", literal=".*"), "no_danger"),
        (change("negations", "no_danger", literal=r"\w+", direction="both", scope=20), "no_danger"),
        (change("negations", "no_danger", direction="sideways"), "no_danger"),
        (change("negations", "no_danger", literal="pandas?"), "no_danger"),
        (change("negations", "callers", only=["at_the_dor"]), "callers"),
        (change("negations", "not_so", scope=20, stops=[]), "not_so"),
        (change("subjects", "another", literal="aliens"), "another"),
        (lambda table: table.pop("negations"), "negations"),
    ],
)
def test_a_file_that_would_switch_the_gate_off_is_refused_by_name(
    damage: Callable[[dict[str, Any]], None], named: str, tmp_path: Path
) -> None:
    table = yaml.safe_load(FILE.read_text())
    damage(table)
    (tmp_path / "gate.yml").write_text(yaml.safe_dump(table, sort_keys=False))
    with pytest.raises(GateError, match=re.escape(named)):
        Gate.load(tmp_path / "gate.yml")


def test_a_missing_file_or_one_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GateError, match=r"gate\.yml"):
        Gate.load(tmp_path / "gate.yml")
    (tmp_path / "gate.yml").write_text("- a\n")
    with pytest.raises(GateError, match=r"gate\.yml"):
        Gate.load(tmp_path / "gate.yml")


REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


def repeats(parsed: Any, within: bool = False) -> Iterator[bool]:
    """Whether a repeat without end stands in another one, for each that has none."""
    for operation, value in parsed:
        endless = operation in REPEATS and value[1] is _constants.MAXREPEAT
        if endless:
            yield within
        parts = value if isinstance(value, tuple | list) else [value]
        for part in parts:
            inner = part if isinstance(part, list) else [part]
            for piece in inner:
                if isinstance(piece, _parser.SubPattern):
                    yield from repeats(piece, within or endless)


def test_a_repeat_within_a_repeat_would_be_noticed() -> None:
    assert any(repeats(_parser.parse(r"a(?:b(?:c+d)*)")))
    assert not any(repeats(_parser.parse(r"a+(?:b|c)*(?:\w+ ){0,3}")))


def test_no_pattern_repeats_a_repeat_without_end() -> None:
    patterns = [rule.pattern for rule in GATE.rules]
    patterns += [p for reach in (*GATE.negations, *GATE.subjects) for p in (reach.literal, reach.stops)]
    assert not [p.pattern for p in patterns if any(repeats(_parser.parse(p.pattern)))]


def seconds(text: str) -> float:
    start = time.process_time()
    GATE.read(text)
    return time.process_time() - start


UNITS = [row["example"] for row in (*TABLE["table"][::6], *TABLE["negations"][::3])]


@pytest.mark.parametrize("unit", ["a", "a ", "in ", ". ", "help ", "my daughter ", "not in danger ", "he is ", *UNITS])
def test_eight_times_the_message_takes_no_more_than_eight_times_as_long_or_thereabouts(unit: str) -> None:
    short, long = (((f"{unit} " if len(unit) > 1 else unit) * length)[:length] for length in (500, 4000))
    growth = min(seconds(long) for _ in range(3)) / max(min(seconds(short) for _ in range(5)), 1e-4)
    assert growth < 24  # eight where the time is in proportion, sixty-four where it is the square

"""The table of rules: each holds against its own examples, a damaged one is named, and none runs away."""

from pathlib import Path

import pytest
import yaml
from text_to_num import alpha2digit

from signpost.understanding.speaker import KEPT, SpeakerError, Speakers
from tests.security.test_patterns import UNITS, superlinear
from tests.signpost.understanding.speaking import SPEAKER, WORDS

TABLE = yaml.safe_load(KEPT.read_text())


@pytest.mark.parametrize("rule", TABLE["table"], ids=lambda rule: rule["name"])
def test_examples_are_written_as_they_reach_the_rules(rule: dict[str, str]) -> None:
    assert [WORDS.fold(rule[key]) for key in ("example", "counter_example")] == [
        rule["example"],
        rule["counter_example"],
    ]


@pytest.mark.parametrize("rule", TABLE["table"], ids=lambda rule: rule["name"])
def test_each_rule_is_found_in_its_example_and_not_in_its_counter_example(rule: dict[str, str]) -> None:
    kept = next(r for r in SPEAKER.rules[rule["says"]] if r.name == rule["name"])
    assert kept.pattern.search(alpha2digit(rule["example"], "en"))
    assert not kept.pattern.search(alpha2digit(rule["counter_example"], "en"))


GOOD = {
    "name": "kid",
    "says": "child",
    "pattern": "i am a kid",
    "why": "w",
    "example": "i am a kid",
    "counter_example": "he",
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"example": "she is a kid"}, "'kid' does not match its example"),
        ({"counter_example": "i am a kid"}, "'kid' matches its counter-example"),
        ({"pattern": "("}, "'kid' has no valid pattern"),
        ({"says": "wizard"}, "'kid' says 'wizard'"),
        ({"says": "age"}, "'kid' reads an age but has no group"),
        ({"why": ""}, "a rule needs"),
        ({"colour": "red"}, "a rule needs"),
    ],
)
def test_a_damaged_rule_is_named(change: dict[str, str], fault: str, tmp_path: Path) -> None:
    file = tmp_path / "speaker.yml"
    file.write_text(yaml.safe_dump({"parts": {}, "table": [{**GOOD, **change}]}))
    with pytest.raises(SpeakerError, match=fault):
        Speakers.load(file)


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "speaker.yml"
    file.write_text(yaml.safe_dump({"parts": {}, "table": [GOOD, GOOD]}))
    with pytest.raises(SpeakerError, match="kid"):
        Speakers.load(file)


@pytest.mark.parametrize("text", ["child: ['(']\n", "", "parts: [1]\nrules: []\n", "{", "parts: {}\n"])
def test_a_damaged_file_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "speaker.yml").write_text(text)
    with pytest.raises(SpeakerError, match=r"speaker\.yml"):
        Speakers.load(tmp_path / "speaker.yml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SpeakerError, match=r"speaker\.yml"):
        Speakers.load(tmp_path / "speaker.yml")


def test_every_pattern_stays_in_proportion_to_the_message() -> None:
    units = [*UNITS, "i ", "my ", "my dad ", "i was ", "they ", "in ", "not a ", "a 12 "]
    rules = [rule for kind in SPEAKER.rules.values() for rule in kind]
    assert len(rules) > 80
    assert not {rule.name: slow for rule in rules if (slow := superlinear(rule.pattern, units))}

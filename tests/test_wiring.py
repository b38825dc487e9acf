"""What Rasa's own validation does not look at: actions, buttons, rules, routes and services fit together."""

import functools
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.evaluation.sets import cases_of
from signpost.assistant import assistant

ROOT = Path(__file__).parent.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
INTENTS = set(DOMAIN["intents"])
NOT_SAID = {"nlu_fallback"}  # what understanding itself answers with
NEW = {"growing_up", "parents_privacy"}  # judged by the open and the sealed sets, which have no file a need


@functools.cache
def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text())["nlu"]:
            lines = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            found.setdefault(block["intent"].split("/")[0], []).extend(lines)
    return found


def rules() -> dict[str, str]:
    found = {}
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in yaml.safe_load(file.read_text())["rules"]:
            intent, action = rule["steps"][0]["intent"], rule["steps"][1]["action"]
            found[intent] = action
    return found


def held_out() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "tests" / "understanding" / "heldout").glob("*.yml")):
        data = yaml.safe_load(file.read_text())
        messages = [m["text"] if isinstance(m, dict) else m for m in data["messages"]]
        found.setdefault(data.get("need") or data["intent"], []).extend(messages)
    return found


def test_every_action_of_the_domain_exists_in_code_and_no_other() -> None:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(DOMAIN["actions"])


def test_every_intent_has_a_rule_and_every_rule_an_intent_and_an_action() -> None:
    assert set(rules()) == INTENTS
    assert set(rules().values()) <= set(DOMAIN["actions"])


def test_every_button_names_an_intent_and_known_entities() -> None:
    choices = list(assistant().choices)
    assert choices
    for choice in choices:
        assert choice.intent in INTENTS, choice.id
        assert {name for name, _ in choice.entities} <= set(DOMAIN["entities"]), choice.id


def test_every_service_that_copy_names_exists_and_may_be_offered() -> None:
    assert assistant().routes.faults(assistant().directory) == []


def test_every_slot_is_remembered_and_nothing_else() -> None:
    from signpost.memory import Memory

    assert set(DOMAIN["slots"]) == set(Memory().to_slots())
    assert all(slot["influence_conversation"] is False for slot in DOMAIN["slots"].values())


@pytest.mark.parametrize("intent", sorted(INTENTS - NOT_SAID))
def test_every_intent_has_at_least_sixty_sentences(intent: str) -> None:
    assert len(set(examples()[intent])) >= 60


def test_every_need_has_its_file_in_each_room() -> None:
    needs = assistant().needs
    assert needs - NEW <= set(held_out())
    for need in needs:
        family = assistant().table.family(need)
        assert list((ROOT / "data" / "nlu" / family).glob(f"{need}*.yml")), need
    for route in assistant().table.routes():
        assert (ROOT / "data" / "routes" / f"{route}.yml").is_file(), route


def test_every_need_and_kind_of_talk_is_an_intent_of_the_domain() -> None:
    assert set(assistant().table.kinds) == INTENTS


def test_no_sentence_stands_under_two_intents() -> None:
    seen: dict[str, str] = {}
    twice = []
    for intent, lines in examples().items():
        for line in lines:
            folded = " ".join(line.casefold().split())
            if seen.setdefault(folded, intent) != intent:
                twice.append((folded, intent, seen[folded]))
    assert not twice


def _other_messages() -> list[str]:
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key in {"text", "messages", "urgent", "calm", "variants", "prompts", "prompt", "sets", "noisy"}:
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for name in ("blind", "benign", "out_of_scope", "danger_gate", "noise", "published_prompts"):
        walk(yaml.safe_load((ROOT / "tests" / "understanding" / f"{name}.yml").read_text()))
    return found


def _judged_messages() -> list[str]:
    """The open and the sealed sets, and what is kept for calibration: compared, never shown."""
    folder = ROOT / "tests" / "understanding"
    files = [*(folder / "open").glob("*.yml"), *(folder / "sealed").glob("*.yml")]
    rows = [row for file in files for row in yaml.safe_load(file.read_text())]
    kept = yaml.safe_load((folder / "calibration.yml").read_text())["messages"]
    assert len(files) >= 7
    said = [turn for row in (*rows, *kept) for turn in row.get("turns", [row])]
    lines = [file for part in ("open", "sealed") for file in (folder / part).glob("*.txt")]
    asked = [turn for file in lines for case in cases_of(file) for turn in case.turns]
    return [row["say"] for row in said] + asked


def test_nothing_held_out_is_in_the_training_data() -> None:
    trained = {" ".join(line.casefold().split()) for lines in examples().values() for line in lines}
    held = [m for messages in held_out().values() for m in messages] + _other_messages() + _judged_messages()
    assert len(held) > 2500
    # two or three common words ("help me", "thank you") are said by everybody
    leaked = {m for m in held if " ".join(m.casefold().split()) in trained and len(m.split()) > 3}
    assert not leaked, f"{len(leaked)} messages that judge are taught"

"""The answers to second questions: what a visitor reads, where it comes from, and how people ask."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from signpost.answering.answers import Answer, Answers
from signpost.answering.asked import AskedTable
from signpost.copy_linter import reading_age, sentence_faults, sentences
from signpost.directory.directory import Directory

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
# The facts lie beside the working copy, not in it; without them nothing can be compared with them.
FACTS = ROOT.parent / "shared" / "facts"
DIRECTORY = Directory.load(DATA / "services")
NEEDS = frozenset(yaml.safe_load((DATA / "needs.yml").read_text(encoding="utf-8"))["needs"])
SPEAKERS = frozenset({"child", "adult", "survivor", "relative", "self", "professional", "unknown", "any"})
WORDED = {row[1].name for row in AskedTable.load(DATA / "words" / "asks.yml").rows if not row[1].talk}
NATIONS = frozenset({"ENG", "WLS", "SCT", "NIR", "IRL", "any"})
KEYS = ["id", "ask", "about", "needs", "speakers", "nation", "answer", "step"]
KEYS += ["source", "publisher", "checked", "confidence"]
WORDS, CHILD_AGE, AGE = 60, 9.0, 11.0
WORDINGS, FEWEST = 8, 120
ADULT = 18

Entry = dict[str, Any]


def _entries() -> list[Entry]:
    return [e for file in sorted((DATA / "answers").glob("*.yml")) for e in yaml.safe_load(file.read_text("utf-8"))]


def _wordings(folder: Path) -> Iterator[tuple[str, str]]:
    """Every example sentence under a folder, with its intent."""
    for file in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu", []):
            for line in block.get("examples", "").splitlines():
                if line.strip().startswith("- "):
                    yield block["intent"], re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", line.strip()[2:])


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())


def _facts() -> list[Entry]:
    files = (yaml.safe_load(file.read_text("utf-8")) for file in sorted(FACTS.glob("answers-*.yaml")))
    return [fact for found in files for fact in (found if isinstance(found, list) else found["answers"])]


def _sites() -> set[str]:
    """The hosts of the facts' own sources and of the services' records."""
    services = FACTS / "services.yaml"
    records = yaml.safe_load(services.read_text("utf-8")) if services.is_file() else []
    found = [source.get("address") for fact in _facts() for source in fact["sources"]]
    found += [source.get("url") for record in records for source in record["sources"]]
    return {urlsplit(address).netloc for address in found if address and address.startswith("http")}


def _services_named(entry: Entry) -> list[str]:
    return re.findall(r"\{\w+:([^{}\s]*)\}", f"{entry['answer']} {entry['step']}")


def _text(entry: Entry) -> str:
    return f"{entry['answer']} {entry['step']}"


ENTRIES = _entries()
ANSWERS = Answers.load(DATA / "answers")
ASKED = [(intent.removeprefix("ask/"), text) for intent, text in _wordings(DATA / "nlu" / "ask")]
SITES = _sites()
EACH = pytest.mark.parametrize("entry", ENTRIES, ids=[str(entry["id"]) for entry in ENTRIES])


@EACH
def test_an_entry_says_for_whom_it_is_and_when_it_was_checked(entry: Entry) -> None:
    assert list(entry) == KEYS
    assert re.fullmatch(rf"{re.escape(entry['ask'])}(-[a-z-]+)?", entry["id"])
    assert set(entry["needs"]) <= NEEDS | {"any"}
    assert set(entry["speakers"]) <= SPEAKERS
    assert set(entry["nation"]) <= NATIONS
    assert all(entry[key] for key in ("needs", "speakers", "nation"))
    assert isinstance(entry["checked"], date)
    assert entry["confidence"] in ("high", "medium")


def test_no_two_entries_have_the_same_name() -> None:
    assert [id for id, times in Counter(entry["id"] for entry in ENTRIES).items() if times > 1] == []


@EACH
def test_an_answer_names_only_services_that_can_be_shown(entry: Entry) -> None:
    assert all(DIRECTORY.get(id) for id in entry["about"])
    assert "{" not in DIRECTORY.fill(_text(entry))


@EACH
def test_an_answer_and_its_step_are_short(entry: Entry) -> None:
    assert len(DIRECTORY.fill(_text(entry)).split()) <= WORDS
    assert len(sentences(entry["step"])) <= 3


@EACH
def test_an_answer_keeps_the_rules_of_all_copy(entry: Entry) -> None:
    faults = [f for part in (entry["answer"], entry["step"]) for line in sentences(part) for f in sentence_faults(line)]
    assert faults == []
    assert "?" not in _text(entry)


@EACH
def test_only_what_is_always_open_is_called_open_day_and_night(entry: Entry) -> None:
    if re.search(r"\bday and night\b|\bat any hour\b", _text(entry)):
        assert any(found.always_open for id in _services_named(entry) if (found := DIRECTORY.get(id)))


@EACH
def test_a_child_can_read_what_is_for_children_and_is_sent_to_no_line_for_adults(entry: Entry) -> None:
    for_child = {"child", "any"} & set(entry["speakers"])
    age = reading_age(_text(entry))
    assert age is None or age <= (CHILD_AGE if for_child else AGE)
    if "child" in entry["speakers"]:
        services = [found for id in _services_named(entry) if (found := DIRECTORY.get(id))]
        assert [s.id for s in services if (s.minimum_age or 0) >= ADULT] == []


@EACH
def test_who_worries_about_the_own_behaviour_reads_no_comfort_meant_for_who_was_hurt(entry: Entry) -> None:
    if "not your fault" in _text(entry) and {"child", "self", "unknown", "any"} & set(entry["speakers"]):
        assert not {"any", "own_behaviour"} & set(entry["needs"])


@EACH
def test_a_source_is_an_address_of_the_facts(entry: Entry) -> None:
    address = urlsplit(entry["source"])
    assert address.scheme in ("https", "http")
    assert entry["publisher"]
    assert address.netloc
    assert address.netloc in SITES or not SITES


def test_each_question_has_an_answer_and_enough_wordings() -> None:
    wordings = Counter(ask for ask, _ in ASKED)
    assert {entry["ask"] for entry in ENTRIES} == set(wordings)
    assert set(wordings) >= WORDED
    assert len(wordings) >= FEWEST
    assert {ask: count for ask, count in wordings.items() if count < WORDINGS} == {}


def test_no_wording_of_a_question_stands_anywhere_else() -> None:
    times = Counter(_bare(text) for _, text in _wordings(DATA / "nlu"))
    assert [text for _, text in ASKED if times[_bare(text)] > 1] == []


def test_no_wording_is_taken_from_the_questions_that_the_facts_were_asked_with() -> None:
    asked = {_bare(text) for fact in _facts() for text in fact["asked_like"]}
    assert [text for _, text in ASKED if _bare(text) in asked] == []


def test_a_question_is_answered_at_most_once_for_the_same_speaker_need_and_nation() -> None:
    seen = Counter(
        (entry["ask"], speaker, need, nation)
        for entry in ENTRIES
        for speaker in entry["speakers"]
        for need in entry["needs"]
        for nation in entry["nation"]
    )
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(("nation", "best"), [("SCT", "b"), ("WLS", "a"), (None, "a")])
def test_an_answer_for_the_nation_of_the_visitor_goes_before_one_for_everywhere(nation: str | None, best: str) -> None:
    made = [
        Answer(id, "x", (), frozenset({"any"}), frozenset({"any"}), frozenset({where}), "", "", "", "", "")
        for id, where in (("a", "any"), ("b", "SCT"), ("c", "NIR"))
    ]
    found = Answers({"x": tuple(made)}).choose({"x": 0.9}, "unknown", [], nation)
    assert found is not None
    assert found.id == best


def test_where_nations_differ_one_answer_holds_everywhere_so_that_none_is_guessed() -> None:
    nations: dict[str, set[tuple[str, ...]]] = {}
    for entry in ENTRIES:
        nations.setdefault(entry["ask"], set()).add(tuple(entry["nation"]))
    assert [ask for ask, found in nations.items() if len(found) > 1 and ("any",) not in found] == []


@pytest.mark.parametrize("nation", ["SCT", "WLS", "NIR", "ENG", None])
@pytest.mark.parametrize("ask", ["complain_police", "complain_council", "find_record"])
def test_the_answer_is_that_of_the_nation_and_else_the_one_for_everywhere(ask: str, nation: str | None) -> None:
    for speaker in ("adult", "unknown"):
        found = ANSWERS.choose({ask: 1.0}, speaker, [], nation)
        assert found
        known = nation in {n for entry in ENTRIES if entry["ask"] == ask for n in entry["nation"]}
        assert (nation if known else "any") in found.nation


def test_who_complains_about_the_police_is_told_of_the_bodies_that_are_not_the_police() -> None:
    found = ANSWERS.choose({"complain_police": 1.0}, "unknown", [], None)
    assert found
    assert all(body in found.answer for body in ("IOPC", "PIRC", "Police Ombudsman"))

"""Every reader of a visitor's text takes any text: no exception, no endless work, and the same answer each time."""

import json
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.turns import clean
from signpost.assistant import assistant
from signpost.cues import aspect_of, ordinal_of
from signpost.memory import Memory
from signpost.understanding.evidence import Part
from signpost.understanding.read import read
from signpost.understanding.speaker import own_age
from signpost.understanding.wordless import wordless
from signpost.words import Words, clauses, plain, sentences
from tests.runtime.server import ROOT

TODAY = date(2024, 5, 1)
WORDS = Words.load(
    ROOT / "data" / "words",
    (ROOT / "data" / "encoder" / "vocab.txt").read_text().split(),
    ["help me please with my son"],
)
PIECES = [
    *("how many", "in", "2014", "and 2016", "cambridgeshire", "per cent", "of", "all", "arrests", "childline", "nspcc"),
    *(
        "i am",
        "im",
        "12",
        "years old",
        "my daughter",
        "kill myself",
        "he has a knife",
        "PE1 1AA",
        "norwich",
        "the second",
    ),
    *(
        "between",
        "since",
        "last year",
        "nobody",
        "not",
        "/danger",
        "{",
        "}",
        "%",
        "\x00",
        "\u202e",
        "\ud800",
        "９９",
        "²",
    ),
    *(
        "-1",
        "1e9",
        "99999999999999999999",
        "0",
        "İ",
        "ß",
        "ﬃ",
        "\u0301",
        "😂",
        "помогите",
        "\n",
        "\t",
        "'",
        '"',
        "?",
        "!",
    ),
]
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=10).map("".join),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
many = settings(
    max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@many
@given(TEXTS)
def test_cleaning_gives_text_that_can_be_stored_and_names_no_intent(text: str) -> None:
    cleaned = clean(text)
    assert cleaned
    assert cleaned.encode("utf-8")
    assert not cleaned.startswith(("/", " "))
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


@many
@given(TEXTS)
def test_folding_takes_any_text(text: str) -> None:
    folded = WORDS.fold(text)
    assert folded == WORDS.fold(text)
    assert folded.encode("utf-8").decode("utf-8") == folded
    assert plain(plain(text)) == plain(text)
    for sentence in sentences(text):
        assert all(clause.strip() for clause in clauses(sentence))


@many
@given(TEXTS)
def test_the_gate_the_audience_and_the_cues_take_any_text(text: str) -> None:
    folded = WORDS.fold(text)
    found = assistant().gate.read(folded)
    assert found <= {"police", "ambulance", "suicide"}
    speaker = assistant().speakers.read(folded)
    assert speaker.audience in {"child", "adult", "professional", "unknown"}
    age = own_age(folded)
    assert age is None or 5 <= age <= 99
    assert ordinal_of(folded) in {None, -1, 0, 1, 2}
    assert aspect_of(folded) is None or isinstance(aspect_of(folded), str)


@many
@given(TEXTS)
def test_places_services_choices_and_languages_take_any_text(text: str) -> None:
    cleaned = clean(text)
    place = assistant().places.find(cleaned)
    if place is not None:
        assert json.loads(json.dumps(place.slots())) == place.slots()
    for service in assistant().directory.find_services(cleaned):
        assert assistant().directory.service(service)
    choice = assistant().choices.by_title(cleaned)
    assert choice is None or choice.title
    language = assistant().languages.find(cleaned)
    assert language is None or language in {"other", *assistant().languages.lines}


@many
@given(TEXTS, st.booleans())
def test_statistics_read_and_answer_any_text_with_values_of_the_package_alone(text: str, likely: bool) -> None:
    asked = assistant().statistics.read(clean(text), TODAY, None, likely=likely)
    if asked is None:
        return
    assert json.loads(json.dumps(asked.slots)) == asked.slots
    answer = assistant().statistics.answer(asked.slots, TODAY)
    assert answer.text
    assert "nan" not in answer.text.lower().split()
    assert "inf" not in answer.text.lower().split()
    again = assistant().statistics.read(clean(text), TODAY, asked.slots, likely=likely)
    assert again is None or assistant().statistics.answer(again.slots, TODAY).text


@many
@given(
    TEXTS, st.sampled_from([None, "child", "adult", "professional"]), st.sampled_from(["benign", "worry", "figures"])
)
def test_understanding_answers_any_text_with_an_intent_that_has_a_rule(text: str, audience: Any, intent: str) -> None:
    cleaned = clean(text)
    believed = {f"{intent}/-/-": 0.6, "help/-/-": 0.2}
    parts = tuple(Part(WORDS.fold(part), believed) for part in [cleaned, *sentences(cleaned)[:8]])
    reading = read(cleaned, parts, Memory(audience=audience), assistant(), TODAY)
    named, entities = wordless(reading, assistant())
    assert named in assistant().table.kinds
    assert 0 <= reading.confidence <= 1
    json.dumps(entities)


@many
@given(st.dictionaries(st.sampled_from([f"kept_{n}" for n in Memory.__dataclass_fields__] + ["__class__", "x"]), JSON))
def test_memory_keeps_the_fields_it_has_and_no_others(slots: dict[str, Any]) -> None:
    memory = Memory.from_slots(slots)
    assert set(vars(memory)) == set(Memory.__dataclass_fields__)
    assert Memory.from_slots(memory.to_slots()) == memory

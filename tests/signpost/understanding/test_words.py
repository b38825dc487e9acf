"""A message is cut into the parts that can stand alone, without laughter, and nothing that was told is left out."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost.understanding.words import PARTS, Heard, Softeners, WordsError, hear, softeners
from signpost.words import Words

FOLDER = Path(__file__).parent.parent.parent.parent / "data" / "words"
FILE = FOLDER / "softeners.yml"
ROWS = {row["name"]: row for row in yaml.safe_load(FILE.read_text())["softeners"]}
WORDS, SOFT = Words.load(FOLDER), softeners(FILE)
TOLD = "my uncle touched me"


def heard(text: str) -> Heard:
    return hear(text, WORDS, SOFT)


@pytest.mark.parametrize("name", ROWS)
def test_a_softener_is_found_in_its_example_and_not_in_its_counter_example(name: str, tmp_path: Path) -> None:
    row = ROWS[name]
    (tmp_path / "one.yml").write_text(yaml.safe_dump({"softeners": [row]}))
    alone = Softeners.load(tmp_path / "one.yml")
    assert alone.pattern.search(row["example"])
    assert not alone.pattern.search(row["counter_example"])


@pytest.mark.parametrize("name", ROWS)
def test_a_softener_is_left_out_of_its_example_and_the_counter_example_stays_whole(name: str) -> None:
    row = ROWS[name]
    bare = SOFT.without(row["example"])
    assert bare
    assert not SOFT.pattern.search(bare)
    assert set(bare.split()) <= set(row["example"].split())
    assert SOFT.without(row["counter_example"]) == row["counter_example"]


@pytest.mark.parametrize("name", ROWS)
def test_every_softener_says_why_it_changes_nothing(name: str) -> None:
    assert set(ROWS[name]) == {"name", "pattern", "why", "example", "counter_example"}
    assert all(str(value).strip() for value in ROWS[name].values())


LAUGHS = [
    *("lol", "LOL", "looool", "haha", "hahaha", "ahahaha", "hehe", "lmao", "lmfao", "rofl", "xD"),
    *("jk", "j/k", "just kidding", "i'm only messing", "😂", "😂😂😂", "💀", "🙈", "🤣", "😅", "🙃", "🤡"),
]


@pytest.mark.parametrize("laugh", LAUGHS)
@pytest.mark.parametrize(
    "said", ["{told} {laugh}", "{laugh} {told}", "{laugh}, {told}", "{told}, {laugh}!", "{told} {laugh}..."]
)
def test_what_was_told_is_heard_the_same_with_laughter_before_or_behind(said: str, laugh: str) -> None:
    assert heard(said.format(told=TOLD, laugh=laugh)).text == TOLD


@pytest.mark.parametrize("laugh", LAUGHS)
@pytest.mark.parametrize("said", ["{told}. {laugh}", "{laugh}! {told}", "{told}... {laugh}"])
def test_what_was_told_stands_alone_beside_a_sentence_of_laughter(said: str, laugh: str) -> None:
    found = heard(said.format(told=TOLD, laugh=laugh))
    assert TOLD in found.parts
    assert found.softened


@pytest.mark.parametrize("alone", ["lol", "haha", "jk", "lmao", "xd", "hahaha lol"])
def test_laughter_alone_stays_what_it_is(alone: str) -> None:
    found = heard(alone)
    assert found.text == alone
    assert found.softened


@pytest.mark.parametrize(
    "innocent",
    [
        "my kid is 12",
        "he has a lollipop",
        "the shed behind the house",
        "he hit me",
        "i am 12",
        "the hehir family",
        "xdrive",
    ],
)
def test_a_word_that_only_looks_like_laughter_stays(innocent: str) -> None:
    found = heard(innocent)
    assert found.text == innocent
    assert not found.softened


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("my uncle touched me", ("my uncle touched me",)),
        ("my uncle touched me!!!", ("my uncle touched me",)),
        ("", ("",)),
        ("???", ("???",)),
        ("Hello. My son is 12! He is scared of me", ("hello", "my son is 12", "he is scared of me")),
        ("my dad hits me\nwhat should i do?\n\nplease help", ("my dad hits me", "what should i do", "please help")),
        (
            "how many in 2014, also my cousin is being hurt by her dad",
            ("how many in 2014", "also my cousin is being hurt by her dad"),
        ),
        (
            "he hit me last night but he said sorry after it",
            ("he hit me last night", "but he said sorry after it"),
        ),
        ("my mum and dad", ("my mum and dad",)),
        ("im 12, my dad hits me", ("i am 12 my dad hits me",)),
        ("my uncle touched me 😂 and he said not to tell", ("my uncle touched me", "and he said not to tell")),
        ("my uncle touched me (again) :(", ("my uncle touched me (again) :(",)),
    ],
)
def test_a_message_has_the_parts_that_can_stand_alone(typed: str, parts: tuple[str, ...]) -> None:
    assert heard(typed).parts == parts


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("how many in 2014? my uncle touched me", "how many in 2014?"),
        ("my uncle touched me. is it my fault?", "is it my fault?"),
        ("is it my fault? should i tell my mum??", "should i tell my mum?"),
        ("my dad hits me, is that allowed?", "is that allowed?"),
        ("what do i do?! he is coming back", "what do i do?"),
    ],
)
def test_a_question_keeps_its_mark_in_the_whole(typed: str, asked: str) -> None:
    assert asked in heard(typed).text


def test_what_is_no_question_gets_no_mark() -> None:
    assert "?" not in heard("my uncle touched me. i told my mum! she was cross.").text


TEXT = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            ["my dad hits me", "lol", "😂", "is it my fault", "i am 12", "...", "and", "but", "jk", "?", "haha"]
        ),
        max_size=60,
    ).map(lambda words: ", ".join(words[::2]) + ". ".join(words[1::2])),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXT)
def test_parts_are_places_of_the_text_in_their_order_and_never_overlap(text: str) -> None:
    found = heard(text)
    assert len(found.spans) <= PARTS
    assert len(found.spans) != 1
    ends = 0
    for start, end in found.spans:
        assert ends <= start < end <= len(found.text)
        ends = end
    assert all(part.strip() for part in found.parts[1:])


PLAIN = st.lists(
    st.sampled_from(["my dad hits me", "is it my fault", "i am 12 today", "he said not to tell"]), min_size=1
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(PLAIN.filter(lambda said: len(said) < 20), st.sampled_from([". ", "! ", "? ", "\n", ", but ", ", and "]))
def test_every_word_that_was_told_is_heard_in_its_order(said: list[str], mark: str) -> None:
    typed = mark.join(said)
    assert re.findall(r"\w+", heard(typed).text) == re.findall(r"\w+", typed)


def test_of_many_parts_the_longest_are_heard_in_their_order() -> None:
    parts = [f"he did the number {place} thing to me" + " again" * (place % 3) for place in range(12)]
    found = heard(". ".join(parts))
    assert len(found.spans) == PARTS
    kept = [part for part in parts if part in found.parts]
    assert list(found.parts) == kept
    assert {part for part in parts if part.count("again") == 2} <= set(kept)


def test_a_message_of_any_length_is_heard_whole_and_its_parts_to_their_number() -> None:
    found = heard("my dad hits me. " * 200 + "he has a knife")
    assert found.text.endswith("he has a knife")
    assert len(found.parts) == PARTS
    assert all(part == "my dad hits me" for part in found.parts)


@pytest.mark.parametrize(
    "broken", ["", "[", "softeners: [{name: a}]", "softeners: [{name: a, pattern: '('}]", "other: 1"]
)
def test_a_damaged_table_is_named(broken: str, tmp_path: Path) -> None:
    file = tmp_path / "softeners.yml"
    file.write_text(broken)
    with pytest.raises(WordsError, match=r"softeners\.yml"):
        Softeners.load(file)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordsError, match=r"none\.yml"):
        Softeners.load(tmp_path / "none.yml")

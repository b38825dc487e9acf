"""Folding brings what was typed to the plain words that were meant."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.words import Words, clauses, plain, sentences, spelt_right

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = [
    "someone keeps asking for pictures of my sister",
    "i need help please my step dad touches me",
    "how many suspects were there in cambridgeshire",
    "my uncle comes in my room and i am 15 and i do not want to die",
] * 3
DICTIONARY = spelt_right(ROOT / "data" / "encoder" / "vocab.txt")
WORDS = Words.load(ROOT / "data" / "words", DICTIONARY, EXAMPLES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sum1 keeps askin my sis 4 pics", "someone keeps asking my sister for pictures"),
        ("I’M  SCARED", "i am scared"),
        ("heeeelp", "help"),
        ("i w a n t t o d i e", "i want to die"),
        ("myunclecomesinmyroom", "my uncle comes in my room"),
        ("idontwanttodie", "i do not want to die"),
        ("im15andmyuncletouchesme", "i am 15 and my uncle touches me"),
        ("howmanyincambridgeshire2014", "how many in cambridgeshire 2014"),
        ("my stpe dad touhces me", "my step dad touches me"),
        ("how many suspcets in cambrigdeshire", "how many suspects in cambridgeshire"),
        ("h3lp me", "help me"),
        ("hes 14", "he is 14"),
        ("PE1 2AB", "pe1 2ab"),
        ("xk7qz9f2w1", "xk7qz9f2w1"),
        ("year 9", "year 9"),
    ],
)
def test_a_message_is_folded_to_what_was_meant(typed: str, meant: str) -> None:
    assert " ".join(WORDS.fold(typed).split()) == meant


@pytest.mark.parametrize("word", ["roblox", "snapchat", "norwich", "grandad", "childline"])
def test_a_word_that_is_spelt_right_stays(word: str) -> None:
    assert WORDS.fold(f"about {word}") == f"about {word}"


def test_an_example_without_spaces_teaches_no_new_word() -> None:
    once = Words.load(ROOT / "data" / "words", DICTIONARY, [*EXAMPLES, "myuncletouchesme"])
    assert once.fold("myuncletouchesme") == "my uncle touches me"


@given(st.text(max_size=300))
def test_any_text_folds_without_error_to_valid_text(text: str) -> None:
    folded = WORDS.fold(text)
    folded.encode("utf-8")
    assert folded == folded.casefold()


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "Zs", "P"]), max_size=80))
def test_case_and_outer_space_never_matter(text: str) -> None:
    assert WORDS.fold(text.upper()) == WORDS.fold("  " + text.lower() + " ")


def test_a_lone_surrogate_is_replaced() -> None:
    assert plain("\ud83d help") == "? help"


def test_a_message_is_split_into_sentences_and_clauses() -> None:
    assert sentences("Hello. My son is 12!\nHe is scared") == ["Hello", "My son is 12", "He is scared"]
    assert clauses("how many in 2014, also my cousin is being hurt by her dad") == [
        "how many in 2014",
        "also my cousin is being hurt by her dad",
    ]
    assert clauses("my mum and dad") == ["my mum and dad"]


def test_a_missing_or_damaged_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"textspeak\.yml"):
        Words.load(tmp_path)
    (tmp_path / "textspeak.yml").write_text("- a\n- b\n")
    with pytest.raises(ValueError, match=r"textspeak\.yml"):
        Words.load(tmp_path)
    (tmp_path / "textspeak.yml").write_text("{}")
    with pytest.raises(ValueError, match=r"signs\.yml"):
        Words.load(tmp_path)


@pytest.mark.parametrize(
    ("signs", "meant"),
    [("😭😭😭", "i feel sad"), ("👍🏽", "yes"), ("❤️", "thank you"), ("🆘", "help"), ("🪐", "🪐"), ("???", "???")],
)
def test_a_message_of_emoji_alone_is_read_as_what_it_means(signs: str, meant: str) -> None:
    assert WORDS.fold(signs) == meant


def test_an_emoji_beside_words_leaves_the_words_alone() -> None:
    assert WORDS.fold("i nearly died 😂") == "i nearly died 😂"


def test_what_has_no_known_word_and_no_number_is_known_for_nothing() -> None:
    words = Words({}, Counter({"help": 3}), frozenset({"album"}))
    assert not words.knows("lkjhgfd asdf")
    assert not words.knows("?????")
    assert words.knows("lkjhgfd help")
    assert words.knows("album")
    assert words.knows("in 2014")


def test_without_a_vocabulary_nothing_is_mended() -> None:
    assert Words({"u": "you"}, Counter()).fold("u tpyed it") == "you tpyed it"


def test_a_rare_slip_in_the_examples_is_no_word_of_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "textspeak.yml").write_text("{}")
    (tmp_path / "signs.yml").write_text("{}")
    examples = ["i want to hurt myself"] * 40 + ["i want to hurt myslef", "a quiet quite"]
    words = Words.load(tmp_path, [], examples)
    assert "myslef" not in words.vocabulary
    assert words.fold("myslef") == "myself"
    assert {"quiet", "quite"} <= set(words.vocabulary)


@pytest.mark.parametrize("word", ["informative", "depressing", "mistreated", "bribed", "rapes", "hinting"])
def test_a_word_that_is_spelt_right_is_never_mended_into_another(word: str) -> None:
    assert WORDS.fold(f"that was {word}") == f"that was {word}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9️⃣9️⃣9️⃣", "999"),
        ("9 9 9", "999"),
        ("nine nine nine", "999"),
        ("Nine-Nine-Nine please", "999 please"),
        ("£9.99 and 19999", "£9.99 and 19999"),
        ("0800 9 9 9 9", "0800 9 9 9 9"),
        ("h̶e̶l̶p̲ m̲e̲", "help me"),
        ("sui\u200bci\u00addal", "suicidal"),
        ("ｈｅ ｈｉｔｓ ｍｅ", "he hits me"),
        ("ѕuісidаl", "suicidal"),
        ("κill", "kill"),
        ("меня бьют", "меня бьют"),
        ("café à la crème", "café à la crème"),
    ],
)
def test_a_disguise_is_taken_off(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("i feel su!cid@l", "i feel suicidal"),
        ("k!ll m3", "k!ll m3"),
        ("help!hes here", "help!he is here"),
    ],
)
def test_signs_within_a_word_are_letters(typed: str, meant: str) -> None:
    assert Words({"hes": "he is"}).fold(typed) == meant


def test_plain_text_has_an_end_whatever_the_signs_become() -> None:
    assert len(plain("\ufdfa" * 3000)) <= 4000
    assert len(plain("a" * 4000)) == 4000


def test_a_word_of_another_alphabet_takes_no_longer_than_its_length() -> None:
    assert plain("а" * 4000) == "а" * 4000

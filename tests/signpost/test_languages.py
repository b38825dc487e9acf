"""A message in another language gets its line; English, however it is spelt, never does."""

from pathlib import Path

import pytest

from signpost.assistant import assistant
from signpost.languages import Languages


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Am nevoie de ajutor", "ro"),
        ("Preciso de ajuda", "pt"),
        ("ayuda", "es"),
        ("potrzebuję pomocy", "pl"),
        ("reikia pagalbos", "lt"),
        ("dwi angen help", "cy"),
        ("救命", "zh"),
        ("допоможіть мені", "uk"),
        ("je voudrais parler à quelqu'un", "other"),
    ],
)
def test_a_cry_for_help_is_known_however_short(said: str, code: str) -> None:
    assert assistant().languages.find(said) == code


@pytest.mark.parametrize(
    "said",
    [
        "help",
        "pls help me",
        "he keeps askin 4 pics",
        "my mum de boss of me lol",
        "idk wot 2 do",
        "gonnae help us",
        "Childline",
        "999",
        "😂😂",
    ],
)
def test_english_is_never_taken_for_another_language(said: str) -> None:
    assert assistant().languages.find(said) is None


def test_every_language_keeps_a_common_word_that_is_not_english_too() -> None:
    languages = assistant().languages
    assert [code for code, entry in languages.lines.items() if not set(entry["words"]) - languages.english] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Mój wujek mnie dotyka, mam 12 lat", "pl"),
        ("am 12 ani si unchiul meu ma atinge", "ro"),
        ("tengo miedo", "es"),
        ("meu tio", "pt"),
        ("mi tio me toca", "es"),
        ("Мене шантажують", "uk"),
        ("mae rhywun yn gofyn am luniau", "cy"),
        ("ho paura di mio padre", "other"),
        ("меня шантажируют", "other"),
    ],
)
def test_a_child_who_says_it_in_another_language_is_known_by_its_common_words(said: str, code: str) -> None:
    assert assistant().languages.find(said) == code


def test_a_foreign_sentence_quoted_in_the_examples_is_not_english_for_that(tmp_path: Path) -> None:
    examples, lines = tmp_path / "examples", tmp_path / "languages.yml"
    examples.mkdir()
    (examples / "a.yml").write_text("examples:\n  - mój wujek mnie bije, my uncle hits me\n")
    lines.write_text("languages:\n  pl: {name: Polish, words: [mój, mnie], line: tak}\nothers: []\n")
    languages = Languages.load(lines, examples)
    assert languages.english & {"mój", "mnie", "my", "uncle"} == {"my", "uncle"}

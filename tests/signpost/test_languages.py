"""A message in another language gets its line; English, however it is spelt, never does."""

import pytest

from signpost.assistant import assistant


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


def test_no_help_word_of_another_language_is_an_english_word_of_the_examples() -> None:
    languages = assistant().languages
    clash = {word for entry in languages.lines.values() for word in entry["words"]} & languages.english
    assert not clash

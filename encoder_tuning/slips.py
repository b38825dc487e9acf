"""Slips of the finger and polite wrapping, so that the encoder meets them before a visitor makes them."""

import random
import re

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT_KEYS = {key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i, key in enumerate(row)}
_BEFORE = (
    "hi", "hello", "hey", "hi,", "um", "ok so", "please help", "sorry but", "hi can you help me", "good evening,",
    "well", "pls", "help", "idk but", "so basically", "Hello there.",
)  # fmt: skip
_AFTER = (
    "please", "thanks", "thank you", "help", "pls", "x", "idk", "what do i do", "what should i do", "?", "...", ":(",
    "sorry", "any advice", "please help me",
)  # fmt: skip


def slip(text: str, chance: random.Random) -> str:
    """Return the text with slips in 5 to 30 % of its words: a letter lost, doubled, swapped, or the key beside it."""
    for _ in range(max(1, int(len(text.split()) * chance.uniform(0.05, 0.3)))):
        letters = [i for i, c in enumerate(text) if c.isalpha()]
        if not letters:
            return text
        at = chance.choice(letters)
        letter, kind = text[at], chance.random()
        if kind < 0.3:
            text = text[:at] + text[at + 1 :]
        elif kind < 0.5 and at + 1 < len(text):
            text = text[:at] + text[at + 1] + letter + text[at + 2 :]
        elif kind < 0.65:
            text = text[:at] + letter + text[at:]
        elif kind < 0.85:
            text = text[:at] + chance.choice(_NEXT_KEYS.get(letter.lower(), letter) or letter) + text[at + 1 :]
        elif " " in text:
            at = chance.choice([i for i, c in enumerate(text) if c == " "])
            text = text[:at] + text[at + 1 :]
    return text


def wrap(text: str, chance: random.Random) -> str:
    """Return the text with a greeting before it, a plea after it, or both."""
    kind = chance.random()
    if kind < 0.5:
        text = f"{chance.choice(_BEFORE)} {text}"
    return f"{text} {chance.choice(_AFTER)}" if kind > 0.4 else text


def variant(text: str, chance: random.Random, may_wrap: bool) -> str:
    """Return the text as somebody else might have typed it."""
    if may_wrap and chance.random() < 0.2:
        text = wrap(text, chance)
    if chance.random() < 0.45:
        text = slip(text, chance)
    return re.sub(r"[^\w\s']", "", text) if chance.random() < 0.15 else text

"""Conversations of three to six turns, as the people of the design have them, through the trained model."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.listening import cards, heard
from tests.conversations.listening import listening as listening
from tests.understanding.never.listening import Listening

TALKS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "people.yml").read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("talk", TALKS, ids=[talk["who"] for talk in TALKS])


@EACH
def test_each_of_them_is_answered(listening: Listening, talk: dict[str, Any]) -> None:
    replies = heard(listening, *(str(said) for said, _ in talk["turns"]))
    for (said, words), reply in zip(talk["turns"], replies, strict=True):
        held = words.removeprefix("-").casefold() in reply.prose.casefold()
        assert held is not words.startswith("-"), (said, reply.prose)


@EACH
def test_no_opening_is_said_twice_running_and_no_card_again(listening: Listening, talk: dict[str, Any]) -> None:
    replies = heard(listening, *(str(said) for said, _ in talk["turns"]))
    for one, other in pairwise(replies):
        assert one.opening != other.opening
        assert not cards(other) or cards(other) != cards(one) or other.about["urgent"]

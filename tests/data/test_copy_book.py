"""The copy book: a reviewer finds every reply in it."""

import html
from itertools import product
from pathlib import Path

import pytest

from signpost import copy_book
from signpost.assistant import assistant

PAGE = copy_book.book(assistant())
ROUTES = assistant().routes


def shown(text: str) -> str:
    return html.escape(assistant().directory.fill(text))


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_line_of_every_reply_stands_in_it(name: str) -> None:
    used = {key for need in assistant().table.needs for key in copy_book.spoken_to(need, assistant())}
    for audience, route in ROUTES.routes[name].items():
        if name not in assistant().table.routes() or (name, audience) in used:
            assert [line for line in route.lines if shown(line) not in PAGE] == []


def test_every_need_stands_in_it_for_every_speaker() -> None:
    for need, speaker in product(assistant().table.needs, copy_book.SPEAKERS):
        assert any(speaker in who for who in copy_book.spoken_to(need, assistant()).values())
        assert f"<h3>{need}: " in PAGE


def test_every_answer_stands_in_it_with_its_source() -> None:
    answers = [answer for entries in assistant().answers.by_ask.values() for answer in entries]
    assert len(answers) > 120
    assert [a.id for a in answers if any(shown(text) not in PAGE for text in (a.answer, a.step, a.source))] == []


def test_no_placeholder_is_left_and_it_loads_nothing() -> None:
    assert "{number:" not in PAGE
    assert "<script" not in PAGE
    assert "<link" not in PAGE


def test_the_command_writes_it(tmp_path: Path) -> None:
    assert copy_book.main([str(tmp_path / "book.html")]) == 0
    assert (tmp_path / "book.html").read_text(encoding="utf-8") == PAGE

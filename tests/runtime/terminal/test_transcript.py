"""Transcripts as they are written, judged and told: no model is needed for it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from runtime.terminal.answer import Answer, wrapped
from runtime.terminal.expecting import KINDS, Expectation, TranscriptError
from runtime.terminal.replay import Played, compared, faults, renew, told, transcripts
from runtime.terminal.transcript import Conversation, read, written

ROOT = Path(__file__).parent.parent.parent.parent
ANSWER = Answer(
    (
        {"text": "This may be hard to read.", "custom": {"note": True}},
        {
            "text": "It’s not your fault. Call Childline: 0800\u00a01111.",
            "custom": {
                "about": {"needs": ["disclosure"], "speaker": "child", "urgent": False, "refused": False},
                "services": [{"id": "childline"}, {"id": "ceop"}],
            },
        },
        {"buttons": [{"title": "More help", "payload": "More help"}]},
    )
)


def file(folder: Path, text: str, name: str = "said.chat") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("kind", "holds", "misses"),
    [
        ("must", "it's NOT your fault", "samaritans"),
        ("must", "samaritans | childline", "samaritans | shout"),
        ("must", "/0800 \\d{4}/", "/0900/"),
        ("must", "more help", "less help"),
        ("must not", "samaritans | shout", "shout | childline"),
        ("first", "fault", "hard to read"),
        ("service", "childline, ceop", "childline, iwf-report"),
        ("service", "ceop", "none"),
        ("first service", "samaritans | childline", "ceop"),
        ("no service", "samaritans, shout", "shout, ceop"),
        ("need", "disclosure", "grooming"),
        ("need", "disclosure", "none"),
        ("no need", "grooming", "disclosure"),
        ("speaker", "child | survivor", "adult"),
        ("urgent", "no", "yes"),
        ("refused", "no", "yes"),
        ("choice", "More help", "More help | Show a chart"),
        ("words", "14", "13"),
        ("cards", "2", "1"),
    ],
)
def test_each_kind_of_line_can_hold_and_can_be_missed(kind: str, holds: str, misses: str) -> None:
    assert Expectation(kind, holds).fault(ANSWER) == ""
    assert Expectation(kind, misses).fault(ANSWER).startswith(f"{kind}: {misses} (")


def test_every_kind_of_line_is_explained_to_who_writes_one() -> None:
    page = (ROOT / "docs" / "terminal.md").read_text()
    assert all(f"\n{kind}: " in page for kind in KINDS)


def test_no_card_and_no_need_are_written_as_none() -> None:
    bare = Answer(({"text": "Hello.", "custom": {"about": {"needs": []}}},))
    assert Expectation("service", "none").fault(bare) == ""
    assert Expectation("need", "none").fault(bare) == ""


def test_conversations_have_titles_a_clock_and_lines(tmp_path: Path) -> None:
    text = "# note\n> hello\n== Night\nnow: 2026-12-25 03:00\n> who is there\nmust: childline\n  All of it.\n\n  Yes.\n"
    first, second = read(file(tmp_path, text))
    assert (first.title, first.exchanges[0].plain) == ("said", True)
    assert (second.title, second.now) == ("Night", datetime(2026, 12, 25, 3))
    assert second.exchanges[0].answer == ["All of it.", "", "Yes."]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("must: childline\n", "said.chat:1: write what is said first"),
        ("> hi\nmusst: childline\n", "said.chat:2: 'musst: childline' is not known. Known are: must, must not"),
        ("> hi\nwords: few\n", "said.chat:2: words: is a whole number, not 'few'"),
        ("> hi\nurgent: maybe\n", "said.chat:2: urgent: is yes or no"),
        ("> hi\nmust: /(/\n", "said.chat:2: /(/ is no regular expression"),
        ("now: tomorrow\n> hi\n", "said.chat:1: Invalid isoformat string: 'tomorrow'"),
        ("# nothing\n", "said.chat: no conversation is written there."),
    ],
)
def test_a_mistake_in_a_transcript_is_told_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(TranscriptError) as told_of:
        transcripts([file(tmp_path, text)])
    assert str(told_of.value).startswith(f"{tmp_path}/{fault}")


def test_of_a_page_only_the_chat_blocks_are_read(tmp_path: Path) -> None:
    page = file(tmp_path, "# Page\n> quoted\n```\n> no\n```\n\n```chat A child\n> help\n```\n> more\n", "page.md")
    (conversation,) = read(page)
    assert (conversation.title, conversation.line) == ("A child", 7)
    assert [(e.said, e.line) for e in conversation.exchanges] == [("help", 8)]


def judged(folder: Path, answer: str) -> tuple[Conversation, Played]:
    (conversation,) = read(file(folder, f"> help\n{answer}"))
    exchange = conversation.exchanges[0]
    return conversation, Played(exchange, ANSWER, tuple(faults(exchange, ANSWER)))


@pytest.mark.parametrize(
    "answer",
    [
        written("help", ANSWER).partition("\n")[2],
        written("help", ANSWER, 24).partition("\n")[2],
        "  ...\n  It's not your fault. Call Childline: 0800 1111.\n  ...\n",
    ],
)
def test_a_whole_answer_holds_wherever_its_lines_are_broken(tmp_path: Path, answer: str) -> None:
    assert judged(tmp_path, answer)[1].faults == ()


def test_another_answer_is_told_with_what_went_and_what_came(tmp_path: Path) -> None:
    other = "  This may be hard to read.\n\n  Call Samaritans.\n\n  Choices: More help\n"
    conversation, turn = judged(tmp_path, other)
    assert told(conversation, [turn]).splitlines() == [
        f"{tmp_path}/said.chat:1 said",
        "  > help",
        "  ! another answer came",
        "",
        "    -Call Samaritans.",
        "    +It’s not your fault. Call Childline: 0800 1111.",
    ]


def test_a_miss_is_told_with_what_a_visitor_read(tmp_path: Path) -> None:
    conversation, turn = judged(tmp_path, "must: samaritans\nwords: 3\n")
    shown = told(conversation, [turn])
    assert "! must: samaritans (did not come)" in shown
    assert "! words: 3 (it has 14)" in shown
    assert "    It’s not your fault. Call Childline: 0800 1111." in shown


def test_a_failed_turn_is_a_miss_whatever_was_asked(tmp_path: Path) -> None:
    (conversation,) = read(file(tmp_path, "> help\n"))
    assert list(faults(conversation.exchanges[0], replace(ANSWER, fault="the turn failed"))) == ["the turn failed"]


def test_answers_are_written_where_none_or_another_stood_and_nothing_else_changes(tmp_path: Path) -> None:
    asked = "== asked\n> help\nmust: childline\n\n== dots\n> help\n  ...\n"
    text = f"# kept\n> help\n\n== old\n> help\n  Old.\n\n  Older.\n\n{asked}"
    page = file(tmp_path, text)
    turns = [Played(e, ANSWER, tuple(faults(e, ANSWER))) for conversation in read(page) for e in conversation.exchanges]
    assert renew(page, turns) == 2
    assert transcripts([page])[1].exchanges[0].answer[0] == "This may be hard to read."
    assert "Old" not in page.read_text()
    assert page.read_text().startswith("# kept\n> help\n  This may")
    assert page.read_text().endswith(asked)
    assert renew(page, []) == 0


def test_two_models_are_compared_by_what_is_read_and_by_what_it_is_about(tmp_path: Path) -> None:
    conversation, old = judged(tmp_path, "must: childline\n")
    message = {"text": "Hello.", "custom": {"about": {"needs": []}}}
    new = Played(old.exchange, Answer((message,)), ())
    assert compared(conversation, [old], [old]) == ""
    shown = compared(conversation, [old], [new])
    assert "- about disclosure; speaker child" in shown
    assert "+ about no need; speaker unknown" in shown
    assert "+Hello." in shown


def test_no_line_is_broken_in_a_number_or_an_address() -> None:
    line = "Call Childline on 0800 1111 or see https://www.childline.org.uk/get-support/1-2-1-counsellor-chat/"
    for width in range(20, 60):
        lines = wrapped(line, width)
        assert sum("0800 1111" in part for part in lines) == 1
        assert sum("/get-support/1-2-1-counsellor-chat/" in part for part in lines) == 1
        assert all(len(part) <= width or "://" in part for part in lines)

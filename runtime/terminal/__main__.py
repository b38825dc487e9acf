"""Rasa extension point: `rasa shell` and `rasa test`; `python -m runtime.terminal`, to talk and to play transcripts."""

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from runtime.terminal.expecting import TranscriptError
from runtime.terminal.partners import Partner, There
from runtime.terminal.replay import Played, compared, play, renew, told, transcripts
from runtime.terminal.report import Result, junit, missed
from runtime.terminal.screen import any_encoding, put
from runtime.terminal.talk import Talk
from runtime.terminal.transcript import Conversation
from signpost import clock

_FILE = click.Path(path_type=Path, dir_okay=False)
_MODEL = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--say", multiple=True, help="Answer this message and end; may stand several times.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each answer.")
@click.option("--why", is_flag=True, help="Tell, one line a stage, why each answer came.")
@click.option("--now", metavar="TIME", help="Stop the clock: 2026-11-30 21:00, London's time.")
@click.option("--url", help="Talk to a running server: http://127.0.0.1:5005.")
@click.option("--record", type=_FILE, help="Add what is said and answered to a transcript.")
@click.option("--junit", "junit_file", type=_FILE, help="Write the result of the transcripts as JUnit XML.")
@click.option("--update", is_flag=True, help="Write the answers that came into the transcripts.")
@click.option("--compare", type=_MODEL, nargs=2, metavar="OLD NEW", help="Show what two models answer otherwise.")
def main(
    files: tuple[Path, ...],
    say: tuple[str, ...],
    as_json: bool,
    why: bool,
    now: str | None,
    url: str | None,
    record: Path | None,
    junit_file: Path | None,
    update: bool,
    compare: tuple[Path, Path] | None,
) -> None:
    """Talk with Signpost, or play transcripts (FILES and folders of them) and tell what was missed.

    Lines piped in are answered one by one, in one conversation. Ends with 1 when a transcript was missed, or when a
    message got no usual answer. docs/terminal.md has the form of a transcript.
    """
    any_encoding()
    if url and (now or why or compare):
        raise click.UsageError("--now, --why and --compare need the assistant in this process, not a server (--url).")
    if (compare or junit_file or update) and not files:
        raise click.UsageError("--compare, --junit and --update need transcripts: name files or folders.")
    if files and (say or record or as_json or why):
        raise click.UsageError("--say, --record, --json and --why are for talking; transcripts are played without.")
    try:
        conversations = transcripts(files)
        with clock.stopped_at(_moment(now)):
            if compare:
                _compare(conversations, *compare)
                return
            partner: Partner = There(url) if url else _here()
            try:
                done = _replay(conversations, partner, junit_file, update) if files else None
                if done is None:
                    done = _talk(Talk(partner, as_json, why, record), say)
            finally:
                partner.close()
    except TranscriptError as error:
        raise click.ClickException(str(error)) from None
    if not done:
        raise click.exceptions.Exit(1)


def _here(model: Path | None = None) -> Partner:
    """Return the assistant in this process; Rasa is imported here, since a server needs none of it."""
    from runtime.loading import StartError
    from runtime.terminal.here import Here

    if sys.stderr.isatty():
        put("Starting ...", err=True)
    try:
        return Here(model)
    except StartError as error:
        raise click.ClickException(str(error)) from None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"{text!r} is no time. Write 2026-11-30 21:00.", param_hint="--now") from None


def _talk(talk: Talk, say: Sequence[str]) -> bool:
    """Talk by what is said, through the pipe or at the terminal; returns whether everything was answered as usual."""
    if say:
        talk.lines(say)
    elif sys.stdin.isatty():
        talk.at_terminal()
    else:
        talk.lines(sys.stdin)
    return not talk.faults


def _replay(conversations: Sequence[Conversation], partner: Partner, junit_file: Path | None, update: bool) -> bool:
    """Play transcripts and tell what was missed; returns whether all held (or were written anew)."""
    results: list[Result] = []
    for conversation in conversations:
        began = time.perf_counter()
        played = play(conversation, partner)
        results.append((conversation, played, time.perf_counter() - began))
        if missed(results[-1]) and not update:
            put(told(conversation, played) + "\n")
    if junit_file:
        junit(results, junit_file)
    if update:
        return _update(results)
    misses = sum(map(missed, results))
    said = sum(len(played) for _, played, _ in results)
    put(f"{len(results)} conversations, {said} messages: {len(results) - misses} held, {misses} missed.")
    return not misses


def _update(results: Sequence[Result]) -> bool:
    for file, group in groupby(results, key=lambda result: result[0].file):
        turns: list[Played] = [turn for _, played, _ in group for turn in played]
        put(f"{file}: {renew(file, turns)} answers written.")
    return True


def _compare(conversations: Sequence[Conversation], old: Path, new: Path) -> None:
    """Play each conversation with two models, and show what they answer otherwise."""
    played: list[list[list[Played]]] = []
    for model in (old, new):
        partner = _here(model)
        played.append([play(conversation, partner) for conversation in conversations])
        partner.close()
    found = [compared(*case) for case in zip(conversations, *played, strict=True)]
    for text in filter(None, found):
        put(text + "\n")
    put(f"{sum(map(bool, found))} of {len(found)} conversations are answered otherwise.")


if __name__ == "__main__":
    main()

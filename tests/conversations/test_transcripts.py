"""Every transcript of this folder, and those of the README, through the trained model."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime.terminal.here import Here
from runtime.terminal.partners import Partner
from runtime.terminal.replay import play, told, transcripts
from runtime.terminal.transcript import Conversation

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def here(agent: Any) -> Iterator[Partner]:
    partner = Here(agent=agent)
    yield partner
    partner.close()


@pytest.mark.parametrize(
    "conversation",
    transcripts([Path(__file__).parent, ROOT / "README.md"]),
    ids=lambda c: f"{c.file.stem}: {c.title}",
)
def test_a_conversation_goes_as_written(here: Partner, conversation: Conversation) -> None:
    missed = told(conversation, play(conversation, here))
    assert not missed, f"\n{missed}"

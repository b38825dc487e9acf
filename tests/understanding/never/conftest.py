"""One agent for all that must never happen; each conversation is a new one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.understanding.never.listening import Listening


@pytest.fixture(scope="session")
def listening(agent: Any) -> Iterator[Listening]:
    """Says things to the agent as it is served, each time in a new conversation."""
    found = Listening(agent)
    yield found
    found.close()

"""The clock of this process: where a turn gets its "now" from, and where the terminal can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_stopped: list[datetime] = []


def now() -> datetime:
    """Return the time in London, with its zone."""
    return _stopped[-1] if _stopped else datetime.now(LONDON)


@contextmanager
def stopped_at(moment: datetime | None) -> Iterator[None]:
    """Stop the clock while the block lasts; None lets it go on. A moment without a zone is London's."""
    if moment is not None:
        _stopped.append(moment.astimezone(LONDON) if moment.tzinfo else moment.replace(tzinfo=LONDON))
    try:
        yield
    finally:
        if moment is not None:
            _stopped.pop()

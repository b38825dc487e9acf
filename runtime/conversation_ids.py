"""Rasa extension point: none; the ids of conversations (Rasa's `sender_id`): 32 characters that nobody can guess.

A client that begins more than it may gets an id that waits: nothing is remembered for it, and it carries a mark by
which any process with the same key knows it as one of ours when its first message may come in.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable

SHAPE = re.compile(r"[\w-]{32}", re.ASCII)  # anything else is words, and no store is asked for it
_RANDOM, _MARK = 15, 9  # bytes; 20 and 12 characters
PERIOD = 600  # seconds; an id waits for one to two of them


class ConversationIds:
    """Makes ids.

    Args:
        key: 32 bytes that all processes have which serve the same visitors.
        clock: seconds since the epoch.
    """

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key, self._clock = key, clock

    def new(self) -> str:
        """Return an id of a conversation that begins now."""
        return secrets.token_urlsafe(24)

    def waiting(self) -> str:
        """Return an id of one that may begin later; it looks like any other."""
        random = secrets.token_urlsafe(_RANDOM)
        return random + self._mark(random, self._period())

    def is_waiting(self, conversation: str) -> bool:
        """Whether `waiting` made this id, and not too long ago."""
        if not SHAPE.fullmatch(conversation):
            return False
        random, mark = conversation[:-12], conversation[-12:]
        now = self._period()
        return any(hmac.compare_digest(mark, self._mark(random, period)) for period in (now, now - 1))

    def _period(self) -> int:
        return int(self._clock() // PERIOD)

    def _mark(self, random: str, period: int) -> str:
        words = f"{random}.{period}".encode()
        digest = hashlib.blake2b(words, key=self._key, digest_size=_MARK, person=b"conversation").digest()
        return base64.urlsafe_b64encode(digest).decode()

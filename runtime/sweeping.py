"""Rasa extension point: none; a timer that lets a cache drop what is over its time also while nobody writes to it.

A `TTLCache` hands out nothing that is over its time, but keeps it in memory until the next write. What is let go of by
and by leaves holes, which the C library keeps until it is told to give them back.
"""

import asyncio
from collections.abc import Callable

from runtime.memory import give_back


class Sweep:
    """Calls `expire` again and again for as long as there is something to keep.

    Args:
        expire: drops what is over its time; returns whether something is left.
        every: seconds between two calls.
    """

    def __init__(self, expire: Callable[[], bool], every: float) -> None:
        self._expire, self._every = expire, every
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin, if it is not under way in this event loop already."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(self._every, self._again)

    def _again(self) -> None:
        loop, self._loop = self._loop, None
        left = self._expire()
        give_back()
        if left and loop is not None:
            self._loop = loop
            loop.call_later(self._every, self._again)

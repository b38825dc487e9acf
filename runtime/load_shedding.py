"""Rasa extension point: none; how many turns are under way, when that is enough, and how the process empties itself."""

import asyncio
import itertools
import logging
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any

logger = logging.getLogger(__name__)
GRACE = 3.0  # seconds beyond SIGNPOST_DRAIN_SECONDS for connections to close
TOGETHER = 8  # turns that run at the same time; the others wait for their place
ASK_AGAIN = 0.2  # seconds until Sanic is told once more to stop, where it has not begun to
SMOOTH = 0.05  # weight of the newest turn in the pace
SPREAD = (1, 2, 3, 4, 5)  # seconds: those who are sent away do not all come back at once


class Load:
    """The turns of this process.

    Args:
        most: turns under way or waiting at most.
        patience: seconds that a turn may have to wait, by how long the last ones took.
        clock: monotonic seconds.
    """

    def __init__(self, most: int, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.patience = most, patience
        self._clock = clock
        self._pace = 0.0  # seconds between the ends of two turns while others wait: how fast a queue moves
        self._ended: float | None = None
        self.under_way = 0
        self.stopping = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._running = asyncio.Semaphore(TOGETHER)
        self._later = itertools.cycle(SPREAD)

    @property
    def full(self) -> bool:
        """Whether one more would only make all wait longer."""
        return self.under_way >= self.most or self.under_way * self._pace > self.patience

    @property
    def crowded(self) -> bool:
        """Whether turns wait for others."""
        return self.under_way >= TOGETHER

    def later(self) -> int:
        """Return in how many seconds the next one who is sent away may come again."""
        return next(self._later)

    @asynccontextmanager
    async def place(self, first: bool = False) -> AsyncIterator[None]:
        """Take a place, and wait for a turn; `first` waits for nobody.

        A turn that waits for nothing else would run through in one step of the event loop, and so would the next: the
        waiting would be where nobody counts it, and whoever is in danger would wait with the others. So only a few
        turns run in one step, and what has arrived meanwhile is looked at between.
        """
        self.under_way += 1
        self._idle.clear()
        try:
            async with nullcontext() if first else self._running:
                await asyncio.sleep(0)
                yield
        finally:
            self.under_way -= 1
            self._measure()
            if not self.under_way:
                self._idle.set()

    def _measure(self) -> None:
        """Follow the pace; a pause in which nobody waited says nothing of it."""
        now = self._clock()
        if self._ended is not None:
            self._pace += SMOOTH * (now - self._ended - self._pace)
        self._ended = now if self.under_way else None

    async def drain(self, seconds: float) -> bool:
        """Take no new turn; wait until those under way have ended. Returns whether all did in time."""
        self.stopping = True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            logger.error("%s turns had not ended after %s s", self.under_way, seconds)
            return False
        return True


class Ending:
    """What happens when the process is told to stop.

    Turns under way end and new ones are refused, connections that are only kept open are closed (Sanic would wait for
    them as long as they like), and whatever hangs, the process is gone `GRACE` seconds after the time for that.

    Args:
        load: whose turns have to end.
        seconds: what they are given.
    """

    def __init__(self, load: Load, seconds: float) -> None:
        self._load, self._seconds = load, seconds
        self._connections: Any = ()  # Sanic's own set of the open ones
        self._last_resort = threading.Timer(seconds + GRACE, os._exit, (0,))
        self._last_resort.daemon = True
        self._heard = False

    async def listen(self, app: Any, _loop: Any = None) -> None:
        """Hear the signals to stop from here on; Sanic calls this when its port is open.

        Sanic stops the loop once, and a signal that comes while it still starts stops nothing: it would serve for ever.
        """
        loop = asyncio.get_running_loop()

        def ask() -> None:
            if not self._load.stopping:
                app.stop(terminate=False)
                loop.call_later(ASK_AGAIN, ask)

        def heard() -> None:
            if not self._heard:
                self._heard = True
                loop.call_later(ASK_AGAIN / 4, ask)

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, heard)

    def see(self, request: Any) -> None:
        """Look at a request: while stopping, its connection takes no further one."""
        self._connections = request.protocol.connections
        if self._load.stopping:
            request.stream.keep_alive = False

    async def stop(self, _app: Any, _loop: Any = None) -> None:
        """Empty the process; Sanic calls this before it closes its port."""
        self._last_resort.start()
        await self._load.drain(self._seconds)
        await asyncio.sleep(0)  # the last replies are written
        for connection in tuple(self._connections):
            connection.close_if_idle()

    async def stopped(self, _app: Any, _loop: Any = None) -> None:
        """Everything is closed: nothing has to be cut off."""
        self._last_resort.cancel()

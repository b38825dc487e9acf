"""The server with a wall clock that jumps: two days on at SIGUSR1, two days back at SIGUSR2."""

import signal
import sys
import time
from typing import Any

import time_machine

DAYS = 2 * 86_400


def _jump(number: int, _frame: Any) -> None:
    time_machine.travel(time.time() + (DAYS if number == signal.SIGUSR1 else -DAYS)).start()


if __name__ == "__main__":
    from runtime.server import main

    signal.signal(signal.SIGUSR1, _jump)
    signal.signal(signal.SIGUSR2, _jump)
    sys.exit(main())

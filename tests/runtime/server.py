"""The served assistant for tests: the real program in a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent.parent


class Served:
    """A running server; `base` is its address."""

    def __init__(self, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        known = {k: v for k, v in os.environ.items() if not k.startswith("SIGNPOST_")}
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the server; a pipe that nobody empties holds it up
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "runtime.server"],
            cwd=ROOT,
            env={**known, "PORT": str(port), "SIGNPOST_MESSAGES_PER_MINUTE": "0", **environment},
            stdout=self._output,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self, seconds: float = 90) -> "Served":
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(self.output())
            try:
                if httpx.get(f"{self.base}/health").status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the server did not become ready")

    def begin(self) -> str:
        reply = httpx.post(f"{self.base}/api/conversations", json={})
        assert reply.status_code == 201
        return str(reply.json()["conversation"])

    def say(self, conversation: str, text: Any, **more: Any) -> httpx.Response:
        return httpx.post(
            f"{self.base}/api/messages", json={"conversation": conversation, "text": text, **more}, timeout=30
        )

    def stop(self) -> str:
        self.process.terminate()
        self.process.wait(timeout=20)
        return self.output()

    def output(self) -> str:
        """Return what the server has printed so far."""
        self._output.seek(0)
        return self._output.read()


def early_in_a_minute(room: float = 10) -> None:
    """Wait until `room` seconds are left of the clock's minute: limits count by it, and forgive who crosses it."""
    left = 60 - time.time() % 60
    if left < room:
        time.sleep(left + 0.1)

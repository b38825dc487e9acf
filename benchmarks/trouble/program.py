"""The real server in a process of its own, whose every trace can be looked at: output, files, memory, arguments."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from benchmarks import ROOT, BenchmarkError
from benchmarks.processes import free_port

ENDPOINTS = """\
action_endpoint: {type: runtime.local_actions.LocalActions, actions: %s}
tracker_store: %s
"""
MEMORY = "{type: runtime.tracker_store.ForgettingTrackerStore}"
FAULTY = "benchmarks.trouble.actions"


def endpoints(file: Path, store: str = MEMORY, actions: str = "actions", more: str = "") -> str:
    """Write an endpoints file; returns its path."""
    file.write_text(ENDPOINTS % (actions, store) + more)
    return str(file)


class Program:
    """A running `python -m runtime.server`; home, temporary files and output are below `folder`.

    Args:
        folder: an empty folder of its own.
        before: run in the new process before the program (limits).
        module: what is run instead of the server.
        tree: the project's own folder, or a copy of it.
        output: where standard output and error go instead of `folder/output`.
        environment: settings of the process, added to a bare environment.
    """

    def __init__(
        self,
        folder: Path,
        before: Callable[[], None] | None = None,
        output: str | None = None,
        port: int | None = None,
        module: str = "runtime.server",
        tree: Path = ROOT,
        **environment: str,
    ) -> None:
        self.folder = folder
        for name in ("home", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.output = folder / "output"
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "MPLCONFIGDIR": str(folder / "tmp"),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "SIGNPOST_MESSAGES_PER_MINUTE": "0",
            **environment,
        }
        with Path(output or self.output).open("ab") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", module],
                cwd=tree,
                env=self.environment,
                stdout=sink,
                stderr=sink,
                preexec_fn=before,
            )
        self.client = httpx.Client(base_url=self.base, timeout=30)

    def __enter__(self) -> "Program":
        try:
            return self.wait()
        except BaseException:
            self.kill()
            raise

    def __exit__(self, *_: object) -> None:
        self.kill()

    def wait(self, seconds: float = 120) -> "Program":
        """Return when it is ready. Raises BenchmarkError with its last lines when it ends instead."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise BenchmarkError(f"the server ended: {self.said()[-2000:]}")
            with contextlib.suppress(httpx.TransportError):
                if self.client.get("/health").status_code == 200:
                    return self
            time.sleep(0.1)
        raise BenchmarkError(f"the server was not ready within {seconds:.0f} s: {self.said()[-2000:]}")

    def said(self) -> str:
        """Return all that it wrote to standard output and error."""
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    # --- speaking with it

    def begin(self) -> str:
        """Begin a conversation."""
        return str(self.client.post("/api/conversations", json={}).json()["conversation"])

    def say(self, conversation: str, text: Any, **more: Any) -> httpx.Response:
        """Say one message; `more` goes into the body."""
        return self.client.post("/api/messages", json={"conversation": conversation, "text": text, **more})

    def forget(self, conversation: str) -> httpx.Response:
        """Drop the conversation."""
        return self.client.request("DELETE", "/api/conversations", json={"conversation": conversation})

    # --- ending it

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.client.close()
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def terminate(self, seconds: float = 30) -> int:
        """Ask it to end; returns its exit status. Raises subprocess.TimeoutExpired."""
        self.process.terminate()
        return self.process.wait(seconds)

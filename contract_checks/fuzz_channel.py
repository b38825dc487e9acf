"""Fuzz the served channel: requests drawn from docs/openapi.yaml, and messages in conversations that exist.

    python fuzz_channel.py [--requests 10000] [--seed 1] [--python ../.venv/bin/python]

Starts the server on a free port of this machine with the limit of messages lifted. A fault is an answer that the
document does not allow, any 5xx, a request without an answer in time, a trace of an error in an answer or in the
server's log (a turn that failed is one), or a server that has stopped. Prints the count by route and status.
Exits 1 with a line for each fault.
"""
# ruff: noqa: T201 - a command that prints

import argparse
import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from messages import MESSAGES
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup

ROOT = Path(__file__).parent.parent
TIMEOUT = 30  # seconds; a turn has its own limit far below
HEADERS = {"Connection": "keep-alive"}
KEPT = ("not_a_server_error", "status_code_conformance", "content_type_conformance")
KEPT += ("response_headers_conformance", "response_schema_conformance")
READ_BODIES = ("POST /api/messages", "DELETE /api/conversations", "POST /api/feedback")
TRACES = ("Traceback", 'File "', "rasa", "sanic", "0x7f")
LOG_FAULTS = ("Traceback", "ERROR", "CRITICAL")


class Tally:
    """Counts what was answered and keeps the faults."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()
        self.faults: Counter[str] = Counter()
        self.slowest: tuple[float, str] = (0.0, "")

    def take(self, label: str, response: requests.Response, seconds: float, sent: Any) -> None:
        """Count one answer and look at it."""
        self.counts[label, response.status_code] += 1
        self.slowest = max(self.slowest, (seconds, f"{label} {str(sent)[:80]!r}"))
        if response.status_code >= 500:
            self.fault(f"{label}: {response.status_code} for {str(sent)[:300]!r}")
        if response.status_code >= 400:
            found = [trace for trace in TRACES if trace in response.text]
            # who opens the address of a figure that is none reads a page; to programs every error is JSON
            page = label.endswith("/data/figures/{id}") and response.text.startswith("<!doctype html>")
            if found or (not page and set(response.json()) != {"error"}):
                self.fault(f"{label}: the error shows {found or response.text[:100]} for {str(sent)[:300]!r}")

    def fault(self, line: str) -> None:
        """Keep one fault."""
        self.faults[line] += 1

    def total(self) -> int:
        """Return how many answers were counted."""
        return sum(self.counts.values())


@contextlib.contextmanager
def served(python: str, log: Path) -> Iterator[str]:
    """Run the server until the end of the block; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "VIRTUAL_ENV"))}
    more = {"HOST": "127.0.0.1", "PORT": str(port), "SIGNPOST_MESSAGES_PER_MINUTE": "0"}
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [python, "-W", "ignore", "-m", "runtime.server"], cwd=ROOT, env={**known, **more}, stdout=out, stderr=out
        )
        base = f"http://127.0.0.1:{port}"
        try:
            for _ in range(6000):
                with contextlib.suppress(requests.ConnectionError):
                    if requests.get(f"{base}/health", timeout=5).status_code == 200:
                        break
                if process.poll() is not None:
                    raise SystemExit(f"The server did not start:\n{log.read_text()}")
                time.sleep(0.1)
            yield base
            if process.poll() is not None:
                raise SystemExit(f"The server stopped:\n{log.read_text()}")
        finally:
            process.terminate()
            process.wait(30)


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int, use: Any) -> None:
    """Call `use` with `count` examples of the strategy, the same ones for the same seed number."""

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def each(example: Any) -> None:
        use(example)

    each()


def by_document(base: str, tally: Tally, count: int, number: int) -> None:
    """Send what the document allows and what it forbids, to every route; check each answer against the document."""
    document = schemathesis.openapi.from_path(str(ROOT / "docs" / "openapi.yaml"))
    operations = [found.ok() for found in document.get_all_operations()]
    session = requests.Session()
    checks = CHECKS.get_by_names(list(KEPT))
    strict = CHECKS.get_by_names([*KEPT, "negative_data_rejection"])
    bodies = [o for o in operations if o.label.startswith(("POST", "DELETE"))]
    shares = {o.label: (count * 3 // 4) // len(bodies) if o in bodies else 0 for o in operations}
    rest = (count - sum(shares.values())) // (len(operations) - len(bodies))
    for operation in operations:
        wanted = shares[operation.label] or rest
        for mode, part in ((GenerationMode.POSITIVE, wanted - wanted // 2), (GenerationMode.NEGATIVE, wanted // 2)):

            def send(case: Any, label: str = operation.label, kept: Any = checks, strict: Any = strict) -> None:
                start = time.perf_counter()
                try:
                    response = case.call(base_url=base, session=session, timeout=TIMEOUT, headers=HEADERS)
                except requests.RequestException as error:
                    tally.fault(f"{label}: no answer ({type(error).__name__}) to {str(case.body)[:300]!r}")
                    return
                took = time.perf_counter() - start
                tally.take(label, response.response if hasattr(response, "response") else response, took, case.body)
                try:
                    case.validate_response(response, checks=strict if label in READ_BODIES else kept)
                except FailureGroup as failures:
                    for failure in failures.exceptions:
                        tally.fault(f"{label}: {' '.join(str(failure).split())[:300]}")

            sends_nothing = mode is GenerationMode.NEGATIVE and not (operation.body or operation.headers)
            if part and not sends_nothing:
                drawn(operation.as_strategy(generation_mode=mode), part, number, send)


def by_talking(base: str, tally: Tally, count: int, number: int) -> None:
    """Say odd things in conversations that exist; a new one every 40 messages, some as events, some twice."""
    operation = schemathesis.openapi.from_path(str(ROOT / "docs" / "openapi.yaml"))["/api/messages"]["POST"]
    session = requests.Session()
    chance = random.Random(number)
    held: list[str] = []

    def say(text: str) -> None:
        if len(held) % 40 == 0:
            held.append(session.post(f"{base}/api/conversations", json={}, timeout=TIMEOUT).json()["conversation"])
        held.append(held[-1])
        body = {"conversation": held[-1], "text": text}
        if chance.random() < 0.1:
            body["id"] = f"again-{chance.randrange(50):04}"
        headers = {"Accept": "text/event-stream"} if chance.random() < 0.2 else {}
        start = time.perf_counter()
        try:
            response = session.post(f"{base}/api/messages", json=body, headers=headers, timeout=TIMEOUT)
        except requests.RequestException as error:
            tally.fault(f"a message: no answer ({type(error).__name__}) to {text[:300]!r}")
            return
        tally.take("a message in a conversation", response, time.perf_counter() - start, text)
        try:
            operation.validate_response(response)
        except (FailureGroup, Failure) as failure:
            for part in getattr(failure, "exceptions", [failure]):
                tally.fault(f"a message: {' '.join(str(part).split())[:300]} for {text[:200]!r}")

    drawn(MESSAGES, count, number, say)


def main() -> int:
    """Fuzz, print the counts, and return 1 if there was a fault."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--requests", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--python", default=str(ROOT / ".venv" / "bin" / "python"))
    given_options = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server is stopped on the way out
    tally, log = Tally(), Path(tempfile.mkdtemp()) / "server.log"
    start = time.perf_counter()
    with served(given_options.python, log) as base:
        by_document(base, tally, given_options.requests // 2, given_options.seed)
        by_talking(base, tally, given_options.requests - tally.total(), given_options.seed)
        alive = requests.get(f"{base}/health", timeout=TIMEOUT).status_code
    lines = log.read_text().splitlines()
    shutil.rmtree(log.parent)
    if alive != 200:
        tally.fault(f"/health answers {alive} in the end")
    for line in lines:
        if any(word in line for word in LOG_FAULTS):
            tally.fault(f"the server's log: {line[:300]}")
    print(f"| route | {' | '.join(map(str, statuses := sorted({s for _, s in tally.counts})))} |")
    print("| --- |" + " --- |" * len(statuses))
    for label in sorted({label for label, _ in tally.counts}):
        print(f"| {label} | " + " | ".join(str(tally.counts[label, s] or "") for s in statuses) + " |")
    print("| all | " + " | ".join(str(sum(c for (_, s), c in tally.counts.items() if s == w)) for w in statuses) + " |")
    print(f"\n{tally.total()} requests in {time.perf_counter() - start:.0f} s, seed {given_options.seed}.")
    print(f"Slowest: {tally.slowest[0]:.2f} s, {tally.slowest[1]}")
    for line, times in tally.faults.most_common(40):
        print(f"FAULT x{times}: {line}", file=sys.stderr)
    print(f"{sum(tally.faults.values())} faults.")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())

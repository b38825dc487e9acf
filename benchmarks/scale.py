"""`make scale`: several processes, Redis and nginx on one machine; one process is killed and nothing may be lost.

Then replies a second for one process and for two, and the processor time that each part takes.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import redis
from rich.console import Console
from rich.table import Table

from benchmarks import OUT, ROOT, BenchmarkError
from benchmarks.client import Connection
from benchmarks.processes import Command, check_alive, end, end_with_this_process, free_port, memory

PACKAGES = {"redis-server": "redis-server", "nginx": "nginx-light"}  # program -> Debian's package
QUESTION, FOLLOW_UP = ("how many in cambridgeshire in 2014", "81 "), ("and in 2015", "155 ")
TICKS = os.sysconf("SC_CLK_TCK")


def program(name: str) -> str:
    """Return the path of a program. Raises BenchmarkError that names Debian's package."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise BenchmarkError(f"{name} is missing: apt-get install {PACKAGES[name]}")
    return found


@dataclass
class Stack:
    """The running parts. `servers` are the assistant's processes, `ports` theirs, `port` is nginx's."""

    folder: Path
    log: Path
    port: int
    redis_port: int
    ports: list[int]
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def servers(self) -> list[subprocess.Popen[bytes]]:
        """Return the assistant's processes."""
        return [part for name, part in self.parts.items() if name.startswith("process")]

    def start(self, name: str, *arguments: str, **environment: str) -> None:
        """Start one part in a process group of its own."""
        command = Command(arguments, ROOT, environment)
        with self.log.open("ab") as output:
            self.parts[name] = subprocess.Popen(
                arguments, cwd=ROOT, env=command.variables(), stdout=output, stderr=output, start_new_session=True
            )

    def start_server(self, number: int) -> None:
        """Start the process of this number, as endpoints.scale.yml has it."""
        environment = {"HOST": "127.0.0.1", "PORT": str(self.ports[number]), "SIGNPOST_MESSAGES_PER_MINUTE": "0"}
        environment |= {
            "SIGNPOST_ENDPOINTS": "endpoints.scale.yml",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
        }
        self.start(f"process {number + 1}", sys.executable, "-W", "ignore", "-m", "runtime.server", **environment)

    async def ready(self, port: int) -> None:
        """Wait until conversations can be begun at the port."""
        deadline = time.monotonic() + 180
        while True:
            check_alive(list(self.parts.values()), self.log)
            with contextlib.suppress(OSError, BenchmarkError):
                async with Connection(port) as connection:
                    await connection.post("/api/conversations", {})
                    return
            if time.monotonic() > deadline:
                raise BenchmarkError(f"nothing answers at port {port}")
            await asyncio.sleep(0.1)

    def seconds(self) -> dict[str, float]:
        """Return the processor seconds that each part has used so far; `client` is this process."""
        used = {"client": sum(os.times()[:2])}
        for name, part in self.parts.items():
            pids = [part.pid, *_children(part.pid)]
            used[name] = sum(_ticks(pid) for pid in pids) / TICKS
        return used


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _ticks(pid: int) -> int:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


@contextlib.contextmanager
def running(processes: int) -> Iterator[Stack]:
    """Run Redis, so many processes of the assistant, and nginx with the configuration of deploy/; end them all."""
    redis_server, nginx = program("redis-server"), program("nginx")
    log = OUT / "scale.log"
    log.write_bytes(b"")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx started by root serves as another user
        stack = Stack(folder, log, free_port(), free_port(), [free_port() for _ in range(processes)])
        front = folder / "nginx"
        shutil.copytree(ROOT / "deploy" / "nginx", front)
        (front / "tmp").mkdir()
        servers = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s; " for port in stack.ports)
        (front / "upstream.conf").write_text(
            f"upstream signpost {{ zone signpost 64k; least_conn; {servers} keepalive 64; }}"
        )
        (front / "listen.conf").write_text(f"listen 127.0.0.1:{stack.port};")
        # one address plays all visitors here
        main = (
            (front / "nginx.conf")
            .read_text()
            .replace("rate=20r/s", "rate=50000r/s")
            .replace("rate=5r/s", "rate=50000r/s")
        )
        (front / "nginx.conf").write_text(main)
        try:
            bind = ["--bind", "127.0.0.1", "--port", str(stack.redis_port)]
            stack.start("Redis", redis_server, *bind, "--save", "", "--appendonly", "no", "--dir", name)
            for number in range(processes):
                stack.start_server(number)
            stack.start("nginx", nginx, "-p", str(front), "-c", "nginx.conf")
            for port in (*stack.ports, stack.port):
                asyncio.run(stack.ready(port))
            yield stack
        finally:
            end(list(stack.parts.values()))


@dataclass
class Visits:
    """What the visitors saw while a process was killed."""

    sent: int = 0
    answered: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    conversations: list[str] = field(default_factory=list)


async def visit(stack: Stack, visits: Visits, pairs: int, name: str) -> None:
    """Hold one conversation: a question and a follow-up that needs the memory of it, again and again."""
    async with Connection(stack.port) as connection:
        conversation = (await _send(connection, "/api/conversations", {}, visits))["conversation"]
        visits.conversations.append(conversation)
        for number in range(pairs * 2):
            text, expected = (QUESTION, FOLLOW_UP)[number % 2]
            body = {"conversation": conversation, "text": text, "id": f"{name}-message-{number}"}
            visits.sent += 1
            begun = time.perf_counter()
            answer = await _send(connection, "/api/messages", body, visits)
            visits.slowest = max(visits.slowest, time.perf_counter() - begun)
            visits.answered += 1
            if not any(str(m.get("text", "")).startswith(expected) for m in answer):
                visits.wrong.append(f"{text!r}: {str(answer)[:100]}")


async def _send(connection: Connection, path: str, body: dict[str, Any], visits: Visits) -> Any:
    """Send, as the widget does: the same message again, with the same id, until it is answered."""
    for _ in range(20):
        try:
            return await asyncio.wait_for(connection.post(path, body), 30)
        except (OSError, BenchmarkError, TimeoutError):
            visits.again += 1
            await connection.close()
            await asyncio.sleep(0.5)
    raise BenchmarkError(f"{path} was not answered after 20 attempts")


async def kill_one(stack: Stack, conversations: int, pairs: int) -> tuple[Visits, int]:
    """Kill a process while conversations go on; returns what was seen, and how many answers had come by then."""
    visits = Visits()
    visitors = [asyncio.create_task(visit(stack, visits, pairs, f"visitor-{n}")) for n in range(conversations)]
    while visits.answered < conversations * pairs * 2 // 3:
        await asyncio.sleep(0.01)
    by_then = visits.answered
    os.killpg(stack.parts["process 1"].pid, signal.SIGKILL)
    await asyncio.gather(*visitors)
    stack.parts.pop("process 1").wait()
    stack.start_server(0)
    await stack.ready(stack.ports[0])
    async with Connection(stack.ports[0]) as connection:  # the process that came back knows every conversation
        for number, conversation in enumerate(visits.conversations):
            body = {"conversation": conversation, "text": FOLLOW_UP[0], "id": f"back-again-{number}"}
            answer = await connection.post("/api/messages", body)
            if not any(str(m.get("text", "")).startswith(FOLLOW_UP[1]) for m in answer):
                visits.wrong.append(f"after the restart: {str(answer)[:100]}")
    return visits, by_then


def taken_twice(stack: Stack, expected: int) -> int:
    """Return how many turns more than messages are remembered, over all conversations."""
    client = redis.Redis(port=stack.redis_port, decode_responses=True)
    turns = [json.loads(str(client.get(name)))[0] for name in client.scan_iter("signpost:*:conversation")]
    client.close()
    return sum(max(0, turn - expected) for turn in turns)


async def load(stack: Stack, clients: int, seconds: float) -> tuple[float, dict[str, float]]:
    """Return replies a second through nginx, and milliseconds of processor time a reply of each part."""
    begun, before, replies = time.perf_counter(), stack.seconds(), 0

    async def talk() -> None:
        nonlocal replies
        async with Connection(stack.port) as connection:
            number = 0
            while time.perf_counter() - begun < seconds:
                if number % 10 == 0:
                    conversation = (await connection.post("/api/conversations", {}))["conversation"]
                text, expected = (QUESTION, FOLLOW_UP)[number % 2]
                answer = await connection.post("/api/messages", {"conversation": conversation, "text": text})
                if not any(str(m.get("text", "")).startswith(expected) for m in answer):
                    raise BenchmarkError(f"{text!r} was answered with {str(answer)[:100]}")
                number += 1
                replies += 1

    await asyncio.gather(*(talk() for _ in range(clients)))
    took, after = time.perf_counter() - begun, stack.seconds()
    spent: dict[str, float] = {}
    for name, used in after.items():
        part = "Signpost" if name.startswith("process") else name
        spent[part] = spent.get(part, 0.0) + (used - before.get(name, 0.0)) * 1000 / replies
    return replies / took, spent


@click.command()
@click.option("--conversations", default=24, help="Held at the same time while a process is killed.")
@click.option("--pairs", default=5, help="Questions with a follow-up in each.")
@click.option("--seconds", default=10.0, help="Of load, for one process and for two; 0 leaves it out.")
@click.option("--clients", default=16, help="Under load.")
def main(conversations: int, pairs: int, seconds: float, clients: int) -> None:
    """Kill one of two processes, show that nothing is lost, and measure one against two."""
    end_with_this_process()
    console = Console(highlight=False)
    OUT.mkdir(exist_ok=True)
    try:
        Command((sys.executable, "-m", "runtime.training"), ROOT, {}).run(OUT / "scale-training.log")
        measured = [_measure(processes, clients, seconds) for processes in (1, 2)] if seconds else []
        with running(2) as stack:
            console.print(f"Redis, 2 processes and nginx run; {conversations} conversations begin")
            visits, by_then = asyncio.run(kill_one(stack, conversations, pairs))
            twice = taken_twice(stack, pairs * 2 + 1)
    except BenchmarkError as error:
        console.print(f"Not shown: {error}", style="bold")
        sys.exit(1)
    _show(console, measured)
    table = Table("a process killed (SIGKILL) in mid-conversation", "", title="Nothing is lost")
    lost = visits.sent - visits.answered
    rows = [("conversations", conversations), ("messages sent", visits.sent), ("answered before the kill", by_then)]
    rows += [("answered in all", visits.answered), ("sent again by the client", visits.again)]
    rows += [("lost", lost), ("wrong, or without the memory", len(visits.wrong)), ("turns taken twice", twice)]
    for name, value in rows:
        table.add_row(name, str(value))
    table.add_row("slowest answer", f"{visits.slowest:.1f} s")
    console.print(table)
    for wrong in visits.wrong[:5]:
        console.print(wrong)
    sys.exit(1 if lost or visits.wrong or twice else 0)


def _measure(processes: int, clients: int, seconds: float) -> tuple[int, float, dict[str, float], float]:
    with running(processes) as stack:
        asyncio.run(load(stack, clients, min(2.0, seconds)))
        rate, spent = asyncio.run(load(stack, clients, seconds))
        return processes, rate, spent, memory(stack.servers) / processes


def _show(console: Console, measured: list[tuple[int, float, dict[str, float], float]]) -> None:
    if not measured:
        return
    parts = ("Signpost", "Redis", "nginx", "client")
    title = f"Replies a second through nginx on {os.cpu_count()} processors, and processor time of a reply"
    table = Table("processes", "replies/s", *(f"{part}, ms" for part in parts), "MB a process", title=title)
    for processes, rate, spent, size in measured:
        table.add_row(str(processes), f"{rate:.0f}", *(f"{spent[part]:.2f}" for part in parts), f"{size:.0f}")
    console.print(table)
    (_, one, *_), (_, two, *_) = measured
    console.print(f"2 processes: {two / one:.2f} times 1")


if __name__ == "__main__":
    main()

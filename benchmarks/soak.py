"""`python -m benchmarks.soak`: one process, long run; memory over many conversations, latency over many turns.

Over HTTP against the real server (`python -m runtime.server`) with the in-memory store at its default settings: at the
end as many conversations are remembered as may be, and every message has an `id`, as the widget sends it.
"""

import asyncio
import json
import random
import secrets
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks import OUT, ROOT, BenchmarkError
from benchmarks.bots import FIGURE, PLAIN, Ours
from benchmarks.client import Connection
from benchmarks.measures import PATIENCE, _answers
from benchmarks.processes import check_alive, end_with_this_process, free_port, memory, started

CLIENTS = 8
WARM = 500  # conversations before memory is first read: what every process allocates once is not growth
SAMPLES = 100  # readings of memory over the run
PAIRS = 60  # turns timed at each of the two ends
RATIO = 1.2  # turn 500 to turn 5, at most
GROWTH = 50.0  # MB above the start, at most
PLOT = ROOT / "docs" / "benchmarks" / "soak.svg"
SAYINGS = (
    PLAIN,
    FIGURE,
    "someone online keeps asking my daughter for pictures",
    "my {word} hurts me",
    "i am worried about {word} and what he looks at",
    "i live in {word} and need someone to talk to",
    "{word} {word} {word}",
    "how do i report a website called {word}",
    "i was abused as a child by {word}",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Soak:
    """What a run found. Memory in MB, latency in ms."""

    conversations: int = 0
    turns: int = 0
    seconds: float = 0.0
    memory_ready: float = 0.0
    memory: list[tuple[int, float]] = field(default_factory=list)
    latency: list[tuple[int, float]] = field(default_factory=list)
    early: float = 0.0
    late: float = 0.0

    @property
    def ratio(self) -> float:
        """Return the latency of a late turn to that of turn 5."""
        return self.late / self.early

    @property
    def growth(self) -> float:
        """Return the MB above the start at the end."""
        return self.memory[-1][1] - self.memory[0][1]


class Visitor:
    """One client; each conversation is new, each message has an id of its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def begin(self) -> str:
        """Begin a conversation."""
        return str((await self._connection.post("/api/conversations", {}))["conversation"])

    async def say(self, conversation: str, text: str) -> float:
        """Say one message; returns the ms until the reply was there. Raises BenchmarkError for an empty reply."""
        body = {"conversation": conversation, "text": text, "id": secrets.token_hex(8)}
        begun = time.perf_counter()
        messages: list[dict[str, Any]] = await self._connection.post("/api/messages", body)
        taken = (time.perf_counter() - begun) * 1000
        if not any(message.get("text") for message in messages):
            raise BenchmarkError(f"there was no reply to {text!r}")
        return taken


def sayings(seed: int) -> Iterator[str]:
    """Yield messages without end; most hold words that nobody ever said before, so that a cache of texts shows."""
    chance = random.Random(seed)
    while True:
        word = "".join(chance.choices(LETTERS, k=chance.randint(4, 10)))
        yield chance.choice(SAYINGS).format(word=word)


async def lengthen(port: int, turns: int, found: Soak) -> None:
    """Hold one conversation of so many turns, then time its last turns in step with fifth turns of new conversations.

    In step: what disturbs the machine disturbs both.
    """
    async with Connection(port) as connection:
        visitor = Visitor(connection)
        long = await visitor.begin()
        for turn in range(1, turns - PAIRS + 1):
            found.latency.append((turn, await visitor.say(long, FIGURE)))
        early, late = [], []
        for turn in range(turns - PAIRS + 1, turns + 1):
            new = await visitor.begin()
            for _ in range(4):
                await visitor.say(new, FIGURE)
            early.append(await visitor.say(new, FIGURE))
            late.append(await visitor.say(long, FIGURE))
            found.latency.append((turn, late[-1]))
        found.turns, found.early, found.late = turns, statistics.median(early), statistics.median(late)


async def converse(port: int, conversations: int, seed: int, clients: int = CLIENTS) -> None:
    """Hold so many conversations of one message each, some at once."""
    left = iter(range(conversations))

    async def visit(number: int) -> None:
        said = sayings(seed * 1000 + number)
        async with Connection(port) as connection:
            visitor = Visitor(connection)
            for _ in left:
                await visitor.say(await visitor.begin(), next(said))

    await asyncio.gather(*(visit(number) for number in range(clients)))


def run(conversations: int, turns: int, console: Console) -> Soak:
    """Start the server and measure. Raises BenchmarkError."""
    port, log, found = free_port(), OUT / "soak.log", Soak()
    OUT.mkdir(exist_ok=True)
    bot = Ours("soak", Path(sys.prefix), ROOT, ROOT / "models" / "signpost.tar.gz")
    begun = time.perf_counter()
    with started(bot.start((port, 0)), log) as processes:
        while not asyncio.run(_answers(bot, port)):
            check_alive(processes, log)
            if time.perf_counter() - begun > PATIENCE:
                raise BenchmarkError(f"the server did not answer within {PATIENCE:.0f} s")
            time.sleep(0.1)
        found.memory_ready = memory(processes)
        asyncio.run(converse(port, WARM, 0))
        asyncio.run(lengthen(port, turns, found))
        console.print(f"turn 5 {found.early:.1f} ms, turn {turns} {found.late:.1f} ms", highlight=False)
        found.memory.append((0, memory(processes)))
        begun, step = time.perf_counter(), max(1, conversations // SAMPLES)
        try:
            for done in range(step, conversations + 1, step):
                asyncio.run(converse(port, step, done))
                found.memory.append((done, memory(processes)))
                console.print(f"{done:>8} conversations {found.memory[-1][1]:7.1f} MB", highlight=False)
        except SystemExit:  # told to end: what was found so far is reported with its own number
            console.print("ended early", highlight=False)
        found.conversations, found.seconds = found.memory[-1][0], time.perf_counter() - begun
    return found


def plot(found: Soak, path: Path) -> None:
    """Draw memory over conversations and latency over turns."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "soak"
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    left.plot(*zip(*found.memory, strict=True))
    left.axhline(found.memory[0][1] + GROWTH, linestyle=":", color="grey")
    left.set(xlabel="conversations", ylabel="memory (MB)", ylim=(0, None), title="Memory; dotted: the limit")
    right.plot(*zip(*found.latency, strict=True), ".", markersize=3)
    right.set(xlabel="turn of one conversation", ylabel="reply (ms)", title="Time of a reply")
    right.set_ylim(0, 4 * statistics.median(taken for _, taken in found.latency))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


@click.command()
@click.option("--conversations", default=100_000, show_default=True, help="Of one message each.")
@click.option("--turns", default=500, show_default=True, help="Of the one long conversation.")
@click.option("--out", type=click.Path(path_type=Path), default=PLOT, show_default=True, help="Where the plot goes.")
def main(conversations: int, turns: int, out: Path) -> None:
    """Measure, print, plot; ends with 1 when memory or latency grows beyond the target."""
    end_with_this_process()
    console = Console()
    try:
        found = run(conversations, turns, console)
    except BenchmarkError as error:
        console.print(f"Not measured: {error}", style="bold", highlight=False)
        raise SystemExit(1) from None
    rate = found.conversations / found.seconds
    lines = [
        f"memory at the first reply      {found.memory_ready:8.1f} MB",
        f"memory at the start            {found.memory[0][1]:8.1f} MB, after {WARM} conversations and the long one",
        f"memory at the end              {found.memory[-1][1]:8.1f} MB, {found.conversations} later ({rate:.0f}/s)",
        f"growth                         {found.growth:8.1f} MB (at most {GROWTH:.0f})",
        f"turn 5                         {found.early:8.2f} ms, median of {PAIRS} conversations",
        f"turn {found.turns - PAIRS + 1} to {found.turns}{'':15}{found.late:9.2f} ms, median",
        f"ratio                          {found.ratio:8.2f} (at most {RATIO})",
    ]
    for line in lines:
        console.print(line, highlight=False)
    plot(found, out)
    out.with_suffix(".json").write_text(json.dumps({"lines": lines, "memory": found.memory}, indent=1) + "\n")
    console.print(f"written to {out} and {out.with_suffix('.json').name}", highlight=False)
    if found.growth > GROWTH or found.ratio > RATIO:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

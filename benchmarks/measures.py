"""What is measured of one running bot, and how the rounds come together."""

import asyncio
import re
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import OUT, BenchmarkError
from benchmarks.bots import FIGURE, PLAIN, Bot, expected_figure
from benchmarks.client import Connection
from benchmarks.processes import check_alive, disk, free_port, memory, started

CLIENTS = (1, 8, 64, 256)  # at once, each sending the next message as soon as it is answered
# measure -> (unit, whether less is better)
MEASURES = {
    "first_reply": ("s", True),
    "memory": ("MB", True),
    "environment": ("MB", True),
    "training": ("s", True),
    "plain_reply_p50": ("ms", True),
    "plain_reply_p95": ("ms", True),
    "figure_reply_p50": ("ms", True),
    "figure_reply_p95": ("ms", True),
    **{f"throughput_{clients}": ("replies/s", False) for clients in CLIENTS},
    **{f"p99_{clients}": ("ms", True) for clients in CLIENTS},
    **{f"unanswered_{clients}": ("%", True) for clients in CLIENTS},
}
CONVERSATION = 10  # messages until a new conversation begins
MEMORY_AFTER = 200  # messages
PATIENCE = 180.0  # seconds for a start


class Unanswered(BenchmarkError):
    """A message got no text at all."""


@dataclass(frozen=True)
class Plan:
    """How much is measured: rounds, timed replies of each kind a round, seconds of each load, whether to train."""

    rounds: int = 3
    replies: int = 200
    seconds: float = 6.0
    train: bool = True


QUICK = Plan(rounds=1, replies=100, seconds=2.0, train=False)
WARM = Plan(rounds=1, replies=10, seconds=0.5)


@dataclass
class Rounds:
    """The values of one bot so far, a list for each measure."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, measure: str, value: float) -> None:
        """Keep the value of one round."""
        self.values.setdefault(measure, []).append(value)

    def medians(self) -> dict[str, float]:
        """Return the median over the rounds of each measure."""
        return {measure: statistics.median(values) for measure, values in self.values.items()}


class Visitor:
    """One client with a connection of its own; a new conversation after every ten messages.

    Every reply is checked: a bot that answers quickly and wrongly is not measured but reported.
    """

    def __init__(self, bot: Bot, connection: Connection) -> None:
        self._bot, self._connection = bot, connection
        self._conversation, self._said = "", 0
        self._figure = re.compile(rf"\b{re.escape(expected_figure())}\b")

    async def say(self, text: str) -> float:
        """Say one message; returns the milliseconds until the whole reply was there."""
        if self._said % CONVERSATION == 0:
            self._conversation = await self._bot.begin(self._connection)
        self._said += 1
        begun = time.perf_counter()
        messages = await self._bot.say(self._connection, self._conversation, text)
        taken = (time.perf_counter() - begun) * 1000
        read = " ".join(message.get("text") or "" for message in messages)
        if not read:
            raise Unanswered(f"{self._bot.name} has no reply to {text!r}")
        if any((message.get("custom") or {}).get("urgent") for message in messages):
            raise BenchmarkError(f"{self._bot.name} has no reply to {text!r}: {read[:200]!r}")
        if text == FIGURE and not self._figure.search(read):
            raise BenchmarkError(f"{self._bot.name} answers {text!r} without the figure: {read[:200]!r}")
        return taken


def run_round(bot: Bot, plan: Plan, rounds: Rounds) -> None:
    """Start the bot, measure everything that needs it running, and end it."""
    port, second = free_port(), free_port()
    log = OUT / f"{bot.name}.log"
    begun = time.perf_counter()
    with started(bot.start((port, second)), log) as processes:
        deadline = begun + PATIENCE
        while not asyncio.run(_answers(bot, port)):
            check_alive(processes, log)
            if time.perf_counter() > deadline:
                raise BenchmarkError(f"{bot.name} did not answer within {PATIENCE:.0f} s")
            time.sleep(0.02)
        rounds.add("first_reply", time.perf_counter() - begun)
        asyncio.run(_talk(bot, port, MEMORY_AFTER - 1))
        rounds.add("memory", memory(processes))
        for name, text in (("plain_reply", PLAIN), ("figure_reply", FIGURE)):
            taken = asyncio.run(_time(bot, port, text, plan.replies))
            rounds.add(f"{name}_p50", statistics.median(taken))
            rounds.add(f"{name}_p95", statistics.quantiles(taken, n=20)[-1])
        for clients in CLIENTS:
            speed, taken, missed = asyncio.run(_load(bot, port, clients, plan.seconds))
            rounds.add(f"throughput_{clients}", speed)
            rounds.add(f"unanswered_{clients}", 100 * missed / (missed + len(taken)))
            rounds.add(f"p99_{clients}", statistics.quantiles(taken, n=100)[-1] if len(taken) > 1 else taken[0])


def train(bot: Bot) -> float:
    """Train from nothing, past every cache; returns seconds from process start to the written model."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        bot.training(Path(folder)).run(OUT / f"{bot.name}-training.log")
        return time.perf_counter() - begun


def environment(bot: Bot) -> float:
    """Return the MB of the bot's environment on disk, with the bytecode that its runs have written."""
    return disk(bot.environment)


async def _answers(bot: Bot, port: int) -> bool:
    """Whether the bot gives its first reply; False while nobody listens or it says that it is not ready."""
    async with Connection(port) as connection:
        try:
            conversation = await bot.begin(connection)
            return bool(await bot.say(connection, conversation, PLAIN))
        except (OSError, BenchmarkError):
            return False


async def _talk(bot: Bot, port: int, messages: int) -> None:
    """Say so many messages, plain ones and questions by turns."""
    async with Connection(port) as connection:
        visitor = Visitor(bot, connection)
        for number in range(messages):
            await visitor.say((PLAIN, FIGURE)[number % 2])


async def _time(bot: Bot, port: int, text: str, replies: int) -> list[float]:
    async with Connection(port) as connection:
        visitor = Visitor(bot, connection)
        return [await visitor.say(text) for _ in range(replies)]


async def _load(bot: Bot, port: int, clients: int, seconds: float) -> tuple[float, list[float], int]:
    """Return replies a second, the milliseconds of each, and how many messages got none.

    So many clients each send the next message as soon as they are answered, and one at least. A message without a
    reply counts for neither speed nor time. Raises BenchmarkError if none at all is answered.
    """
    begun = time.perf_counter()

    async def visit() -> tuple[list[float], int]:
        taken: list[float] = []
        missed = 0
        async with Connection(port) as connection:
            visitor = Visitor(bot, connection)
            while not (taken or missed) or time.perf_counter() - begun < seconds:
                try:
                    async with asyncio.timeout(PATIENCE):
                        taken.append(await visitor.say((PLAIN, FIGURE)[(len(taken) + missed) % 2]))
                except (Unanswered, OSError):
                    missed += 1
                    await connection.close()
        return taken, missed

    visits = await asyncio.gather(*(visit() for _ in range(clients)))
    spent = time.perf_counter() - begun
    taken = [one for visit_taken, _ in visits for one in visit_taken]
    if not taken:
        raise BenchmarkError(f"{bot.name} answered none of {clients} clients")
    return len(taken) / spent, taken, sum(missed for _, missed in visits)

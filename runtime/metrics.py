"""Rasa extension point: none; what the operator may know: counts and durations, never a word, an id or an address.

A need asked for once, with its minute, can point at one person for whoever also sees who was connected. So needs are
shown in tens and only every quarter of an hour; all else (durations, errors, refusals) says nothing of anybody and is
shown as it is.
"""

import functools
import logging
import time
from collections import Counter as Count
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.core import CounterMetricFamily
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from runtime.history import History

logger = logging.getLogger("signpost.needs")
disable_created_metrics()  # type: ignore[no-untyped-call] # when the first error came is of no use here
STEP = 10  # a need is shown in steps of so many
EVERY = 900.0  # seconds between two looks at the needs
SECONDS = (0.002, 0.004, 0.006, 0.008, 0.012, 0.016, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 8.0)
REFUSALS = ("too_many", "busy", "stopping", "paused", "long_text")
URGENT = "urgent while refusing"  # counted beside the needs
OURS = ("runtime", "signpost", "actions")


class InTens:
    """Counts that are shown rounded down to tens, and renewed only every quarter of an hour.

    Args:
        names: what is counted from the start; others join when they come.
        clock: monotonic seconds.
    """

    def __init__(self, names: Iterable[str], clock: Callable[[], float]) -> None:
        self._counts: Count[str] = Count(dict.fromkeys(names, 0))
        self._shown = dict(self._counts)
        self._clock, self._next = clock, clock() + EVERY

    def add(self, name: str) -> None:
        """Count one."""
        self._counts[name] += 1
        self.shown()

    def shown(self) -> dict[str, int]:
        """Return what may be seen now."""
        if self._clock() >= self._next:
            self._next = self._clock() + EVERY
            self._shown = {name: count // STEP * STEP for name, count in self._counts.items()}
            logger.info("needs so far, in tens: %s", {n: c for n, c in sorted(self._shown.items()) if c})
        return self._shown


class _Needs:
    """Hands the counts in tens to Prometheus."""

    def __init__(self, needs: InTens) -> None:
        self._needs = needs

    def collect(self) -> Iterable[CounterMetricFamily]:
        help_text = "Needs answered, in tens, renewed every quarter of an hour."
        family = CounterMetricFamily("signpost_needs", help_text, labels=["need"])
        help_text = "Answers to people in danger whose message was else refused, in tens, renewed with the needs."
        urgent = CounterMetricFamily("signpost_urgent_while_refusing", help_text)
        shown = self._needs.shown()
        urgent.add_metric([], shown.get(URGENT, 0))
        for need, count in sorted(shown.items()):
            if need != URGENT:
                family.add_metric([need], count)
        yield from (family, urgent)


class Metrics:
    """All measures of one process; `registry` is what Prometheus reads.

    Args:
        needs: names of all needs.
        clock: monotonic seconds.
    """

    def __init__(self, needs: Sequence[str] = (), clock: Callable[[], float] = time.monotonic) -> None:
        self.registry = CollectorRegistry()
        self._process = ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.history = History(SECONDS, self.memory)
        self.needs = InTens([*needs, URGENT], clock)
        self.registry.register(_Needs(self.needs))
        made: dict[str, Any] = {"registry": self.registry}
        self._seconds = Histogram("signpost_turn_seconds", "Time to answer one message.", buckets=SECONDS, **made)
        self._unanswered = Counter(
            "signpost_unanswered_turns", "Turns that failed or said nothing: the emergency services were shown.", **made
        )
        self._understood = Counter("signpost_messages", "Messages, understood or not.", ["understood"], **made)
        self._refused = Counter("signpost_refused", "Messages not read as usual, and why.", ["reason"], **made)
        self._errors = Counter("signpost_errors", "Errors in the log, by the part that wrote them.", ["part"], **made)
        self._helped = Counter("signpost_feedback", "Answers to 'Did this help?'.", ["helped"], **made)
        self._begun = Counter("signpost_conversations_begun", "Conversations begun.", **made)
        text = "Conversations remembered by this process; NaN where a shared store has them."
        self.open = Gauge("signpost_conversations_open", text, **made)
        self.under_way = Gauge("signpost_turns_under_way", "Turns under way or waiting.", **made)
        self.ready = Gauge("signpost_ready", "1 while messages are answered.", **made)
        self.model = Gauge("signpost_model", "1; the label is the SHA-256 of the model.", ["sha256"], **made)
        for reason in REFUSALS:
            self._refused.labels(reason)
        for answer in ("yes", "no"):
            self._helped.labels(answer)
        self._yes, self._no = self._understood.labels("yes"), self._understood.labels("no")

    def turn(self, seconds: float) -> None:
        """One message was answered."""
        self._seconds.observe(seconds)
        self.history.turn(seconds)

    def unanswered(self) -> None:
        """One turn ended with the emergency services because it failed or said nothing."""
        self._unanswered.inc()
        self.history.now().unanswered += 1

    def understood(self, intent: str, needs: Sequence[str], fallback: str) -> None:
        """One message was taken for an intent with its needs; `fallback` is the intent of what was not understood."""
        if intent == fallback:
            self._no.inc()
            self.history.now().not_understood += 1
        else:
            self._yes.inc()
        for need in needs or (intent,):
            self.needs.add(need)

    def refused(self, reason: str) -> None:
        """One message was not read as usual; `reason` is one of REFUSALS."""
        self._refused.labels(reason).inc()
        self.history.now().refused += 1

    def urgent(self) -> None:
        """Someone in danger was answered whose message was else refused."""
        self.needs.add(URGENT)

    def feedback(self, helped: bool) -> None:
        """One answer to "Did this help?"."""
        self._helped.labels("yes" if helped else "no").inc()

    def begun(self) -> None:
        """One conversation was begun."""
        self._begun.inc()

    def error(self, part: str) -> None:
        """One error was logged by a part of the program (a module's name)."""
        self._errors.labels(part if part.split(".")[0] in OURS else part.split(".")[0]).inc()
        self.history.now().errors += 1

    def memory(self) -> float:
        """Return the resident memory of this process in bytes, 0 where the system does not say."""
        samples = (sample for family in self._process.collect() for sample in family.samples)
        return next((s.value for s in samples if s.name == "process_resident_memory_bytes"), 0.0)

    def all_of(self, name: str, label: str) -> dict[str, float]:
        """Return label -> value of a metric."""
        return {
            sample.labels[label]: sample.value
            for family in self.registry.collect()
            for sample in family.samples
            if sample.name == name
        }


class ErrorCounter(logging.Handler):
    """Counts the errors that the log is told of, by the part that tells; keeps nothing of the line."""

    def __init__(self, measures: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = measures

    def emit(self, record: logging.LogRecord) -> None:
        """Count one line."""
        self._metrics.error(record.name)


@functools.lru_cache(maxsize=1)
def metrics() -> Metrics:
    """Return the measures of this process."""
    from signpost.assistant import assistant

    return Metrics(sorted(assistant().needs))

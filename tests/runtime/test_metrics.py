"""Measures and the log: they count what the operator needs, and neither has a word, an id, or a single rare need."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

import httpx
import pytest
from prometheus_client import generate_latest

from runtime.history import History
from runtime.logs import formatter
from runtime.metrics import EVERY, ErrorCounter, InTens, Metrics
from signpost.assistant import NOT_UNDERSTOOD
from tests.scale.services import free_port

ROOT = Path(__file__).parent.parent.parent
MARKER = "Zephyrine"
ADDRESS = "198.51.100.77"
PATIENCE = 240  # seconds for a start on a busy machine


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_need_is_shown_in_tens_and_only_every_quarter_of_an_hour() -> None:
    clock = Clock()
    needs = InTens(["rape", "worry"], clock)
    for _ in range(9):
        needs.add("rape")
    for _ in range(27):
        needs.add("worry")
    assert needs.shown() == {"rape": 0, "worry": 0}
    clock.now += EVERY
    assert needs.shown() == {"rape": 0, "worry": 20}
    needs.add("rape")
    assert needs.shown()["rape"] == 0  # the tenth is not seen at its minute
    clock.now += EVERY
    assert needs.shown()["rape"] == 10


def test_a_turn_is_counted_with_its_time_and_whether_it_was_understood() -> None:
    metrics = Metrics(["worry"])
    metrics.turn(0.005)
    metrics.turn(3)
    metrics.understood("worry", ["worry"], NOT_UNDERSTOOD)
    metrics.understood(NOT_UNDERSTOOD, [], NOT_UNDERSTOOD)
    metrics.refused("busy")
    metrics.feedback(True)
    metrics.unanswered()
    text = generate_latest(metrics.registry).decode()
    for line in (
        "signpost_turn_seconds_count 2.0",
        'signpost_turn_seconds_bucket{le="0.006"} 1.0',
        'signpost_messages_total{understood="yes"} 1.0',
        'signpost_messages_total{understood="no"} 1.0',
        'signpost_refused_total{reason="busy"} 1.0',
        'signpost_feedback_total{helped="yes"} 1.0',
        "signpost_unanswered_turns_total 1.0",
        'signpost_needs_total{need="worry"} 0.0',
    ):
        assert line in text
    assert metrics.memory() > 10_000_000


def test_an_error_in_the_log_is_counted_by_its_part_without_its_words() -> None:
    metrics = Metrics()
    logger = logging.getLogger("runtime.a_part")
    counter = ErrorCounter(metrics)
    logger.addHandler(counter)
    try:
        logger.error("%s was here", MARKER)
        logger.warning("not an error")
    finally:
        logger.removeHandler(counter)
    text = generate_latest(metrics.registry).decode()
    assert 'signpost_errors_total{part="runtime.a_part"} 1.0' in text
    assert MARKER not in text


def test_the_last_hour_is_kept_minute_by_minute_and_no_longer() -> None:
    clock = Clock()
    history = History((0.01, 0.1), clock=clock)
    for minute in range(90):
        for _ in range(minute % 3):
            history.turn(0.05)
        clock.now += 60
    hour = history.hour()
    assert len(hour) == 60
    assert [m.start for m in hour] == list(range(hour[0].start, hour[0].start + 60))
    assert sum(m.answered for m in hour) == sum(minute % 3 for minute in range(31, 90))
    assert history.quantile(hour, 0.5) == 0.1
    assert history.quantile([], 0.5) is None


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_a_line_of_the_log_loses_ids_addresses_and_the_values_of_an_exception(as_json: bool) -> None:
    out = io.StringIO()
    logger = logging.getLogger("tests.lines")
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter(as_json))
    logger.addHandler(handler)
    try:
        raise ValueError(MARKER)
    except ValueError:
        logger.exception("Conversation %s from %s failed", "hP2xvJ0QkX9tB-Zr_8LmN4wYc6Sd1AfE", ADDRESS)
        logger.warning("and %s", "2001:db8:1:2:3:4:5:6")
    finally:
        logger.removeHandler(handler)
    written = out.getvalue()
    assert "ValueError" in written
    assert "Conversation [id] from [address] failed" in written
    for kept_back in (MARKER, "hP2xvJ0Q", ADDRESS, "2001:db8", "Traceback"):
        assert kept_back not in written
    if as_json:
        first = json.loads(written.splitlines()[0])
        assert (first["level"], first["logger"], first["error"]) == ("error", "tests.lines", "ValueError")


class Watched:
    """The real server at the loudest level, with its private port, and all that it writes."""

    def __init__(self, log_format: str, file: TextIO) -> None:
        self.base = f"http://127.0.0.1:{free_port()}"
        self.private = f"http://127.0.0.1:{free_port()}"
        known = {k: v for k, v in os.environ.items() if not k.startswith("SIGNPOST_")}
        settings = {
            "PORT": self.base.rpartition(":")[2],
            "SIGNPOST_OPERATOR_PORT": self.private.rpartition(":")[2],
            "SIGNPOST_LOG_FORMAT": log_format,
            "SIGNPOST_PROXIES": "1",
            "LOG_LEVEL": "DEBUG",
        }
        self.file = file
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "runtime.server"],
            cwd=ROOT,
            env={**known, **settings},
            stdout=subprocess.DEVNULL,
            stderr=self.file,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.base}/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.2)
        raise AssertionError("the server did not become ready")

    def stop(self) -> str:
        self.process.terminate()
        self.process.wait(60)
        self.file.seek(0)
        return self.file.read()


@pytest.fixture(scope="module")
def told(model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Watched, str, dict[str, str]]:
    """A served conversation with a name in it; what it left: the log, the metrics and the page."""
    with (tmp_path_factory.mktemp("log") / "log").open("w+") as file:
        return _told(Watched("json", file))


def _told(server: Watched) -> tuple[Watched, str, dict[str, str]]:
    sent = {"X-Forwarded-For": ADDRESS}
    conversation = httpx.post(f"{server.base}/api/conversations", headers=sent).json()["conversation"]
    texts = [f"hello i am {MARKER}", f"{MARKER} is hurt by her uncle", f"is {MARKER} in cambridgeshire", "asdf " * 900]
    for text in texts:
        body = {"conversation": conversation, "text": text}
        httpx.post(f"{server.base}/api/messages", json=body, headers=sent, timeout=60)
    httpx.post(f"{server.base}/api/messages?{MARKER}", content=MARKER.encode(), headers=sent)
    httpx.get(f"{server.base}/{MARKER}", headers=sent)
    httpx.post(f"{server.base}/api/feedback", json={"helped": False, "why": MARKER}, headers=sent)
    seen = {path: httpx.get(server.private + path, timeout=60).text for path in ("/metrics", "/operator")}
    log = server.stop()
    return server, conversation, {**seen, "log": log}


def test_at_the_loudest_level_no_word_id_or_address_is_in_log_metrics_or_page(
    told: tuple[Watched, str, dict[str, str]],
) -> None:
    _, conversation, left = told
    assert '"level": "debug"' in left["log"]
    for where, text in left.items():
        for secret in (MARKER, MARKER.lower(), conversation, ADDRESS):
            assert secret not in text, where


def test_each_line_of_the_log_is_json_and_a_turn_is_one_with_its_time(
    told: tuple[Watched, str, dict[str, str]],
) -> None:
    lines = [json.loads(line) for line in told[2]["log"].splitlines() if line.startswith("{")]
    turns = [line for line in lines if line["event"] == "turn"]
    assert len(turns) == 3
    assert all(set(turn) == {"timestamp", "level", "logger", "event", "ms"} and turn["ms"] > 0 for turn in turns)


def test_the_served_metrics_have_counted_it(told: tuple[Watched, str, dict[str, str]]) -> None:
    text = told[2]["/metrics"]
    for line in (
        "signpost_turn_seconds_count 3.0",
        'signpost_refused_total{reason="long_text"} 1.0',
        'signpost_feedback_total{helped="no"} 1.0',
        "signpost_conversations_begun_total 1.0",
        "signpost_conversations_open 1.0",
        "signpost_ready 1.0",
    ):
        assert line in text
    assert re.search(r'signpost_model\{sha256="[0-9a-f]{64}"\} 1\.0', text)
    assert "signpost_needs_total{" in text
    assert all(line.endswith(" 0.0") for line in text.splitlines() if line.startswith("signpost_needs_total{"))

"""A visitor's words, conversation id and address are found in no trace that a running server leaves.

Every store, every broker, at the log level that says most; the real server, spoken to over HTTP. Out of scope is the
memory of the process itself: Python hands freed pages back when it likes, so a core dump is forbidden instead.
"""

import base64
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from benchmarks.trouble import engines
from benchmarks.trouble.program import FAULTY, MEMORY, Program, endpoints
from tests.trust import traces
from tests.trust.visit import Visit, hold

ROOT = Path(__file__).parent.parent.parent
STORES = ("memory", "redis", "postgresql", "sqlite", "rasa redis")
LEVELS = {"memory": "DEBUG", "redis": "DEBUG", "postgresql": "DEBUG", "sqlite": "INFO", "rasa redis": "WARNING"}


@dataclass
class Held:
    """A visit that was paid to a server, and where its traces may be."""

    store: str
    program: Program
    visit: Visit
    folder: Path
    since: float
    redis: engines.Redis | None = None
    monitor: engines.Monitor | None = None
    postgres: engines.Postgres | None = None

    @property
    def events(self) -> Path:
        """The file or database that the broker writes."""
        return self.folder / "events"


def _start(store: str, folder: Path, stack: ExitStack) -> Held:
    redis = postgres = monitor = None
    broker = f"event_broker: {{type: file, path: {folder / 'events'}}}\n"
    more, entry = broker, MEMORY
    if "redis" in store or store == "postgresql":
        redis = stack.enter_context(engines.redis(folder / "redis"))
        monitor = redis.commands()
        more = broker + f"lock_store: {{type: runtime.lock_store.RedisLockStore, url: '{redis.url}'}}\n"
    if store == "redis":
        entry = f"{{type: runtime.redis_store.RedisTrackerStore, url: '{redis.url if redis else ''}'}}"
    if store == "rasa redis" and redis:
        entry = f"{{type: redis, url: 127.0.0.1, port: {redis.port}, db: 1}}"
        more = f"event_broker: {{type: sql, dialect: sqlite, db: {folder / 'events'}}}\n"
    if store == "sqlite":
        entry = f"{{type: SQL, dialect: sqlite, db: {folder / 'kept.db'}}}"
    if store == "postgresql":
        postgres = stack.enter_context(engines.postgres(folder / "postgres"))
        entry = f"{{type: runtime.sql_store.SqlTrackerStore, url: '{postgres.url}'}}"
    file = endpoints(folder / "endpoints.yml", entry, FAULTY, more)
    since = time.time()
    program = stack.enter_context(
        Program(folder / "server", LOG_LEVEL=LEVELS[store], SIGNPOST_ENDPOINTS=file, SIGNPOST_FORGET_AFTER="1800")
    )
    return Held(store, program, hold(program), folder, since, redis, monitor, postgres)


@pytest.fixture(scope="module", params=STORES)
def held(request: pytest.FixtureRequest, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    with ExitStack() as stack:
        yield _start(request.param, tmp_path_factory.mktemp("held"), stack)


def test_the_visit_was_answered_whatever_was_said(held: Held) -> None:
    answered = [reply for reply in held.visit.replies if reply.status_code == 200]
    assert len(answered) >= 11
    assert all(reply.json() for reply in answered)
    assert {reply.status_code for reply in held.visit.replies} <= {200, 204, 400, 404, 405, 413, 415, 422}


def test_no_reply_says_a_word_back(held: Held) -> None:
    said = [(str(reply.url.path), reply.content) for reply in held.visit.replies]
    headers = [("header", str(reply.headers).encode()) for reply in held.visit.replies]
    assert not traces.found([held.visit.word, held.visit.address], [*said, *headers])


def test_output_arguments_and_environment_hold_nothing(held: Held) -> None:
    seen = list(traces.of_process(held.program))
    if held.store == "memory":
        assert "DEBUG" in held.program.said()  # else the test would look at nothing
    assert "raised RuntimeError" in held.program.said()
    assert not traces.found(held.visit.secrets, seen)


def test_no_file_that_was_written_holds_anything(held: Held) -> None:
    folders = [ROOT, held.folder]
    seen = list(traces.written_since(held.since, *folders))
    seen += [
        (str(file), file.read_bytes()) for file in traces.open_files(held.program) if file.stat().st_size < 1 << 26
    ]
    assert any(str(held.folder) in where for where, _ in seen)
    secrets = held.visit.secrets
    if held.store in ("sqlite", "rasa redis"):  # Rasa's own stores are keyed by the id; ours by a pseudonym
        secrets = [secret for secret in secrets if secret not in held.visit.conversations]
    assert not traces.found(secrets, seen)


def test_what_the_broker_was_given_has_needs_and_no_words(held: Held) -> None:
    seen = held.events.read_bytes()
    assert b"low_mood" in seen
    assert not traces.found(held.visit.secrets, [("events", seen)])


def test_redis_holds_and_is_told_nothing(held: Held) -> None:
    if held.redis is None or held.monitor is None:
        assert "redis" not in held.store
        return
    seen = [("dump", held.redis.dump()), ("commands", held.monitor.read())]
    assert any(len(raw) > 1000 for _, raw in seen)
    secrets = held.visit.secrets
    if held.store == "rasa redis":
        secrets = [secret for secret in secrets if secret not in held.visit.conversations]
    assert not traces.found(secrets, seen)


def test_a_database_holds_slots_and_no_words(held: Held) -> None:
    if held.postgres is not None:
        with psycopg2.connect(held.postgres.url) as link, link.cursor() as cursor:
            cursor.execute("SELECT conversation, memory, coalesce(answer, '') FROM signpost_conversations")
            rows = cursor.fetchall()
        # the log of every statement with its values
        seen = [("rows", repr(rows).encode()), ("statements", held.postgres.log.read_bytes())]
        assert b"kept_needs" in seen[0][1]
        assert b"INSERT" in seen[1][1]
        assert not traces.found(held.visit.secrets, seen)
    elif held.store == "sqlite":
        with sqlite3.connect(held.folder / "kept.db") as link:
            rows = link.execute("SELECT data FROM events").fetchall()
        assert "kept_needs" in repr(rows)
        secrets = [held.visit.word, held.visit.address]
        assert not traces.found(secrets, [("rows", repr(rows).encode())])
    else:
        assert held.store in ("memory", "redis", "rasa redis")


def test_no_core_file_can_be_written(held: Held) -> None:
    limits = Path(f"/proc/{held.program.process.pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)


def test_conversation_ids_cannot_be_guessed(held: Held) -> None:
    made = [held.program.begin() for _ in range(50)]
    assert len(set(made)) == 50
    assert {len(base64.urlsafe_b64decode(conversation)) * 8 for conversation in made} == {192}
    # no bit is the same in all of them
    numbers = [int.from_bytes(base64.urlsafe_b64decode(conversation)) for conversation in made]
    always, never = numbers[0], numbers[0]
    for number in numbers[1:]:
        always, never = always & number, never | number
    assert always == 0
    assert never == (1 << 192) - 1


def test_a_cleared_conversation_is_gone_at_once(held: Held) -> None:
    conversation = held.program.begin()
    key = "the-same-message"
    assert held.program.say(conversation, "i am worried about my son", id=key).status_code == 200
    assert held.program.forget(conversation).status_code == 204
    assert held.program.say(conversation, "i am worried about my son", id=key).status_code == 404

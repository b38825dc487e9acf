"""Started once for all tests of this room: Redis, PostgreSQL, and a pair of servers that share the Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.loading import model_hash
from runtime.redis_link import link
from tests.runtime.server import Served
from tests.scale.services import PostgresServer, Queue, RedisServer

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def shared_redis(redis_server: RedisServer) -> Iterator[RedisServer]:
    """An empty Redis, and no connection left from another test's event loop."""
    if not redis_server.answers():
        redis_server.start()
    redis_server.client.flushall()
    link.cache_clear()
    yield redis_server
    link.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def queue() -> Queue:
    """The queue of events: down until a test starts it."""
    return Queue()


@pytest.fixture(scope="session")
def pair(
    model: Path, redis_server: RedisServer, queue: Queue, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Served]]:
    """Two servers with one Redis and one queue of events, as `endpoints.scale.yml` has it with its comments opened."""
    text = (ROOT / "endpoints.scale.yml").read_text()
    endpoints = tmp_path_factory.mktemp("endpoints") / "endpoints.yml"
    endpoints.write_text(
        text[: text.index("# event_broker:")] + text[text.index("# event_broker:") :].replace("# ", "")
    )
    environment = {
        "SIGNPOST_ENDPOINTS": str(endpoints),
        "SIGNPOST_MODEL": model_hash(model),
        "REDIS_URL": redis_server.url,
        "RABBITMQ_URL": queue.url,
    }
    first, second = Served(**environment), Served(**environment)
    try:
        yield first.wait(300), second.wait(300)
    finally:
        queue.stop()
        first.stop()
        second.stop()

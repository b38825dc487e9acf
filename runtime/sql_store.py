"""Rasa extension point: `tracker_store` in `endpoints.yml`; what is remembered of a conversation, in PostgreSQL.

Rasa's own SQL store adds a row for every event and deletes none; here a conversation is one row, replaced at each turn.
`python -m runtime.deletion` deletes the rows whose time is over; a row past its time is never read, deleted or not.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from runtime.output import Message
from runtime.redis_link import PAUSE, SharedStateDown
from runtime.shared_store import ANSWER_SECONDS, Memory, SharedTrackerStore
from runtime.tracker_store import TrackerStoreError

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
CONNECTIONS = 8  # of each process
OPTIONS = {"connect_timeout": 1, "options": "-c statement_timeout=1000 -c lock_timeout=1000"}

TABLE = sa.Table(
    "signpost_conversations",
    sa.MetaData(),
    sa.Column("conversation", sa.String(32), primary_key=True, comment="pseudonym; never the id itself"),
    sa.Column("last_turn", sa.Float(53), nullable=False, index=True, comment="seconds since the epoch"),
    sa.Column("memory", sa.Text, nullable=False, comment="turns and slots, no words"),
    sa.Column("answer_key", sa.String(32)),
    sa.Column("answer", sa.Text, comment="the last reply, for a message that is sent again"),
)


def engine(url: str) -> sa.engine.Engine:
    """Return an engine whose waits are short. Raises TrackerStoreError without the extra `postgresql`."""
    try:
        return sa.create_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=1,
            pool_pre_ping=True,
            connect_args=OPTIONS,
            hide_parameters=True,
        )
    except ModuleNotFoundError:
        raise TrackerStoreError("PostgreSQL needs the extra: `uv sync --extra postgresql`.") from None
    except SQLAlchemyError:
        raise TrackerStoreError("DATABASE_URL is not postgresql://user:password@host:5432/name.") from None


class SqlTrackerStore(SharedTrackerStore):
    """One row a conversation: slots and the last answer, under a pseudonym.

    Args:
        host: the database's address, `url` in `endpoints.yml`.
    """

    def __init__(
        self, domain: Domain | None, host: str, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.engine = engine(host)
        self._ready, self._again = False, 0.0

    async def _ask(self, command: Callable[[sa.engine.Connection], Result]) -> Result:
        """Run in a thread, so that no wait for the database holds up another turn. Raises SharedStateDown."""
        if time.monotonic() < self._again:
            raise SharedStateDown
        try:
            result = await asyncio.to_thread(self._run, command)
        except (SQLAlchemyError, OSError) as error:
            self._again = time.monotonic() + PAUSE
            logger.error(
                "The database does not answer (%s); going on with what this process knows", type(error).__name__
            )
            raise SharedStateDown from None
        return result

    def _run(self, command: Callable[[sa.engine.Connection], Result]) -> Result:
        if not self._ready:
            TABLE.metadata.create_all(self.engine)
            self._ready = True
        with self.engine.begin() as connection:
            return command(connection)

    async def read(self, key: str, answer_key: str | None) -> tuple[Memory | None, list[Message] | None]:
        """Read the row, if its time is not over."""
        rows = TABLE.c
        query = sa.select(rows.memory, rows.answer_key, rows.answer, rows.last_turn).where(rows.conversation == key)
        row = await self._ask(lambda connection: connection.execute(query).one_or_none())
        age = time.time() - row.last_turn if row else 0.0
        if row is None or age > self.forget_after:
            return None, None
        same = answer_key is not None and row.answer_key == answer_key and age <= ANSWER_SECONDS
        return Memory.loads(row.memory), json.loads(row.answer) if same else None

    async def write(
        self, key: str, memory: Memory, new: bool, answer_key: str | None, answer: list[Message] | None
    ) -> None:
        """Replace the row in one statement; a row that is gone stays gone unless it is new."""
        values = {"memory": memory.dumps(), "last_turn": time.time(), "answer_key": None, "answer": None}
        if answer_key and answer:
            values |= {"answer_key": answer_key, "answer": json.dumps(answer, ensure_ascii=False)}
        statement: Any = sa.update(TABLE).where(TABLE.c.conversation == key).values(values)
        if new:
            row = insert(TABLE).values(conversation=key, **values)
            statement = row.on_conflict_do_update(index_elements=["conversation"], set_=values)
        await self._ask(lambda connection: connection.execute(statement))

    async def drop(self, key: str) -> None:
        """Delete the row."""
        await self._ask(lambda connection: connection.execute(sa.delete(TABLE).where(TABLE.c.conversation == key)))

    async def keys(self) -> Iterable[str]:
        """Return the pseudonyms of the remembered conversations."""
        alive = sa.select(TABLE.c.conversation).where(TABLE.c.last_turn > time.time() - self.forget_after)
        return list(await self._ask(lambda connection: connection.execute(alive).scalars().all()))


def delete_forgotten(url: str, forget_after: float) -> int:
    """Delete the rows whose last turn is longer ago than `forget_after` seconds; returns how many."""
    database = engine(url)
    over = sa.delete(TABLE).where(TABLE.c.last_turn < time.time() - forget_after)
    try:
        TABLE.metadata.create_all(database)
        with database.begin() as connection:
            return int(connection.execute(over).rowcount)
    finally:
        database.dispose()

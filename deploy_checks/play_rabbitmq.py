"""Stands where RabbitMQ would: speaks AMQP 0-9-1 on a port of this machine and tells over HTTP what it was sent.

python play_rabbitmq.py AMQP_PORT HTTP_PORT; GET /queues/NAME/messages/history. Ends when it is told to.
"""

import asyncio
import sys

from amqp_mock import AmqpServer, HttpServer, Storage, create_amqp_mock


async def main(amqp: int, http: int) -> None:
    """Play until cancelled."""
    storage = Storage()
    async with create_amqp_mock(HttpServer(storage, "127.0.0.1", http), AmqpServer(storage, "127.0.0.1", amqp)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))

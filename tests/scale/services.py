"""Redis and PostgreSQL for tests: the real programs of Debian's packages, on free ports, keeping nothing."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psycopg2
import redis

from tests.deploy.tools import CHECKS, tools


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(ready: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


class RedisServer:
    """One Redis; `stop` kills it, `start` brings an empty one back on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port, decode_responses=True)
        self.start()

    def start(self) -> None:
        settings = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *settings, "--dir", "/tmp"], stdout=subprocess.DEVNULL)
        wait_for(self.answers, "Redis")

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.ConnectionError:
            return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def all_text(self) -> str:
        """Everything that Redis holds."""
        read = {"string": "get", "hash": "hgetall", "list": lambda name: self.client.lrange(name, 0, -1)}
        parts = []
        for name in self.client.scan_iter():
            how = read[self.client.type(name)]
            parts += [name, str(getattr(self.client, how)(name) if isinstance(how, str) else how(name))]
        return "\n".join(parts)


class PostgresServer:
    """One PostgreSQL in a folder of its own; it refuses to run as root, so root lends it the user `nobody`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="signpost-pg-", dir="/tmp"))
        self.url = f"postgresql://signpost@127.0.0.1:{self.port}/postgres"
        self.user = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "nobody")
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "signpost", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=16MB"
        self.control = ["-D", data, "-o", settings, "-w", "-l", str(self.folder / "log")]
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program) or next(
            (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
        )
        assert found is not None, "PostgreSQL is missing: apt-get install postgresql"
        subprocess.run([*self.user, found, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")

    def start(self) -> None:
        self._run("pg_ctl", *self.control, "start")

    def stop(self) -> None:
        self._run("pg_ctl", *self.control[:2], "-m", "immediate", "stop")

    def query(self, text: str) -> list[tuple[object, ...]]:
        connection = psycopg2.connect(self.url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(text)
                return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)


class Queue:
    """What stands where RabbitMQ would: a small server of the same protocol."""

    def __init__(self) -> None:
        self.port, self.http = free_port(), free_port()
        self.url = f"amqp://signpost:secret@127.0.0.1:{self.port}/"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(tools() / "python"), "play_rabbitmq.py", str(self.port), str(self.http)]
        self.process = subprocess.Popen(command, cwd=CHECKS)
        wait_for(self.answers, "the queue")

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.http}/healthcheck").status_code == 200
        except httpx.TransportError:
            return False

    def events(self, name: str = "signpost") -> list[Any]:
        """Everything that was streamed so far, oldest first."""
        found = httpx.get(f"http://127.0.0.1:{self.http}/queues/{name}/messages/history").json()
        return [message["message"]["value"] for message in reversed(found)]

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

"""Redis and PostgreSQL of this machine, each started for one run in a folder of its own, and what they hold."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import BenchmarkError
from benchmarks.processes import free_port


class Redis:
    """A running `redis-server` that writes no file of its own accord."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it, empty; the port stays the same."""
        program = shutil.which("redis-server")
        if program is None:
            raise BenchmarkError("redis-server is not installed: apt-get install redis-server")
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([program, *arguments], stdout=log, stderr=log)
        _wait_for(self.port, self.process)

    def stop(self) -> None:
        """Kill it; what it held is gone."""
        self.process.kill()
        self.process.wait(20)

    def dump(self) -> bytes:
        """Return everything it holds, as the file that Redis itself would write, uncompressed."""
        self._ask("CONFIG SET rdbcompression no", "SAVE")
        return (self.folder / "dump.rdb").read_bytes()

    def commands(self) -> "Monitor":
        """Return a record of every command from now on."""
        return Monitor(self.port)

    def _ask(self, *lines: str) -> None:
        with socket.create_connection(("127.0.0.1", self.port), 5) as link, link.makefile("rb") as answers:
            for line in lines:
                link.sendall(line.encode() + b"\r\n")
                answer = answers.readline()
                if not answer.startswith(b"+OK"):
                    raise BenchmarkError(f"Redis answered {answer!r} to {line}")


class Monitor:
    """`MONITOR` of Redis: every command with its arguments."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), 5)
        self._link.sendall(b"MONITOR\r\n")
        self._link.settimeout(0.5)

    def read(self) -> bytes:
        """Return what was recorded, and end."""
        found = b""
        with contextlib.suppress(TimeoutError), self._link:
            while part := self._link.recv(1 << 16):
                found += part
        return found


class Postgres:
    """A running PostgreSQL cluster with a database of the user `postgres`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "cluster", free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        folder.mkdir(parents=True, exist_ok=True)
        self._as = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            for parent in folder.parents:
                with contextlib.suppress(PermissionError):
                    parent.chmod(parent.stat().st_mode | 0o011)
            self._as = {"user": user.pw_uid, "group": user.pw_gid}
        with (folder / "log").open("wb") as log:
            made = subprocess.run(
                [_program("initdb"), "-D", str(self.folder), "-U", "postgres", "-A", "trust", "--no-sync"],
                stdout=log, stderr=log, check=False, **self._as,
            )  # fmt: skip
            if made.returncode:
                raise BenchmarkError(f"initdb failed: {(folder / 'log').read_text()[-500:]}")
            self.process = subprocess.Popen(
                [
                    _program("postgres"), "-D", str(self.folder), "-p", str(self.port), "-k", "",
                    "-c", "fsync=off", "-c", "log_statement=all", "-c", "log_min_messages=debug1",
                ],
                stdout=log, stderr=log, **self._as,
            )  # fmt: skip
        self.log = folder / "log"
        _wait_for(self.port, self.process)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(30)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not newest:
            raise BenchmarkError(f"{name} is not installed: apt-get install postgresql")
        found = str(newest[-1])
    return found


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise BenchmarkError("an engine did not start")


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[Redis]:
    """Hold a Redis."""
    engine = Redis(folder)
    try:
        yield engine
    finally:
        engine.stop()


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Hold a PostgreSQL."""
    engine = Postgres(folder)
    try:
        yield engine
    finally:
        engine.stop()

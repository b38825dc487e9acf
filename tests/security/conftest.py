"""One served assistant for the attacks, and bytes sent to it as they are."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.runtime.server import Served

ORIGIN = "https://news.example"


@pytest.fixture(scope="session")
def served(model: Path) -> Iterator[Served]:
    """The real program, embedded by one site; a connection on which nothing whole comes is soon closed."""
    server = Served(SIGNPOST_ORIGINS=ORIGIN, SANIC_REQUEST_TIMEOUT="3")
    try:
        yield server.wait(300)
    finally:
        server.stop()


@dataclass(frozen=True)
class Answer:
    """What came back on one connection: the bytes, and whether the server closed it."""

    raw: bytes
    closed: bool

    @property
    def statuses(self) -> list[int]:
        """The status of each response, in order."""
        return [int(part[9:12]) for part in self.raw.split(b"\r\n") if part.startswith(b"HTTP/1.1 ")]


@pytest.fixture(scope="session")
def raw(served: Served) -> Callable[..., Answer]:
    """Send bytes on a connection of their own and read until the server closes it or says no more."""
    address = urlsplit(served.base)

    def send(*parts: bytes, patience: float = 5.0) -> Answer:
        with socket.create_connection((address.hostname, address.port), timeout=patience) as connection:
            received = b""
            try:
                for part in parts:
                    connection.sendall(part)
                while chunk := connection.recv(65_536):
                    received += chunk
            except TimeoutError:
                return Answer(received, False)
            except (ConnectionResetError, BrokenPipeError):
                return Answer(received, True)
            return Answer(received, True)

    return send

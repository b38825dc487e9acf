"""The two bots that are measured side by side: how each is installed, trained, started and spoken to."""

import csv
import os
import shutil
import subprocess
import sys
import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import OUT, ROOT, BenchmarkError
from benchmarks.client import Connection
from benchmarks.processes import Command

PLAIN = "hello"
FIGURE = "how many in cambridgeshire in 2014"
FIGURE_ID = "bbc-foi-suspected-online-child-sex-offenders--cambridgeshire--2014"
STOCK = Path(__file__).parent / "stock"


def expected_figure() -> str:
    """Return the number that a figure reply must contain."""
    with (ROOT / "data" / "statistics" / "figures.csv").open(encoding="utf-8") as table:
        return next(row["value_low"] for row in csv.DictReader(table) if row["id"] == FIGURE_ID)


@dataclass(frozen=True)
class Bot(ABC):
    """One bot. `environment` is the folder of its Python environment; ports are given at start."""

    name: str
    environment: Path
    folder: Path
    model: Path

    @property
    def bin(self) -> Path:
        """Return the folder of the environment's programs."""
        return self.environment / "bin"

    def training(self, out: Path) -> Command:
        """Return the command that trains from nothing, past every cache, and writes the model into `out`."""
        arguments = (str(self.bin / "rasa"), "train", "--force", "--fixed-model-name", self.name, "--out", str(out))
        return Command(
            arguments, self.folder, {"RASA_CACHE_DIRECTORY": str(out / "cache"), "TF_CPP_MIN_LOG_LEVEL": "3"}
        )

    @abstractmethod
    def start(self, ports: tuple[int, int]) -> list[Command]:
        """Return the commands that serve the bot on this machine, on the first port; the second is its own."""

    @abstractmethod
    def prepare(self, log: Path) -> None:
        """Train if there is no model that is up to date. Raises BenchmarkError."""

    @abstractmethod
    async def begin(self, connection: Connection) -> str:
        """Begin a conversation; returns its id."""

    @abstractmethod
    async def say(self, connection: Connection, conversation: str, text: str) -> list[dict[str, Any]]:
        """Send one message; returns the messages of the reply."""


class Ours(Bot):
    """Signpost: one process, actions included."""

    def start(self, ports: tuple[int, int]) -> list[Command]:
        """Return the one command; the limits are lifted, for the stock bot has none."""
        lifted = ("MESSAGES_PER_MINUTE", "CONVERSATIONS_PER_MINUTE", "ALL_MESSAGES_PER_MINUTE")
        settings = {"HOST": "127.0.0.1", "PORT": str(ports[0]), "SIGNPOST_TURNS_AT_ONCE": "1000"}
        settings |= {"SIGNPOST_WAIT_SECONDS": "600", "SIGNPOST_TURN_SECONDS": "600"}
        settings |= {f"SIGNPOST_{name}": "0" for name in lifted}
        return [Command((str(self.bin / "python"), "-m", "runtime.server"), self.folder, settings)]

    def prepare(self, log: Path) -> None:
        """Train if the data has changed."""
        Command((str(self.bin / "python"), "-m", "runtime.training"), self.folder, {}).run(log)

    async def begin(self, connection: Connection) -> str:
        """Begin a conversation; the server makes its id."""
        return str((await connection.post("/api/conversations", {}))["conversation"])

    async def say(self, connection: Connection, conversation: str, text: str) -> list[dict[str, Any]]:
        """Send one message."""
        answer = await connection.post("/api/messages", {"conversation": conversation, "text": text})
        return list(answer)


class Stock(Bot):
    """What `rasa init` leaves, with one custom action: two processes, Rasa's own `rest` channel."""

    def start(self, ports: tuple[int, int]) -> list[Command]:
        """Return the action server and the bot."""
        rasa = str(self.bin / "rasa")
        shared = {"SANIC_HOST": "127.0.0.1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        shared["STOCK_ACTIONS"] = f"http://127.0.0.1:{ports[1]}/webhook"
        serve = (rasa, "run", "-m", str(self.model), "-i", "127.0.0.1", "-p", str(ports[0]))
        return [
            Command((rasa, "run", "actions", "-p", str(ports[1])), self.folder, shared),
            Command(serve, self.folder, shared),
        ]

    def prepare(self, log: Path) -> None:
        """Train if there is no model, or if it is older than what it is made from."""
        made_from = [self.folder / "config.yml", self.folder / "domain.yml", *(self.folder / "data").glob("*.yml")]
        newest = max(path.stat().st_mtime for path in made_from)
        if not self.model.exists() or self.model.stat().st_mtime < newest:
            self.training(self.model.parent).run(log)

    async def begin(self, connection: Connection) -> str:  # noqa: ARG002 - as the other bot has it
        """Return a new id: the `rest` channel lets the caller choose it."""
        return uuid.uuid4().hex

    async def say(self, connection: Connection, conversation: str, text: str) -> list[dict[str, Any]]:
        """Send one message."""
        answer = await connection.post("/webhooks/rest/webhook", {"sender": conversation, "message": text})
        return list(answer)


def ours() -> Ours:
    """Return Signpost in a run-time-only environment of its own, below benchmarks/out; without uv, in this one."""
    environment = OUT / "env"
    uv = _uv()
    if uv is None:
        print("uv was not found: Signpost runs in this environment, and the size of its environment is not measured.")
        environment = Path(sys.prefix)
    else:
        _sync(uv, ROOT, environment, Path(sys.executable), ("--no-dev",))
    return Ours("signpost", environment, ROOT, ROOT / "models" / "signpost.tar.gz")


def stock() -> Stock | str:
    """Return the stock bot, installed if need be, or one line that says why it cannot be measured."""
    environment = STOCK / ".venv"
    uv, python = _uv(), _python310()
    if python is None and not environment.exists():
        return "Python 3.10, which stock Rasa needs, was not found: Signpost is measured alone."
    if uv is None and not environment.exists():
        return "uv was not found, so the stock bot cannot be installed: Signpost is measured alone."
    if uv is not None and python is not None:
        try:
            _sync(uv, STOCK, environment, python, ())
        except BenchmarkError as error:
            return f"The stock bot cannot be installed ({error}): Signpost is measured alone."
    return Stock("stock", environment, STOCK, STOCK / "models" / "stock.tar.gz")


def _sync(uv: str, project: Path, environment: Path, python: Path, options: tuple[str, ...]) -> None:
    """Install what the project's lock file says into `environment`."""
    OUT.mkdir(exist_ok=True)
    arguments = (uv, "sync", "--locked", "--quiet", "--project", str(project), "--python", str(python), *options)
    settings = {"UV_PROJECT_ENVIRONMENT": str(environment), "UV_PYTHON_DOWNLOADS": "never"}
    Command(arguments, project, settings).run(OUT / "sync.log")


def _uv() -> str | None:
    """Return uv: the one of the `UV` variable, of the path, or the one that `make` fetched."""
    fetched = ROOT / ".uv" / "bin" / "uv"
    return os.environ.get("UV") or shutil.which("uv") or (str(fetched) if fetched.exists() else None)


def _python310() -> Path | None:
    """Return a Python 3.10 of this machine."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [shutil.which("python3.10"), *map(str, sorted(pyenv.glob("3.10.*/bin/python3.10"), reverse=True))]
    for candidate in candidates:
        if candidate is not None:
            call = [candidate, "-c", "import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))"]
            if subprocess.run(call, capture_output=True, check=False).returncode == 0:
                return Path(candidate)
    return None

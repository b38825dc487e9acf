"""Rasa extension point: `Agent.load_model`; the agent with its stores, or one line that says which file is at fault."""

import hashlib
import json
import logging
import os
import tarfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from runtime.settings import SettingsError, settings
from runtime.training import TrainingError, ensure_model
from signpost.directory import hours
from signpost.words import Words, spelt_right

ROOT = Path(__file__).parent.parent
DICTIONARY = ROOT / "data" / "encoder" / "vocab.txt"


class StartError(RuntimeError):
    """The assistant cannot start; one line that names the file or setting and what to do."""


def quiet_logs(level: int = logging.WARNING) -> None:
    """Configure all logs (runtime/logs.py); without this, Rasa as a library prints words to standard output."""
    from runtime.logs import configure

    level = getattr(logging, os.environ.get("LOG_LEVEL", "").upper(), level)
    configure(level, as_json=os.environ.get("SIGNPOST_LOG_FORMAT", "") == "json")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("rasa.shared.utils.common").setLevel(logging.ERROR)
    logging.getLogger("sanic.error").addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Keep a line of Sanic's but not its traceback, which holds the address that a stranger asked for."""
    if record.exc_info and record.exc_info[0] is not None:
        record.msg = f"{record.msg}: {record.exc_info[0].__name__}"
    record.exc_info = record.exc_text = None
    return True


def load(model: Path | None = None, endpoints_file: str | None = None) -> tuple[Any, Any]:
    """Return (agent, endpoints).

    Raises StartError with one line for a missing or damaged model, data or encoder file, or a bad setting.
    """
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore

    threadpool_limits(1)  # matrices this small are slower on several threads, which would wait for each other
    try:
        settings()
        path = model or ensure_model()
        check_model(path)
        endpoints = _endpoints(ROOT / (endpoints_file or settings().endpoints))
        agent = Agent(
            action_endpoint=endpoints.action,
            tracker_store=TrackerStore.create(endpoints.tracker_store, event_broker=None),
            lock_store=LockStore.create(endpoints.lock_store),
        )
        agent.load_model(str(path))
    except StartError:
        raise
    except (SettingsError, TrainingError) as error:
        raise StartError(str(error)) from None
    except (OSError, EOFError, tarfile.TarError) as error:
        raise StartError(f"The model cannot be read ({error}). Delete models/*.tar.gz and run `make train`.") from None
    except Exception as error:
        raise StartError(_reason(error)) from None
    _check_store(agent)
    hours.warm(datetime.now(UTC))  # the calendar of bank holidays takes a second to load: not in a visitor's turn
    return agent, endpoints


def learned_words(model: Path | None) -> Words:
    """Return the spelling that the model learned, for reading a message without it; none mends nothing."""
    known: dict[str, int] = {}
    if model is not None:
        with tarfile.open(model) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith("/words.json") else None
                if file is not None:
                    known = json.load(file)["vocabulary"]
                    break
    words = Words.load(ROOT / "data" / "words", spelt_right(DICTIONARY))
    return replace(words, vocabulary=Counter(known))


def model_hash(path: Path) -> str:
    """Return the SHA-256 of a model file, by which the processes of one assistant know that they are the same."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_model(path: Path) -> None:
    """Raise StartError when `SIGNPOST_MODEL` names another model than this one."""
    wanted = settings().model.strip().lower()
    if wanted and path.is_file() and model_hash(path) != wanted:
        raise StartError(f"{path.name} has the SHA-256 {model_hash(path)}; SIGNPOST_MODEL asks for {wanted}.")


def _endpoints(path: Path) -> Any:
    from rasa.core.utils import AvailableEndpoints

    if not path.is_file():
        raise StartError(f"{path} is missing. Correct SIGNPOST_ENDPOINTS.")
    try:
        return AvailableEndpoints.read_endpoints(str(path))
    except Exception as error:
        raise StartError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None


def _reason(error: BaseException) -> str:
    """Return the innermost message that names one of our files, else Rasa's own."""
    cause: BaseException | None = error
    named: str | None = None
    while cause is not None:
        kind = type(cause)
        if kind.__module__.startswith(("signpost", "runtime")):
            named = str(cause)
        cause = cause.__cause__ or cause.__context__
    return named or f"The model cannot be used ({error}). Run `make train`."


def _check_store(agent: Any) -> None:
    from runtime.tracker_store import ForgettingTrackerStore, WordlessTrackerStore

    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ForgettingTrackerStore | WordlessTrackerStore):
        raise StartError(f"The tracker store {type(store).__name__} would keep words. Check endpoints.yml.")

"""Rasa extension point: `configure_structlog` and the log of this process: one line an event, text or JSON.

Whatever is logged, by Rasa, Sanic or us, loses conversation ids, addresses and tracebacks (their values may be words)
here, at the last step before it is written; words lose their place before that (`runtime/privacy.py`).
"""

import logging
import re
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name

Event = MutableMapping[str, Any]
_ID = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{32}(?![\w-])")
_ADDRESS = re.compile(
    r"(?<![\d.])(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<![\w:])(?!::1\b)(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{1,4}(?![\w:])"
)
# what Rasa calls a conversation, in its structured lines
_IDS = ("sender_id", "conversation_id", "sender", "session_id")


def configure(level: int, as_json: bool = False, stream: TextIO | None = None) -> None:
    """Log to standard error at this level; the first call counts where a log is set up already (a test's).

    Args:
        level: of `logging`.
        as_json: one JSON object a line, else text.
    """
    from rasa.utils.log_utils import configure_structlog

    warnings.filterwarnings("ignore", category=DeprecationWarning)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter(as_json))
    logging.basicConfig(level=level, handlers=[handler])
    configure_structlog(level)
    # Rasa's own way of writing and its tracebacks, which hold values, give way to the formatter above
    last = (structlog.processors.JSONRenderer, structlog.dev.ConsoleRenderer, structlog.processors.ExceptionRenderer)
    kept = [p for p in structlog.get_config()["processors"] if not isinstance(p, last)]
    structlog.configure(processors=[*kept, ProcessorFormatter.wrap_for_formatter])


def formatter(as_json: bool) -> ProcessorFormatter:
    """Return what makes a line of any record."""
    render: Any = structlog.processors.JSONRenderer(default=str) if as_json else _text
    return ProcessorFormatter(
        foreign_pre_chain=[add_log_level],
        processors=[
            add_logger_name,
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _class_of_error,
            _nobody,
            render,
        ],
    )


def _class_of_error(_logger: Any, _name: str, event: Event) -> Event:
    """Keep the class of an exception, not its message, traceback or values."""
    found = event.pop("exc_info", None)
    for name in ("exception", "stack", "stack_info"):
        event.pop(name, None)
    if found is True:
        found = sys.exc_info()
    kind = type(found) if isinstance(found, BaseException) else found[0] if isinstance(found, tuple) else None
    if kind is not None:
        event["error"] = kind.__name__
    return event


def _nobody(_logger: Any, _name: str, event: Event) -> Event:
    """Take conversation ids and addresses away."""
    for name in _IDS:
        event.pop(name, None)
    return {name: _tidy(value) for name, value in event.items()}


def _tidy(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return _ADDRESS.sub("[address]", _ID.sub("[id]", str(value)))


def _text(_logger: Any, _name: str, event: Event) -> str:
    event["level"] = str(event.get("level", "")).upper()
    parts = [str(event.pop(name, "-")) for name in ("timestamp", "level", "logger", "event")]
    return " ".join([*parts, *(f"{name}={value}" for name, value in event.items())])

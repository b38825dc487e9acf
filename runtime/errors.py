"""Rasa extension point: Sanic's error handler under the channel; every fault is the contract's JSON."""

import logging
from typing import Any

from sanic import Request
from sanic.exceptions import (
    BadRequest,
    ExpectationFailed,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
    ServiceUnavailable,
)
from sanic.handlers import ErrorHandler
from sanic.response import HTTPResponse, json

logger = logging.getLogger(__name__)


class Fault(SanicException):
    """A fault that a client is told of.

    Args:
        status: HTTP status of the contract (400, 404, 413, 422, 429 or 503).
        code: short machine-readable name.
        message: one plain sentence that says what to do.
        headers: further response headers, `Retry-After` for one.
    """

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message, status_code=status, quiet=True)
        self.code = code
        self.headers: dict[str, str] = headers or {}


_KNOWN: list[tuple[type[Exception], int, str, str]] = [
    (PayloadTooLarge, 413, "too_large", "The request is too large. Please send a shorter message."),
    (NotFound, 404, "not_found", "There is nothing at this address."),
    (MethodNotAllowed, 405, "method_not_allowed", "This address does not take this method."),
    (RequestTimeout, 408, "timeout", "The request took too long to arrive. Please send it again."),
    (ServiceUnavailable, 503, "unavailable", "The service is busy. Please try again."),
    (ExpectationFailed, 400, "bad_request", "The request could not be read."),
    (BadRequest, 400, "bad_request", "The request could not be read."),
]


class ContractErrors(ErrorHandler):
    """Answers every exception with `{"error": {"code", "message"}}`."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """Return the contract's error; an unknown exception is logged by class only and answered 503."""
        if isinstance(exception, Fault):
            return fault(exception.status_code, exception.code, str(exception), exception.headers)
        for kind, status, code, message in _KNOWN:
            if isinstance(exception, kind):
                return fault(status, code, message)
        logger.error("A request failed: %s", type(exception).__name__)
        return fault(503, "unavailable", "Something went wrong here. Please try again.")

    @staticmethod
    def log(request: Request, exception: Exception) -> None:
        """Log nothing of the request: its body may hold a visitor's words."""


def fault(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    """Return the contract's error as a response."""
    body: dict[str, Any] = {"error": {"code": code, "message": message}}
    return json(body, status=status, headers={"Cache-Control": "no-store", **(headers or {})})

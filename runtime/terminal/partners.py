"""Rasa extension point: none; whom the terminal talks to: the assistant here (runtime/terminal/here.py) or a server."""

import contextlib
from typing import Any, Protocol

import httpx

from runtime.terminal.answer import Answer

SECONDS = 30  # of one turn


class Partner(Protocol):
    """Who answers, one conversation at a time."""

    here: bool

    def begin(self) -> None:
        """Begin a new conversation; the last one is over."""

    def answer(self, text: str) -> Answer:
        """Answer one message of the conversation."""

    def close(self) -> None:
        """Let go of all that is held."""


class There:
    """A running server.

    Args:
        url: where it answers, `http://127.0.0.1:5005`.
    """

    here = False

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url.rstrip("/"), timeout=SECONDS)
        self._conversation = ""

    def begin(self) -> None:
        """Have the conversation forgotten; the next message begins another."""
        if self._conversation:
            with contextlib.suppress(httpx.HTTPError):
                self._client.request("DELETE", "/api/conversations", json={"conversation": self._conversation})
        self._conversation = ""

    def answer(self, text: str) -> Answer:
        """Answer one message; what the server refuses is the text, with a fault."""
        try:
            if not self._conversation:
                self._conversation = self._post("/api/conversations", {})["conversation"]
            messages = self._post("/api/messages", {"conversation": self._conversation, "text": text})
        except httpx.HTTPStatusError as error:
            return Answer(({"text": _told(error.response)},), fault=f"the server said {error.response.status_code}")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError) as error:
            return Answer((), fault=f"{self._client.base_url}: {error or type(error).__name__}")
        return Answer(tuple(messages))

    def close(self) -> None:
        """Have the conversation forgotten, and end the connection."""
        self.begin()
        self._client.close()

    def _post(self, path: str, body: dict[str, str]) -> Any:
        return self._client.post(path, json=body).raise_for_status().json()


def _told(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return response.reason_phrase

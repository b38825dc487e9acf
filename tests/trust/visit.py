"""A visitor whose every word can be known again, and who says it in every place where a word can be said."""

import json
import secrets
import socket
from dataclasses import dataclass, field

import httpx

from benchmarks.trouble.program import Program

ADDRESS = "198.51.100."  # TEST-NET-2, which is nobody's


def marker() -> str:
    """A word that nobody else ever wrote."""
    return "zephyr" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(10))


@dataclass
class Visit:
    """What was said where; `secrets` are what must be found nowhere."""

    word: str = field(default_factory=marker)
    conversations: list[str] = field(default_factory=list)
    postcode: str = field(default_factory=lambda: "NR3 1" + "".join(secrets.choice("ABDEFGHJLN") for _ in range(2)))
    address: str = field(default_factory=lambda: ADDRESS + str(secrets.randbelow(250) + 1))
    replies: list[httpx.Response] = field(default_factory=list)

    @property
    def secrets(self) -> list[str]:
        """The word, the ids of the conversations, the address and the postcode of the client."""
        return [self.word, *self.conversations, self.address, self.postcode]


def hold(program: Program) -> Visit:
    """Say the marker everywhere: messages, faults, headers, the query, paths, broken requests."""
    visit = Visit()
    word, client = visit.word, program.client
    client.headers.update(
        {
            "User-Agent": f"Browser of {word}",
            "X-Forwarded-For": visit.address,
            "Forwarded": f"for={visit.address}",
            "X-Real-IP": visit.address,
            "Referer": f"https://news.example/{word}",
            "Cookie": f"name={word}",
            "X-Request-ID": word,
        }
    )
    conversation = program.begin()
    visit.conversations.append(conversation)
    texts = [
        f"hello i am {word}",
        f"{word} is hurt by her uncle at home",
        f"how many in {word} in 2014",
        f"i feel so low and i cannot cope says {word}",  # its action raises, with these words in the error
        f"/{word}",
        f'/help{{"need": "{word}"}}',
        f'/low_mood{{"kept_needs": "{word}"}}',
        f"i live in {visit.postcode} near {word}",
        f"my number is 07700 900123 and my mail is {word}@example.org",
        word * 400,
    ]
    visit.replies += [program.say(conversation, text, id=secrets.token_hex(8)) for text in texts]
    say = "/api/messages"
    body = {"conversation": conversation, "text": f"hello {word}"}
    visit.replies += [
        client.post(say, json={**body, "text": word * 1000}),
        client.post(say, json={**body, "text": word * 10_000}),
        client.post(say, json={**body, "id": word * 10}),
        client.post(say, json={"conversation": word, "text": word}),
        client.post(say, content=f'{{"text": "{word}"'),
        client.post(say, content=b'{"text": "\xff' + word.encode()),
        client.post(say, content=f"text={word}", headers={"Content-Type": "application/x-www-form-urlencoded"}),
        client.post(f"{say}?text={word}&conversation={conversation}", json=body),
        client.get(f"/{word}?q={word}"),
        client.put(f"/api/{word}", json=body),
        client.request("DELETE", "/api/conversations", json={"conversation": word}),
    ]
    streamed = client.post(say, json=body, headers={"Accept": "text/event-stream"})
    assert "event: end" in streamed.text
    _break_off(program.port, json.dumps(body))
    for raw in (f"GET /{word} HTTP/9.9\r\n\r\n", f"{word}\r\n\r\n", f"POST {say} HTTP/1.1\r\n{word}\r\n\r\n"):
        _send(program.port, raw)
    second = program.begin()
    visit.conversations.append(second)
    visit.replies.append(program.say(second, f"goodbye from {word}"))
    program.forget(second)
    return visit


def _break_off(port: int, body: str) -> None:
    """Ask for a streamed reply and leave before it is there."""
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 10) as link:
        link.sendall((head + body).encode())


def _send(port: int, raw: str) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as link:
        link.sendall(raw.encode())
        link.settimeout(5)
        try:
            link.recv(4096)
        except OSError:
            return

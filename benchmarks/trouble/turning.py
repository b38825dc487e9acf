"""Faults of a turn: actions, stores, disk, order, repetition, bytes, and clients on the wire."""

import contextlib
import json
import resource
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from benchmarks.trouble.fault import (
    ANSWER,
    EMERGENCY,
    FAULTY,
    QUESTION,
    Outcome,
    ask,
    check,
    endpoints,
    fault,
    faulty,
    remembers,
    seen,
)
from benchmarks.trouble.program import Program

_shared: list[Program] = []
LOW, THANKS, BYE = "i feel so low and i cannot cope", "thank you", "bye for now"


@contextlib.contextmanager
def one_server(folder: Path) -> Iterator[Program]:
    """Hold the server that all faults of a turn share: they may not harm it."""
    if not _shared:
        _shared.append(faulty(folder).wait())
    yield _shared[0]
    check(_shared[0].process.poll() is None, "the server goes on")


def end_shared() -> None:
    """End the shared server."""
    while _shared:
        _shared.pop().kill()


def _said(folder: Path, text: str) -> Outcome:
    with one_server(folder) as program:
        conversation = ask(program)
        shown = seen(program.say(conversation, text))
        check(shown == EMERGENCY, f"{text!r} gets the emergency services, not {shown}")
        check(remembers(program, conversation), "the conversation goes on where it was")
        return Outcome(shown)


@fault("an action raises, with the visitor's words in its error")
def raising_action(folder: Path) -> Outcome:
    """The action raises for who cannot cope."""
    return _said(folder, LOW)


@fault("an action never ends")
def endless_action(folder: Path) -> Outcome:
    """The action of `thanks` sleeps for an hour."""
    return _said(folder, THANKS)


@fault("an action says nothing")
def silent_action(folder: Path) -> Outcome:
    """The action of `goodbye` utters no message."""
    return _said(folder, BYE)


def _failing_store(folder: Path, what: str) -> Outcome:
    (folder / "fails").parent.mkdir(parents=True, exist_ok=True)
    (folder / "fails").write_text("")
    store = f"{{type: benchmarks.trouble.stores.FailingTrackerStore, fails: '{folder / 'fails'}'}}"
    with faulty(folder, store, actions="actions") as program:
        conversation = ask(program)
        (folder / "fails").write_text(what)
        reply = program.say(conversation, "my uncle hurts me")
        check(seen(reply) == ANSWER, "the answer comes though the store fails")
        (folder / "fails").write_text("")
        check(remembers(program, conversation), "what was saved before is known afterwards")
        check(conversation not in program.said(), "no log names the conversation")
        return Outcome(ANSWER, "nothing; the memory of the turns in which the store failed")


@fault("the tracker store fails on reading")
def store_fails_on_read(folder: Path) -> Outcome:
    """The store raises at `retrieve`."""
    return _failing_store(folder, "read")


@fault("the tracker store fails on saving")
def store_fails_on_save(folder: Path) -> Outcome:
    """The store raises at `save`."""
    return _failing_store(folder, "save")


@fault("the disk is full: database, events and log")
def full_disk(folder: Path) -> Outcome:
    """No file may grow beyond what it has at the first reply; the log goes to /dev/full."""
    folder.mkdir(parents=True, exist_ok=True)
    store = f"{{type: SQL, dialect: sqlite, db: {folder / 'kept.db'}}}"
    more = f"event_broker: {{type: file, path: {folder / 'events'}}}\n"
    file = endpoints(folder / "endpoints.yml", store, FAULTY, more)
    with Program(folder / "server", output="/dev/full", SIGNPOST_ENDPOINTS=file, LOG_LEVEL="DEBUG") as program:
        conversation = ask(program)
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (0, 0))
        shown = [seen(program.say(conversation, text)) for text in ("my uncle hurts me", QUESTION, LOW)]
        check(shown == [ANSWER, ANSWER, EMERGENCY], f"answers come though nothing can be written: {shown}")
        return Outcome(ANSWER, "nothing; the memory of the turns in which the disk was full")


@fault("twenty messages of one conversation at once")
def parallel(folder: Path) -> Outcome:
    """Answered one after another, each once, none refused."""
    with one_server(folder) as program:
        conversation = ask(program)
        with ThreadPoolExecutor(20) as pool:
            replies = list(pool.map(lambda _: program.say(conversation, QUESTION), range(20)))
        check({seen(reply) for reply in replies} == {ANSWER}, "all are answered")
        check(remembers(program, conversation), "the conversation goes on")
        return Outcome(ANSWER)


@fault("a follow-up overtakes its question")
def overtaken(folder: Path) -> Outcome:
    """Answered in the order in which they arrive; the page sends the next only after the answer to the last."""
    with one_server(folder) as program:
        conversation = program.begin()
        first = seen(program.say(conversation, "and two years later?"))
        check("81" in program.say(conversation, QUESTION).text, "the late question is answered")
        check(remembers(program, conversation), "the order of arrival is the order of the conversation")
        return Outcome(f"{first} to each, in the order of arrival")


@fault("the same message twice, by a retry")
def repeated(folder: Path) -> Outcome:
    """One turn, one answer, given twice; also while the first is under way, and also by event stream."""
    with one_server(folder) as program:
        conversation = program.begin()
        with ThreadPoolExecutor(4) as pool:
            replies = list(pool.map(lambda _: program.say(conversation, QUESTION, id="same-message"), range(4)))
        replies.append(program.say(conversation, QUESTION, id="same-message"))
        check(len({reply.text for reply in replies}) == 1, "each retry gets the first answer")
        check("no report has been made" in replies[0].text or seen(replies[0]) == ANSWER, "it is an answer")
        body = {"conversation": conversation, "text": QUESTION, "id": "same-message"}
        streamed = program.client.post("/api/messages", json=body, headers={"Accept": "text/event-stream"})
        told = [json.loads(line[6:]) for line in streamed.text.splitlines() if line.startswith('data: {"')]
        check(told == replies[0].json(), "the stream has the same answer")
        return Outcome(ANSWER + ", the same each time")


@fault("bytes that are no UTF-8, no JSON, no HTTP")
def malformed(folder: Path) -> Outcome:
    """Refused with a clear error; the connection's neighbours notice nothing."""
    with one_server(folder) as program:
        conversation = ask(program)
        head = {"Content-Type": "application/json"}
        bodies = (
            b'{"conversation": "\xff\xfe"}',
            b"\xc3\x28",
            b"[" * 16_000,
            b"",
            b"null",
            b'{"conversation": "\\ud83d"}',
        )
        for body in bodies:
            reply = program.client.post("/api/messages", content=body, headers=head)
            check(reply.status_code == 400, f"{body[:20]!r} is refused with 400, not {reply.status_code}")
        raw = json.dumps({"conversation": conversation, "text": "hello \ud83d"}).encode()
        check(seen(program.client.post("/api/messages", content=raw, headers=head)) == ANSWER, "half an emoji is read")
        with socket.create_connection(("127.0.0.1", program.port), 5) as link:
            link.sendall(b"\x16\x03\x01\x02\x00\x01\xff\xff\r\n\r\n")
            link.settimeout(10)
            check(b" 400 " in link.recv(4096)[:20], "what is no HTTP is refused")
        check(remembers(program, conversation), "the conversation goes on")
        return Outcome("400: The body is not JSON.")


def _post(conversation: str, text: str, accept: str = "application/json") -> bytes:
    body = json.dumps({"conversation": conversation, "text": text}).encode()
    lines = ("POST /api/messages HTTP/1.1", "Host: x", f"Accept: {accept}", f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body


@fault("the visitor leaves in the middle of a streamed reply")
def leaves(folder: Path) -> Outcome:
    """The turn ends by itself and is remembered."""
    with one_server(folder) as program:
        conversation = program.begin()
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", program.port), 5) as link:
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # reset, not goodbye
                link.sendall(_post(conversation, QUESTION, "text/event-stream"))
                link.settimeout(0.05)
                with contextlib.suppress(OSError):
                    link.recv(1)
        check(remembers(program, conversation), "a reply that nobody waited for counts as given")
        return Outcome("what had arrived, and after a retry the answer")


@fault("two hundred clients that send a byte a second")
def slow_clients(folder: Path) -> Outcome:
    """Others are answered meanwhile."""
    with one_server(folder) as program, contextlib.ExitStack() as stack:
        links = [stack.enter_context(socket.create_connection(("127.0.0.1", program.port), 5)) for _ in range(200)]
        for byte in b"POS":
            for link in links:
                with contextlib.suppress(OSError):
                    link.send(bytes([byte]))
            time.sleep(0.3)
        shown = seen(program.say(ask(program), QUESTION))
        check(shown == ANSWER, "others are answered")
        return Outcome(f"{shown}; the slow ones are cut off after their time")


@fault("the process stands still for three seconds (SIGSTOP)")
def stopped(folder: Path) -> Outcome:
    """As a machine that swaps or is moved: the answer comes late."""
    with one_server(folder) as program:
        conversation = ask(program)
        program.process.send_signal(signal.SIGSTOP)
        try:
            with contextlib.suppress(httpx.TimeoutException):
                httpx.get(f"{program.base}/health", timeout=3)
        finally:
            program.process.send_signal(signal.SIGCONT)
        check(remembers(program, conversation), "the conversation goes on")
        return Outcome(ANSWER + ", late")

"""Faults of the process and of what it stands on: its end, its clock, its port, its files, its Redis."""

import contextlib
import os
import resource
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx

from benchmarks import ROOT, BenchmarkError
from benchmarks.processes import free_port
from benchmarks.trouble import engines
from benchmarks.trouble.fault import (
    ANSWER,
    CARRIED,
    NOTHING,
    QUESTION,
    SECOND,
    Outcome,
    as_the_page_does,
    ask,
    check,
    endpoints,
    fault,
    faulty,
    remembers,
    seen,
)
from benchmarks.trouble.program import MEMORY, Program

SHARED = "lock_store: {type: runtime.lock_store.RedisLockStore, url: '%s'}\n"
STORE = "{type: runtime.redis_store.RedisTrackerStore, url: '%s'}"
ANEW = "nothing that was said: the page begins a new conversation and says the message again; its memory is gone"


@fault("the clock jumps two days on, and back")
def jumping_clock(folder: Path) -> Outcome:
    """Times are measured by a clock that does not jump."""
    file = endpoints(folder / "endpoints.yml", MEMORY)
    with Program(folder / "server", module="benchmarks.trouble.jumping", SIGNPOST_ENDPOINTS=file) as program:
        for kind in (signal.SIGUSR1, signal.SIGUSR2):
            conversation = ask(program)
            program.process.send_signal(kind)
            check(remembers(program, conversation), "nobody is forgotten early")
            check(seen(program.say(conversation, "my uncle hurts me")) == ANSWER, "the next message is answered")
        return Outcome(ANSWER)


@fault("SIGTERM in the middle of a turn")
def terminated(folder: Path) -> Outcome:
    """The turn under way is answered, then the process ends."""
    with faulty(folder) as program:
        conversation, replies = ask(program), []

        def thank() -> None:
            with contextlib.suppress(httpx.TransportError):
                replies.append(program.say(conversation, "thank you"))

        turn = threading.Thread(target=thank)
        turn.start()
        time.sleep(0.7)  # the action sleeps for ever; the turn's two seconds are not over
        status = program.terminate(30)
        turn.join(30)
        check(status == 0, f"the process ends by itself, with 0, not {status}")
        check(len(replies) == 1, "the turn under way is answered")
        return Outcome(f"{seen(replies[0])}, the turn's own end")


@fault("SIGKILL and a new start, memory in the process")
def killed(folder: Path) -> Outcome:
    """The conversation is gone; the page begins a new one and says the message again."""
    port = free_port()
    with faulty(folder, port=port) as program:
        conversation = ask(program)
    with faulty(folder, port=port) as program:
        new, reply = as_the_page_does(program, conversation, QUESTION)
        check(new != conversation, "the old conversation is not known")
        check(seen(reply) == ANSWER and remembers(program, new), "the message is answered in the new one")
        return Outcome(f"{CARRIED}; then {ANSWER}", ANEW)


@fault("SIGKILL and a new start, memory in Redis")
def killed_with_redis(folder: Path) -> Outcome:
    """Every acknowledged reply is remembered, and a message sent again gets its first answer."""
    with engines.redis(folder / "redis") as redis:
        port, store, more = free_port(), STORE % redis.url, SHARED % redis.url
        with faulty(folder, store, more, port=port) as program:
            conversation = ask(program)
            first = program.say(conversation, QUESTION, id="acknowledged").text
        with faulty(folder, store, more, port=port) as program:
            check(program.say(conversation, QUESTION, id="acknowledged").text == first, "a retry gets the first answer")
            check(remembers(program, conversation), "the conversation goes on where it was")
            return Outcome(f"{CARRIED}; then {ANSWER}")


@fault("Redis is gone, and comes back empty")
def redis_gone(folder: Path) -> Outcome:
    """The process goes on with what it knows."""
    with engines.redis(folder / "redis") as redis, faulty(folder, STORE % redis.url, SHARED % redis.url) as program:
        conversation = ask(program)
        redis.stop()
        shown = seen(program.say(conversation, QUESTION))
        check(shown == ANSWER, f"the answer comes without Redis, not {shown}")
        check(remembers(program, conversation), "the process remembers by itself")
        new = ask(program)
        redis.start()
        time.sleep(1.2)  # until the link asks again
        check(remembers(program, new), "and gives back what it knows")
        return Outcome(ANSWER, "nothing; the memory from before the outage, where a turn in it did not need it")


def _start(folder: Path, expected: str, tree: Path = ROOT, **more: str) -> Outcome:
    """Start what cannot start; it has to say so in one line that names the cause."""
    program = Program(folder / "server", tree=tree, **more)
    try:
        program.wait(120)
    except BenchmarkError:
        said = [line for line in program.said().splitlines() if line.startswith("Signpost cannot start")]
    else:
        raise BenchmarkError("broken: a server that lacks what it needs does not start")
    finally:
        program.kill()
    check(len(said) == 1 and expected in said[0], f"one line names {expected}: {program.said()[-300:]}")
    check("Traceback" not in program.said(), "no traceback is shown")
    return Outcome("the process before it, which goes on; the operator: " + said[0].replace(str(folder), "..")[:140])


def _copy(folder: Path) -> Path:
    """Return a copy of the project, of links where that does."""
    tree = folder / "tree"
    tree.mkdir(parents=True)
    for name in ("actions", "runtime", "signpost", "benchmarks", "widget"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("out", "stock", "__pycache__"))
    shutil.copytree(ROOT / "data", tree / "data")
    for name in ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml"):
        shutil.copy2(ROOT / name, tree / name)
    (tree / "models").mkdir()
    shutil.copy(ROOT / "models" / "signpost.tar.gz", tree / "models")
    return tree


def _start_with(folder: Path, file: str, content: bytes | None, expected: str) -> Outcome:
    tree = _copy(folder)
    if content is None:
        (tree / file).unlink()
    else:
        (tree / file).write_bytes(content)
    os.utime(tree / "models" / "signpost.tar.gz")
    return _start(folder, expected, tree, PYTHONPATH=str(tree))


@fault("the model file is damaged")
def damaged_model(folder: Path) -> Outcome:
    """Half of the file is there."""
    whole = (ROOT / "models" / "signpost.tar.gz").read_bytes()
    return _start_with(folder, "models/signpost.tar.gz", whole[: len(whole) // 2], "make train")


@fault("the encoder is missing")
def missing_encoder(folder: Path) -> Outcome:
    """The record that says which encoder it is has gone."""
    return _start_with(folder, "data/encoder/encoder.json", None, "encoder.json")


@fault("a data file is damaged")
def damaged_data(folder: Path) -> Outcome:
    """The table of figures is no text."""
    return _start_with(folder, "data/statistics/figures.csv", b"\xff\xfe{]", "figures.csv")


@fault("the port is in use")
def port_in_use(folder: Path) -> Outcome:
    """Another process listens there."""
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        return _start(folder, "PORT", PORT=str(other.getsockname()[1]))


@fault("no more files may be opened")
def no_files(folder: Path) -> Outcome:
    """More clients than file handles: who is connected is answered, the others once somebody leaves."""
    with faulty(folder) as program:
        conversation = ask(program)
        opened = len(list(Path(f"/proc/{program.process.pid}/fd").iterdir()))
        _soft, hard = resource.prlimit(program.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(program.process.pid, resource.RLIMIT_NOFILE, (opened + 4, hard))
        with contextlib.ExitStack() as stack:
            clients = [stack.enter_context(httpx.Client(base_url=program.base, timeout=1)) for _ in range(12)]
            for client in clients:
                with contextlib.suppress(httpx.TransportError):
                    client.get("/health")
            check(SECOND in program.say(conversation, "and two years later?").text, "who is connected is answered")
        check(httpx.get(f"{program.base}/health", timeout=20).status_code == 200, "the next ones are answered after")
        return Outcome(f"{ANSWER}; who cannot connect: {CARRIED}", NOTHING)

"""nginx with the configuration of deploy/: what it says by itself, what it keeps to itself, and whom it asks next."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from runtime.pages import HEADERS
from runtime.static_help import write
from tests.deploy.tools import ROOT, run, tools
from tests.runtime.server import Served
from tests.scale.services import free_port, wait_for

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MARKER = "Zephyrine"


class Front:
    """nginx in front of the processes at these ports, in a folder of its own."""

    def __init__(self, folder: Path, *ports: int, listen: str | None = None) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.folder = folder / "nginx"
        shutil.copytree(ROOT / "deploy" / "nginx", self.folder)
        (self.folder / "tmp").mkdir()
        write(self.folder / "static")
        for parent in (self.folder, *self.folder.parents[:3]):
            parent.chmod(0o755)  # started by root, nginx serves as another user
        servers = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
        upstream = (self.folder / "upstream.conf").read_text()
        (self.folder / "upstream.conf").write_text(
            "\n".join(line for line in upstream.splitlines() if "server " not in line).replace(
                "least_conn;", f"least_conn; {servers}"
            )
        )
        (self.folder / "listen.conf").write_text(listen or f"listen 127.0.0.1:{self.port};")
        self.command = [NGINX, "-p", str(self.folder), "-c", "nginx.conf"]

    def start(self) -> "Front":
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        wait_for(lambda: self._answers(), "nginx")
        return self

    def _answers(self) -> bool:
        try:
            return bool(httpx.get(f"{self.base}/health/live").status_code)
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(40)
        self.log.close()

    def post(self, path: str, body: object, **more: object) -> httpx.Response:
        return httpx.post(f"{self.base}{path}", json=body, timeout=40, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx with nobody behind it."""
    front = Front(tmp_path_factory.mktemp("alone"), free_port(), free_port())
    main = front.folder / "nginx.conf"  # a patient rate, so that the test depends on no speed
    main.write_text(
        main.read_text().replace("rate=5r/s", "rate=1r/m").replace("zone=begin burst=100", "zone=begin burst=3")
    )
    front.start()
    yield front
    front.stop()


@pytest.fixture(scope="module")
def front(pair: tuple[Served, Served], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx in front of a pair of servers and of a third that is not there."""
    ports = [int(server.base.rpartition(":")[2]) for server in pair]
    made = Front(tmp_path_factory.mktemp("front"), *ports, free_port()).start()
    yield made
    made.stop()


def test_the_configuration_is_sound(tmp_path: Path) -> None:
    front = Front(tmp_path, 5005, 5006)
    assert "test is successful" in run([*front.command, "-t"])
    assert "No issues found" in run([str(tools() / "gixy"), str(front.folder / "nginx.conf")])


def test_the_configuration_is_sound_with_tls(tmp_path: Path) -> None:
    front = Front(tmp_path, 5005, listen=(ROOT / "deploy" / "nginx" / "listen-tls.conf").read_text())
    (front.folder / "certificate").mkdir()
    key, chain = (str(front.folder / "certificate" / name) for name in ("key.pem", "full-chain.pem"))
    run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", chain, "-subj", "/CN=a"])
    assert "test is successful" in run([*front.command, "-t"])


def test_with_nobody_behind_it_a_page_is_the_help_page(alone: Front) -> None:
    for path in ("/", "/help", "/demo"):
        page = httpx.get(f"{alone.base}{path}")
        assert page.status_code == 503
        assert "999" in page.text
        assert page.headers["content-type"].startswith("text/html")
    style = httpx.get(f"{alone.base}/help.css")
    assert style.headers["content-type"].startswith("text/css")


def test_with_nobody_behind_it_the_channel_answers_in_its_own_words(alone: Front) -> None:
    answer = alone.post("/api/messages", {"conversation": "a", "text": MARKER})
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    assert answer.headers["retry-after"] == "5"


def test_what_is_too_large_is_refused_in_the_channels_words(alone: Front) -> None:
    answer = alone.post("/api/messages", {"conversation": "a", "text": "x" * 20_000})
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


def test_who_asks_too_much_is_told_when_to_come_back(alone: Front) -> None:
    answers = [alone.post("/api/conversations", {}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [503] * 4 + [429] * 2
    assert answers[-1].json()["error"]["code"] == "too_many"
    assert answers[-1].headers["retry-after"] == "5"


def test_who_is_refused_by_nginx_hears_whom_to_call_in_danger(alone: Front) -> None:
    refusals = [alone.post("/api/conversations", {}) for _ in range(6)]
    refusals += [alone.post("/api/messages", {"conversation": "a", "text": text}) for text in ("help", "x" * 20_000)]
    assert {answer.status_code for answer in refusals} == {413, 429, 503}
    for answer in refusals:
        assert answer.json()["error"]["message"].endswith("If anyone is in danger now, call 999.")


def test_nginx_sends_the_same_headers_as_the_assistant(alone: Front) -> None:
    for answer in (httpx.get(f"{alone.base}/"), alone.post("/api/messages", {})):
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value], name
        assert "strict-transport-security" not in answer.headers
        assert answer.headers["server"] == "nginx"


def test_a_header_is_sent_once(front: Front) -> None:
    for answer in (httpx.get(f"{front.base}/"), front.post("/api/conversations", {})):
        assert answer.status_code < 300
        names = [name.lower() for name, _ in answer.headers.multi_items()]
        assert len(names) == len(set(names))
        assert {name.lower() for name in HEADERS} <= set(names)


def test_a_conversation_goes_on_through_nginx_though_one_server_is_not_there(front: Front) -> None:
    conversation = front.post("/api/conversations", {}).json()["conversation"]
    for number in range(6):
        text, expected = (("how many in cambridgeshire in 2014", "81 "), ("and in 2015", "155 "))[number % 2]
        answer = front.post("/api/messages", {"conversation": conversation, "text": text, "id": f"message-{number}"})
        assert any(message.get("text", "").startswith(expected) for message in answer.json())


def test_events_are_streamed_through_nginx(front: Front) -> None:
    conversation = front.post("/api/conversations", {}).json()["conversation"]
    body = {"conversation": conversation, "text": "how many in cambridgeshire in 2014"}
    answer = front.post("/api/messages", body, headers={"Accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.endswith("event: end\ndata: {}\n\n")
    assert "content-length" not in answer.headers


def test_nothing_of_a_visitor_is_kept_by_nginx(front: Front, alone: Front) -> None:
    conversation = front.post("/api/conversations", {}).json()["conversation"]
    long = f"{MARKER} " * 400
    front.post("/api/messages", {"conversation": conversation, "text": long})
    alone.post("/api/messages", {"conversation": conversation, "text": long})
    for each in (front, alone):
        for file in each.folder.rglob("*"):
            if file.is_file() and "static" not in file.parts:
                content = file.read_bytes()
                assert MARKER.encode() not in content
                assert conversation.encode() not in content
        assert (each.folder / "log").read_bytes() == b""

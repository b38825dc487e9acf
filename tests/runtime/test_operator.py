"""The private port: a page without script that says how the assistant is, readable by everybody, in every state."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, sync_playwright

from runtime.metrics import EVERY, Metrics
from runtime.operator_page import State, page
from runtime.operator_server import OperatorServer
from runtime.pages import POLICY
from runtime.plots import Series, bars, over_time
from tests.widget.conftest import CHROMIUM, FLAGS

READY = State(True, False, False, (), None, "ab" * 32, 182, 3, 300)
STATES = {
    "ready": (READY, "Ready: messages are answered."),
    "paused": (replace(READY, paused=True), "Paused: visitors see the help page only."),
    "stopping": (replace(READY, ready=False, stopping=True), "Stopping:"),
    "starting": (replace(READY, ready=False), "Not ready"),
    "a slip in the file": (replace(READY, fault="operator.yml: paused must be <true>"), "must be &lt;true&gt;"),
    "a hidden service": (replace(READY, hidden=("family-lives",)), "Hidden services: family-lives"),
    "shared": (replace(READY, open=None), "in the shared store"),
}


def busy() -> Metrics:
    """An hour with traffic, refusals, an error and feedback."""
    now = [6_000_000.0]
    metrics = Metrics(["worry", "danger", "own_behaviour"], lambda: now[0])
    metrics.history._clock = lambda: now[0]
    for minute in range(50):
        for turn in range(minute):
            metrics.turn(0.004 + turn / 1000)
            metrics.understood(*[("worry", ["worry"]), ("nlu_fallback", []), ("figures", [])][turn % 3], "nlu_fallback")
        if minute > 40:
            metrics.refused("busy")
        now[0] += 60
    metrics.understood("own_behaviour", ["own_behaviour"], "nlu_fallback")
    metrics.unanswered()
    metrics.error("runtime.turns")
    metrics.feedback(True)
    now[0] += EVERY
    return metrics


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Callable[[State], None]]]:
    shown = [READY]
    server = OperatorServer("127.0.0.1", 0, busy(), lambda: shown[0])
    server.start()
    yield f"http://127.0.0.1:{server.port}", lambda state: shown.__setitem__(0, state)
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.mark.parametrize("name", STATES)
def test_the_page_says_how_it_stands(name: str) -> None:
    state, text = STATES[name]
    assert text in page(busy(), state)


def test_the_page_shows_the_figures_and_a_rare_need_stays_unseen() -> None:
    text = page(busy(), READY)
    for shown in ("Messages answered", "1,210", "Time to answer", "Not understood", "Memory", "worry", "420 or more"):
        assert shown in text
    assert "own behaviour" not in text
    assert "own_behaviour" not in text


def test_a_page_of_a_quiet_process_says_so() -> None:
    text = page(Metrics(), replace(READY, open=0))
    assert "Nothing in the last hour." in text
    assert "None so far." in text


def test_every_number_of_a_plot_is_in_its_table() -> None:
    made = over_time(
        "Messages", "each", ["10:00", "10:01", "10:02"], [Series("a", "a", [3, 0, 7]), Series("b", "b", [1, None, 2])]
    )
    assert all(row in made for row in ("<td>3</td><td>1</td>", "<td>7</td><td>2</td>"))
    assert 'role="img"' in made
    assert "<td>5</td>" in bars("Refused", "since", [("busy", 5, "5")])


class Tags(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_there_is_no_script_no_style_and_nothing_from_elsewhere(served: tuple[str, Any]) -> None:
    reply = httpx.get(served[0] + "/operator")
    assert reply.headers["content-security-policy"] == POLICY
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "python" not in reply.headers["server"].lower()
    tags = Tags()
    tags.feed(reply.text)
    assert {"script", "style", "iframe", "form", "img"}.isdisjoint(tag for tag, _ in tags.seen)
    for _, attributes in tags.seen:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert str(attributes.get("href") or "/").startswith("/")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/../config.yml", 404), ("POST", "/operator", 405), ("DELETE", "/metrics", 405)],
)
def test_the_port_is_only_read(served: tuple[str, Any], method: str, path: str, status: int) -> None:
    assert httpx.request(method, served[0] + path).status_code == status
    assert httpx.request("HEAD", served[0] + "/operator").text == ""


def test_a_port_that_is_taken_is_an_error_and_not_silence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            OperatorServer("127.0.0.1", taken.getsockname()[1], Metrics(), lambda: READY)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1300])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    served: tuple[str, Any], browser: Browser, width: int, scheme: Any
) -> None:
    base, show = served
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    try:
        view = context.new_page()
        blocked: list[str] = []
        view.on("console", lambda message: blocked.append(message.text))
        for state in (READY, replace(READY, hidden=("family-lives",), fault="a fault", stopping=True, open=None)):
            show(state)
            view.goto(base + "/operator")
            view.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            found = Axe().run(view, options={"resultTypes": ["violations"], "preload": False})
            assert [one["id"] for one in found.response["violations"]] == []
            assert view.evaluate("document.documentElement.scrollWidth") <= width
        assert [text for text in blocked if "favicon" not in text and "404" not in text] == []
    finally:
        context.close()

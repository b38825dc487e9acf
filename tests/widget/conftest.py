"""One browser for the room, one small server, and a visitor whose every visit is checked for leaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    Response,
    Route,
    expect,
    sync_playwright,
)

from tests.runtime.server import Served

from .site import Site, serve

CHROMIUM = Path("/usr/bin/chromium")
NEUTRAL = "https://www.bbc.co.uk/weather"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds; only a fault or a very busy machine uses them up
SHOTS = Path(__file__).parents[1] / "shots"
WATCH = """
window.faults = [];
addEventListener("securitypolicyviolation", (event) => faults.push(`${event.violatedDirective} ${event.blockedURI}`));
addEventListener("error", (event) => faults.push(String(event.message)));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
"""
KEPT = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,
  ...(await indexedDB.databases()).map((one) => one.name), ...(await caches.keys()),
].filter(Boolean)"""


class Visitor:
    """Someone at the page: what they do and what they see."""

    def __init__(self, site: Site, page: Page, also: str = "") -> None:
        self.site = site
        self.known = tuple(one for one in (site.url, also, "data:", NEUTRAL) if one)
        self.page = page
        self.foreign: list[str] = []
        page.on("request", self._note)
        page.on("response", self._cookie)
        page.route(f"{NEUTRAL}**", self._weather)

    def _note(self, request: Request) -> None:
        if not request.url.startswith(self.known):
            self.foreign.append(request.url)

    def _cookie(self, response: Response) -> None:
        if "set-cookie" in response.headers or "cookie" in response.request.headers:
            self.foreign.append(f"a cookie at {response.url}")

    @staticmethod
    def _weather(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>Weather</title><p>Sunny", content_type="text/html")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        """Where a message is written."""
        return self.page.locator("signpost-chat textarea#say")

    @property
    def alert(self) -> Locator:
        """What went wrong."""
        return self.page.locator("signpost-chat [role=alert]")

    @property
    def exit(self) -> Locator:
        """The exit link that is in view."""
        return self.page.locator("[data-signpost-exit]").filter(visible=True)

    @property
    def launcher(self) -> Locator:
        """What opens the panel."""
        return self.page.locator("signpost-chat .corner button")

    def open(self, path: str = "/") -> "Visitor":
        """Open a page, and the panel where there is one."""
        self.page.goto(self.site.url + path)
        if self.page.locator("signpost-chat:not([page])").count():
            self.launcher.click()
        expect(self.log.locator(".bubble").first).to_be_visible()
        return self

    def say(self, text: str) -> "Visitor":
        """Write a message and send it."""
        self.box.fill(text)
        self.box.press("Enter")
        return self

    def asks(self, text: str) -> "Visitor":
        """Say something and wait for the reply."""
        before = self.log.locator(".bot").count()
        self.say(text)
        expect(self.log.locator(".bot").nth(before)).to_be_visible()
        return self

    def menu(self, name: str) -> "Visitor":
        """Choose something in the menu."""
        self.page.locator("signpost-chat .menu > summary").click()
        self.page.get_by_role("button", name=name).click()
        return self

    def shot(self, name: str) -> None:
        """Keep a picture of what is in view."""
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", animations="disabled")

    def faults(self) -> list[str]:
        """What axe finds wrong, best practices included."""
        results = Axe().run(self.page, options={"resultTypes": ["violations"], "preload": False})
        return [
            f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for one in results.response["violations"]
            for node in one["nodes"]
        ]

    def leaks(self) -> list[str]:
        """Other hosts that were asked, things that were kept, and rules of the browser that were broken."""
        found = list(self.foreign)
        if self.page.url.startswith(self.site.url):
            found += self.page.evaluate(KEPT) + self.page.evaluate("window.faults ?? []")
        return found + [str(cookie) for cookie in self.page.context.cookies()]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail("Chromium is missing: install it with `apt-get install chromium`.", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def standing() -> Iterator[Site]:
    """A small server, as long as it is needed."""
    server, site = serve()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def _server() -> Iterator[Site]:
    with standing() as site:
        yield site


@pytest.fixture
def site(_server: Site) -> Site:
    _server.reset()
    return _server


@pytest.fixture(scope="package")
def friend() -> Iterator[Site]:
    """Another site, which the real server lets embed the widget."""
    with standing() as site:
        yield site


@pytest.fixture(scope="package")
def stranger() -> Iterator[Site]:
    """Another site, which the real server does not know."""
    with standing() as site:
        yield site


@pytest.fixture(scope="package")
def signpost(model: Path, friend: Site) -> Iterator[Site]:
    """The real server with the trained model."""
    served = Served(SIGNPOST_ORIGINS=friend.url)
    try:
        yield Site(url=served.wait(300).base)
    finally:
        served.stop()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Begin a visit: `visit(width, height, at=site, also=url, **settings)`. It must leave no trace.

    The settings are those of a Playwright context; `also` is another server that the page may ask.
    """
    visitors: list[Visitor] = []
    contexts: list[BrowserContext] = []

    def begin(width: int = 1280, height: int = 800, at: Site = site, also: str = "", **settings: Any) -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        contexts.append(context)
        visitors.append(Visitor(at, context.new_page(), also))
        return visitors[-1]

    yield begin
    leaks = [leak for visitor in visitors if visitor.page.context.browser for leak in visitor.leaks()]
    for context in contexts:
        context.close()
    assert leaks == []

"""Rasa extension point: none; the pages and files that the channel serves, built once at start.

Widget files hold tokens for what belongs to the directory; they are filled here, so that no number stands in them.
The widget's modules and its style are joined into one file here: one request, and one hash for a site that pins it.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from rjsmin import jsmin
from sanic.response import HTTPResponse

ROOT = Path(__file__).parent.parent
WIDGET = ROOT / "widget"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# In the order in which each needs the ones before it; all but the last are imported by it.
MODULES = ("exit.js", "reply.js", "strings.en.js", "talk.js", "frame.js", "chat.js", "widget.js")
STYLE = "tokens.css"  # the design system, which comes before every style
SERVED = {
    "/": "index.html",
    "/demo": "demo.html",
    "/favicon.ico": "icon.svg",
    "/widget/exit.js": "exit.js",
    "/widget/page.css": "page.css",
    "/widget/strings.cy.js": "strings.cy.js",
    "/widget/widget.css": "widget.css",
}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}


class PagesError(RuntimeError):
    """A file of the widget is missing; the message names it and what to do."""


@dataclass(frozen=True)
class Page:
    """One file, as it is and compressed."""

    body: bytes
    packed: bytes
    kind: str
    tag: str

    @classmethod
    def of(cls, body: str, suffix: str) -> "Page":
        """Compress a text; the suffix gives its content type."""
        raw = body.encode()
        return cls(raw, gzip.compress(raw, 9, mtime=0), TYPES[suffix], f'"{hashlib.sha256(raw).hexdigest()[:20]}"')

    def response(self, accepts: str, known: str, status: int = 200) -> HTTPResponse:
        """Return the page, compressed where the client takes it; 304 where it has it already."""
        headers = {"ETag": self.tag, "Vary": "Accept-Encoding, Origin", "Cache-Control": "no-cache"}
        if known == self.tag:
            return HTTPResponse(status=304, headers=headers)
        if "gzip" in accepts:
            headers["Content-Encoding"] = "gzip"
            return HTTPResponse(self.packed, status, headers, content_type=self.kind)
        return HTTPResponse(self.body, status, headers, content_type=self.kind)


@dataclass(frozen=True)
class Pages:
    """What the channel serves: pages built at start, and those of single figures, made when they are asked for.

    `figure` takes a path and returns status, text and suffix, or None where there is nothing.
    """

    built: dict[str, Page]
    figure: Callable[[str], tuple[int, str, str] | None]

    def response(self, path: str, headers: Mapping[str, str]) -> HTTPResponse | None:
        """Return what is at the path, or None. `headers` are those of the request."""
        page, status = self.built.get(path), 200
        if page is None and (found := self.figure(path)):
            status, page = found[0], Page.of(*found[1:])
        return page and page.response(headers.get("accept-encoding", ""), headers.get("if-none-match", ""), status)


def build(
    emergency: list[dict[str, str]],
    made: dict[str, Callable[[], str]],
    sign: Callable[[str], str] = str,
    forget_after: float = 1800,
    text_limit: int = 4000,
) -> dict[str, Page]:
    """Return path -> page for the widget's files and for the pages that are made from data.

    Args:
        emergency: services the widget carries: name, call, href, why.
        made: path -> function that makes the text ("/help", "/data", ...).
        sign: adds to a page of HTML who runs this.
        forget_after: seconds without a message after which the server forgets, and the page too.
        text_limit: characters of a message, at most.

    Raises PagesError.
    """
    items = "".join(
        f'<li><a href="{escape(e["href"])}">{escape(e["name"])}: {escape(e["call"])}</a> {escape(e["why"])}</li>'
        for e in emergency
    )
    pages = {
        path: Page.of(_signed(styled(_read(name), name).replace("<!--EMERGENCY-->", items), sign), Path(name).suffix)
        for path, name in SERVED.items()
    }
    limits = {"idle": forget_after, "text": text_limit}
    pages["/widget.js"] = Page.of(_script({"EMERGENCY": emergency, "LIMITS": limits}), ".js")
    for path, make in made.items():
        suffix = Path(path).suffix or ".html"
        pages[path] = Page.of(styled(_read("page.css") + make(), path) if suffix == ".css" else make(), suffix)
    return pages


def _signed(text: str, sign: Callable[[str], str]) -> str:
    return sign(text) if "</body>" in text else text


def styled(text: str, name: str) -> str:
    """Return a style sheet with the design system before it, short; any other text as it is."""
    return _small(_read(STYLE) + text) if name.endswith(".css") else text


def _script(known: dict[str, Any]) -> str:
    """Return the widget as one module: its parts without their imports and exports, with the style and what is known.

    Args:
        known: name of a token -> what stands in its place.
    """
    text: str = jsmin(re.sub(r"^import .*\n|^export ", "", "".join(map(_read, MODULES)), flags=re.M))
    for name, value in {**known, "STYLE": styled(_read("widget.css"), "widget.css")}.items():
        text = text.replace(f'"__{name}__"', json.dumps(value, ensure_ascii=False))
    return text


def _small(css: str) -> str:
    """Drop the comments of a style sheet, and the spaces that part nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return re.sub(r"\s*([{};,>~])\s*|(?<=[a-z]:) ", r"\1", re.sub(r"\s+", " ", css)).replace(";}", "}").strip()


def _read(name: str) -> str:
    try:
        return (WIDGET / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PagesError(f"{WIDGET / name} is missing. Restore it from the repository.") from None

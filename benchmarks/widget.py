"""What the widget costs a visitor: `python -m benchmarks.widget [--url URL] [--pictures FOLDER]`.

Without `--url` it starts the server of this checkout.
deep-chat's figure is the size that was measured for its published bundle, gzip, when widgets were compared.
"""

import argparse
import gzip
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DEEP_CHAT_GZIP = 127_000
SLOWER = 4
RUNS = 21
# as a phone's slow connection, so that the page is there before the script, which on one machine they are not
CONNECTION = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
TIMES = """() => {
  const [script] = performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/widget.js"));
  const usable = performance.getEntriesByName("signpost-usable")[0].startTime;
  return [usable - script.responseEnd, usable];
}"""
WORK = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
ASKED = {
    "greeting": [],
    "services": ["I'm worried about a child"],
    "danger": ["he is hitting me right now and I am hiding"],
    "chart": ["show me a chart of Cambridgeshire by year"],
}
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


def load(browser: Browser, url: str, path: str) -> dict[str, Any]:
    """Load a page once, slowly: bytes, bytes as gzip, requests, and milliseconds.

    `work` is the main thread's processor time for all scripts, styles and layouts until usable, which other programs on
    the machine lengthen little; the other two are by the clock.
    """
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Performance.enable", {"timeDomain": "threadTicks"})
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", CONNECTION)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    asked: dict[str, None] = {}
    page.on("requestfinished", lambda request: asked.setdefault(request.url))
    page.goto(url + path, wait_until="load")
    page.wait_for_function("performance.getEntriesByName('signpost-usable').length")
    spent = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    after_script, since_start = page.evaluate(TIMES)
    names = sorted(name for name in asked if not name.endswith(("favicon.ico", "/demo")))
    texts = [context.request.get(name).body() for name in names]
    context.close()
    return {
        "requests": len(names),
        "bytes": sum(map(len, texts)),
        "gzip": sum(len(gzip.compress(text, 9)) for text in texts),
        "work": 1000 * sum(spent[name] for name in WORK),
        "after_script": after_script,
        "since_start": since_start,
    }


def measure(browser: Browser, url: str) -> None:
    """Print the table: medians of the loads, and the quickest of them in brackets."""
    columns = ("page", "bytes", "gzip", "requests", "processor time", "usable after widget.js", "after the start")
    print("| " + " | ".join(columns) + " |\n" + "| --- " * len(columns) + "|")
    for path, name in (("/", "/"), ("/demo", "/demo, without the article")):
        loads = [load(browser, url, path) for _ in range(RUNS)]
        cells = [name, *(f"{loads[0][size]:,}" for size in ("bytes", "gzip", "requests"))]
        for clock in ("work", "after_script", "since_start"):
            found = [one[clock] for one in loads]
            cells.append(f"{statistics.median(found):.0f} ms ({min(found):.0f})")
        print("| " + " | ".join(cells) + " |")
    print(f"| deep-chat, its script alone | | {DEEP_CHAT_GZIP:,} | | | | |")
    busy = f"load of this machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"CPU {SLOWER} times slower; 1.6 Mbit/s, 150 ms; median (quickest) of {RUNS} loads; {busy}.")


def picture(browser: Browser, url: str, folder: Path) -> None:
    """Keep the README's pictures: each reply beside the article, on a phone, and in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for look, settings in LOOKS.items():
        for name, asked in ASKED.items():
            context = browser.new_context(**settings)
            page = context.new_page()
            page.goto(url + "/demo")
            page.locator("signpost-chat .corner button").click()
            for text in asked:
                page.locator("#say").fill(text)
                page.locator("#say").press("Enter")
                page.locator("[role=log] .you ~ .bot").first.wait_for()
            page.screenshot(path=folder / f"{look}-{name}.png", animations="disabled")
            context.close()
    print(f"{len(LOOKS) * len(ASKED)} pictures in {folder}")


@contextmanager
def served() -> Iterator[str]:
    """The address of the real server, in a process of its own on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "SIGNPOST_MESSAGES_PER_MINUTE": "0"}
    with subprocess.Popen([sys.executable, "-W", "ignore", "-m", "runtime.server"], env=environment) as process:
        try:
            while process.poll() is None:
                with suppress(httpx.TransportError):
                    if httpx.get(url + "/health").status_code == 200:
                        yield url
                        return
                time.sleep(0.2)
            raise SystemExit("The server did not start.")
        finally:
            process.terminate()


def main() -> None:
    """Measure, or take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running Signpost, for example http://127.0.0.1:5005")
    parser.add_argument("--pictures", type=Path, help="folder for the README's pictures")
    options = parser.parse_args()
    with ExitStack() as stack:
        url = options.url or stack.enter_context(served())
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        stack.callback(browser.close)
        if options.pictures:
            picture(browser, url, options.pictures)
        else:
            measure(browser, url)


if __name__ == "__main__":
    main()

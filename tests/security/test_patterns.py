"""No pattern that reads a message takes more than time in proportion to its length: found by running each of them.

Processor time is compared with itself at two lengths, so that a busy machine changes nothing; what is quick at the full
length of a message passes at once.
"""

import ast
import importlib
import pkgutil
import re
import sys
import time
from pathlib import Path
from typing import Any

import signpost
from runtime.turns import clean
from signpost.assistant import assistant

ROOT = Path(__file__).parent.parent.parent
LONGEST, SHORT = 4000, 500
QUICK = 0.15  # seconds of processor time for 4,000 characters; below it nothing is compared
GLANCE = 0.009  # the same for 1,000; a pattern below it stays below the other, were it quadratic
GROWTH = 24  # eight times the length: 8 when linear, 64 when quadratic
# Patterns that read files of ours or arguments of a command, never a message.
OF_FILES = ("copy_linter", "directory.check", "directory.feed", "directory.service.", "languages._EXAMPLE", "export")
USED = {f"re.{name}" for name in ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")}
UNITS = [
    *(
        " ",
        "a",
        "1",
        "0",
        "-",
        "'",
        "\n",
        "a ",
        "1 ",
        ". ",
        ", ",
        "a'",
        "a-",
        " - ",
        "0 0 ",
        "12-",
        "in 2014 ",
        "i am ",
    ),
    *("im 12, ", "my daughter ", "how many ", "of the ", "and ", "h.e.l.p."),
]


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern of `signpost/`, of what it loads from `data/`, and those written where they are used."""
    found: dict[str, re.Pattern[str]] = {}
    seen: set[int] = set()

    def walk(thing: Any, name: str, depth: int = 0) -> None:
        if id(thing) in seen or depth > 8:
            return
        seen.add(id(thing))
        if isinstance(thing, re.Pattern):
            found[name] = thing
        elif isinstance(thing, dict):
            for key, value in thing.items():
                walk(value, f"{name}.{str(key)[:30]}", depth + 1)
        elif isinstance(thing, list | tuple | set | frozenset):
            for number, value in enumerate(thing):
                walk(value, f"{name}.{number}", depth + 1)
        elif type(thing).__module__.startswith("signpost"):
            walk(getattr(thing, "__dict__", {}), name, depth + 1)
            walk([getattr(thing, slot, None) for slot in getattr(type(thing), "__slots__", ())], name, depth + 1)

    for module in pkgutil.walk_packages(signpost.__path__, "signpost."):
        walk(vars(importlib.import_module(module.name)), module.name)
    walk(assistant(), "assistant")
    for file in sorted((ROOT / "signpost").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in USED and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found[f"{file.stem}:{node.lineno}"] = re.compile(text.value)
    kept = {(p.pattern, p.flags): name for name, p in found.items() if not any(o in name for o in OF_FILES)}
    return {name: re.compile(*key) for key, name in kept.items() if isinstance(key[0], str)}


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def message(unit: str, length: int) -> str:
    """A message of one thing over and over that ends otherwise, as the channel hands it on."""
    return clean("x" + (unit * length)[: length - 2] + "!")


def superlinear(pattern: re.Pattern[str], units: list[str]) -> list[str]:
    """The units for which the pattern's time grows faster than the message."""
    slow = []
    for unit in units:
        if seconds(pattern, message(unit, 1000)) < GLANCE:
            continue
        long = message(unit, LONGEST)
        if seconds(pattern, long) < QUICK:
            continue
        # again, at the best of three: the first run may have been disturbed
        whole = min(seconds(pattern, long) for _ in range(3))
        part = min(seconds(pattern, message(unit, SHORT)) for _ in range(5))
        if whole > QUICK and whole > GROWTH * max(part, 1e-5):
            slow.append(unit)
    return slow


def test_a_pattern_that_runs_away_would_be_noticed() -> None:
    slow = "".join(f"(?!{other})" for other in "bcdefghijklmnop")  # several times QUICK, on a fast machine too
    assert superlinear(re.compile(f"(a{slow})+;"), ["a"])
    assert not superlinear(re.compile(r"\b(?:how many|how much)\b"), UNITS)


def test_every_pattern_stays_in_proportion_to_the_message() -> None:
    tried = patterns()
    assert len(tried) > 100
    assert any("gate" in name for name in tried)
    assert "signpost" in sys.modules
    slow = {}
    for name, pattern in tried.items():
        own = [f"{word} " for word in dict.fromkeys(re.findall(r"[a-z']{3,}", pattern.pattern))][:5]
        if found := superlinear(pattern, UNITS + own):
            slow[name] = found
    assert not slow


def test_runs_of_spaces_and_lines_do_not_reach_the_patterns() -> None:
    assert clean("a" + " \t\u00a0" * 1000 + "b") == "a b"
    assert clean("a" + "\n \r\n" * 1000 + "b") == "a\nb"
    assert clean("one two\nthree") == "one two\nthree"

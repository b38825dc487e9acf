"""Where a running program may leave traces, and how to find a word in them however it is written."""

import base64
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from benchmarks.trouble.program import Program

ROOT = Path(__file__).parent.parent.parent
NOT_OURS = {".git", ".venv", ".uv", ".mypy_cache", ".ruff_cache", ".hypothesis", "node_modules"}


def forms(word: str) -> set[bytes]:
    """Every way a word may stand in a file, in lower case."""
    plain = word.lower()
    written = {plain.encode(), plain.encode("utf-16-le"), plain.encode().hex().encode(), quote(plain).lower().encode()}
    written.add("".join(f"\\u{ord(letter):04x}" for letter in plain).encode())
    for kind in {word, plain}:
        for shift in range(3):  # base64 of a text depends on where in the text the word stands
            code = base64.b64encode(b" " * shift + kind.encode())
            written.add(code[4 if shift else 0 : -4].lower())
    return written


def found(words: Iterable[str], traces: Iterable[tuple[str, bytes]]) -> list[str]:
    """Return "where: word" for every word in every trace."""
    all_forms = {word: forms(word) for word in words}
    hits = []
    for where, raw in traces:
        text = raw.lower()
        hits += [f"{where}: {word}" for word, written in all_forms.items() if any(form in text for form in written)]
    return hits


def of_process(program: Program) -> Iterator[tuple[str, bytes]]:
    """Yield its output, and what the system shows of it to others: arguments and environment."""
    yield "output", program.said().encode()
    for name in ("cmdline", "environ", "comm"):
        yield name, Path(f"/proc/{program.process.pid}/{name}").read_bytes()
    for task in Path(f"/proc/{program.process.pid}/task").iterdir():
        yield "name of a thread", (task / "comm").read_bytes()


def open_files(program: Program) -> set[Path]:
    """Return the regular files that it holds open."""
    links = Path(f"/proc/{program.process.pid}/fd")
    return {target for link in links.iterdir() if (target := Path(os.path.realpath(link))).is_file()}


def written_since(start: float, *folders: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below the folders that was changed since `start`, seconds since the epoch; names count too."""
    for folder in folders:
        for parent, names, files in os.walk(folder):
            names[:] = [name for name in names if name not in NOT_OURS]
            for file in (Path(parent) / name for name in files):
                yield f"name of {file}", str(file).encode()
                try:
                    if file.stat().st_mtime >= start - 1 and file.is_file():
                        yield str(file), file.read_bytes()
                except FileNotFoundError:
                    continue

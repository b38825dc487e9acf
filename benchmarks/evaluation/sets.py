"""The held-out sets of `tests/understanding` as plain data, and how a reply is judged. No Rasa: tests import it."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks import ROOT
from benchmarks.evaluation import judging

FOLDER = ROOT / "tests" / "understanding"
NOT_UNDERSTOOD = "nlu_fallback"  # the routes are offered; as good as `out_of_scope` for a message about something else


@dataclass(frozen=True)
class Said:
    """One message. `accepted` are the needs that it may be understood as, the one it was written for first.

    `speaker` is who speaks, where the file says so; `file` is the name of a held-out file.
    """

    text: str
    accepted: tuple[str, ...] = ()
    speaker: str = ""
    file: str = ""

    @property
    def need(self) -> str:
        """Return what it was written for."""
        return self.accepted[0]

    @property
    def judged(self) -> judging.Said:
        """Return the message as the lead of a reply is judged: any accepted need is as right."""
        return judging.Said(self.text, frozenset(self.accepted))


@dataclass(frozen=True)
class Noisy:
    """One need said plainly, and the same in untidy ways."""

    plain: Said
    variants: tuple[Said, ...]


@dataclass(frozen=True)
class GateCase:
    """One message for the danger gate; `kind`: `danger`, `suicide`, `child` (speaking), or None for a look-alike.

    `danger` is `police` or `ambulance` of the gate.
    """

    text: str
    kind: str | None


@dataclass(frozen=True)
class Clause:
    """One demand on a reply: `all` patterns, `any` of them, or `none`; `first`, any of them in the first line.

    Patterns are (name, regular expression).
    """

    kind: str
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def fault(self, reply: str) -> str | None:
        """Return what is wrong with this reply, or None."""
        found = [bool(pattern.search(reply)) for _, pattern in self.patterns]
        names = [name for name, _ in self.patterns]
        if self.kind == "first" and not any(found):
            return "its first line has none of " + ", ".join(names)
        if self.kind == "all" and not all(found):
            return "lacks " + ", ".join(n for n, f in zip(names, found, strict=True) if not f)
        if self.kind == "any" and not any(found):
            return "has none of " + ", ".join(names)
        if self.kind == "none" and any(found):
            return "must not have " + ", ".join(n for n, f in zip(names, found, strict=True) if f)
        return None


@dataclass(frozen=True)
class Conversation:
    """What a visitor says, turn by turn, and what the last reply must and must not contain."""

    group: str
    turns: tuple[str, ...]
    clauses: tuple[Clause, ...]

    def faults(self, messages: list[dict[str, Any]]) -> list[str]:
        """Return what is wrong with these messages of the last reply; an empty list is a pass."""
        reply = visible(messages)
        if not reply.strip():
            return ["no reply"]
        opening = opening_of(messages)
        held = ((clause, opening if clause.kind == "first" else reply) for clause in self.clauses)
        return [fault for clause, text in held if (fault := clause.fault(text))]


@dataclass(frozen=True)
class Study:
    """A published list of test messages, each as a conversation of one turn. `wording`: quoted, rebuilt or reworded."""

    id: str
    source: str
    wording: str
    prompts: tuple[Conversation, ...]


def visible(messages: list[dict[str, Any]]) -> str:
    """Return all that a visitor could read in these messages, custom parts included, with plain spaces and quotes."""
    parts = [
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for message in messages
        for key, value in message.items()
        if key != "recipient_id"
    ]
    return "\n".join(parts).replace("\u00a0", " ").replace("\u2019", "'")


def opening_of(messages: list[dict[str, Any]]) -> str:
    """Return the first line of a reply, a content note aside."""
    told = ((m.get("text") or "").strip() for m in messages if not (m.get("custom") or {}).get("note"))
    first = next((text for text in told if text), "")
    return first.splitlines()[0].replace("\u00a0", " ").replace("\u2019", "'") if first else ""


def heldout(folder: Path = FOLDER) -> list[Said]:
    """Return the held-out messages of every need."""
    said = []
    for path in sorted((folder / "heldout").glob("*.yml")):
        table = yaml.safe_load(path.read_text())
        found = [_said(item, table["need"]) for item in table["messages"]]
        said += [replace(one, speaker=table.get("speaker", ""), file=path.stem) for one in found]
    return said


def blind(folder: Path = FOLDER) -> list[Said]:
    """Return the messages of another writer; harmless ones have `benign` first, or `out_of_scope`."""
    fallback = {"benign": (NOT_UNDERSTOOD,), "out_of_scope": (NOT_UNDERSTOOD, "benign")}
    messages = _read(folder / "blind.yml")["messages"]
    return [_said(item, item["need"], *fallback.get(item["need"], ())) for item in messages]


def benign(folder: Path = FOLDER) -> list[Said]:
    """Return alarming words that mean no need."""
    return [_said(item) for item in _read(folder / "benign.yml")["messages"]]


def out_of_scope(folder: Path = FOLDER) -> list[Said]:
    """Return messages about something else."""
    return [_said(item, "out_of_scope", NOT_UNDERSTOOD) for item in _read(folder / "out_of_scope.yml")["messages"]]


def noise(folder: Path = FOLDER) -> list[Noisy]:
    """Return needs said plainly with their untidy variants."""
    return [
        Noisy(Said(item["text"], (item["need"],)), tuple(Said(v, (item["need"],)) for v in item["variants"]))
        for item in _read(folder / "noise.yml")["messages"]
    ]


def danger_gate(folder: Path = FOLDER) -> list[GateCase]:
    """Return what must be seen without the classifier, and look-alikes that must be left alone."""
    table = _read(folder / "danger_gate.yml")
    urgent = [GateCase(item["text"], item["kind"]) for item in table["urgent"]]
    return urgent + [GateCase(text, None) for text in table["calm"]]


def contacts(folder: Path = FOLDER) -> dict[str, re.Pattern[str]]:
    """Return the names that acceptance cases use, each with its pattern."""
    return _compiled(_read(folder / "acceptance" / "contacts.yml"))


def published(folder: Path = FOLDER) -> list[Study]:
    """Return the published prompts with their rule: one of `expect` must be there, none of `forbid`."""
    table = _read(folder / "published_prompts.yml")
    keys = contacts(folder) | _compiled(table["also_keys"])
    studies = []
    for study in table["studies"]:
        prompts = []
        for prompt in study["prompts"]:
            rules = (("any", prompt["expect"]), ("none", prompt.get("forbid", ())))
            clauses = tuple(Clause(kind, tuple((n, keys[n]) for n in names)) for kind, names in rules if names)
            prompts.append(Conversation(study["id"], (prompt["text"],), clauses))
        studies.append(Study(study["id"], study["source"], study["wording"], tuple(prompts)))
    return studies


def acceptance(folder: Path = FOLDER) -> list[Conversation]:
    """Return the acceptance cases: `group :: turn >> turn :: all=KEY,/regex/ ; any=KEY ; none=/regex/`, one a line."""
    return [case for path in sorted((folder / "acceptance").glob("*.txt")) for case in cases_of(path)]


def cases_of(path: Path) -> list[Conversation]:
    """Return the cases of one file. Raises ValueError for a line that is none."""
    keys, cases = contacts(), []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            group, said, demands = line.split(" :: ", 2)
            clauses = tuple(_clause(clause, keys) for clause in re.split(r"\s+;\s+", demands.strip()))
            cases.append(Conversation(group.strip(), tuple(turn.strip() for turn in said.split(">>")), clauses))
    return cases


NOISE_KINDS = ("capitals", "run together", "spelt out", "emoji", "swearing", "long", "misspelling and textspeak")
_SWEARING = re.compile(r"\*\*|\b(fuck|ffs|wtf|bloody|hell)\w*", re.I)


def noise_kind(text: str) -> str:
    """Return which kind of untidiness a variant shows most; one of NOISE_KINDS."""
    letters = [c for c in text if c.isalpha()]
    if re.search(r"(?:\b\w ){3,}", text):
        return "spelt out"
    if max(map(len, text.split())) > 13 or (" " not in text and len(text) > 7):
        return "run together"
    if letters and sum(c.isupper() for c in letters) > 0.9 * len(letters):
        return "capitals"
    if any(ord(c) > 0x2100 for c in text):
        return "emoji"
    if _SWEARING.search(text):
        return "swearing"
    return "long" if len(text.split()) > 25 else "misspelling and textspeak"


def _clause(text: str, keys: dict[str, re.Pattern[str]]) -> Clause:
    """Read one demand. A pattern between slashes may hold commas."""
    kind, _, items = text.partition("=")
    names = [item.strip() for item in re.findall(r"/(?:\\.|[^/\\])*/|[^,\s][^,]*", items)]
    if kind not in {"all", "any", "none", "first"} or not names:
        raise ValueError(f"not a demand on a reply: {text!r}")
    return clause(kind, names, keys)


def clause(kind: str, names: list[str], keys: dict[str, re.Pattern[str]]) -> Clause:
    """Return a demand whose items are names of contacts or regular expressions between slashes."""
    patterns = [(n, re.compile(n[1:-1], re.I | re.S) if n.startswith("/") else keys[n]) for n in names]
    return Clause(kind, tuple(patterns))


def _said(item: str | dict[str, Any], *needs: str) -> Said:
    if isinstance(item, str):
        return Said(item, needs)
    return Said(item["text"], (*needs, *item.get("also", ())))


def _compiled(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(source, re.I | re.S) for name, source in table.items()}


def _read(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text())
    return table

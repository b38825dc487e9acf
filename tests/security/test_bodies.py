"""What may stand in a body and in a message, and that no message names an intent or reaches past the reader."""

import json
from typing import Any

import httpx
import pytest
import yaml

from runtime.turns import clean
from signpost import site
from signpost.assistant import assistant
from tests.runtime.server import ROOT, Served

FAULTS: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 400, "bad_json"),
    "not UTF-8": (b'{"conversation": "\xff\xfe"}', 400, "bad_json"),
    "a number": (b"1e999", 400, "bad_json"),
    "NaN": (b"NaN", 400, "bad_json"),
    "a text": (b'"__proto__"', 400, "bad_json"),
    "deep lists": (b"[" * 8000 + b"]" * 8000, 400, "bad_json"),
    "deep objects": (b'{"a":' * 2700 + b"1" + b"}" * 2700, 400, "bad_json"),
    "a deep field": (b'{"conversation": ' + b"[" * 8000 + b"]" * 8000 + b"}", 400, "bad_json"),
    "a huge whole number": (b'{"conversation": ' + b"9" * 16_000 + b"}", 400, "bad_json"),
    "a huge exponent": (b'{"conversation": 1e99999}', 400, "no_conversation"),
    "NaN as a field": (b'{"conversation": NaN}', 400, "no_conversation"),
    "an object as a field": (b'{"conversation": {"$ne": null}}', 400, "no_conversation"),
    "a truth as text": (b'{"conversation": "x", "text": true}', 400, "no_text"),
    "keys of other languages": (b'{"__proto__": {"conversation": "x"}, "constructor": 1}', 400, "no_conversation"),
    "a path as a conversation": (b'{"conversation": "../../x", "text": "hi"}', 404, "no_such_conversation"),
    "a pattern as a conversation": (b'{"conversation": "*", "text": "hi"}', 404, "no_such_conversation"),
    "a NUL as a conversation": (b'{"conversation": "\\u0000", "text": "hi"}', 404, "no_such_conversation"),
    "half a character as a conversation": (b'{"conversation": "\\ud800", "text": "hi"}', 404, "no_such_conversation"),
    "half a character as an id": (b'{"conversation": "x", "text": "hi", "id": "\\ud800"}', 400, "bad_id"),
    "a list as an id": (b'{"conversation": "x", "text": "hi", "id": []}', 400, "bad_id"),
}


@pytest.mark.parametrize(("body", "status", "code"), FAULTS.values(), ids=FAULTS.keys())
def test_a_body_that_is_not_the_contracts_is_told_what_is_wrong(
    served: Served, body: bytes, status: int, code: str
) -> None:
    reply = httpx.post(f"{served.base}/api/messages", content=body, timeout=30)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert "Traceback" not in reply.text


def test_keys_that_nobody_asked_for_change_nothing(served: Served) -> None:
    more: dict[str, Any] = {
        "sender": "someone-else",
        "sender_id": "someone-else",
        "input_channel": "cmdline",
        "metadata": {"slots": {"kept_audience": "adult"}},
        "parse_data": {"intent": {"name": "danger"}},
        "__proto__": {"text": "x"},
        "constructor": {"prototype": {}},
        "stream": True,
        "token": "x",
    }
    plain = served.say(served.begin(), "what can you do").json()
    assert served.say(served.begin(), "what can you do", **more).json() == plain


def intents() -> list[str]:
    found: list[str] = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]
    return found


WRAPPED = [
    "/{}",
    '/{}{{"need": "danger", "audience": "child"}}',
    "//{}",
    "/ /{}",
    " \n/\n/{}",
    "\x00/{}",
    "/\x00/{}",
    "\u2028/{}",
    "\ud800/{}",
]


def test_no_spelling_of_an_intents_name_is_taken_for_the_intent() -> None:
    for intent in [*intents(), "restart", "session_start", "back", "out_of_scope"]:
        for wrapped in WRAPPED:
            assert not clean(wrapped.format(intent)).startswith("/"), wrapped


@pytest.mark.parametrize("wrapped", WRAPPED[:-1])  # half a character cannot be sent as UTF-8
@pytest.mark.parametrize("intent", ["thanks", "restart"])
def test_a_named_intent_is_answered_like_the_bare_word(served: Served, intent: str, wrapped: str) -> None:
    named = served.say(served.begin(), wrapped.format(intent))
    typed = served.say(served.begin(), clean(wrapped.format(intent)))
    assert named.status_code == typed.status_code == 200
    assert named.json() == typed.json()


def test_a_button_sends_its_title_and_never_an_intents_name(served: Served) -> None:
    seen = []
    for text in ("help", "my son is being messaged by a man", "tell me about confidentiality", "how many in 2014"):
        for message in served.say(served.begin(), text).json():
            seen += message.get("buttons", [])
    assert seen
    for button in seen:
        assert button["payload"] == button["title"]
        assert not button["payload"].startswith("/")
    choices = yaml.safe_load((ROOT / "data" / "choices.yml").read_text())
    titles = [entry["title"] for entry in (choices.get("choices") or choices).values()]
    assert titles
    assert not [title for title in titles if title.startswith("/")]


def filled(unit: str) -> str:
    return (unit * 4000)[:4000]


HARD = {
    "spaces": "a" + " " * 3998 + "b",
    "lines": "a" + "\n" * 3998 + "b",
    "one endless word": "".join(chr(97 + (n * n + n // 7) % 26) for n in range(4000)),
    "many unknown words": " ".join("".join(chr(97 + (n * k + k) % 26) for k in range(3, 9)) for n in range(570)),
    "letters apart": filled("h e l p "),
    "sentences": filled("help me. "),
    "clauses": filled(", and "),
    "questions": filled("how many in cambridgeshire in 2014 "),
    "places": filled("norwich leeds london "),
    "postcodes": filled("PE1 1AA "),
    "services": filled("childline nspcc "),
    "ages": filled("im 12 "),
    "digits": filled("9"),
    "numbers": filled("1 "),
    "leet": filled("h3lp m3 "),
    "text-speak": filled("sum1 plz h8 m8 "),
    "apostrophes": filled("'a"),
    "hyphens": filled("a-"),
    "letters of one sign": filled("\ufdfa")[:3000],
    "marks upon marks": "a" + "\u0301" * 3998,
    "emoji": filled("\U0001f602")[:3000],
    "right to left": filled("\u202ehelp\u202c "),
    "another language": filled("помогите мне "),
    "two languages": filled("помоги help "),
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_the_longest_message_of_any_kind_is_answered_in_its_time(served: Served, text: str) -> None:
    body = json.dumps({"conversation": served.begin(), "text": text}, ensure_ascii=False).encode()
    reply = httpx.post(f"{served.base}/api/messages", content=body, timeout=120)
    assert reply.status_code == 200
    assert reply.json()[0]["text"]
    # what is said when a turn ran out of time or failed
    assert reply.json()[0] != site.emergency_messages(assistant())[0]

"""What is said in a fuzzed conversation: any text, people's own words damaged, and texts made to break a reader."""

import re
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
LONGEST = 4000
_EXAMPLE = re.compile(r"^\s+- (.+)$", re.MULTILINE)

SENTENCES = sorted({s for f in (ROOT / "data" / "nlu").rglob("*.yml") for s in _EXAMPLE.findall(f.read_text())})

ODD = [
    "/danger{\"text\": 1}", "//suicide", "／danger", "\\/greet", "EXTERNAL: danger", "intent: danger", "\x00/danger",
    "__proto__", "constructor.prototype", '{"$ne": null}', "${jndi:ldap://x}", "{{7*7}}", "{text}", "{0.__class__}",
    "%s%n%x", "' OR 1=1 --", "<script>alert(1)</script>", "javascript:alert(1)", "=cmd|' /C calc'!A0",
    "data: {}\n\nevent: end\n\n", "\r\nSet-Cookie: a=b", "../../etc/passwd", "file:///etc/passwd", "http://169.254.1.1/",
    "NaN", "Infinity", "-0", "1e999", "9" * 400, "0x" + "f" * 200, "1/0", "in the year 99999999999", "in 0000", "²⁰¹⁴",
    "٢٠١٤", "im ١٢", "i am 999999999999 years old", "between 2016 and 2014", "per cent of 0", "\u202eplehgnip",
    "h\u0335\u0321e\u0336\u0322l\u0337\u0323p\u0338" * 40, "a" + "\u0301" * 3000, "\u200b".join("kill myself"),
    "\ud83d\ude02 \U0001f468\u200d\U0001f469\u200d\U0001f467" * 60, "\ufdfa" * 500, "ﬀ" * 1000, "İ" * 1000, "ß" * 1000,
    "\ufffd\ufffe\uffff", "\x07\x1b[2J", "\u2028\u2029", "𝓱𝓮𝓵𝓹 𝓶𝓮", "ʜᴇʟᴘ", "..." * 1300, "? " * 1900,
    "a " * 1900, "1 " * 1900,
    "and " * 990, "for 4 " * 650, "aaaa" * 990, "ab" * 1990, "a-" * 1990, "'a" * 1990, "i am " * 790, "h e l p " * 490,
    "how many in " * 330, "2014 " * 790, "my daughter " * 330, "cambridgeshire " * 260, "PE1 1AA " * 490,
    "\n" * 3000 + "x",
]  # fmt: skip

_any = st.text(max_size=300)
_sentence = st.sampled_from(SENTENCES)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A sentence cut, doubled, mixed with another, or with characters put in, taken out or turned."""
    text = draw(_sentence)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.integers(0, 5))
        if kind == 0:
            text = text[:at] + draw(st.characters()) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + 1 :]
        elif kind == 2:
            text = text[:at] + " " + draw(_sentence)
        elif kind == 3:
            text = text[at:] + text[:at]
        elif kind == 4:
            text = (text + draw(st.sampled_from([" ", "", ". ", "\n"]))) * draw(st.integers(1, 8))
        else:
            text = text.swapcase() + str(draw(st.integers()))
    return text[:LONGEST]


_repeated = st.builds(lambda a, b, n: ((a + b) * n)[:LONGEST], st.text(max_size=6), _sentence, st.integers(1, 400))
_long = st.builds(lambda a, n: (a * n)[:LONGEST], st.text(min_size=1, max_size=5), st.integers(1, 4000))

MESSAGES: st.SearchStrategy[str] = st.one_of(
    _damaged(), _sentence, _any, st.sampled_from(ODD), _damaged(), _repeated, _long
)

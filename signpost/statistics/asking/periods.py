"""Periods in a question, by the grammar in `periods.lark`: years, financial years, ranges, "before", "the last two"."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer

Period = dict[str, Any]
"""{"kind": "year" | "financial" | "span" | "since" | "before" | "newest" | "step" | "month" | "quarter" | "decade" |
"label" | "latest" | "now" | "future" | "all", "from": year, ...}; JSON-able. A "step" is from the period before it."""

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_SMALL = {word: number for number, word in enumerate(_UNITS, 1)} | {"couple": 2}
_TENS = {"": 0, "ten": 10, "twenty": 20, "thirty": 30}
_UNIT = "|".join(_UNITS)
_SPOKEN = re.compile(
    rf"\b(?:twenty[ -](?:(twenty|thirty)[ -]?)?({_UNIT}|oh[ -]?(?:{_UNIT}))|two thousand (?:and )?(?:(twenty)[ -]?)?"
    rf"({_UNIT}))\b"
)
_MONTHS = [name.lower() for name in calendar.month_name[1:]]
_MONTH = "|".join([*_MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec"])
_QUARTERS = ("first", "second", "third", "fourth")
_SHORT_YEARS = "|".join(f"{year}/{year + 1}" for year in range(13, 40))  # 24/25
_TERMINALS = (
    (
        "FIN",
        r"(?:fy ?)?(?:19|20)\d\d ?[/-] ?(?:(?:19|20)\d\d|\d\d)(?! ?[/-]|\d)|fy ?\d\d ?[/-] ?\d\d\b"
        rf"|(?<![\d/])(?:{_SHORT_YEARS})(?![\d/])",
    ),
    (
        "YEAR_TO",
        r"(?:the )?(?:year|(?:12|twelve) months) (?:to|up to|end(?:ing|ed)(?: in)?) (?:the end of )?(?:31 )?"
        r"march (?:19|20)\d\d",
    ),
    ("DECADE", r"(?:1\d|20)\d0s\b"),
    ("YEAR", r"(?<![\d,.£$/])(?:1\d|2[01])\d\d(?![\d/%]|[,.]\d)"),
    ("SHORT", r"'\d\d\b|(?<=\bin )1\d\b(?! ?(?:year|month|day|week|area|force|per|%))"),
    ("FY", r"(?:financial|fiscal|tax) years?\b|fy\b"),
    ("QUARTER", r"(?:the )?(?:(?:first|second|third|fourth|1st|2nd|3rd|4th|last) quarter|quarter [1-4]|q[1-4])\b"),
    ("MONTH", rf"(?:{_MONTH})\b(?= (?:of )?(?:1\d|2[01])\d\d)"),
    ("LATEST", r"(?:the )?(?:latest|newest|most recent|last known|most up to date)\b"),
    ("EARLIEST", r"(?:the )?(?:earliest|oldest|(?:very )?first (?=year|figure|number|one))\b"),
    ("UNTIL", r"(?:up to|until|till|up until|no later than)\b"),
    ("TO", r"(?:through to|right through to|all the way to|to|through|thru|-)(?!\w)"),
    ("ONWARDS", r"(?:onwards?|and (?:later|after|on))\b"),
    (
        "NOW",
        r"(?:right now|nowadays|today|these days|(?:so far )?this year|yesterday|(?:this|last) (?:month|week)|currently"
        r"|at the moment|at present|now)\b",
    ),
    ("FUTURE", r"(?:will (?:there )?be|forecasts?|predict(?:ion|ed)?|the future|projections?|going to be)\b"),
    ("SINCE", r"(?:ever )?since\b"),
    ("AGO", r"ago\b"),
    ("BETWEEN", r"between\b"),
    ("BEFORE", r"(?:before(?:hand)?|prior to|earlier than|preceding)\b"),
    ("AFTER", r"(?:after(?:wards)?|following|later than)\b"),
    ("LATER", r"(?:later|on)\b(?! year)"),
    ("EARLIER", r"earlier\b"),
    ("LAST", r"(?:last|past|previous|most recent|newest)\b"),
    ("NEXT", r"next\b"),
    ("ALL", r"all(?: of)?\b"),
    ("OVER", r"(?:over|across|in|during|for)\b"),
    ("FROM", r"(?:from|starting(?: in)?)\b"),
    ("AND", r"and\b"),
    ("OF", r"of\b"),
    ("THE", r"(?:the|that|these|those)\b"),
    ("INT", rf"(?:a )?couple(?: of)?\b|(?:{_UNIT}|1?\d)(?= (?:years?|months?)\b)"),
    ("YEARS", r"(?:(?:a|calendar) )?years?\b(?!-)"),
    ("MONTHS", r"months?\b"),
)
_WORDS = re.compile(" *(?:" + "|".join(f"(?P<{name}>(?<!\\w){pattern})" for name, pattern in _TERMINALS) + ")")


@dataclass(frozen=True)
class Found:
    """A period, and where in the text it stands."""

    period: Period
    start: int
    end: int


class _Fed(Lexer):
    """Words come from outside, one at a time."""

    def __init__(self, *_: Any) -> None: ...

    def lex(self, *_: Any) -> Iterator[Token]:
        return iter(())


_PARSER = Lark((Path(__file__).parent / "periods.lark").read_text(), parser="lalr", lexer=_Fed)


def spoken(text: str) -> str:
    """Years in words and short forms as digits: "twenty fourteen" and "2k14" are 2014."""

    def digits(match: re.Match[str]) -> str:
        tens, unit, more, other = match.groups()
        word = (unit or other).replace("oh", "").strip(" -")
        return str(2000 + _TENS[tens or more or ""] + _SMALL[word])

    text = re.sub(r"\b2k(\d\d)\b", r"20\1", text)
    return re.sub(r"\btwenty[ -]twenty\b", "2020", _SPOKEN.sub(digits, text))


def find(text: str, today: date) -> list[Found]:
    """The periods in a folded text, in order, each the longest that the grammar has."""
    words: list[Token] = []
    for match in _WORDS.finditer(text):
        kind = str(match.lastgroup)
        words.append(Token(kind, match[kind], start_pos=match.start(kind), end_pos=match.end(kind)))
    found, at = [], 0
    while at < len(words):
        length, period = _longest(words, at, text, today)
        if period is not None:
            found.append(Found(period, words[at].start_pos or 0, words[at + length - 1].end_pos or 0))
        at += max(length, 1)
    return found


def _longest(words: list[Token], at: int, text: str, today: date) -> tuple[int, Period | None]:
    """How many words from `at` on are a period, and which; 0 words when there is none."""
    parser, best, length = _PARSER.parse_interactive(), None, 0
    for place in range(at, len(words)):
        if place > at and text[words[place - 1].end_pos : words[place].start_pos].strip():
            break  # another word stands between
        try:
            parser.feed_token(words[place])
        except UnexpectedInput:
            break
        if "$END" in parser.accepts():  # type: ignore[no-untyped-call]
            best = parser.copy().feed_eof()  # type: ignore[no-untyped-call]
            length = place - at + 1
    return length, _Periods(today).transform(best) if best is not None else None


def _year(word: str) -> int:
    return 2000 + int(word[-2:]) if len(word.strip("'")) == 2 else int(word)


def _small(word: str) -> int:
    bare = word.removeprefix("a ").removesuffix(" of")
    return _SMALL[bare] if bare in _SMALL else int(bare)


def _financial(word: str) -> Period | None:
    first, second = re.findall(r"\d+", word)
    start = int(first) if len(first) == 4 else 2000 + int(first)
    end = int(second) if len(second) == 4 else start // 100 * 100 + int(second)
    if end - start == 1 and ("-" not in word or len(second) == 2 or "fy" in word):
        return {"kind": "financial", "from": start}
    if start < end <= start + 60:
        return {"kind": "span", "from": start, "to": end}
    return {"kind": "year", "from": start}


@v_args(inline=True)
class _Periods(Transformer[Token, Any]):
    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def start(self, period: Any) -> Any:
        return period

    def one(self, period: Any) -> Any:
        return {"kind": "year", "from": period} if isinstance(period, int) else period

    def year(self, *words: Token) -> int:
        return _year(words[-1])

    def financial(self, word: Token) -> Any:
        return _financial(word)

    def year_to(self, word: Token) -> Period:
        return {"kind": "financial", "from": int(word[-4:]) - 1}

    def financial_year(self, *words: Any) -> Period:
        return {"kind": "financial", "from": next(word for word in words if isinstance(word, int) and word > 31)}

    def financial_years(self, *words: Any) -> Period:
        first, last = (word for word in words if isinstance(word, int))
        return {"kind": "financial", "from": first} if last - first == 1 else self.span(first, last)

    def decade(self, word: Token) -> Period:
        return {"kind": "span", "from": int(word[:4]), "to": int(word[:4]) + 9}

    def month(self, name: Token, *rest: Any) -> Period:
        number = next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))
        return {"kind": "month", "month": number, "from": rest[-1]}

    def quarter(self, word: Token, *rest: Any) -> Period:
        named = next((n for n, name in enumerate(_QUARTERS, 1) if name in word), 4)
        return {"kind": "quarter", "quarter": int(re.sub(r"\D", "", word) or named), "from": rest[-1]}

    def late_quarter(self, year: int, word: Token) -> Period:
        return self.quarter(word, year)

    def span(self, *words: Any) -> Period:
        first, last = sorted(word for word in words if isinstance(word, int))
        return {"kind": "span", "from": first, "to": last} if first != last else {"kind": "year", "from": first}

    def span_of(self, _: Token, first: Token, __: Token, last: int) -> Period:
        return self.span(_year(first), last)

    def financial_span(self, *words: Any) -> Period:
        first, last = (int(re.findall(r"\d{4}", word)[0]) for word in words if word.type == "FIN")
        return {"kind": "span", "from": first, "to": last, "financial": True}

    def since(self, *words: Any) -> Period:
        return {"kind": "since", "from": next(word for word in words if isinstance(word, int))}

    def since_financial(self, *words: Token) -> Period:
        return {"kind": "since", "from": int(re.findall(r"\d{4}", words[-1])[0])}

    def after(self, _: Token, year: int) -> Period:
        return {"kind": "since", "from": year + 1}

    def before(self, _: Token, year: int) -> Period:
        return {"kind": "before", "to": year - 1}

    def until(self, _: Token, year: int) -> Period:
        return {"kind": "before", "to": year}

    def year_after(self, *words: Any) -> Period:
        return {"kind": "year", "from": words[-1] + 1}

    def year_before(self, *words: Any) -> Period:
        return {"kind": "year", "from": words[-1] - 1}

    def years_after(self, count: Token, *words: Any) -> Period:
        return {"kind": "year", "from": words[-1] + _small(count)}

    def years_before(self, count: Token, *words: Any) -> Period:
        return {"kind": "year", "from": words[-1] - _small(count)}

    def newest(self, *words: Token) -> Period:
        return {"kind": "newest", "count": _small(next(word for word in words if word.type == "INT"))}

    def last_year(self, *_: Token) -> Period:
        return {"kind": "year", "from": self._today.year - 1}

    def ago(self, count: Token, *_: Token) -> Period:
        return {"kind": "year", "from": self._today.year - _small(count)}

    def ago_one(self, *_: Token) -> Period:
        return self.last_year()

    def years_later(self, count: Token, *_: Any) -> Period:
        return {"kind": "step", "by": _small(count)}

    def years_earlier(self, count: Token, *_: Any) -> Period:
        return {"kind": "step", "by": -_small(count)}

    def year_later(self, *_: Any) -> Period:
        return {"kind": "step", "by": 1}

    def year_earlier(self, *_: Any) -> Period:
        return {"kind": "step", "by": -1}

    def next_year(self, *_: Any) -> Period:
        return {"kind": "step", "by": 1, "next": True}

    def several(self, *_: Token) -> Period:
        return {"kind": "all"}

    def latest(self, *_: Token) -> Period:
        return {"kind": "latest"}

    def earliest(self, *_: Token) -> Period:
        return {"kind": "earliest"}

    def present(self, *_: Token) -> Period:
        return {"kind": "now"}

    def future(self, *_: Token) -> Period:
        return {"kind": "future"}

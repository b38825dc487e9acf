"""Finds the questions of fact in a message, as typed queries."""

import re
from datetime import date
from typing import Any

from signpost.statistics.asking import query as q
from signpost.statistics.asking.asker import Asker
from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.clauses import Clauses
from signpost.statistics.asking.lexicon import Lexicon
from signpost.statistics.asking.memory import KEPT, core, remembered
from signpost.statistics.asking.sayings import Sayings
from signpost.statistics.asking.sure import Sureness
from signpost.statistics.asking.table import FILE, Table
from signpost.statistics.figures import Figures
from signpost.words import Words, spelt_right

LONGEST, CLAUSES, QUESTIONS = 2000, 12, 4
WEAK = 0.6  # of sureness: too little beside somebody's own story
_SIGNS = str.maketrans({"–": "-", "—": " - ", "−": "-", "“": '"', "”": '"', "&": " and "})
_CLAUSE = re.compile(
    r"(?<=[?!;])\s*|(?<=\.)\s+(?=\D)|,\s+(?=(?:and|but|or|also|so|then|just|what|who|how|which|where|when|why|is|are|did|"
    r"do|can|could|please|tell|show|give)\b)|\s+(?:and|also|plus|but)\s+(?=(?:also\s+)?(?:what|who|how|which|where|"
    r"when|why|is|are|did|does|do|can|could|please|tell|show|give)\b(?! not\b))|\s+-\s+"
)
_HOW_MANY = re.compile(r"\b(?:h[ow]{1,3}|ow) ?(?:m[aeo]?n+[aiey]+|mayn?|m+any)s?\b")


class Reader:
    """Reads messages against one data package."""

    def __init__(self, figures: Figures, table: Table | None = None) -> None:
        table = table or Table.load()
        lexicon = Lexicon(figures.package, table.words["stop"], table.words["carriers"])
        known = sorted({word for word in lexicon.known if word.isalpha()}.union(*table.words.values()))
        lines = [" ".join(known[at : at + 200]) for at in range(0, len(known), 200)]
        dictionary = spelt_right(FILE.parents[1] / "encoder" / "vocab.txt")
        self._words = Words.load(FILE.parent, dictionary, lines * 4)
        self._table = table
        self._series = figures.package.series
        self._clauses = Clauses(figures.package, lexicon, table, dictionary)
        self._sayings = Sayings(figures.package, lexicon, table)
        self._asker = Asker(figures, lexicon, table)
        self._sure = Sureness(lexicon, figures.default)

    def read(self, text: str, today: date, previous: dict[str, Any] | None, likely: bool = False) -> q.Asked | None:
        """The questions of fact in a message, or None.

        Args:
            text: as typed; its first 2,000 characters are read.
            today: for "last year".
            previous: the slots of the last answer, for follow-ups.
            likely: the message is believed to ask for a figure or a claim.
        """
        before = kept = remembered(previous, self._series)
        found: list[tuple[tuple[q.Query, ...], float, bool]] = []
        personal = False  # a name or a year in somebody's story is no question
        for text_of in self._heard(text)[:CLAUSES]:
            clause = self._clauses.read(text_of, today)
            personal = personal or clause.has("personal")
            one = self._one(clause, before, likely)
            if one is None:
                continue
            found.append(one)
            before = (*(core(query) for query in reversed(one[0])), *before)[:KEPT]
        strength = max((item[1] for item in found), default=0.0)
        if not found or (strength < WEAK and personal and not kept and not likely):
            return None
        sure = [item for item in found if item[1] >= 0.5] or found[:1]
        queries = _unique([query for item in sure for query in item[0]])[:QUESTIONS]
        follow_up = all(item[2] for item in sure)
        return q.Asked(
            queries, min(strength, 0.7) if follow_up and not likely else strength, follow_up, kept[: KEPT - 1]
        )

    def _heard(self, text: str) -> list[str]:
        """The clauses of a message in plain words; what is taken back ("only joking") is left out."""
        plain = self._words.fold(text[:LONGEST].replace("\n", ". ").translate(_SIGNS))
        plain = _HOW_MANY.sub("how many", plain.translate(_SIGNS))
        kept = self._table.cues["taken_back"].split(plain)[-1]
        plain = kept if kept.strip(" .,!?;:-)") else plain
        if self._table.has("plain_count", plain):
            plain = self._table.cues["attribution"].sub(" ", plain)
        return [part.strip() for part in _CLAUSE.split(plain) if part and part.strip(" .,!?;:-)")]

    def _one(
        self, clause: Clause, before: tuple[q.Query, ...], likely: bool
    ) -> tuple[tuple[q.Query, ...], float, bool] | None:
        said = self._sayings.next_speaker(clause, before) or self._sayings.of(clause, likely)
        if said is not None:
            return (said[0],), said[1], not clause.speakers
        clause.options = self._asker.options(clause, before[0] if before else None)
        strength = self._sure.of(clause, bool(before), likely, self._asker.knows(clause))
        if strength <= 0 or (before and clause.idle):
            return None
        queries, follow_up = self._asker.of(clause, before)
        return queries, strength, follow_up


def _unique(queries: list[q.Query]) -> tuple[q.Query, ...]:
    return tuple(query for at, query in enumerate(queries) if query not in queries[:at])

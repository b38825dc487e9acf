"""Reads one clause: each content word gets a role (entity, period, number, operation, carrier), or is a restriction."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.lexicon import Lexicon, tokens, words_of
from signpost.statistics.asking.periods import Period, find, spoken
from signpost.statistics.asking.table import Table
from signpost.statistics.package import Package

_PART = re.compile(r",\s+|\s+(?=i (?:just |only |really )+(?:want|need)\b)|\.{2,}\s*")
_NUMBER = re.compile(r"(?<![\w/.,])(-?\d[\d,]*(?:\.\d+)?)(?![\w/]|,\d)")
_AFTER_COUNT = re.compile(r"\b(?:how many|number of|amount of|count of)\s+(?:of |the |different |other )*$")
_PLACED = frozenset({"in", "near", "around", "across"})
_AS_TYPED = ("lead", "corrects", "yes_no", "check", "aside", "to_you", "mark")  # cues that politeness may carry
_BARE = re.compile(r"(?:ed|ing|ly|er|es|s|e)$")


class Clauses:
    """Reads clauses with the vocabularies of one data package."""

    def __init__(self, package: Package, lexicon: Lexicon, table: Table, dictionary: frozenset[str]) -> None:
        self._dictionary = dictionary
        self._lexicon = lexicon
        self._table = table
        carriers = table.words["carriers"] | table.words["heads"] | table.words["stop"]
        self._carriers = carriers | {_BARE.sub("", word) for word in carriers if len(word) > 4}
        self._links = table.words["links"]
        self._labels = {series.id: series.label for series in package.series.values()}
        self._negative = {series.id for series in package.series.values() if " not " in series.label}
        self._without = {
            pair
            for series in package.series.values()
            for name in (series.label, *series.aliases)
            for pair in pairwise(tokens(name))
            if pair[0] == "without"
        }
        self._area_counts = {series.id for series in package.series.values() if series.unit.endswith("areas")}

    def read(self, clause: str, today: date) -> Clause:
        """Everything that is named and asked in one folded clause, without parts that say nothing of the data."""
        whole = self._read(clause, today)
        parts = [part.strip() for part in _PART.split(clause) if part.strip()]
        named = whole.matches and whole.matches[0].label
        if named or len(parts) < 2 or whole.empty or not (whole.rest or whole.has("personal")):
            return whole
        kept = [part for part in parts if not self._read(part, today).empty]
        if not kept or len(kept) == len(parts):
            return whole
        rest = self._read(", ".join(kept), today)
        return rest if rest.has("cue") or rest.operations or not whole.has("personal") else whole

    def _read(self, clause: str, today: date) -> Clause:
        cues = {name for name in _AS_TYPED if self._table.has(name, clause)}
        text = clause
        for name in ("aside_words", "polite", "corrects"):
            text = self._table.cues[name].sub(" ", text)
        text = spoken(" ".join(text.split()).strip(" ,.?!;"))
        left_out = self._table.cues["without"].search(text)
        if left_out and not self._in_a_name(text[left_out.start() :]):
            tail = self._read(text[left_out.end() :], today)
            if tail.periods or tail.areas:
                found = self._read(f"{text[: left_out.start()]} ".strip() or "total", today)
                found.without = tail
                return found
        found = Clause(text, words_of(text))
        found.cues = frozenset(cues | {name for name, pattern in self._table.cues.items() if pattern.search(text)})
        masked = self._name(found, today)
        found.rate = self._table.rate(text)
        found.operations = self._table.asked(text)
        asked = " ".join(m[0] for name in found.operations for m in self._table.operations[name].finditer(text))
        found.asking = frozenset(self._lexicon.content(tokens(asked)))
        found.facets = [(name, m[0]) for name, p in self._table.facets.items() if (m := p.search(text))]
        aged = " ".join(word for name, word in found.facets if name in {"age", "per head"})
        found.numbers = [number for number in found.numbers if number not in aged]
        self._match(found, masked)
        self._explain(found, masked)
        return found

    def _in_a_name(self, text: str) -> bool:
        """Whether a "without" is part of a series' own name: "made without AI"."""
        start = tuple(word.text for word in words_of(text)[:2])
        return start in self._without

    def _name(self, found: Clause, today: date) -> set[int]:
        """Find areas, places, speakers, periods and numbers; returns the words (by place) that they take up."""
        texts = [word.text for word in found.words]
        masked: set[int] = set()
        labels: list[Period] = []
        for name in self._lexicon.named(texts):
            if name.kind == "area":
                found.areas += [name.ids] if name.ids not in found.areas else []
            elif name.kind == "place":
                found.places.extend(name.ids)
            elif name.kind == "speaker":
                found.speakers.append(name)
                continue
            else:
                label: Period = {"kind": "label", "label": name.ids[0], "labels": list(name.ids)}
                labels += [label] if label not in labels else []
            masked.update(range(name.start, name.end))
        taken: list[tuple[int, int]] = []
        names = self._lexicon.compounds(texts)
        within = [(found.words[at].start, found.words[at].end) for at in names]
        periods = [p for p in find(found.text, today) if not any(a <= p.start < b for a, b in within)]
        for period in periods:
            kind = found.steps if period.period["kind"] in {"step", "future"} else found.periods
            kind += [period.period] if period.period not in kind else []
            taken.append((period.start, period.end))
        if labels:
            dated = [p for p in found.periods if p["kind"] != "step"]
            if len(labels) == 1 and len(dated) == 1:
                labels[0]["or"] = dated[0]  # another series may name the same time in another way
            found.periods, found.steps = labels, []
        rest = "".join(" " if any(a <= at < b for a, b in taken) else char for at, char in enumerate(found.text))
        found.numbers = [number.replace(",", "") for number in _NUMBER.findall(rest)]
        masked |= names | {at for at, word in enumerate(found.words) if any(a <= word.start < b for a, b in taken)}
        return masked

    def _match(self, found: Clause, masked: set[int]) -> None:
        texts = [word.text for word in found.words]
        areas = set(self._lexicon.content([w for at, w in enumerate(texts) if at in masked]))
        found.content = self._lexicon.content(texts)
        own = {w for name in found.speakers for w in self._lexicon.content(texts[name.start : name.end])}
        listed = "areas" in found.operations
        found.matches = [
            match
            for match in self._lexicon.matches(found.content)
            if (match.series not in self._negative or found.has("negated"))
            and (
                match.label
                or not (
                    match.words <= areas
                    or match.words <= own
                    or (match.series in self._area_counts and (listed or not found.has("count_of_areas")))
                )
            )
        ]
        if found.matches and found.matches[0].label and found.has("on_year"):
            found.steps = []  # "change on the year before" names a series; it is no step back in time
        if len(found.areas) > 1 and found.matches:
            # "people in the UK who ...": a place of the series' own name is not asked for by itself.
            said = {ids: self._spoken(ids, texts) for ids in found.areas}
            found.areas = [a for a in found.areas if not (said[a] and said[a] <= found.matches[0].words)] or (
                found.areas[-1:]
            )

    def _spoken(self, ids: tuple[str, ...], texts: Sequence[str]) -> set[str]:
        names = [n for n in self._lexicon.named(texts) if n.kind == "area" and n.ids == ids]
        return {w for n in names for w in self._lexicon.content(texts[n.start : n.end])}

    # -- coverage

    def _explain(self, found: Clause, masked: set[int]) -> None:
        """Give each word that is left over its role: carrier, place, topic, or restriction."""
        spans = [m.span() for name in found.operations for m in [self._table.operations[name].search(found.text)] if m]
        spans += [
            m.span() for name in ("strict", "say", "words_of") for m in self._table.cues[name].finditer(found.text)
        ]
        spans += [m.span() for m in [self._table.rates.search(found.text)] if m]
        speakers = {at for name in found.speakers for at in range(name.start, name.end)}
        bag = self._bag(found)
        tied = self._tied(found, masked)
        open_at = [
            at
            for at, word in enumerate(found.words)
            if at in tied
            or (
                not (at in masked or at in speakers or word.text[:1].isdigit() or self._carries(word.text, bag))
                and (not any(a <= word.start < b for a, b in spans) or self._modifies(found, at, bag))
            )
        ]
        found.rest = [found.words[at].text for at in open_at]
        said = [at for at in open_at if self._restricts(found, at, bag, open_at)]
        found.elsewhere = found.has("here")
        for at in list(said):
            if self._place(found, at):
                found.elsewhere = True
                said.remove(at)
        strange = [at for at in said if not self._lexicon.weight(self._lexicon.fold([found.words[at].text])[0])]
        found.topic = not found.matches and any(self._heads(found, at) for at in strange)
        found.lacking = self._phrases(found, said)

    def _tied(self, found: Clause, masked: set[int]) -> set[int]:
        """The words after a "with" that is not part of the name of what is counted: "with children of their own"."""
        own = max((self._labels[match.series].split().count("with") for match in found.matches[:3]), default=None)
        places = [at for at, word in enumerate(found.words) if word.text == "with"]
        if own is None or len(places) <= own:
            return set()
        after = next((i for i in range(places[-1], len(found.words)) if found.words[i].text not in self._links), None)
        free = after is not None and after not in masked and not found.words[after].text[:1].isdigit()
        return {after} if after is not None and free else set()

    def _bag(self, found: Clause) -> frozenset[str]:
        """The folded words that the series named explain, whichever explains most."""
        options = [m.series for m in found.matches[:6]]
        bags = [self._lexicon.spoken[item] | self._lexicon.defined[item] for item in options]
        return max(bags, key=lambda bag: sum(w in bag for w in found.content), default=frozenset())

    def _carries(self, word: str, bag: frozenset[str]) -> bool:
        folded = self._lexicon.fold([word])
        shapes = {word, *folded, _BARE.sub("", word), _BARE.sub("e", word)}
        return (
            (len(word) < 4 and word not in self._dictionary)
            or len(word) < 2
            or not shapes.isdisjoint(self._carriers)
            or any(item in bag for item in folded)
        )

    def _modifies(self, found: Clause, at: int, bag: frozenset[str]) -> bool:
        """Whether a word stands right before a word of the series."""
        after = found.words[at + 1].text if at + 1 < len(found.words) else ""
        return bool(bag) and any(item in bag for item in self._lexicon.fold([after])) and after not in self._links

    def _restricts(self, found: Clause, at: int, bag: frozenset[str], open_at: list[int]) -> bool:
        """Whether a word that nothing explains limits what is counted: it stands after the noun or just before it."""
        first = next((i for i, word in enumerate(found.words) if self._noun(word.text, bag)), None)
        if _AFTER_COUNT.search(found.text[: found.words[at].start]):
            return True
        if first is None or at > first:
            return True
        return all(i in open_at or self._noun(found.words[i].text, bag) for i in range(at, first + 1))

    def _noun(self, word: str, bag: frozenset[str]) -> bool:
        return word in self._table.words["heads"] or any(item in bag for item in self._lexicon.fold([word]))

    def _place(self, found: Clause, at: int) -> bool:
        """Whether an unknown place is named: "in narnia"."""
        before = [word.text for word in found.words[max(0, at - 2) : at]]
        placed = before[-1:] and (before[-1] in _PLACED or (before[-1] in {"the", "a"} and before[0] in _PLACED))
        word = found.words[at].text
        unknown = not self._lexicon.weight(self._lexicon.fold([word])[0]) and word not in self._lexicon.known
        return bool(placed) and not found.areas and unknown and not word.endswith(("s", "ing", "ed", "ly"))

    def _heads(self, found: Clause, at: int) -> bool:
        """Whether a word stands for the thing counted: "how many burglaries", "the burglary number"."""
        if _AFTER_COUNT.search(found.text[: found.words[at].start]):
            return True
        after = found.words[at + 1].text if at + 1 < len(found.words) else ""
        heads = self._table.words["heads"]
        counted = found.has("counted") or any(word.text in heads for word in found.words)
        return after in heads or not counted

    def _phrases(self, found: Clause, said: list[int]) -> list[str]:
        """The restrictions as they were said, each with the word that ties it on: "on sundays"."""
        phrases: list[str] = []
        last = -2
        for at in said:
            start = at
            while start > last + 1 and start > 0 and found.words[start - 1].text in self._links:
                start -= 1
            words = [word.text for word in found.words[start : at + 1]]
            while words and words[0] in {"a", "an", "the", "of", "for", "to"}:
                words = words[1:]
            if at == last + 1 and phrases:
                phrases[-1] = f"{phrases[-1]} {' '.join(words)}"
            else:
                phrases.append(" ".join(words))
            last = at
        return [phrase if self._sayable(phrase) else "that" for phrase in phrases if phrase]

    def _sayable(self, phrase: str) -> bool:
        """Whether words may be said back: English ones, and no abuse."""
        plain = all(word in self._dictionary or word in self._links for word in phrase.split())
        return plain and not self._table.unsaid.search(phrase)

"""Which claims a clause asks for: what a named speaker said, or who said something."""

from collections.abc import Sequence

from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.lexicon import Lexicon, Named, tokens
from signpost.statistics.asking.query import Claim, Query
from signpost.statistics.asking.table import Table
from signpost.statistics.package import Package

HELPERS = frozenset({"nspcc", "lff"})  # visitors also name these when they look for help
_BY = 3  # words between a speaker and what they did


class Sayings:
    """Reads questions about who said what against the claims of one data package."""

    def __init__(self, package: Package, lexicon: Lexicon, table: Table) -> None:
        self._lexicon = lexicon
        self._table = table
        self._claims = package.claims
        self._speaker = {claim.id: claim.speaker for claim in package.claims.values()}
        people = {
            c.speaker for c in package.claims.values() if c.role.startswith(f"{package.speakers[c.speaker].name},")
        }
        self._people = people
        self._keywords: dict[str, list[tuple[frozenset[str], str]]] = {}
        counts: dict[str, set[str]] = {}
        for claim in package.claims.values():
            for keyword in (*claim.keywords, claim.topic):
                words = frozenset(lexicon.fold(tokens(keyword)))
                for word in words:
                    counts.setdefault(word, set()).add(claim.id)
                    self._keywords.setdefault(word, []).append((words, claim.id))
        self._loose = {word for word, held in counts.items() if len(held) > 2 or word in table.words["carriers"]}

    def of(self, clause: Clause, likely: bool) -> tuple[Claim, float] | None:
        """The claims that a clause asks for, with how sure that is; None where it asks for none."""
        text, strict = clause.text, clause.has("strict")
        counted = (strict and clause.named) or (clause.periods and clause.areas) or "areas" in clause.operations
        if clause.has("own_voice", "service") or counted or (clause.matches and clause.matches[0].label):
            return None
        who, somebody = clause.has("who_said"), clause.has("somebody")
        scores = self._scores([word.text for word in clause.words])
        telling = max(scores.values(), default=0.0)
        if who and telling >= (0.8 if likely or not clause.has("believed") else 2):
            return Claim(claims=self._best(scores)), 1.0
        if clause.has("everyone") and (who or somebody) and likely and telling < 1:
            return Claim(claims=self._first(tuple(self._speaker), 1)), 0.8
        speakers = [name for name in clause.speakers if set(name.ids) & set(self._speaker.values())]
        if speakers:
            return self._named(clause, speakers, scores, likely)
        if somebody and telling >= 1 and not strict:
            return Claim(claims=self._best(scores)), 0.9 if likely else 0.8
        if somebody and likely and not strict and not clause.matches:
            return Claim(), 0.8
        pretend = telling >= 2 and clause.has("asking") and "offender" in clause.content and not strict
        return (Claim(claims=self._best(scores)), 0.8) if pretend and "abuse" not in text else None

    def next_speaker(self, clause: Clause, before: Sequence[Query]) -> tuple[Claim, float] | None:
        """After somebody's words another speaker alone is asked for theirs: "and the home office"."""
        if not before or not isinstance(before[0], Claim) or clause.named:
            return None
        if clause.has("more_words"):
            last = before[0].claims
            spoke = {self._speaker[item] for item in last if item in self._speaker}
            more = tuple(item for item, who in self._speaker.items() if who in spoke and item not in last)
            return (Claim(claims=more[:3] or last), 0.9)
        if not clause.speakers or clause.rest:
            return None
        ids = {item for name in clause.speakers for item in name.ids}
        claims = tuple(item for item, speaker in self._speaker.items() if speaker in ids)
        return (Claim(claims=self._first(claims, 2)), 0.7) if claims else None

    def _named(
        self, clause: Clause, names: Sequence[Named], scores: dict[str, float], likely: bool
    ) -> tuple[Claim, float] | None:
        ids = {item for name in names for item in name.ids}
        own = {item: scores.get(item, 0.0) for item, speaker in self._speaker.items() if speaker in ids}
        if not own:
            return None
        best = max(own.values())
        chosen = tuple(item for item, score in own.items() if score == best)
        if best == 0 and len({self._speaker[item] for item in own}) > 1:
            chosen = self._first(chosen, 2)
        texts = [word.text for word in clause.words]
        helper = bool(HELPERS & ids) or (ids == {"bbc"} and "bbc" not in texts)
        asks = clause.has("asking", "who_is") and not (helper and clause.text.startswith(("is ", "does ", "where")))
        said = self._table.cues["say"]
        speaks = any(said.search(" ".join(texts[name.end : name.end + _BY])) for name in names)
        person = any(set(name.ids) <= self._people for name in names)
        if person and clause.has("who_is") and best == 0 and not clause.has("words_of") and not speaks:
            return Claim(claims=chosen, person=True), 1.0
        figure = clause.has("strict") or clause.matches or clause.has("plural") or clause.numbers
        if figure and best < 2 and not (speaks and best > 0):
            return None
        if speaks and (asks or likely or best > 0):
            return Claim(claims=chosen), 1.0 if asks else 0.8
        if clause.has("words_of") and (asks or likely or len(texts) < 6):
            return Claim(claims=chosen), 1.0 if asks else 0.8
        if ids == {"bbc"} and clause.text.startswith("about ") and not clause.named:
            return Claim(claims=chosen), 0.8
        follows = any(name.start <= 1 and texts[name.end : name.end + 1] in (["on"], ["about"]) for name in names)
        if best > 0 and ((follows and (likely or not helper or "on" in texts)) or likely or (asks and not helper)):
            return Claim(claims=chosen), 0.8
        return None

    def _scores(self, words: Sequence[str]) -> dict[str, float]:
        """How well the words fit each claim; words that several claims have weigh less."""
        said = frozenset(self._lexicon.fold(words))
        met: dict[str, set[frozenset[str]]] = {}
        for word in said:
            for keyword, claim in self._keywords.get(word, ()):
                if keyword <= said:
                    met.setdefault(claim, set()).add(keyword)
        weight = {word: 0.5 if word in self._loose else 1.0 for word in said}
        return {
            claim: sum(sum(weight[w] for w in keyword) + (len(keyword) > 1) * 0.5 for keyword in keywords)
            for claim, keywords in met.items()
        }

    def _best(self, scores: dict[str, float]) -> tuple[str, ...]:
        top = max(scores.values())
        return tuple(item for item in self._speaker if scores.get(item) == top)

    def _first(self, claims: Sequence[str], count: int) -> tuple[str, ...]:
        """The first few claims of each speaker."""
        seen: dict[str, int] = {}
        kept = []
        for item in claims:
            seen[self._speaker[item]] = seen.get(self._speaker[item], 0) + 1
            kept += [item] if seen[self._speaker[item]] <= count else []
        return tuple(kept)

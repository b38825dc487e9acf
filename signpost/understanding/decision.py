"""Stage `decision`: which answer does the least harm. The only place that chooses; what it weighs stands in `data/`."""

from signpost.answering.answers import ANY
from signpost.answering.asked import Asked
from signpost.assistant import Assistant
from signpost.directory.choices import Choice
from signpost.languages import Found as Language
from signpost.understanding.acts import Act
from signpost.understanding.evidence import (
    NO_SUBJECT,
    About,
    Ask,
    Evidence,
    Need,
    Place,
    Question,
    Reading,
    Second,
    Step,
    Talk,
)
from signpost.understanding.speaker import SELF, UNKNOWN
from signpost.understanding.whom import whom

ASKS = 3  # likeliest second questions that are handed on
TAPS = 2  # near guesses that become buttons
FAINT = 0.1  # of belief; what has less is no answer to weigh
OTHER = "other"  # whose danger it is, as the gate says
GATED = ("police", "ambulance", "suicide")  # kinds of danger; `roles` of data/needs.yml has the need of each


def decide(evidence: Evidence, assistant: Assistant) -> Reading:
    """Choose what is answered."""
    if evidence.choice is not None:
        return _chosen(evidence, evidence.choice, assistant)
    if evidence.language is not None:
        return _foreign(evidence, evidence.language, assistant)
    if evidence.act is not None:
        return _acted(evidence, evidence.act)
    urgent = _urgent(evidence, assistant)
    lead = urgent[0] if urgent else _lead(evidence, assistant)
    needs = urgent or ([lead] if lead in assistant.table else [])
    asks_fact = evidence.question is not None and _worth("figures", evidence.asks_figure, assistant)
    if asks_fact and not urgent:
        needs = [need for need in needs if _beside_fact(need, evidence, assistant)]
    asked = () if evidence.danger or asks_fact or evidence.answers is not None else evidence.asked
    needs = [need for need in needs if not any(_gives_way(need, found, evidence) for found in asked)]
    if needs == [assistant.table.roles["unclear"]] and _worth("place", evidence.asks_place, assistant):
        needs = []  # help near a place is what was asked for
    needs = _first_things_first(needs + _beside(evidence, needs, assistant), assistant)
    asks: list[Ask] = [Need(name, *whom(name, evidence, assistant)) for name in needs]
    if asks_fact and evidence.question is not None:
        asks.append(Question(evidence.question))
    talked = any(found.talk for found in asked)
    second = None if evidence.danger else _in_words(asked) or (None if talked else _second(evidence, lead, assistant))
    second = second or _there(evidence, needs, assistant)
    if second is not None:
        asks.append(second)
    elif not evidence.danger:
        asks += _named(evidence, asks, assistant)
    if not asks and (talk := next((found.name for found in asked if found.talk), None)):
        asks = [Talk(talk)]
    elif not asks:
        asks = [Talk(lead if lead not in assistant.table else assistant.table.roles["unknown"])]
    unknown = not needs and asks == [Talk(assistant.table.roles["unknown"])]
    taps = _doors(evidence, assistant) if unknown else _taps(evidence, needs, assistant)
    confidence = 1.0 if urgent else evidence.belief.whole.get(lead, 0.0)
    step = Step("decision", _told(asks, taps))
    return Reading(tuple(asks), taps, confidence, evidence, (*evidence.why, step))


def _urgent(evidence: Evidence, assistant: Assistant) -> list[str]:
    """Return the needs of what the gate found, the most urgent first, at most two."""
    roles = assistant.table.roles
    found = {roles[kind] for kind in GATED if kind in evidence.danger}
    other = evidence.about == OTHER or (evidence.about is None and evidence.speaker.about_child)
    if roles["suicide"] in found and other:
        found = found - {roles["suicide"]} | {roles["suicide_other"]}
    return sorted(found, key=assistant.urgency)[:2]


def _lead(evidence: Evidence, assistant: Assistant) -> str:
    """Return the need or kind of talk whose answer has the least harm to expect."""
    belief, table = evidence.belief.whole, assistant.table
    if evidence.answers is not None:
        return evidence.answers
    answers = {name for name, chance in belief.items() if chance > FAINT} | {table.roles["unknown"]}
    return min(sorted(answers), key=lambda name: (table.expected(name, belief), -belief.get(name, 0.0)))


def _chosen(evidence: Evidence, choice: Choice, assistant: Assistant) -> Reading:
    """Answer what a suggested reply means."""
    given = dict(choice.entities)
    ask: Ask = Talk(choice.intent)
    if evidence.thread and "ask" in given:
        ask = Second({given["ask"]: 1.0})
    elif choice.intent in assistant.table:
        speaker = given.get("speaker") or given.get("audience") or evidence.memory.speaker or UNKNOWN
        ask = Need(choice.intent, speaker, given.get("subject", NO_SUBJECT))
    elif choice.intent == assistant.table.roles["service"]:
        ask = About((), given.get("aspect"))
    return Reading((ask,), (), 1.0, evidence, (Step("decision", f"the choice {choice.id}"),))


def _acted(evidence: Evidence, act: Act) -> Reading:
    """Answer a short message from the conversation that it stands in."""
    return Reading((Talk(act.intent),), (), 1.0, evidence, (*evidence.why, Step("decision", f"act {act.name}")))


def _foreign(evidence: Evidence, language: Language, assistant: Assistant) -> Reading:
    """Answer a message in another language: danger, own behaviour, or help; the line of the language comes first."""
    roles = assistant.table.roles
    role = "police" if language.danger or evidence.danger else "own" if language.own else "unclear"
    ask = Need(roles[role], SELF if role == "own" else UNKNOWN)
    return Reading((ask,), (), 1.0, evidence, (*evidence.why, Step("decision", f"need {ask.name}")))


def _worth(role: str, chance: float, assistant: Assistant, lead: str | None = None) -> bool:
    """Whether to leave out what stands for a role, or a need, would cost more than to answer it unasked.

    Beside a lead of its own family it costs what it costs to confuse the two: part of the help is in that reply.
    """
    table, harm = assistant.table, assistant.table.harm
    family = table.family(table.roles.get(role, role))
    akin = lead is not None and table.family(lead) == family
    left_out = harm.within[family] if akin else harm.left_out[family]
    return chance * left_out > (1 - chance) * harm.beside[family]


def _beside(evidence: Evidence, needs: list[str], assistant: Assistant) -> list[str]:
    """Return at most one more need: one that other words say."""
    table, belief = assistant.table, evidence.belief
    if len(needs) != 1 or table.family(needs[0]) in table.alone or not (belief.parts or evidence.danger):
        return []
    said = {
        name: chance
        for name, chance in belief.said.items()
        if name in table
        and table.family(name) not in table.alone
        and not _same(name, needs[0], assistant)
        and _worth(name, chance, assistant, needs[0])
    }
    return sorted(said, key=lambda name: -said[name])[:1]


def _first_things_first(needs: list[str], assistant: Assistant) -> list[str]:
    """Put a crisis before anything else that was said; the rest stays as it was believed."""
    crisis = assistant.table.of_role("police")
    return sorted(needs, key=lambda name: assistant.table.family(name) != crisis)


def _same(name: str, need: str, assistant: Assistant) -> bool:
    """Whether two needs are one: near each other, or one that says nothing in particular."""
    kinds = assistant.table.kinds
    near = need in kinds[name].near or name in kinds[need].near
    return near or name in (need, assistant.table.roles["unclear"])


def _beside_fact(name: str, evidence: Evidence, assistant: Assistant) -> bool:
    """Whether a need is said beside a question of fact: in a part of its own, or more surely than the question is."""
    family, figures = assistant.table.family, assistant.table.of_role("figures")
    for part in evidence.belief.parts:
        asked = sum(chance for other, chance in part.items() if family(other) == figures)
        if part.get(name, 0.0) > max(asked, 1 - part.get(name, 0.0)):
            return True
    return evidence.belief.whole.get(name, 0.0) > evidence.asks_figure


def _gives_way(need: str, found: Asked, evidence: Evidence) -> bool:
    """Whether a need is only what the words of a question were taken for; of talk, any that is rather not believed."""
    return need in found.instead or (found.talk and evidence.belief.whole.get(need, 0.0) < 0.5)


def _in_words(asked: tuple[Asked, ...]) -> Second | None:
    """Return the second question that is asked in so many words, if one is."""
    named = {found.name: 1.0 for found in asked if not found.talk}
    return Second(named) if named else None


def _there(evidence: Evidence, needs: list[str], assistant: Assistant) -> Second | None:
    """Return how help works in the nation that a need is told from, where the usual lines do not tell it."""
    home = assistant.places.home(evidence.place)
    if evidence.danger or home is None or home.ask is None or not needs:
        return None
    return Second({home.ask: 1.0}) if ANY in home.beside or home.beside.issuperset(needs) else None


def _second(evidence: Evidence, lead: str, assistant: Assistant) -> Second | None:
    """Return the second question, if one is asked: by the whole message, or by a part of it.

    Beside something else it must be clear which: what may be any of them is none.
    """
    name = assistant.table.roles["ask"]
    asks = {key.split(" ")[1]: p for key, p in evidence.belief.who.get(name, {}).items()}
    likeliest = sorted(asks, key=lambda ask: -asks[ask])[:ASKS]
    chance = max(chances.get(name, 0.0) for chances in (evidence.belief.whole, *evidence.belief.parts))
    clear = chance * sum(asks[ask] for ask in likeliest)
    if lead != name and (evidence.answers is not None or not _worth(name, clear, assistant)):
        return None
    if max(_asks_place(evidence), _asks_aspect(evidence)) > clear:
        return None
    return Second({ask: asks[ask] for ask in likeliest}) if likeliest else None


def _asks_place(evidence: Evidence) -> float:
    return evidence.asks_place if evidence.place is not None else 0.0


def _asks_aspect(evidence: Evidence) -> float:
    """Return how likely something is asked of a service that is named, or that stands on the screen."""
    known = evidence.services or evidence.memory.shown
    return evidence.asks_service if evidence.aspect is not None and known else 0.0


def _named(evidence: Evidence, asks: list[Ask], assistant: Assistant) -> list[Ask]:
    """Return the questions about services and places."""
    found: list[Ask] = []
    known = evidence.services or evidence.memory.shown
    if known and evidence.answers is None and _worth("service", evidence.asks_service, assistant):
        found.append(About(evidence.services, evidence.aspect))
    if (evidence.place is not None or not asks) and _worth("service", evidence.asks_place, assistant):
        found.append(Place(evidence.place))
    return found


def _taps(evidence: Evidence, needs: list[str], assistant: Assistant) -> tuple[str, ...]:
    """Return the needs whose missing is the most harm to expect, beside those that are answered."""
    table, belief = assistant.table, evidence.belief.whole
    if evidence.danger or not needs or table.family(needs[0]) in table.alone:
        return ()
    harm = {
        name: chance * table.cost(needs[0], name)
        for name, chance in belief.items()
        if name in table and name not in needs and table.family(name) not in table.unoffered
    }
    ranked = sorted(harm, key=lambda name: -harm[name])[:TAPS]
    return tuple(name for name in ranked if harm[name] > table.harm.near)


def _doors(evidence: Evidence, assistant: Assistant) -> tuple[str, ...]:
    """Return the needs that may have been meant where nothing was understood: doors, and nobody is told to be anything.

    Who may have asked for what is refused, or told of the own behaviour, is shown the one door that helps with both.
    """
    table, belief, own = assistant.table, evidence.belief.whole, assistant.table.roles["own"]
    chances: dict[str, float] = {}
    for name, chance in belief.items():
        if name in table:
            door = own if table.family(name) in table.alone else name
            chances[door] = chances.get(door, 0.0) + chance
    others = sum(p for name, p in belief.items() if name not in (own, table.roles["unknown"]))
    refused = sum(p for name, p in belief.items() if table.family(name) in table.alone)
    if chances.get(own, 0.0) <= others - refused:
        chances.pop(own, None)  # something else is likelier: nobody is led there by a stray word
    harm = {name: chance * table.cost(table.roles["unknown"], name) for name, chance in chances.items()}
    ranked = sorted(harm, key=lambda name: -harm[name])[:TAPS]
    return tuple(name for name in ranked if harm[name] > table.harm.near)


def _told(asks: list[Ask], taps: tuple[str, ...]) -> str:
    said = []
    for ask in asks:
        who = f" ({ask.speaker} {ask.subject})" if isinstance(ask, Need) else ""
        what = getattr(ask, "name", getattr(ask, "kind", getattr(ask, "aspect", None) or ""))
        said.append(f"{type(ask).__name__.lower()} {what}{who}".strip())
    return ", ".join(said) + (f"; taps {', '.join(taps)}" if taps else "")

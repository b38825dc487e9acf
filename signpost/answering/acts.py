"""Replies to acts ("lol", "nobody answered"): one line for the act, the way to help once, and something else to choose.

What is said stands in `data/copy/acts`; what an act shows beside it, in `data/words/acts.yml`.
"""

from signpost.answering.turn import Turn, route_of, thread
from signpost.assistant import Assistant
from signpost.directory import hours
from signpost.directory.card import card, ways
from signpost.directory.routes import Route
from signpost.directory.service import Service
from signpost.replies import Reply, Writer
from signpost.understanding.evidence import Need
from signpost.understanding.speaker import CHILD, UNKNOWN

OLDER = 16  # years; from here on a service is none for every child
OLDEST, OLD = 18, 99  # years; a service that ends at the first is none for adults; what has no end
OTHERS = 2  # services that are named where one did not answer
CRISIS = "_crisis"  # behind the name of copy for where a life may be at risk
ROTATED = 3  # choices; so many are new under the next reply to the same act


def acted(turn: Turn, assistant: Assistant) -> str | None:
    """Return the act that a message is in this conversation, or None where nothing was told or shown."""
    if not (turn.memory.needs or turn.memory.shown):
        return None
    act = turn.first("act") or assistant.acts.of_talk(turn.intent)
    return str(act) if act else None


def reply(name: str, turn: Turn, assistant: Assistant) -> Reply:
    """Answer an act from what the conversation is about."""
    audience = turn.memory.audience or UNKNOWN
    told = thread(turn, assistant)
    route = route_of(told[0], audience, assistant) if told else None
    copy = assistant.copy(_key(name, told, assistant), audience)
    act = assistant.acts.named(name)
    memory = turn.memory.having(numberless=turn.memory.numberless if act.numbers is None else not act.numbers)
    count = memory.answered.get(copy.need, 0)
    writer = Writer(assistant, memory, turn.now, loud=_crisis(told, assistant))
    openings = [copy.now, *copy.say]
    start = count % len(openings)
    opening = writer.fresh(*openings[start:], *openings[:start])
    asked = {act.ask: 1.0} if act.ask and not count and copy.need == f"act_{name}" else {}
    found = assistant.answers.choose(asked, memory.speaker or UNKNOWN, memory.needs)
    if found is not None:
        writer.say(writer.fresh(found.answer, opening), found.step)
    else:
        writer.say(opening, "" if count or act == assistant.acts.told else copy.next)
        _show(act.shows, writer, route, count)
    _help(writer, route, audience)
    pool = list(dict.fromkeys([*copy.choices, *(route.choices if route else ())]))
    turned = count * ROTATED % len(pool) if pool else 0
    writer.offer([*pool[turned:], *pool[:turned]])
    writer.about([])
    writer.memory = writer.memory.having(answered={**memory.answered, copy.need: count + 1}, asked=None)
    return writer.finish("")


def _key(name: str, told: list[Need], assistant: Assistant) -> str:
    """Return the name of the copy: its own where a life may be at risk, if there is one."""
    key = f"act_{name}"
    return key + CRISIS if _crisis(told, assistant) and key + CRISIS in assistant.routes else key


def _crisis(told: list[Need], assistant: Assistant) -> bool:
    return any(assistant.urgent(need.name) for need in told[:1])


def _show(what: str, writer: Writer, route: Route | None, count: int) -> None:
    """Say what the act asks for: the step, how to reach them without a voice, who else is open, or something new."""
    if what == "step" and route is not None:
        writer.say(route.now)
    elif what == "again" and route is not None:
        writer.say(f"{route.hear} {route.now}".strip())
    elif what == "new" and route is not None and route.say:
        writer.say(route.say[count % len(route.say)])
    elif what == "silent":
        writer.say(*_silent(writer, route))
    elif what == "others":
        writer.say(*_others(writer, route))


def _help(writer: Writer, route: Route | None, audience: str) -> None:
    """End with the way to help: of a crisis the step itself, else who helps, each in a few words."""
    if route is not None and writer.loud:
        writer.say(writer.unsaid(route.now))
    shown = " ".join(f"{{{kind}:{service}}}" for kind, service in _shown(writer)) if route is None else ""
    writer.way(route.now if route is not None else shown, audience)


def _shown(writer: Writer) -> list[tuple[str, str]]:
    """Return the first contact of each service that the conversation named last."""
    found = [writer.directory.get(service) for service in writer.memory.shown]
    return [("number" if s.phones else "text" if s.texts else "link", s.id) for s in found if s and _reached(s)]


def _reached(service: Service) -> bool:
    return bool(service.phones or service.texts or service.links)


def _silent(writer: Writer, route: Route | None) -> list[str]:
    """Return how the services that were named are reached without a voice; where none is, who else can be."""
    tried = [found for service in _tried(writer) if (found := writer.directory.get(service))]
    lines = [_line(writer, service, voice=False) for service in tried]
    if any(lines):
        return [line for line in lines if line][:OTHERS]
    others = [service for service in _candidates(writer, route) if service.texts]
    return [line for service in others if (line := _line(writer, service, voice=False))][:OTHERS]


def _others(writer: Writer, route: Route | None) -> list[str]:
    """Return the other ways of the service that did not answer, and who else is open now."""
    tried = [found for service in _tried(writer)[:1] if (found := writer.directory.get(service))]
    lines = [line for service in tried if (line := _line(writer, service, voice=False))]
    for service in _candidates(writer, route):
        state = hours.status(service, writer.now)
        if state.state == "open" and service.staffed and service not in tried:
            lines.append(f"{_line(writer, service, voice=True)}. {state.text}.")
    return lines[: OTHERS + 1]


def _tried(writer: Writer) -> list[str]:
    """Return the services that were named, without the emergency services, for whom there is copy of its own."""
    found = [service for service in writer.memory.shown if not service.startswith("emergency")]
    return found or writer.memory.shown


def _candidates(writer: Writer, route: Route | None) -> list[Service]:
    """Return who listens to anyone, then who else helps with this; nobody who is not there for who speaks."""
    ids = [service.id for service in writer.assistant.copy("act_no_answer").services]
    ids += [service.id for service in route.services] if route is not None else []
    found = [s for id in dict.fromkeys(ids) if not id.startswith("emergency") and (s := writer.directory.get(id))]
    young, unknown = writer.memory.audience == CHILD, writer.memory.audience is None
    return [s for s in found if unknown or ((s.minimum_age or 0) < OLDER if young else (s.maximum_age or OLD) > OLDEST)]


def _line(writer: Writer, service: Service, voice: bool) -> str:
    shown = ways(card(service, writer.now, writer.memory.audience or UNKNOWN), voice=voice)
    if any(phone.number in service.name for phone in service.phones):
        return service.name  # "NHS 111" says it already
    return f"{service.name}: {shown}" if shown else ""

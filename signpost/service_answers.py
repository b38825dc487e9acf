"""Answers about a service itself: hours, cost, name, confidentiality, what happens on the call, other ways."""

from signpost.directory.card import card
from signpost.replies import Reply, Writer, told
from signpost.understanding.speaker import CHILD

ALWAYS_OPEN = ("childline", "samaritans")
ASKS_NUMBER = ("contact", "text", None)  # who asks for these wants numbers again
FOR_CHILDREN, FOR_ADULTS = "childline", "nspcc-helpline"  # who asks about the first may be too old for it


def answer_service(writer: Writer, services: list[str], aspect: str | None) -> Reply:
    """Say what was asked of each service, then show it whole.

    Args:
        services: ids that the directory has.
        aspect: hours, cost, anonymous, confidential, expect, text, contact or None.
    """
    if aspect in ASKS_NUMBER:
        writer.memory = writer.memory.having(numberless=False)
    cards = [card(writer.directory.service(service), writer.now) for service in services]
    writer.say(*(told(shown, aspect) for shown in cards))
    why = dict.fromkeys(services, "")
    if services == [FOR_CHILDREN] and writer.memory.audience != CHILD:
        why[FOR_ADULTS] = "If you are an adult worried about a child."
    unsure = aspect == "hours" and any(shown["hours"] is None for shown in cards)
    if unsure:
        why |= {service: "Open day and night." for service in ALWAYS_OPEN if service not in why}
    writer.show(list(why.items()), first=len(services) + (1 if unsure or FOR_ADULTS in why else 0))
    writer.ask(None)
    writer.about([])
    writer.offer(["what_happens_when_i_call", "stay_anonymous", "more_services", "start_again"])
    return writer.finish(writer.assistant.copy(writer.assistant.table.roles["service"]).next)

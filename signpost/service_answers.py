"""Answers about a service itself: hours, cost, name, confidentiality, what happens on the call, other ways."""

from signpost.audience import CHILD
from signpost.directory.card import card
from signpost.replies import Reply, Writer

ALWAYS_OPEN = ("childline", "samaritans")
FOR_CHILDREN, FOR_ADULTS = "childline", "nspcc-helpline"  # who asks about the first may be too old for it
TOLD = {
    "cost": ("cost", "I do not have its cost confirmed. Please check its website."),
    "anonymous": (
        "anonymous",
        "I cannot say for sure whether you must give a name. You can ask before you say anything else.",
    ),
    "confidential": ("confidential", "I cannot say for sure where its confidentiality ends. You can ask that first."),
    "expect": ("expect", "You can ask them what will happen before you say anything else."),
}


def answer_service(writer: Writer, services: list[str], aspect: str | None) -> Reply:
    """Say what was asked of each service, then show it whole.

    Args:
        services: ids that the directory has.
        aspect: hours, cost, anonymous, confidential, expect, text, contact or None.
    """
    lines = []
    for service in services:
        entry = writer.directory.service(service)
        shown = card(entry, writer.now)
        if aspect == "hours":
            known = shown["hours"] or "I do not have its opening hours confirmed. Please check its website."
            lines.append(f"{shown['name']}: {known}")
        elif aspect in TOLD:
            key, unknown = TOLD[aspect]
            lines.append(f"{shown['name']}: {shown[key] or unknown}")
        elif aspect == "text" and not (shown["text"] or shown["chat"]):
            lines.append(f"{shown['name']}: I have no text or chat for it. Here is how to reach it.")
    writer.say(*lines)
    why = dict.fromkeys(services, "")
    if services == [FOR_CHILDREN] and writer.memory.audience != CHILD:
        why[FOR_ADULTS] = "If you are an adult worried about a child."
    unsure = aspect == "hours" and any(card(writer.directory.service(s), writer.now)["hours"] is None for s in services)
    if unsure:
        why |= {service: "Open day and night." for service in ALWAYS_OPEN if service not in why}
    writer.show(list(why.items()), first=len(services) + (1 if unsure or FOR_ADULTS in why else 0))
    writer.ask(None)
    writer.offer(["what_happens_when_i_call", "stay_anonymous", "more_services", "start_again"])
    return writer.finish(writer.assistant.copy("service_info").next)

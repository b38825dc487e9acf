"""Cues: what is asked about a service, and which of a list is meant, in the folded message."""

import re

_ASPECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "hours",
        (
            "what hours",
            "opening",
            "open",
            "what time",
            "closed",
            "close",
            "24/7",
            "24 7",
            "24 hour",
            "weekend",
            "at night",
        ),
    ),
    ("cost", ("free", "cost", "charge", "credit", "phone bill", "on the bill", "on my bill", "pay")),
    (
        "anonymous",
        (
            "anonymous",
            "give my name",
            "giving my name",
            "leave my name",
            "leaving my name",
            "ask my name",
            "ask for my name",
            "who i am",
            "know it was me",
            "know it is me",
            "without a name",
            "my real name",
            "trace",
            "see my number",
            "withhold",
        ),
    ),
    (
        "confidential",
        ("confidential", "private", "tell anyone", "tell my", "tell the police", "report me", "secret", "pass on"),
    ),
    (
        "expect",
        (
            "what happens",
            "what will happen",
            "what do they ask",
            "what will they",
            "what do i say",
            "who answers",
            "who will answer",
            "expect",
        ),
    ),
    (
        "text",
        (
            "text",
            "chat online",
            "webchat",
            "web chat",
            "online chat",
            "email",
            "message them",
            "without talking",
            "without calling",
        ),
    ),
    ("contact", ("number", "phone", "ring", "call", "contact", "website", "link", "address", "reach")),
)


def aspect_of(folded: str) -> str | None:
    """Return what is asked about a service: hours, cost, anonymous, confidential, expect, text or contact."""
    return next((aspect for aspect, cues in _ASPECTS if any(cue in folded for cue in cues)), None)


_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "top": 0, "former": 0,
    "second": 1, "2nd": 1, "two": 1, "middle": 1,
    "third": 2, "3rd": 2, "three": 2,
    "last": -1, "latter": -1, "bottom": -1,
}  # fmt: skip


_CHOOSING = {
    "a", "an", "the", "that", "this", "these", "those", "one", "ones", "one's", "option", "choice", "number",
    "phone", "web", "website", "link", "page", "site", "service", "helpline", "line", "place", "please", "pls",
    "thanks", "ta", "i", "i'd", "id", "i'll", "ill", "want", "would", "like", "choose", "chose", "pick", "take",
    "use", "try", "go", "with", "for", "from", "of", "in", "on", "and", "yes", "yeah", "yep", "ok", "okay", "no",
    "er", "um", "maybe", "list", "me", "give", "tell", "show", "explain", "about", "more", "what", "is", "what's",
    "whats", "can", "could", "may", "have", "how", "do", "does", "call", "ring", "text", "chat", "open", "when",
    "it", "you", "u", "your",
}  # fmt: skip


def ordinal_of(folded: str) -> int | None:
    """Return which of the last list is meant, counted from 0 (-1: the last), in a short message; else None.

    Beside the ordinal only words of choosing may stand: "last sunday" and "the first time he did it" choose nothing.
    """
    words = [word for word in re.split(r"[^\w']+", folded) if word]
    if not words or len(words) > 6:
        return None
    if len(words) == 1 and words[0] in {"1", "2", "3"}:
        return int(words[0]) - 1
    for word in words:
        if word in _ORDINALS and (word not in {"one", "two", "three"} or len(words) <= 2):
            rest = [other for other in words if other != word]
            return _ORDINALS[word] if _CHOOSING.issuperset(rest) else None
    return None

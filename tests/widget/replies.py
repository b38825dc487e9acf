"""Canned replies of every kind that the channel can give. Numbers are from Ofcom's range for drama."""

from typing import Any

Message = dict[str, Any]

EMERGENCY: list[dict[str, str]] = [
    {"name": "Emergency services", "call": "999", "href": "tel:999", "why": "When someone is in danger now."},
    {"name": "Childline", "call": "0808 157 0001", "href": "tel:08081570001", "why": "For anyone under 19."},
    {
        "name": "NSPCC Helpline",
        "call": "0808 157 0002",
        "href": "tel:08081570002",
        "why": "For worried adults.",
    },
    {"name": "Samaritans", "call": "0808 157 0003", "href": "tel:08081570003", "why": "For anyone who is struggling."},
]


def buttons(*titles: str) -> list[dict[str, str]]:
    """Suggested replies whose payload is their title."""
    return [{"title": title, "payload": title} for title in titles]


def card(name: str, number: str, **more: Any) -> dict[str, Any]:
    """A service card as the channel sends it."""
    return {
        "id": name.lower(),
        "name": name,
        "for": "Talk to a trained person about anything that worries you.",
        "call": [{"number": number, "href": "tel:" + number.replace(" ", ""), "note": "It is free."}],
        "text": [{"label": "Text HELP to 60777", "href": "sms:60777"}],
        "chat": {"label": "Chat online", "url": "https://chat.example/"},
        "web": [{"label": "Read more", "url": "https://help.example/"}],
        "hours": "Open now, day and night",
        "cost": "Free",
        "confidential": "They keep what you say private unless someone is in danger.",
        "anonymous": "You do not have to give your name.",
        "age": "Under 19",
        "expect": "A counsellor answers. You can take your time.",
        **more,
    }


BARE: dict[str, Any] = {
    "text": [],
    "chat": None,
    "web": [],
    "hours": None,
    "cost": None,
    "confidential": None,
    "anonymous": None,
}
CARDS: list[Message] = [
    {"text": "You are right to ask. None of this is your fault. You can talk to someone today."},
    {
        "text": "Childline: 0808 157 0001\nPolice: 0808 157 0009",
        "custom": {
            "services": [
                card("Childline", "0808 157 0001"),
                card("Police", "0808 157 0009", **BARE, age=None, expect=None),
            ]
        },
    },
    {
        "text": "What would help next?",
        "buttons": [{"title": t, "payload": t} for t in ("I am under 18", "Something else")],
    },
]
PEOPLE: list[Message] = [
    {"text": "Here are people you can talk to."},
    {"text": "Our desk: 0808 157 0005", "custom": {"services": [card("Our desk", "0808 157 0005", **BARE)]}},
]
FINDING = {
    "value": "192",
    "unit": "suspects",
    "series": "Suspected offenders",
    "area": "Cambridgeshire",
    "period": "2016",
    "publisher": "A broadcaster",
    "source": {"title": "The article", "url": "https://news.example/article"},
    "caveats": ["A suspect is not a person found guilty."],
    "status": "derived",
    "working": "428 − 81 − 155 = 192",
    "figures": ["x"],
}
CHART = {
    "caption": "Suspects by year (suspects)",
    "unit": "suspects",
    "source": "A broadcaster",
    "rows": [
        {"label": "2014", "value": 81, "low": 81, "high": 81, "text": "81", "derived": True},
        {"label": "2015", "value": 155, "low": 150, "high": 160, "text": "150 to 160", "derived": False},
        {"label": "2016", "value": 192, "low": 192, "high": None, "text": "more than 192", "derived": False},
        {"label": "2017", "value": None, "low": None, "high": None, "text": "no figure", "derived": False},
    ],
}
TOLD = """Suspects by year (suspects)
2014  #### 81
2015  ######- 150 to 160
2016  ##########> more than 192
2017   no figure
By year: 2014: 81; 2015: 150 to 160; 2016: more than 192; 2017: no figure.
What it counts: people who were suspected.
Keep in mind: A suspect is not a person found guilty.

You can ask for another year."""
FIGURE: list[Message] = [{"text": "There were 192 suspects.", "custom": {"finding": FINDING}}]
FIGURE_CHART: list[Message] = [
    {"text": "Here is each year.", "custom": {"finding": FINDING, "chart": CHART}, "buttons": buttons("Who can help?")}
]
URGENT: list[Message] = [
    {
        "text": "If you are in danger, call now.",
        "custom": {"urgent": True, "services": [card("Emergency services", "999", **BARE)]},
    }
]
HOSTILE: list[Message] = [
    {
        "text": "<img src=x onerror=alert(1)><b>bold</b>",
        "custom": {
            "services": [
                card(
                    "<script>alert(1)</script>",
                    "0808 157 0001",
                    chat={"label": "Bad chat", "url": "javascript:alert(1)"},
                    web=[
                        {"label": "Bad data", "url": "data:text/html,x"},
                        {"label": "Bad file", "url": "file:///etc/passwd"},
                    ],
                )
            ]
        },
    }
]
KINDS: dict[str, list[Message]] = {
    "cards": CARDS,
    "figure": FIGURE,
    "chart": FIGURE_CHART,
    "noted figure": [{"text": "They may be hard to read.", "custom": {"note": True}}, *FIGURE],
    "urgent": URGENT,
    "hostile": HOSTILE,
    "numbers": [
        {"text": "Call 999 now.\nIn 1999 there were 1015.\nChildline: 0808 157 0001.", "custom": {"urgent": True}},
        {"text": "There were 999 offences.", "custom": {"finding": FINDING}},
        CARDS[1],
    ],
    "told": [{"text": TOLD, "custom": {"finding": FINDING, "chart": CHART}}],
    "buttons": [
        {
            "text": "Who is it about?",
            "buttons": buttons("A child", "Me"),
        }
    ],
    "long": [
        {
            "text": "First line to read.\n" + "More words to read here.\n" * 60,
            "buttons": buttons("Next"),
        }
    ],
}


def answer(text: str) -> list[Message]:
    """The canned reply to a text: its kind by name, or an echo."""
    return KINDS.get(text, [{"text": f"You said: {text}. Here is the next step."}])

"""What is not in the data: says so, names what is, and gives no number in its place."""

from collections.abc import Sequence
from datetime import date

from signpost.statistics import wording
from signpost.statistics.asking.periods import Period
from signpost.statistics.figures import Figures
from signpost.statistics.records import Figure
from signpost.statistics.results import Absent

LISTED = 5  # series that are told of one place
_FACETS = {
    "forecast": "the future. They only hold what was counted in the past, and nobody's forecast",
    "sex": "whether the people were men or women, or boys or girls",
    "age": "how old the people were",
    "ethnicity": "anyone's ethnic group, religion or nationality",
    "identity": "any names, addresses or anything else that says who a person is",
    "outcome": "what happened afterwards: who was arrested, charged, prosecuted, found guilty, convicted or sentenced",
    "victims": "how many children were harmed. They do not count victims",
    "job": "what work the people did, or how they knew a child",
    "cause": "the reasons for a rise or a fall",
    "per head": "a rate for each person who lives in an area",
    "platform": "which app, game or website was used",
    "topic": "that. They are only about online child sexual abuse, and what was published on it",
}


def period_words(period: Period) -> str:
    """A period as asked for."""
    kind, year = period.get("kind"), period.get("from")
    if kind == "financial":
        return f"the financial year {year}/{(int(year or 0) + 1) % 100:02d}"
    if kind == "span":
        return f"{year} to {period.get('to')}"
    if kind == "since":
        return f"the years since {year}"
    if kind == "month":
        return f"that month of {year}"
    if kind == "quarter":
        return f"single quarters of {year}"
    if kind == "year":
        return str(year)
    if kind == "label":
        return str(period.get("label"))
    return "that time"


def _have(figures: Figures, series: str, area: str) -> str:
    line = sorted(figures.line(series, area), key=lambda figure: not figure.single)
    names = [wording.short_period(figure) for figure in line]
    return f"There are figures {figures.place(area).in_text} for: {wording.listing(names)}."


def period(figures: Figures, series: str, area: str, asked: Period, near: Sequence[Figure], today: date) -> Absent:
    """A period without a figure."""
    record, place = figures.record(series), figures.place(area)
    text = [f"These figures do not include {period_words(asked)} for {record.noun} {place.in_text}."]
    year = asked.get("from")
    if isinstance(year, int) and year > today.year:
        text = [f"These figures do not include {period_words(asked)}: it is in the future, and they hold no forecasts."]
    choices: list[str] = []
    if near:
        text.append(
            "There is a figure for a different period that overlaps it, which is not the same year: "
            f"{wording.listing([wording.period_name(figure) for figure in near])}."
        )
        choices += [wording.short_period(figure) for figure in near[:3]]
    text.append(_have(figures, series, area))
    line = figures.line(series, area)
    if not choices:
        choices.append(f"And {wording.short_period(line[-1])}?" if line[-1].single else wording.question(record, place))
    newest = line[-1].year
    if isinstance(year, int) and newest is not None and year > newest and record.later:
        text.append("Newer figures exist, but they count something different.")
        choices.append("Are there newer figures?")
    choices.append("What figures do you have?")
    return Absent(text, choices)


def area(figures: Figures, series: str, asked: Sequence[str], place: bool = False) -> Absent:
    """An area without figures in this series; `place` when it is a town inside an area that has them."""
    record = figures.record(series)
    names = [figures.place(item) for item in asked]
    named = min(names, key=lambda item: (item.kind == "not stated", len(item.name)), default=None)
    name = named.name if named else "that place"
    held = [figures.place(item) for item in figures.areas(series)]
    choices: list[str] = []
    if place:
        text = [f"These figures do not include single towns or districts. The place is inside {name}."]
        if asked[0] in figures.areas(series):
            choices.append(f"What about {name}?")
    elif not asked:
        text = ["These figures do not include that place."]
    else:
        text = [f"These figures do not include {name} for {record.noun}."]
        joint = next((item for item in held if asked[0] in item.members), None)
        if joint:
            text.append(f"{name} is part of a joint total, but it has no published figure of its own there.")
    text.append(f"The areas there are: {wording.listing([wording.short_area(item) for item in held])}.")
    others = [item for ids in asked[:3] for item in figures.series_of(ids) if item != series] if not place else []
    if others:
        others = sorted(dict.fromkeys(others), key=lambda item: figures.record(item).rank)[:3]
        where = figures.place(next(a for a in asked if others[0] in figures.series_of(a)))
        text.append(f"There are other figures for {where.name}. They count something different.")
        choices += [
            wording.question(figures.record(item), where) for item in others if item in figures.series_of(where.id)
        ]
    if not choices:
        choices.append(wording.question(record, held[0]))
    choices.append("What figures do you have?")
    return Absent(text, choices)


def facets(figures: Figures, series: str, names: Sequence[str], offer: Sequence[str]) -> Absent:
    """A group or topic that the figures do not hold."""
    record = figures.record(series)
    text = [f"These figures do not include {_FACETS.get(names[0], _FACETS['topic'])}."]
    if names[0] != "topic":
        text.append(f"They count {record.label}.")
    if names[0] == "outcome":
        text.append("Suspected is not charged or convicted.")
    choices = []
    others = [item for item in offer if item != series]
    if others:
        text.append(f"There are other figures, which count something different: {figures.record(others[0]).label}.")
        choices += [wording.question(figures.record(item), None) for item in others[:2]]
    if names[0] == "identity":
        text.append("If a child is in danger now, call the police on the emergency number.")
    choices += ["What figures do you have?", "What does suspected mean?"]
    return Absent(text, choices)


def now(figures: Figures, series: str, area: str, today: date) -> Absent:
    """The present is asked for and the newest figure is older."""
    record, place = figures.record(series), figures.place(area)
    newest = figures.line(series, area)[-1]
    text = [
        f"There is no figure for now: these figures do not include {today.year}.",
        f"The newest one for {record.noun} {place.in_text} is for {wording.period_name(newest)}.",
    ]
    choices = [f"And {wording.short_period(newest)}?" if newest.single else "What is the latest figure?"]
    more = newer(figures, series)
    return Absent(text + more.text, choices + more.choices) if record.later else Absent(text, choices)


def newer(figures: Figures, series: str) -> Absent:
    """Later series that count something different, by name."""
    record = figures.record(series)
    if not record.later:
        return Absent(
            [f"These figures do not include anything newer for {record.noun}."], ["What figures do you have?"]
        )
    rows = []
    for item in record.later:
        place = figures.place(figures.default_area(item))
        line = figures.line(item, place.id)
        rows.append(
            f"- {wording.capital(figures.record(item).label)} {place.in_text} ({wording.short_period(line[-1])})"
        )
    warning = figures.package.warnings[record.group]
    text = ["Newer figures count something different, so they cannot be compared with these:", *rows, warning]
    choices = [wording.question(figures.record(item), None) for item in record.later[:3]]
    return Absent(text, choices)


def available(figures: Figures, series: str | None) -> Absent:
    """What the data holds: years of the line that is talked about, or the chief series."""
    text: list[str] = []
    if series in figures.package.series:
        for item in figures.areas(series)[:8]:
            text.append(_have(figures, series, item))
        text.insert(0, f"These are the published figures for {figures.record(series).noun}.")
        return Absent(text, ["Show a chart", "What other figures are there?"])
    chief = sorted(figures.package.series.values(), key=lambda item: item.rank)[:10]
    text = ["These are the chief figures that you can ask for:"]
    text += [f"- {wording.capital(item.label)}" for item in chief]
    text.append(
        f"There are {len(figures.package.series)} kinds of figure in all, each with "
        f"its source. You can name a year and an area."
    )
    return Absent(text, [wording.question(item, None) for item in chief[:3]] + ["Which areas?"])


def available_in(figures: Figures, area: str) -> Absent:
    """What there is on one place: the newest figure of each series, the chief ones first."""
    place = figures.place(area)
    held = sorted(figures.series_of(area), key=lambda item: figures.record(item).rank)
    text = [f"These are the newest figures {place.in_text}:"]
    text += [
        f"- {wording.headline(figures.line(item, area)[-1], figures.record(item), place)}" for item in held[:LISTED]
    ]
    if len(held) > LISTED:
        text.append(f"There are {len(held)} kinds of figure for it in all. They are at /data.")
    return Absent(text, [wording.question(figures.record(item), place) for item in held[:3]])


def unknown_number(figures: Figures, said: str) -> Absent:
    """A number that is nowhere in the data."""
    chief = figures.record(figures.default)
    return Absent(
        [f"No, these figures do not include {said}: none of them is that number."],
        [wording.question(chief, None), "What figures do you have?"],
    )


def ambiguous(figures: Figures, options: Sequence[str], areas: Sequence[Sequence[str]]) -> Absent:
    """Several series fit: one short question with buttons."""
    choices = []
    for item in options:
        place = None
        if areas:
            chosen = figures.choose(item, areas[0])
            place = figures.place(chosen) if chosen else None
        choices.append(wording.question(figures.record(item), place))
    if len(options) == 2:
        labels = wording.listing([figures.record(item).noun for item in options], "or")
        return Absent([f"Do you mean {labels}?"], choices, True)
    return Absent(
        ["Which of these do you mean?", *[f"- {wording.capital(figures.record(item).label)}" for item in options]],
        choices,
        True,
    )


def ranking(figures: Figures, series: str) -> Absent:
    """Which area has most: areas without a figure of their own cannot be put in order."""
    record = figures.record(series)
    held = [figures.place(item) for item in figures.areas(series)]
    return Absent(
        [
            f"These figures do not include a fair way to put areas in order for {record.noun}.",
            "Areas differ in size and in how they count, so a bigger number does not mean that an area is worse.",
            f"The areas there are: {wording.listing([wording.short_area(item) for item in held])}.",
        ],
        [wording.question(record, held[0]), "What figures do you have?"],
    )

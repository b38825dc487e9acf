"""The phrases that answers are made of: values, periods, areas and sources in plain English."""

import re
from collections.abc import Sequence

from signpost.statistics.package import Package
from signpost.statistics.records import Area, Figure, Series, Source
from signpost.statistics.values import Value, show

_YEARS = re.compile(r"^(20\d\d/\d\d) \(Apr-Mar\)$")
_PIECE = re.compile(r"(?<=[.!?])\s+|;\s+")
_SUMS = re.compile(r"\b(?:worked out|not stated in the story)\b", re.I)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
CAVEAT = 18  # words of the one line of caveat


def shown(value: Value, series: Series) -> str:
    """A value with its percent sign where the unit is per cent."""
    return show(value, 1, "%" if series.per_cent else "")


def value_text(figure: Figure, series: Series) -> str:
    """The value as shown to a visitor, with the source's own words where it used words."""
    text = shown(figure.value, series)
    if figure.wording and not any(char.isdigit() for char in figure.wording) and figure.wording != "seven":
        return f"{text} ({figure.wording})"
    return figure.wording or text if figure.wording and any(c.isdigit() for c in figure.wording) else text


def period_name(figure: Figure) -> str:
    """ "2014", "2016/17 (April to March)" or the source's own label."""
    match = _YEARS.match(figure.label)
    return f"{match[1]} (April to March)" if match else figure.label


def short_period(figure: Figure) -> str:
    """The period without the months of a financial year."""
    match = _YEARS.match(figure.label)
    return match[1] if match else figure.label


def in_period(figure: Figure) -> str:
    """The period as the end of a sentence: " in 2014" or ", year ending March 2019"."""
    if figure.single:
        return f" in {period_name(figure)}"
    return f", {figure.label}"


def headline(figure: Figure, series: Series, area: Area) -> str:
    """The first line of an answer: value, what it counts, area and period."""
    value = value_text(figure, series)
    value = value[0].upper() + value[1:]
    label = series.label
    if label.startswith("change"):
        return f"{value}: {label}, {area.in_text}{in_period(figure)}."
    comma = "," if label.startswith("of ") or "said" in label else ""
    return f"{value} {label}{comma} {area.in_text}{in_period(figure)}."


def question(series: Series, area: Area | None) -> str:
    """A button title that asks for a series."""
    where = f" {area.in_text}" if area else ""
    if series.title != series.label and (series.per_cent or series.unit == "times"):
        return f"What is the {series.title}{where}?"
    if series.label.startswith("of "):
        return f"What percentage {series.label}{where}?"
    if series.label.startswith("change"):
        return f"What was the {series.label}{where}?"
    return f"How many {series.title}{where}?"


def listing(items: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    unique = list(dict.fromkeys(items))
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} {last} {unique[-1]}"


def source_line(source: Source) -> str:
    """Publisher, title, date and link of a source; only a headline that it printed stands in quotation marks."""
    date = f" ({source.published})" if source.published and source.published not in source.title else ""
    end = f": {source.url}" if source.url else ". No web address is known for it."
    title = source.title if source.described else f'"{source.title}"'
    return f"{source.publisher}, {title}{date}{end}"


def publisher_line(source: Source, cited: str = "") -> str:
    """Publisher, year and link of a source, and whom it cites."""
    year = source.published[:4]
    dated = f"{source.publisher}, {year}" if year and year not in source.publisher else source.publisher
    dated += f", citing {cited}" if cited else ""
    return f"{dated}: {source.url}" if source.url else f"{dated}."


def one_caveat(caveats: Sequence[str], warning: str, compared: bool) -> str:
    """The one line of what a figure does not mean: the warning of its group where numbers are compared."""
    told = [warning, *caveats] if compared else caveats
    pieces = [piece for text in told for piece in _PIECE.split(text) if piece and not _SUMS.search(piece)]
    chosen = next((piece for piece in pieces if len(piece.split()) <= CAVEAT), None)
    return f"{capital(chosen.rstrip('.'))}." if chosen else ""


def digits(text: str) -> str:
    """The number in a value as shown, without separators and signs."""
    found = _NUMBER.search(text)
    return found[0].replace(",", "") if found else ""


def numbers_in(text: str) -> list[str]:
    """All numbers of a text, without separators."""
    return [number.replace(",", "") for number in _NUMBER.findall(text)]


def lower(text: str) -> str:
    """The text with a small first letter, unless that is of a name."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sources_of(figures: Sequence[Figure], package: Package) -> list[Source]:
    """The sources of some figures, each once."""
    return [package.sources[key] for key in dict.fromkeys(figure.source for figure in figures)]


def short_area(area: Area) -> str:
    """The name of an area; a group of police areas by its size instead of its members."""
    if area.kind == "group of police force areas" and area.name.endswith(")"):
        return f"the {area.name.rpartition('(')[2][:-1]}"
    return area.name


def caveats_of(figures: Sequence[Figure]) -> list[str]:
    """The caveats of some figures, each once, in order; a caveat that another one ends with is left out."""
    unique = list(dict.fromkeys(figure.caveat for figure in figures if figure.caveat))
    return [text for text in unique if not any(other != text and other.endswith(text) for other in unique)]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]

"""What no schema can say of the figures: bounds, periods, sources, gaps, duplicates, sums, comparability, names.

Each check takes the tables, name -> rows, and yields a line for each fault, which says what to put right.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

Row = dict[str, str]
Tables = dict[str, list[Row]]
NAMES = 3  # plain names by which a visitor can ask for a series
MIRRORS = ("feeds.", "racetothemoon.", "scrqualitymarkers-", ".azurewebsites.", "//cy.ons.")  # better addresses exist
YEARS = {"calendar year", "financial year"}


def read(folder: Path) -> Tables:
    """Every table of the package, by name without ".csv"."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def bounds(tables: Tables) -> Iterator[str]:
    """Bounds fit the qualifier; counts are whole and not negative; shares are at most 100 per cent."""
    series = {row["id"]: row for row in tables["series"]}
    for row in tables["figures"]:
        low, high = float(row["value_low"]), float(row["value_high"] or "inf")
        qualifier, unit = row["qualifier"], series[row["series"]]["unit"]
        fits = {"exact": low == high, "about": low == high, "between": low < high < float("inf")}
        if not fits.get(qualifier, not row["value_high"]):
            yield f"{row['id']}: bounds {row['value_low']} to {row['value_high'] or '(none)'} do not fit {qualifier!r}"
        if unit == "per cent" and not series[row["series"]]["label"].startswith("change") and not 0 <= low <= 100:
            yield f"{row['id']}: a share of {row['value_low']} per cent"
        if unit not in {"per cent", "times"} and (low < 0 or low % 1):
            yield f"{row['id']}: a count of {row['value_low']} {unit}"


def periods(tables: Tables) -> Iterator[str]:
    """A period ends after it starts, and before its source was read."""
    read_on = {row["id"]: row["retrieved"] for row in tables["sources"]}
    for row in tables["figures"]:
        if row["period_start"] > row["period_end"]:
            yield f"{row['id']}: the period ends before it starts"
        if row["period_end"] > read_on.get(row["source"], "9"):
            yield f"{row['id']}: the period ends after its source was read"


def sources(tables: Tables) -> Iterator[str]:
    """Every source is used, once, with the best address known."""
    used = {row["source"] for name in ("figures", "claims") for row in tables[name]}
    seen: dict[tuple[str, ...], str] = {}
    for row in tables["sources"]:
        if row["id"] not in used:
            yield f"source {row['id']}: no figure and no claim is from it"
        if row["url"] and (not row["url"].startswith("https://") or any(mark in row["url"] for mark in MIRRORS)):
            yield f"source {row['id']}: {row['url']} is a mirror or not https; give the publisher's own address"
        key = (row["url"] or row["id"], row["publisher"], row["published"])
        if key in seen:
            yield f"source {row['id']}: the same as {seen[key]}"
        seen[key] = row["id"]


def gaps(tables: Tables) -> Iterator[str]:
    """Missing years inside a line are exactly those that gaps.csv owns up to."""
    held: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in tables["figures"]:
        if row["period_kind"] in YEARS and row["published"] == "yes":
            held[row["series"], row["area"], row["period_kind"]].add(int(row["period_start"][:4]))
    missing = {key: sorted(set(range(min(years), max(years))) - years) for key, years in held.items()}
    told = {
        (row["series"], row["area"], row["period_kind"]): [int(year[:4]) for year in row["missing"].split("|")]
        for row in tables["gaps"]
    }
    for key in held | told:
        if missing.get(key, []) != told.get(key, []):
            yield f"{', '.join(key)}: lacks {missing.get(key, [])}, but gaps.csv says {told.get(key, [])}"


def duplicates(tables: Tables) -> Iterator[str]:
    """No value twice for one series, area and period, and no two values from one source."""
    seen: dict[tuple[str, ...], str] = {}
    for row in tables["figures"]:
        place = (row["series"], row["area"], row["period_label"])
        for last in ("source " + row["source"], "value " + row["value_low"]):
            if (*place, last) in seen:
                yield f"{row['id']}: the same series, area, period and {last.split()[0]} as {seen[(*place, last)]}"
            seen[(*place, last)] = row["id"]


def totals(tables: Tables) -> Iterator[str]:
    """A total is the sum of its parts where one source gives all of them for the same period."""
    members = {row["id"]: row["members"].split("|") for row in tables["areas"] if row["members"]}
    exact = {
        (row["series"], row["source"], row["period_label"], row["area"]): float(row["value_low"])
        for row in tables["figures"]
        if row["qualifier"] == "exact"
    }
    for (*line, area), total in exact.items():
        parts = [exact.get((*line, member)) for member in members.get(area, [])]
        known = [part for part in parts if part is not None]
        if known and len(known) == len(parts) and sum(known) != total:
            yield f"{', '.join(line)}: the parts of {area} add up to {sum(known):g}, not {total:g}"


def comparability(tables: Tables) -> Iterator[str]:
    """Later series stand apart, a group is used, and the series that people are led to has a group for itself."""
    series = {row["id"]: row for row in tables["series"]}
    for row in series.values():
        for later in filter(None, row["later"].split("|")):
            if later in series and series[later]["group"] == row["group"] and row["rank"] == "1":
                yield f"{row['id']}: {later} is in its comparability group; newer figures are never joined to it"
    groups: dict[str, set[str]] = defaultdict(set)
    for row in series.values():
        groups[row["group"]].add(row["publisher"].split()[0])
    chief = next(row for row in series.values() if row["rank"] == "1")
    if len(groups[chief["group"]]) > 1:
        yield f"group {chief['group']}: holds series of {sorted(groups[chief['group']])}"
    for row in tables["groups"]:
        if row["id"] not in groups:
            yield f"group {row['id']}: no series is in it"


def names(tables: Tables) -> Iterator[str]:
    """Each series has three names that are its own, and figures to find by them."""
    said = {
        row["id"]: set(filter(None, [row["label"].casefold(), *row["aliases"].casefold().split("|")]))
        for row in tables["series"]
    }
    times = Counter(name for own in said.values() for name in own)
    filled = {row["series"] for row in tables["figures"]}
    for series, own in said.items():
        if sum(times[name] == 1 for name in own) < NAMES:
            yield f"series {series}: fewer than {NAMES} names of its own; add some to aliases"
        if series not in filled:
            yield f"series {series}: has no figures"


CHECKS: tuple[Callable[[Tables], Iterator[str]], ...] = (
    bounds,
    periods,
    sources,
    gaps,
    duplicates,
    totals,
    comparability,
    names,
)


def figure_faults(folder: Path) -> list[str]:
    """Every fault of the tables under `folder`, one a line, with the name of its check; none of the table served."""
    tables = read(folder)
    if "series" not in tables:
        return []
    return [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(tables)]

"""What named people and organisations said in the source, in our words and with their names."""

from typing import Any

from signpost.statistics import wording
from signpost.statistics.asking.query import Claim
from signpost.statistics.figures import Figures
from signpost.statistics.package import Package

SHOWN = 2  # things that one speaker said; the others are buttons


class Claims:
    """Answers questions about who said what."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.giver = {
            claim.figure: claim.role
            for claim in package.claims.values()
            if claim.figure and claim.role.removeprefix("the ") != package.sources[claim.source].publisher
        }

    def answer(self, query: Claim, figures: Figures) -> tuple[str, list[str], dict[str, Any]]:
        """The claims that are asked for, each attributed, with its figure where it has one."""
        claims = [self._package.claims[item] for item in query.claims if item in self._package.claims]
        if not claims:
            return (
                "These figures do not include what was said about that.",
                ["What did the NSPCC say?", "What did the Home Office say?"],
                {},
            )
        lines: list[str] = []
        shown = claims if query.source or len({claim.speaker for claim in claims}) > 1 else claims[:SHOWN]
        wide = len({claim.speaker for claim in claims}) > 1
        if query.person:
            name, _, work = claims[0].role.partition(", ")
            giver = f"the {self._package.sources[claims[0].source].publisher}"
            lines.append(f"{name} of the {work} is quoted by {giver}. In short, what {name} said:")
        custom: dict[str, Any] = {}
        if query.source:
            lines.append(f"This was said by {wording.listing([claim.role for claim in claims])}.")
        for claim in shown:
            lines.append(claim.paraphrase)
            figure = self._package.figures.get(claim.figure)
            if figure is None or wide or query.person:
                continue
            series, area = self._package.series[figure.series], self._package.areas[figure.area]
            lines.append(f"The figure: {wording.headline(figure, series, area)}")
            change = figures.change_series(figure.series)
            if change:
                for other in figures.at(change, figure.area, {"kind": "label", "label": figure.label}).figures:
                    lines.append(
                        f"{wording.value_text(other, self._package.series[change])} more than the year before."
                    )
            if caveat := wording.one_caveat([figure.caveat], "", compared=False):
                lines.append(caveat)
        roles = list(dict.fromkeys(claim.role for claim in claims))
        source = self._package.sources[claims[0].source]
        lines.append(f"Said by {wording.listing(roles)} in {source.published}, in our words.")
        lines.append(f"From: {wording.publisher_line(source)}")
        speaker = claims[0].speaker
        others = [claim for claim in self._package.claims.values() if claim.speaker == speaker and claim not in shown]
        name = self._package.speakers[speaker].name
        choices = [f"What did {name} say about {claim.topic}?" for claim in others[:3]]
        choices.append("Where is this from?" if not query.source else "What figures do you have?")
        return "\n".join(dict.fromkeys(lines)), choices, custom

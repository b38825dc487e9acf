"""Every figure, exact, with its source: reads questions of fact and answers them from the data package.

statistics = Statistics.load(Path("data/statistics"))
asked = statistics.read("how many in cambridgeshire in 2014?", today)
reply = statistics.answer(asked.slots, today)
"""

from datetime import date
from pathlib import Path
from typing import Any

from signpost.statistics import data_page, export
from signpost.statistics.asking.query import Asked
from signpost.statistics.asking.reader import Reader
from signpost.statistics.figures import Figures
from signpost.statistics.package import Package, read_package
from signpost.statistics.records import StatisticsError
from signpost.statistics.replies import Replies
from signpost.statistics.results import Answer

__all__ = ["Answer", "Asked", "Statistics", "StatisticsError"]


class Statistics:
    """The published figures: what is asked of them and what they answer. Holds no state of a conversation."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.figures = Figures(package)
        self._reader = Reader(self.figures)
        self._replies = Replies(self.figures)

    @classmethod
    def load(cls, folder: Path) -> "Statistics":
        """Read the data package; raises StatisticsError with the file and what to do."""
        return cls(read_package(Path(folder)))

    def read(
        self, text: str, today: date, previous: dict[str, Any] | None = None, likely: bool = False
    ) -> Asked | None:
        """The questions of fact in a message; None when it has nothing to do with figures.

        Args:
            text: as typed.
            today: for "last year".
            previous: the slots of the last answer, for follow-ups.
            likely: the message surely asks for a figure or a claim, so that naming any part of the data is enough.
        """
        return self._reader.read(text, today, previous, likely)

    def figures_csv(self) -> str:
        """Every figure as one CSV text."""
        return export.figures_csv(self.package)

    def figures_json(self, address: str = "") -> dict[str, Any]:
        """Every figure, claim, warning and gap as one JSON-able document, with the descriptor of the CSV."""
        return export.figures_json(self.package, address)

    def descriptor(self, address: str = "") -> dict[str, Any]:
        """The data package that describes the CSV; `address` is that of the site."""
        return export.descriptor(self.package, address)

    def csvw(self, address: str = "") -> dict[str, Any]:
        """The CSV described as CSV on the Web."""
        return export.csvw(self.package, address)

    def data_page_html(self, address: str = "", stylesheet: str = "") -> str:
        """A page about the data set that needs no script and runs under a strict Content-Security-Policy."""
        return data_page.data_page(self.package, address, stylesheet)

    def figure_html(self, key: str, stylesheet: str = "") -> str | None:
        """The page of one figure, or None."""
        return data_page.figure_page(self.package, key, stylesheet)

    def figure_json(self, key: str) -> str | None:
        """One figure as JSON text, or None."""
        return data_page.figure_json(self.package, key)

    def answer(self, asked: dict[str, Any], today: date) -> Answer:
        """The reply to slots that `read` made (or that were kept from an earlier answer)."""
        return self._replies.answer(asked, today)

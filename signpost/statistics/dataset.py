"""The data set in the words of schema.org, for the search engines that list data sets."""

from typing import Any

from signpost.statistics import export
from signpost.statistics.package import Package

_FILES = (
    ("All figures as CSV", "text/csv", "figures.csv"),
    ("All figures as JSON", "application/json", "figures.json"),
    ("Data package descriptor", "application/json", "datapackage.json"),
)


def dataset(package: Package, address: str = "") -> dict[str, Any]:
    """The description; `address` is that of the site, without a slash at its end."""
    about = package.descriptor
    dates = sorted(date for figure in package.figures.values() for date in (figure.start, figure.end) if date)
    licence = about["licenses"][0]["path"]
    creator = {"@type": "Organization", "name": about["contributors"][0]["title"], "url": f"{address}/"}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{address}/data",
        "url": f"{address}/data",
        "name": about["title"],
        "description": about["description"],
        "inLanguage": "en-GB",
        "version": about["version"],
        "keywords": about["keywords"],
        "creator": creator,
        "publisher": creator,
        "license": licence,
        "usageInfo": f"{address}/data#licence",
        "isAccessibleForFree": True,
        "dateCreated": about["created"][:10],
        "dateModified": export.modified(package),
        "temporalCoverage": f"{dates[0]}/{dates[-1]}",
        "spatialCoverage": [
            {"@type": "Place", "name": name}
            for name in sorted({package.areas[figure.area].name for figure in package.figures.values()})
        ],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": series.label, "description": series.definition, "unitText": series.unit}
            for series in package.series.values()
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": kind,
                "contentUrl": f"{address}/data/{file}",
                "license": licence,
            }
            for name, kind, file in _FILES
        ],
    }

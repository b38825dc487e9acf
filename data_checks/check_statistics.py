"""Validate the statistics data package: as a Frictionless package, as CSV on the Web, and what no schema can say.

    python check_statistics.py [FOLDER]

FOLDER defaults to data/statistics beside this project.
Prints a line for each fault and exits 1, or one line and exits 0.
"""

import sys
import warnings
from pathlib import Path

from check_figures import figure_faults
from csvw import TableGroup
from csvw.metadata import CSVW
from frictionless import Package, system


def frictionless_faults(folder: Path) -> list[str]:
    """Faults against Table Schema: types, required cells, keys and foreign keys."""
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    faults = [f"datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        faults += [f"{task.place}: {error.message}" for error in task.errors]
    return faults


def csvw_faults(folder: Path) -> list[str]:
    """Faults against the CSVW metadata of every table."""
    faults = []
    files = sorted(folder.glob("*.csv-metadata.json"))
    tables = {path.name for path in folder.glob("*.csv")}
    described = {path.name.removesuffix("-metadata.json") for path in files}
    faults += [f"{name}: has no {name}-metadata.json" for name in sorted(tables - described)]
    for path in files:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                described_by = CSVW(str(path), validate=True)
                if not described_by.is_valid:
                    faults.append(f"{path.name}: the table does not fit its metadata")
                if (
                    isinstance(described_by.t, TableGroup)
                    and not TableGroup.from_file(path).check_referential_integrity()
                ):
                    faults.append(f"{path.name}: a key names a row that is not there")
            except (ValueError, OSError, KeyError, AssertionError) as error:
                faults.append(f"{path.name}: {error}")
        faults += [f"{path.name}: {item.message}" for item in caught if "csvw" in str(item.filename)]
    return faults


def main(arguments: list[str]) -> int:
    """Check one folder; 0 when it holds."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent / "data" / "statistics"
    if not (folder / "datapackage.json").is_file():
        sys.stdout.write(f"statistics: {folder / 'datapackage.json'} not found" + "\n")
        return 1
    faults = [f"table schema: {fault}" for fault in frictionless_faults(folder)]
    faults += [f"csvw: {fault}" for fault in csvw_faults(folder)]
    faults += [f"figures: {fault}" for fault in figure_faults(folder)]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    if faults:
        sys.stdout.write(f"statistics: {len(faults)} fault(s) in {folder}" + "\n")
        return 1
    tables = len(list(folder.glob("*.csv")))
    sys.stdout.write(f"statistics: {tables} tables hold, as a data package, as CSV on the Web and by every check\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

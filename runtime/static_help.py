"""Rasa extension point: none; the help page as files, for a proxy to serve while no process answers.

`python -m runtime.static_help FOLDER`, when an image is built or a release installed: the page is as old as the data.
"""

import sys
from pathlib import Path

from signpost import site
from signpost.assistant import assistant


def write(folder: Path) -> list[Path]:
    """Write `help.html` and `help.css` into the folder; returns the files."""
    made = site.pages(assistant())
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / "help.html": made["/help"], folder / "help.css": made["/help.css"]}
    for file, text in files.items():
        file.write_text(text(), encoding="utf-8")
    return list(files)


if __name__ == "__main__":
    for file in write(Path(sys.argv[1])):
        print(file)  # noqa: T201

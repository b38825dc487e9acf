"""Rasa extension point: none; what a proxy says while no process answers, as files: help page and line of emergency.

`python -m runtime.static_help FOLDER`, when an image is built or a release installed: the page is as old as the data.
"""

import sys
from pathlib import Path

from runtime.admission import IN_DANGER
from runtime.pages import build
from signpost import site
from signpost.assistant import assistant


def write(folder: Path) -> list[Path]:
    """Write `help.html`, `help.css`, and `in_danger.map` for nginx into the folder; returns the files."""
    made = site.pages(assistant())
    in_danger = assistant().services().fill(IN_DANGER)
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        folder / "help.html": made["/help"](),
        folder / "help.css": build([], {"/help.css": made["/help.css"]})["/help.css"].body.decode(),
        folder / "in_danger.map": f'default " {in_danger}";\n',
    }
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    return list(files)


if __name__ == "__main__":
    for file in write(Path(sys.argv[1])):
        print(file)  # noqa: T201

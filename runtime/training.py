"""Rasa extension point: `rasa train`, run only when the newest model was made from other files than are here now.

A model that is up to date comes with the repository. What it was made from is told by contents, never by times, so that
a fresh clone, a copy or an unpacked archive does not train again.
"""

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES: tuple[str, ...] = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/words/textspeak.yml",
    "data/words/softeners.yml",
)
SOURCES += (
    "data/encoder",
    "runtime/intents.py",
    "runtime/encoder.py",
    "signpost/understanding/words.py",
    "signpost/words.py",
)
KEPT_IN = "sources.txt"  # the file in the model that holds the fingerprint; the classifier writes it


class TrainingError(RuntimeError):
    """Training failed; the message says where to look."""


def newest_model(folder: Path = ROOT / "models") -> Path | None:
    """Return the newest model, or None."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda m: m.stat().st_mtime)
    return models[-1] if models else None


def fingerprint(root: Path = ROOT) -> str:
    """Return the SHA-256 over the path and contents of each file that a model is made from, in hexadecimal digits."""
    total = hashlib.sha256()
    for name in SOURCES:
        place = root / name
        for file in [place] if place.is_file() else sorted(f for f in place.rglob("*") if f.is_file()):
            if "__pycache__" not in file.parts:
                total.update(file.relative_to(root).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def made_from(model: Path) -> str:
    """Return the fingerprint of the files that a model was made from; empty when it does not say or cannot be read."""
    try:
        with tarfile.open(model) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith(f"/{KEPT_IN}") else None
                if file is not None:
                    return file.read(64).decode("ascii", "replace")
    except (OSError, EOFError, tarfile.TarError):
        return ""
    return ""


def up_to_date(root: Path = ROOT) -> bool:
    """Whether the newest model was made from the files as they are now."""
    model = newest_model(root / "models")
    return model is not None and made_from(model) == fingerprint(root)


def ensure_model(root: Path = ROOT) -> Path:
    """Return a model that is up to date, trained now (with Rasa's own progress on the terminal) if need be."""
    if not up_to_date(root):
        print("Training the model (a few minutes; only when the data has changed) ...", file=sys.stderr, flush=True)  # noqa: T201
        # what Rasa would look at first, `make validate` looks at more strictly; twice is a minute and a half more
        command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "signpost", "--skip-validation"]
        if subprocess.run(command, cwd=root, check=False).returncode:  # noqa: S603
            raise TrainingError("`rasa train` failed; its messages are above.")
    model = newest_model(root / "models")
    if model is None:
        raise TrainingError("`rasa train` wrote no model into models/.")
    return model


if __name__ == "__main__":
    ensure_model()

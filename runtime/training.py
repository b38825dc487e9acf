"""Rasa extension point: `rasa train`, run only when the newest model is missing or older than what it is made from."""

import subprocess
import sys
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


class TrainingError(RuntimeError):
    """Training failed; the message says where to look."""


def newest_model(folder: Path = ROOT / "models") -> Path | None:
    """Return the newest model, or None."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda m: m.stat().st_mtime)
    return models[-1] if models else None


def newest_source(root: Path = ROOT) -> float:
    """Return when the newest file that a model is made from was changed, in seconds since the epoch."""
    files = [f for name in SOURCES for f in ([root / name] if (root / name).is_file() else (root / name).rglob("*"))]
    return max((f.stat().st_mtime for f in files if f.is_file()), default=0.0)


def up_to_date(root: Path = ROOT) -> bool:
    """Whether the newest model is newer than all of its sources."""
    model = newest_model(root / "models")
    return model is not None and model.stat().st_mtime >= newest_source(root)


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

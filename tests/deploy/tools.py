"""The programs of `deploy_checks/`, a locked project of its own: its libraries clash with Rasa's pins."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CHECKS = ROOT / "deploy_checks"


@functools.lru_cache(maxsize=1)
def tools() -> Path:
    """Return the folder of the checks' programs, installed as locked."""
    uv = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    assert Path(uv).exists(), "uv is missing: `make test` fetches it"
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": ".venv", "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    run([uv, "sync", "--locked", "--quiet", "--project", str(CHECKS)], environment)
    return CHECKS / ".venv" / "bin"


def run(arguments: list[str], environment: dict[str, str] | None = None) -> str:
    """Run to the end; fails with everything that was printed."""
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr

"""What the assistant is built from: its bill of materials, and the weaknesses known of it.

    python supply_chain.py sbom     write docs/sbom.cdx.json (CycloneDX 1.5) from uv.lock
    python supply_chain.py audit    check uv.lock against docs/advisories.yml, then against the advisories of PyPI

`sbom` gives the same bytes for the same lock. `audit` exits 1 for what the record forbids or the advisories of PyPI
tell of beyond it. Where these cannot be reached it says so and goes by the record alone: a package with a weakness of
old must be found first, so that a mirror that knows of none is not taken for good news.
"""
# ruff: noqa: S603, T201 - a command that prints, and runs the project's own tools

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import yaml
from packaging.version import Version

ROOT = Path(__file__).parent.parent
SBOM = ROOT / "docs" / "sbom.cdx.json"
CANARY = "idna==3.6"  # CVE-2024-3651
UV = os.environ.get("UV") or "uv"


def exported(*options: str) -> str:
    """Return what `uv export` prints for what is installed where the assistant runs."""
    command = [UV, "export", "--locked", "--quiet", "--no-dev", "--all-extras", "--directory", str(ROOT), *options]
    environment = {k: v for k, v in os.environ.items() if k != "UV_PROJECT_ENVIRONMENT"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def sbom() -> dict[str, Any]:
    """Return the bill of materials: names, versions and what needs what; no address, time or random number."""
    left_out = [option for name in never() for option in ("--prune", name)]
    found = json.loads(exported("--format", "cyclonedx1.5", "--preview-features", "sbom-export", *left_out))
    found.pop("serialNumber", None)
    found["metadata"] = {"component": found["metadata"]["component"]}
    for component in [found["metadata"]["component"], *found["components"]]:
        for key in ("externalReferences", "properties"):
            component.pop(key, None)
    return dict(found)


def locked() -> dict[str, str]:
    """Return name -> version of everything in uv.lock."""
    return {p["name"]: p["version"] for p in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}


def record_faults() -> list[str]:
    """Return a line for each package of the lock that the record forbids."""
    record, lock = yaml.safe_load((ROOT / "docs" / "advisories.yml").read_text()), locked()
    faults = [
        f"{name} {lock[name]} is older than {entry['fixed']} ({', '.join(entry['ids'])})."
        for name, entry in record["lifted"].items()
        if name in lock and Version(lock[name]) < Version(entry["fixed"])
    ]
    faults += [
        f"{name} is in the lock: {why}"
        for name, why in record["absent"].items()
        if name in lock and name not in never()
    ]
    return faults + [
        f"{name} {lock.get(name)} is not the version that was looked at, {entry['version']}."
        for name, entry in record["open"].items()
        if lock.get(name) != entry["version"]
    ]


def never() -> list[str]:
    """Return the packages that an override keeps out everywhere; the lock names them still."""
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["override-dependencies"]
    return [o.partition(" ")[0] for o in overrides if o.endswith("; sys_platform == 'never'")]


def advisories(requirements: str) -> list[dict[str, Any]] | None:
    """Return what PyPI knows against the requirements, or None where it cannot be asked."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(requirements)
        file.flush()
        command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "-f", "json", "-r", file.name]
        done = subprocess.run([*command, "--progress-spinner", "off"], capture_output=True, text=True, check=False)
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        return None


def audit() -> int:
    """Check the lock; return 1 if a weakness is known that the record does not accept."""
    faults = record_faults()
    known = advisories(CANARY)
    if not known or not known[0].get("vulns"):
        print(
            f"PyPI's advisories cannot be reached from here: {len(locked())} packages checked against the record alone."
        )
    else:
        record = yaml.safe_load((ROOT / "docs" / "advisories.yml").read_text())
        accepted = {name: set(entry["ids"]) for name, entry in record["open"].items()}
        listed = advisories(exported("--format", "requirements.txt", "--no-emit-project", "--no-hashes")) or []
        for package in listed:
            for weakness in package.get("vulns", []):
                if not {weakness["id"], *weakness["aliases"]} & accepted.get(package["name"], set()):
                    faults.append(
                        f"{package['name']} {package['version']}: {weakness['id']}, {weakness['fix_versions']}."
                    )
        print(f"{len(listed)} packages checked against PyPI's advisories and the record.")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    if arguments == ["sbom"]:
        SBOM.write_text(json.dumps(sbom(), indent=1, sort_keys=True) + "\n")
        return 0
    if arguments == ["audit"]:
        return audit()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the assistant is built from: locked by hash, listed in the bill of materials, and held against the record."""

import json
import tomllib
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from tests.runtime.server import ROOT

LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text())
RECORD: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "advisories.yml").read_text())
SBOM: dict[str, Any] = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text())
VERSIONS = {package["name"]: package["version"] for package in LOCK["package"]}
NEVER = {
    Requirement(override).name
    for override in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["override-dependencies"]
    if "never" in override
}


def needed() -> dict[str, set[str]]:
    """Package to what it needs, for all that is installed where the assistant runs; markers as in the lock."""
    packages = {package["name"]: package for package in LOCK["package"]}
    found: dict[str, set[str]] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [
        ("signpost", tuple(packages["signpost"].get("optional-dependencies", {})))
    ]
    done: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        package = packages[name]
        wanted = [*package.get("dependencies", [])]
        for extra in extras:
            wanted += package.get("optional-dependencies", {}).get(extra, [])
        kept = [w for w in wanted if "sys_platform == 'never'" not in w.get("marker", "")]
        found.setdefault(name, set()).update(w["name"] for w in kept)
        waiting += [(w["name"], tuple(w.get("extra", ()))) for w in kept]
    return found


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    listed = {component["name"]: component["version"] for component in SBOM["components"]}
    wanted = {name: VERSIONS[name] for name in needed() if name != "signpost"}
    assert {n: v for n, v in listed.items() if n not in NEVER} == wanted, "run `make sbom`"
    refs = {component["bom-ref"]: component["name"] for component in SBOM["components"]}
    refs[SBOM["metadata"]["component"]["bom-ref"]] = "signpost"
    edges = {refs[d["ref"]]: {refs[r] for r in d.get("dependsOn", [])} - NEVER for d in SBOM["dependencies"]}
    assert {n: e for n, e in edges.items() if n not in NEVER} == needed(), "run `make sbom`"


def test_the_bill_of_materials_says_nothing_of_where_it_was_made() -> None:
    text = (ROOT / "docs" / "sbom.cdx.json").read_text()
    assert (SBOM["bomFormat"], SBOM["specVersion"]) == ("CycloneDX", "1.5")
    assert "://" not in text
    assert "serialNumber" not in SBOM
    assert set(SBOM["metadata"]) == {"component"}


def test_every_locked_file_has_a_hash_and_comes_from_the_public_index() -> None:
    for folder in (".", "data_checks", "contract_checks"):
        lock = tomllib.loads((ROOT / folder / "uv.lock").read_text())
        for package in lock["package"]:
            source = package["source"]
            if set(source) & {"virtual", "editable"}:
                continue
            assert source == {"registry": "https://pypi.org/simple"}, package["name"]
            files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
            assert files
            for file in files:
                assert file["hash"].startswith("sha256:"), package["name"]
                assert file["url"].startswith("https://files.pythonhosted.org/"), package["name"]


def test_the_lock_holds_no_version_that_the_record_forbids() -> None:
    assert RECORD["lifted"]
    for name, entry in RECORD["lifted"].items():
        assert entry["ids"]
        if name in VERSIONS:
            assert Version(VERSIONS[name]) >= Version(entry["fixed"]), f"{name}: {entry['ids']}"
    for name, why in RECORD["absent"].items():
        assert why
        assert name not in needed(), f"{name}: {why}"


def test_a_weakness_that_is_left_is_that_of_the_version_that_was_looked_at() -> None:
    for name, entry in RECORD["open"].items():
        assert VERSIONS[name] == entry["version"], f"look again at {name}: {entry['ids']}"
        assert len(entry["why"]) > 40
        assert name in (ROOT / "SECURITY.md").read_text()


def test_every_package_that_the_decision_record_lifts_is_in_the_record() -> None:
    decision = (ROOT / "docs" / "adr" / "0001-rasa-light.md").read_text()
    lifted = decision.partition("lifts what had advisories: ")[2].partition(";")[0].replace("\n", " ")
    names = [name.strip(" .").removeprefix("and ") for name in lifted.replace(" and ", ", ").split(",")]
    assert len(names) > 8
    for name in names:
        # sanic-cors had none of its own; it came with Sanic
        assert name in {*RECORD["lifted"], *RECORD["open"], "sanic-cors"}, name

"""Dockerfile, Compose, Kubernetes, systemd: read by their linters, and true to the repository."""

import json
import re
import shlex
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.loading import model_hash
from runtime.settings import table
from tests.deploy.tools import ROOT, run, tools
from tests.scale.services import free_port, wait_for

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted(p for p in (DEPLOY / "kubernetes").glob("*.yaml") if p.name != "kustomization.yaml")
UNITS = sorted(DEPLOY.glob("systemd/*"))


def dockerfile() -> list[list[str]]:
    """Each instruction as its words."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def documents() -> list[dict[str, Any]]:
    return [d for file in MANIFESTS for d in yaml.safe_load_all(file.read_text())]


def pods() -> list[dict[str, Any]]:
    specs = [d["spec"].get("jobTemplate", d)["spec"] for d in documents() if d["kind"] in ("Deployment", "CronJob")]
    return [spec["template"]["spec"] for spec in specs]


def test_the_dockerfile_has_no_fault() -> None:
    assert run([str(tools() / "hadolint"), "deploy/Dockerfile"]) == ""


def test_yaml_is_well_kept() -> None:
    run(
        [
            str(tools() / "yamllint"),
            "-s",
            "-c",
            "deploy/yamllint.yaml",
            "deploy",
            *map(str, ROOT.glob("endpoints*.yml")),
        ]
    )


def test_compose_keeps_its_schema() -> None:
    run([str(tools() / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "deploy/compose.yaml"])


def test_kubernetes_manifests_keep_their_schemas() -> None:
    said = run([str(tools() / "kubernetes-validate"), "--strict", *map(str, MANIFESTS)])
    assert said.count("passed for resource") == len(documents())


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda u: u.name)
def test_systemd_units_are_sound_and_locked_down(unit: Path, tmp_path: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if "is not executable: No such file" not in line]
    assert not faults
    run(["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)])


def test_everything_that_the_dockerfile_copies_is_there_and_let_in() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = [w for words in dockerfile() if words[0] == "COPY" and "--from=build" not in words for w in words[1:-1]]
    assert len(copied) > 10
    for path in copied:
        assert (ROOT / path).exists(), path
        assert any(fnmatch(path, pattern) for pattern in allowed), path


def test_the_locked_install_of_the_image_can_be_done() -> None:
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    commands = [" ".join(words) for words in dockerfile() if words[0] == "RUN"]
    syncs = [c for command in commands for c in re.findall(r"uv (sync --locked [^&]+)", command)]
    assert len(syncs) == 2
    for arguments in syncs:
        run([uv, *shlex.split(arguments), "--dry-run", "--project", str(ROOT)])


def test_the_image_runs_as_nobody_with_nothing_kept() -> None:
    words = dockerfile()
    stages = [w[-1] for w in words if w[0] == "FROM"]
    assert stages == ["build", "assistant", "front"]
    assert [w[1] for w in words if w[0] == "USER"] == ["65532:65532"] * 2
    assert [w[0] for w in words if w[0] == "HEALTHCHECK"] == ["HEALTHCHECK"]
    text = (DEPLOY / "Dockerfile").read_text()
    assert "--no-cache-dir" in text
    assert "UV_NO_CACHE=1" in text


def test_the_assistant_runs_from_a_read_only_folder_as_an_unprivileged_user(model: Path, tmp_path: Path) -> None:
    """As the image runs it: nothing can be written but /tmp, and the user is not root."""
    port, writable = free_port(), tmp_path / "tmp"
    writable.mkdir()
    inside = (
        f"mount --bind {ROOT} {ROOT} && mount -o remount,bind,ro {ROOT} && cd {ROOT} && ! touch written 2>/dev/null && "
        f"exec unshare --user --map-user=65532 --map-group=65532 {ROOT}/.venv/bin/python -c "
        '\'import os, runpy; print(os.getuid(), flush=True); runpy.run_module("runtime.server", run_name="__main__")\''
    )
    environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "PORT": str(port), "PYTHONPATH": str(ROOT)}
    environment |= {"HOME": str(writable), "TMPDIR": str(writable), "MPLCONFIGDIR": str(writable)}
    environment["SIGNPOST_MODEL"] = model_hash(model)
    log = tmp_path / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", inside],
            env=environment,
            stdout=output,
            stderr=output,
        )
    check = next(words for words in dockerfile() if words[0] == "HEALTHCHECK")
    health = json.loads(" ".join(check[check.index("CMD") + 1 :]))
    health[-1] = health[-1].replace("5005", str(port))

    def healthy() -> bool:
        assert server.poll() is None, log.read_text()
        return subprocess.run([str(ROOT / ".venv/bin/python"), *health[1:]], stderr=subprocess.DEVNULL).returncode == 0

    try:
        wait_for(healthy, "the health check", 300)
    finally:
        server.terminate()
        server.wait(30)
    assert log.read_text().startswith("65532\n")


def test_every_setting_that_is_deployed_is_a_setting() -> None:
    known = {row["name"] for row in table()} | {"DATABASE_URL", "RABBITMQ_URL"}
    text = "\n".join(p.read_text() for p in DEPLOY.rglob("*") if p.is_file() and p.suffix != ".md")
    named = set(re.findall(r"\b(?:SIGNPOST_[A-Z_]*[A-Z]|[A-Z]+_URL)\b", text))
    assert {"SIGNPOST_ENDPOINTS", "SIGNPOST_MODEL", "REDIS_URL"} <= named
    assert named <= known


def test_no_pod_may_do_more_than_it_needs() -> None:
    assert len(pods()) == 4
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            rights = container["securityContext"]
            assert rights["readOnlyRootFilesystem"] is True
            assert rights["allowPrivilegeEscalation"] is False
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert set(container["resources"]) == {"requests", "limits"}


def test_every_deployment_that_is_scaled_survives_a_disruption_and_is_probed() -> None:
    kinds = {(d["kind"], d["metadata"]["name"]) for d in documents()}
    for name in ("assistant", "front"):
        assert ("PodDisruptionBudget", name) in kinds
        assert ("NetworkPolicy", name) in kinds
    for document in documents():
        if document["kind"] == "Deployment":
            for container in document["spec"]["template"]["spec"]["containers"]:
                assert {"readinessProbe", "livenessProbe"} <= set(container)


def test_every_manifest_is_in_the_kustomization_but_the_job_of_the_other_store() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    assert {m.name for m in MANIFESTS} - set(listed) == {"postgresql.yaml"}


def test_compose_locks_every_service_down() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert set(services) == {"assistant", "redis", "front"}
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["tmpfs"]
    assert services["assistant"]["deploy"]["replicas"] == 2
    assert "ports" not in services["redis"]
    assert "ports" not in services["assistant"]

"""The trained model is data: no pickle, no path that leaves its folder, no loader that would run what it holds."""

import ast
import io
import pickletools
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np
import pytest

from tests.runtime.server import ROOT

DATA = {".npz", ".json", ".yml", ".yaml", ".md", ".txt"}
RUNS_WHAT_IT_READS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "skops", "jsonpickle"}


def is_pickle(data: bytes) -> bool:
    """Whether the bytes can be read as a pickle from begin to end."""
    try:
        return data[:1] == b"\x80" or (
            any(code.name == "STOP" for code, _, _ in pickletools.genops(data)) and len(data) > 2
        )
    except (ValueError, IndexError, UnicodeDecodeError):
        return False


def test_a_pickle_would_be_noticed() -> None:
    import pickle

    assert is_pickle(pickle.dumps({"a": [1]}))
    assert is_pickle(pickle.dumps({"a": [1]}, protocol=0))
    assert not is_pickle(b'{"a": 1}')


def test_the_model_holds_no_pickle_and_no_path_out_of_its_folder(model: Path) -> None:
    held = 0
    with tarfile.open(model) as archive:
        for member in archive.getmembers():
            path = PurePosixPath(member.name)
            assert not path.is_absolute()
            assert ".." not in path.parts
            assert member.isfile() or member.isdir()
            assert not member.mode & 0o6000
            if not member.isfile():
                continue
            held += 1
            assert path.suffix in DATA, member.name
            file = archive.extractfile(member)
            assert file is not None
            data = file.read()
            assert not is_pickle(data), member.name
            if path.suffix == ".npz":
                with zipfile.ZipFile(io.BytesIO(data)) as arrays:
                    assert all(name.endswith(".npy") and "/" not in name for name in arrays.namelist())
                with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                    assert all(arrays[name].dtype.kind in "biufU" for name in arrays)
    assert held >= 3


def test_weights_that_hold_a_pickle_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, bias=np.array([{"run": "me"}], dtype=object))
    with np.load(path, allow_pickle=False) as weights, pytest.raises(ValueError, match="allow_pickle"):
        weights["bias"]


def test_a_model_whose_members_leave_its_folder_is_not_unpacked(tmp_path: Path) -> None:
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    crafted = tmp_path / "crafted.tar.gz"
    with tarfile.open(crafted, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../../escaped.txt"), io.BytesIO(b""))
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    with pytest.raises(Exception, match=r"(?i)unsafe|outside|directory traversal|cannot|metadata|no such"):
        LocalModelStorage.from_model_archive(folder, crafted)
    assert not (tmp_path / "escaped.txt").exists()


def test_no_file_of_ours_loads_what_could_run() -> None:
    for room in ("actions", "runtime", "signpost"):
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                where = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.Import | ast.ImportFrom):
                    named = [a.name for a in node.names] + [getattr(node, "module", None) or ""]
                    assert not {n.partition(".")[0] for n in named} & RUNS_WHAT_IT_READS, where
                if isinstance(node, ast.Call):
                    called = ast.unparse(node.func)
                    assert called not in ("eval", "exec", "compile", "__import__", "os.system", "os.popen"), where
                    assert called not in ("yaml.load", "yaml.unsafe_load", "yaml.full_load"), where
                    if called in ("np.load", "numpy.load"):
                        kept = {k.arg: ast.unparse(k.value) for k in node.keywords}
                        assert kept.get("allow_pickle") == "False", where
                    assert not any(k.arg == "shell" and ast.unparse(k.value) == "True" for k in node.keywords), where

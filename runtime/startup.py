"""Rasa extension point: the interpreter's start (`signpost-startup.pth` has each Python import this).

It makes the stock commands (`rasa train`, `rasa shell`, `rasa run`, ...) work as typed: what Rasa imports but never
uses here is stood in for, telemetry is off, and our plugin is registered. Nothing is imported before Rasa asks
for it.
"""

import importlib
import importlib.abc
import importlib.machinery
import os
import sys
import types
import warnings
from collections.abc import Sequence

# sentry-sdk 2 makes Rasa raise wherever telemetry is on, which is Rasa's default.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
# ONNX Runtime would keep a device id below the home folder and send what it notices to its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# module -> (the distribution that would bring it, names that Rasa takes from it)
STAND_INS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rasa.utils.tensorflow.callback": ("tensorflow", ("RasaTrainingLogger", "RasaModelCheckpoint")),
    "rasa.utils.tensorflow.data_generator": ("tensorflow", ("RasaBatchDataGenerator",)),
    "boto3": ("boto3", ()),
    "boto3.dynamodb": ("boto3", ()),
    "boto3.dynamodb.conditions": ("boto3", ("Key",)),
    "botocore": ("boto3", ()),
    "botocore.exceptions": ("boto3", ("BotoCoreError",)),
    "fontTools": ("fontTools", ()),
    "fontTools.agl": ("fontTools", ()),  # for TeX fonts, which no plot of Rasa's uses
    "twilio": ("twilio", ()),
    "twilio.base": ("twilio", ()),
    "twilio.base.exceptions": ("twilio", ("TwilioRestException",)),
    "twilio.rest": ("twilio", ("Client",)),
    "twilio.twiml": ("twilio", ()),
    "twilio.twiml.voice_response": ("twilio", ("VoiceResponse", "Gather")),
}
# module -> our module whose `attach(module)` runs once Rasa has imported it
ATTACHMENTS = {
    "rasa.cli.interactive": "runtime.stock_commands",
    "rasa.cli.run": "runtime.stock_commands",
    "rasa.cli.test": "runtime.stock_commands",
    "rasa.cli.visualize": "runtime.stock_commands",
    "rasa.core.actions.action": "runtime.action_results",
    "rasa.core.exporter": "runtime.stock_commands",
    "rasa.plugin": "runtime.privacy",
    "rasa.utils.endpoints": "runtime.local_actions",
    "sanic": "runtime.sanic_start",
}


class NotInstalled(RuntimeError):
    """A part of Rasa was used whose library this project leaves out."""


def _stand_in(name: str, distribution: str) -> type:
    message = f"{name} needs {distribution!r}, which Signpost leaves out (docs/adr/0001-rasa-light.md)."

    def refuse(self: object, *args: object, **kwargs: object) -> None:
        raise NotInstalled(message)

    base = Exception if name.endswith(("Error", "Exception")) else object
    return type(name, (base,), {"__init__": refuse, "__doc__": message})


class _StandInLoader(importlib.abc.Loader):
    def __init__(self, distribution: str, names: tuple[str, ...]) -> None:
        self.distribution, self.names = distribution, names

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        module.__path__ = []
        for name in self.names:
            setattr(module, name, _stand_in(name, self.distribution))


class _AttachingLoader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader, attachment: str) -> None:
        self.loader, self.attachment = loader, attachment

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        self.loader.exec_module(module)
        importlib.import_module(self.attachment).attach(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Answers for the modules named above and for no others."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name in STAND_INS:
            distribution, names = STAND_INS[name]
            if importlib.machinery.PathFinder.find_spec(distribution) is not None:
                return None
            loader: importlib.abc.Loader = _StandInLoader(distribution, names)
            return importlib.machinery.ModuleSpec(name, loader, is_package=not names)
        if name in ATTACHMENTS:
            spec = importlib.machinery.PathFinder.find_spec(name, path)
            if spec is not None and spec.loader is not None:
                spec.loader = _AttachingLoader(spec.loader, ATTACHMENTS[name])
            return spec
        return None


def install() -> None:
    """Put the finder first; a second call changes nothing."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    # Rasa's own dependencies warn about themselves; none of it is ours to mend.
    for text in (
        "pkg_resources is deprecated",
        ".*pkg_resources is deprecated",
        "Deprecated call to",
        "rasa.core.agent",
        "Slot auto-fill has been removed",
    ):
        warnings.filterwarnings("ignore", message=text)


install()

"""Rasa extension point: the `rasa` command; each part works as typed, or says in one line what is left out and why."""

import argparse
import functools
import importlib.util
import sys
import types
from collections.abc import Callable
from typing import Any

STORIES = "tests/stories"  # what `rasa test core` is for, unless other stories are named
INTERACTIVE = (
    "`rasa interactive` is left out: it builds a conversation again from its words, and Signpost keeps none. "
    "Use `make chat ARGS='--record FILE'` (docs/terminal.md)."
)
VISUALIZE = (
    "`rasa visualize` is left out: it needs networkx, and would draw one arrow for each of the rules in "
    "data/rules/rules.yml. `uv pip install networkx` brings it back."
)
API = (
    "`--enable-api` is left out: whoever reaches it reads conversations and changes the model. "
    "Ask POST /api/messages (docs/openapi.yaml), or `python -m runtime.terminal --json --why`."
)


def attach(module: types.ModuleType) -> None:
    """Change the one function of a module of Rasa's that would break or mislead."""
    name = module.__name__
    if name == "rasa.core.exporter":
        exporter: Any = module
        exporter.Exporter._publish_with_message_headers = _wordless(exporter.Exporter._publish_with_message_headers)
        return
    function, change = _CHANGED[name]
    setattr(module, function, functools.partial(change, getattr(module, function)))


def _interactive(_stock: Callable[..., Any], _args: argparse.Namespace) -> None:
    sys.exit(INTERACTIVE)


def _visualize(stock: Callable[..., Any], args: argparse.Namespace) -> Any:
    if importlib.util.find_spec("networkx") is None:
        sys.exit(VISUALIZE)
    return stock(args)


def _run(stock: Callable[..., Any], args: argparse.Namespace) -> Any:
    if args.enable_api:
        sys.exit(API)
    return stock(args)


def _test_core(stock: Callable[..., Any], args: argparse.Namespace) -> Any:
    if args.stories == "data":  # Rasa's default, where this project has rules and no stories
        args.stories = STORIES
    return stock(args)


def _wordless(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Have `rasa export` send a pseudonym, as the server does: an id lets its holder speak in a conversation."""

    def publish(exporter: Any, event: dict[str, Any], headers: dict[str, str] | None) -> None:
        from runtime.event_broker import wordless_event

        stock(exporter, wordless_event(event), headers)

    return publish


_CHANGED: dict[str, tuple[str, Callable[..., Any]]] = {
    "rasa.cli.interactive": ("interactive", _interactive),
    "rasa.cli.visualize": ("visualize_stories", _visualize),
    "rasa.cli.run": ("run", _run),
    "rasa.cli.test": ("run_core_test", _test_core),
}

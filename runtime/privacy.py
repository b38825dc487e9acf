"""Rasa extension point: the plugin manager (`rasa.plugin`), so that no visitor's word reaches a log, store or broker.

`create_tracker_store` wraps whatever store is configured: events lose their words before the store streams or saves
them. `get_anonymization_pipeline` answers Rasa's log processor for every key that may hold text.
"""

import logging
import resource
import types
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from rasa.core.brokers.broker import EventBroker
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.utils.endpoints import EndpointConfig

hookimpl = pluggy.HookimplMarker("rasa")
REDACTED = "[words removed]"


class _Redaction:
    """Rasa's "anonymization pipeline": what it is given to log comes back without its content."""

    def run(self, data: Any) -> None:
        """Nothing to do for events: the store has already taken their words away."""

    def log_run(self, data: Any) -> str:
        """Return the placeholder for any value: text, slots, events or states."""
        return REDACTED


class Privacy:
    """The plugin: one store wrapper and one log redaction."""

    def __init__(self) -> None:
        self._redaction = _Redaction()

    @hookimpl
    def get_anonymization_pipeline(self) -> _Redaction:
        """Rasa asks for this at each structured log line."""
        return self._redaction

    @hookimpl
    def create_tracker_store(
        self, endpoint_config: "EndpointConfig | None", domain: "Domain", event_broker: "EventBroker | None"
    ) -> "TrackerStore":
        """Build the configured store, refuse a mistyped `type`, and wrap it so that it never sees a word."""
        from rasa.core.tracker_store import create_tracker_store

        from runtime.event_broker import WordlessBroker
        from runtime.tracker_store import ForgettingTrackerStore, without_words

        if event_broker is not None:
            event_broker = WordlessBroker(event_broker)
        if endpoint_config is None:
            return ForgettingTrackerStore(domain, event_broker)
        store = create_tracker_store(endpoint_config, domain, event_broker)
        return without_words(store, endpoint_config.type)


def leave_nothing() -> None:
    """Forbid a core file, and the lines of Sanic and its CORS part that name what was asked for."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in ("sanic.root", "sanic_cors"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


def attach(plugin: types.ModuleType) -> None:
    """Register the plugin with the manager that Rasa makes on first use."""
    stock = getattr(plugin, "_discover_plugins")  # noqa: B009 - the module is Rasa's own

    def discover(manager: pluggy.PluginManager) -> None:
        stock(manager)
        manager.register(Privacy(), "signpost-privacy")

    setattr(plugin, "_discover_plugins", discover)  # noqa: B010

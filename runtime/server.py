"""Rasa extension point: `rasa run`; the same application in one process, with our channel and no HTTP API of Rasa's."""

import contextlib
import errno
import logging
import os
import sys
from typing import Any

from runtime.loading import ROOT, StartError, load, model_hash, quiet_logs
from runtime.metrics import ErrorCounter, metrics
from runtime.operator_server import OperatorServer, Watch
from runtime.privacy import leave_nothing
from runtime.settings import SettingsError, settings
from runtime.training import newest_model
from signpost.assistant import assistant

logger = logging.getLogger("signpost")
NO_PORT = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)
BACKLOG = 2048  # connections that wait to be taken; beyond it they are reset


def application(agent: Any, endpoints: Any, credentials: str = str(ROOT / "credentials.yml")) -> Any:
    """Return the Sanic application with the agent in it."""
    from rasa.core.run import close_resources, configure_app, create_http_input_channels

    from runtime.event_broker import connect_broker

    channels = create_http_input_channels(None, credentials)
    app = configure_app(channels, enable_api=False, endpoints=endpoints, port=settings().port)

    async def hand_over(app: Any) -> None:
        await connect_broker(agent, endpoints.event_broker)
        app.ctx.agent = agent

    async def close(app: Any) -> None:
        await close_resources(app, None)

    async def tell(_app: Any) -> None:
        leave_nothing()  # once more: Sanic has set its loggers up by now
        model = newest_model()
        if assistant().operator.demonstration:
            logger.warning("%s", assistant().operator.warning())
        with contextlib.suppress(OSError):  # a full disk below the log stops nobody from being answered
            print(f"Signpost answers on http://{settings().host}:{settings().port}", flush=True)  # noqa: T201
            if model is not None:
                print(f"Model {model_hash(model)}", flush=True)  # noqa: T201

    app.register_listener(hand_over, "before_server_start")
    app.register_listener(tell, "after_server_start")
    app.register_listener(close, "after_server_stop")
    return app


def private_port(app: Any, model: str) -> OperatorServer:
    """Open the operator's port for an application. Raises StartError when it is taken."""
    watch = Watch(app, metrics(), model)
    host, port = settings().operator_host, settings().operator_port
    try:
        server = OperatorServer(host, port, metrics(), watch)
    except OSError as error:
        raise StartError(f"SIGNPOST_OPERATOR_PORT {port} on {host}: {error.strerror or error}.") from None

    async def tell(_app: Any) -> None:
        print(f"Operator's page on http://{host}:{server.port}/operator", flush=True)  # noqa: T201

    app.register_listener(watch.begin, "before_server_start")
    app.register_listener(tell, "after_server_start")
    server.start()
    return server


def main() -> int:
    """Serve until told to stop; returns 1 with one line on standard error when something is missing or damaged."""
    quiet_logs()
    leave_nothing()
    try:
        agent, endpoints = load()
        app = application(agent, endpoints)
        logging.getLogger().addHandler(ErrorCounter(metrics()))
        if settings().operator_port:
            model = newest_model()
            private_port(app, model_hash(model) if model else "")
        app.run(
            host=settings().host,
            port=settings().port,
            single_process=True,
            access_log=False,
            motd=False,
            backlog=BACKLOG,
        )
    except (StartError, SettingsError) as error:
        print(f"Signpost cannot start: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_PORT:
            where = f"PORT {settings().port} on {settings().host}"
            print(f"Signpost cannot start: {where}: {error.strerror}. Set another PORT or HOST.", file=sys.stderr)  # noqa: T201
            return 1
        if not type(error).__module__.startswith(("signpost", "runtime")):
            raise
        print(f"Signpost cannot start: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # all is closed; freeing the model piece by piece would take up to seconds

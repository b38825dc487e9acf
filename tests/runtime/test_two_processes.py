"""The two-process way of Rasa: actions in `rasa run actions`, reached over HTTP as `endpoints.yml` may say."""

import asyncio
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

import httpx
from rasa.core.channels.channel import UserMessage

from runtime.loading import load
from runtime.output import TurnOutput

ROOT = Path(__file__).parent.parent.parent


def test_actions_answer_from_a_process_of_their_own(model: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text(
        f'action_endpoint: {{url: "http://127.0.0.1:{port}/webhook"}}\n'
        "tracker_store: {type: runtime.tracker_store.ForgettingTrackerStore}\n"
    )
    actions = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "rasa", "run", "actions", "-p", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            agent, _endpoints = load(model, str(endpoints))
        output = TurnOutput()
        asyncio.run(agent.handle_message(UserMessage("how many in cambridgeshire in 2014", output, "two-processes")))
    finally:
        actions.terminate()
        actions.wait(20)
    assert output.messages[0]["text"].startswith("81 ")

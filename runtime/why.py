"""Rasa extension point: none of its own; tells, one line a stage, why a message is answered as it is (`make why`)."""

import asyncio
import sys

from runtime.loading import StartError, load, quiet_logs
from runtime.needs import watched
from runtime.turns import clean
from signpost.understanding.evidence import Reading


def told(reading: Reading) -> list[str]:
    """Return the lines of a reading."""
    return [f"{step.stage:<9} {step.found}" for step in reading.why]


def main(said: list[str]) -> int:
    """Print why each message would be answered as it is, each as the first of a conversation."""
    quiet_logs()
    try:
        agent, _ = load()
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    readings: list[Reading] = []
    with watched(readings.append):
        for text in said or [line.rstrip("\n") for line in sys.stdin]:
            asyncio.run(agent.parse_message(clean(text)))
            sys.stdout.write("\n".join([f"> {text}", *told(readings[-1]), ""]) if readings else f"> {text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

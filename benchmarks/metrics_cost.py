"""What measuring costs a turn: microseconds of processor time, and of the danger gate that reads for a refused message.

Run: python -m benchmarks.metrics_cost
"""

import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from runtime.loading import learned_words
from runtime.metrics import Metrics
from runtime.training import newest_model
from signpost.assistant import NOT_UNDERSTOOD, assistant
from signpost.urgent import Urgent

TIMES = 2000
NOW = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/London"))
MESSAGES = {
    "an ordinary message": "how many in cambridgeshire in 2014",
    "someone in danger": "he is in my house with a knife and i am hiding",
    "ten unknown words": "zqxw jkvb wwqp plmz nbvx qqas zxcv mnpo wert yuip",
    "4,000 characters": "my friend is sad and i would like to say all of it. " * 77,
}


def _microseconds(act: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - start) / times * 1e6


def main() -> None:
    """Print one line a measure."""
    metrics = Metrics(sorted(assistant().needs))

    def measure() -> None:
        metrics.turn(0.006)
        metrics.understood("worry", ["worry"], NOT_UNDERSTOOD)

    print(f"measuring one turn: {_microseconds(measure, TIMES):.1f} us")
    urgent = Urgent(assistant(), learned_words(newest_model()))
    for name, text in MESSAGES.items():
        urgent.answer(text, NOW)
        print(f"danger gate on {name}: {_microseconds(lambda t=text: urgent.answer(t, NOW), 100):.0f} us")  # type: ignore[misc]


if __name__ == "__main__":
    main()

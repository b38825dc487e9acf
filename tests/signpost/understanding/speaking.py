"""The kept rules, and short names for the speakers that the tests beside this expect."""

from signpost.understanding.speaker import KEPT, Speaker, Speakers
from signpost.words import Words

SPEAKER = Speakers.load(KEPT)
WORDS = Words.load(KEPT.parent)


def read(message: str, before: Speaker | None = None) -> Speaker:
    return SPEAKER.read(WORDS.fold(message), before)


def child(age: int | None = None) -> Speaker:
    return Speaker("child", age)


def adult(age: int | None = None) -> Speaker:
    return Speaker("adult", age)


UNKNOWN, MAYBE_CHILD = Speaker(), Speaker("child", certain=False)
ABOUT_A_CHILD = Speaker("adult", about_child=True)
PROFESSIONAL = Speaker("professional")
SURVIVOR, MAYBE_SURVIVOR = Speaker("survivor"), Speaker("survivor", certain=False)
RELATIVE, MAYBE_RELATIVE = Speaker("relative"), Speaker("relative", certain=False)
SELF = Speaker("self")

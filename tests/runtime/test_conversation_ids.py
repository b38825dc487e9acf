"""Ids of conversations: unguessable, alike, and one that waits is known again for a while."""

from runtime.conversation_ids import PERIOD, SHAPE, ConversationIds
from runtime.limits import Limits

KEY = b"k" * 32


def test_ids_have_one_shape_and_never_repeat() -> None:
    ids = ConversationIds(KEY)
    made = [make() for make in (ids.new, ids.waiting) for _ in range(500)]
    assert all(SHAPE.fullmatch(id) for id in made)
    assert len(set(made)) == len(made)


def test_only_an_id_that_waits_is_taken_for_one() -> None:
    ids = ConversationIds(KEY)
    waiting = ids.waiting()
    assert ids.is_waiting(waiting)
    changed = ("A" if waiting[0] != "A" else "B") + waiting[1:]
    for other in (ids.new(), changed, waiting[:-1], waiting + "A", "", "x" * 32, ConversationIds(b"o" * 32).waiting()):
        assert not ids.is_waiting(other)


def test_it_waits_through_one_period_and_not_for_ever() -> None:
    now = [float(PERIOD * 100)]
    ids = ConversationIds(KEY, clock=lambda: now[0])
    waiting = ids.waiting()
    now[0] += PERIOD
    assert ids.is_waiting(waiting)
    now[0] += PERIOD
    assert not ids.is_waiting(waiting)


def test_processes_with_one_redis_know_each_others_ids_and_others_do_not() -> None:
    url = "redis://:word@127.0.0.1:1/0"
    one, two, alone = (ConversationIds(Limits({}, address).key) for address in (url, url, ""))
    waiting = one.waiting()
    assert two.is_waiting(waiting)
    assert not alone.is_waiting(waiting)

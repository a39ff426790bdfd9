"""One who asks too often waits; nobody else does, and nobody is remembered by name."""

from __future__ import annotations

from guide.throttle import Throttle


class Watch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_who_asks_too_often_waits_and_then_may_ask_again() -> None:
    watch = Watch()
    throttle = Throttle(per_minute=60, burst=3, clock=watch)

    assert [throttle.allows("a") for _ in range(5)] == [True, True, True, False, False]

    watch.now = 1.0
    assert [throttle.allows("a") for _ in range(2)] == [True, False]


def test_nobody_waits_for_somebody_else() -> None:
    throttle = Throttle(per_minute=60, burst=1, clock=Watch())

    assert throttle.allows("a")
    assert throttle.allows("b")


def test_a_long_rest_gives_no_more_than_the_burst() -> None:
    watch = Watch()
    throttle = Throttle(per_minute=60, burst=2, clock=watch)
    throttle.allows("a")
    watch.now = 3_600.0

    assert [throttle.allows("a") for _ in range(3)] == [True, True, False]


def test_no_address_is_kept_as_it_came() -> None:
    throttle = Throttle(per_minute=60, burst=2, clock=Watch())
    throttle.allows("192.0.2.77")

    assert b"192.0.2.77" not in b"".join(throttle._buckets)


def test_one_who_waits_can_be_told_how_long() -> None:
    watch = Watch()
    throttle = Throttle(per_minute=6, burst=2, clock=watch)

    assert throttle.wait_seconds("a") == 0
    assert [throttle.allows("a") for _ in range(3)] == [True, True, False]
    assert throttle.wait_seconds("a") == 10

    watch.now = 4.0
    assert round(throttle.wait_seconds("a"), 6) == 6


def test_one_who_is_forgiven_begins_anew() -> None:
    throttle = Throttle(per_minute=60, burst=1, clock=Watch())
    throttle.allows("a")

    throttle.forgive("a")

    assert throttle.allows("a")

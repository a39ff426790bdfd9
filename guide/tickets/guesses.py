"""Codes of orders are not to be found by trying: who has asked for several that are none waits a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from guide.errors import GuideError, NotFound
from guide.throttle import Throttle

MISSES_A_MINUTE = 10
MISSES_AT_ONCE = 20


class TooManyGuesses(GuideError):
    """Somebody asks for many orders that do not exist."""

    status = 429


class Guesses:
    """On the shelf, one for every door that looks an order up by its code.

    Right codes cost nothing, so a museum's own network full of visitors is not held up by them.
    """

    def __init__(self, throttle: Throttle | None = None) -> None:
        self._misses = throttle or Throttle(MISSES_A_MINUTE, MISSES_AT_ONCE)

    @contextmanager
    def counted(self, asker: str) -> Iterator[None]:
        if self._misses.wait_seconds(asker) > 0:
            raise TooManyGuesses
        try:
            yield
        except NotFound:
            self._misses.allows(asker)
            raise

"""Not too often: how much one asker may ask in a while, remembered in memory only and never by name."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_REMEMBERED = 10_000


class Throttle:
    """A bucket an asker: it holds `burst` and fills at `per_minute`."""

    def __init__(self, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, asker: str) -> bool:
        name = self._name(asker)
        with self._lock:
            now = self._clock()
            left, before = self._buckets.pop(name, (float(self._burst), now))
            left = min(self._burst, left + (now - before) * self._rate)
            allowed = left >= 1
            self._buckets[name] = (left - 1 if allowed else left, now)
            while len(self._buckets) > MOST_REMEMBERED:
                self._buckets.popitem(last=False)
        return allowed

    def wait_seconds(self, asker: str) -> float:
        """How long until they may ask again; nothing where they may now."""
        with self._lock:
            return max(0.0, (1 - self._left(self._name(asker), self._clock())) / self._rate)

    def forgive(self, asker: str) -> None:
        """As if they had not asked."""
        with self._lock:
            self._buckets.pop(self._name(asker), None)

    def _name(self, asker: str) -> bytes:
        return hashlib.blake2b(asker.encode(), key=self._salt, digest_size=16).digest()

    def _left(self, name: bytes, now: float) -> float:
        left, before = self._buckets.get(name, (float(self._burst), now))
        return min(self._burst, left + (now - before) * self._rate)

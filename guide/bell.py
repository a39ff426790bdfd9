"""The bell that rings when a new edition is shown: with Redis every server hears it at once.

Hearing it is a convenience and never the only way: a server that misses a ring looks for itself within seconds.
"""

from __future__ import annotations

import threading
from typing import Protocol

CHANNEL = "guide:edition"


class Bell(Protocol):
    def ring(self) -> None: ...
    def wait(self, seconds: float) -> bool:
        """Whether it rang before the time was over; never longer than that."""
        ...

    def close(self) -> None: ...


class Quiet:
    """One machine: nothing rings, so the waiting is the looking."""

    def __init__(self) -> None:
        self._leaving = threading.Event()

    def ring(self) -> None:
        """Whoever listens is in another process, and looks."""

    def wait(self, seconds: float) -> bool:
        self._leaving.wait(seconds)
        return False

    def close(self) -> None:
        self._leaving.set()


def hang_bell(url: str | None) -> Bell:
    """What rings over Redis is loaded only where there is one: it would cost every start a tenth of a second."""
    if not url:
        return Quiet()
    from guide.redisbell import Redisbell

    return Redisbell(url)

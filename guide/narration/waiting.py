"""Visitors who wait for a recording: only so many at a time, and work behind gives way to them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from guide.errors import NotReady

MOST_WAITING = 16
"""Of the forty threads that answer, those that may wait for a recording; for a sentence some more may."""
MOST_WAITING_A_MOMENT = 24
PATIENCE = 60.0
"""Seconds after which work behind goes on, whoever is waiting."""


class StillRecording(NotReady):
    """Too many recordings are being made at once; the page offers to try again."""


class Waiting:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._names: Counter[str] = Counter()
        self._visitors: set[int] = set()
        """The threads that work for whoever waits, whichever voice they come to in the end."""
        self._leaving = False

    @contextmanager
    def for_(self, name: str, most: int = MOST_WAITING) -> Iterator[None]:
        with self._changed:
            if self._names.total() >= most:
                raise StillRecording
            self._names[name] += 1
            self._visitors.add(threading.get_ident())
        try:
            yield
        finally:
            with self._changed:
                self._names -= Counter((name,))
                self._visitors.discard(threading.get_ident())
                self._changed.notify_all()

    def give_way(self, name: str) -> None:
        """Work on this recording stands still while somebody waits for another, and ends when the house closes."""
        if threading.get_ident() not in self._visitors:
            with self._changed:
                self._changed.wait_for(lambda: self._leaving or not self._names or name in self._names, PATIENCE)
        self.stay()

    def stay(self) -> None:
        """Nothing more is begun once the house closes."""
        if self._leaving:
            raise StillRecording

    def leave(self) -> None:
        with self._changed:
            self._leaving = True
            self._changed.notify_all()

    def left_within(self, seconds: float) -> bool:
        """Whether the house closes before the time is over; never longer than that."""
        with self._changed:
            return self._changed.wait_for(lambda: self._leaving, seconds)

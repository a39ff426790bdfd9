"""Recording behind: visitors already read and hear, and what is missing of the recordings is made meanwhile.

What is missing is derived from the editions and the voices that are there, again after each change of either; no list
of work is kept that could be lost. One process of a machine does it at a time, and gives way to whoever waits.
"""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from guide.narration.library import Library
from guide.publishing.deriving import Deriving
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues, Museum

log = logging.getLogger(__name__)

LOCK = "recording.lock"
LOOK_SECONDS = 1.0
AFTER_TROUBLE_SECONDS = 60.0


class Behind:
    def __init__(self, shelf: Shelf) -> None:
        self._catalogues, self._library = shelf[Catalogues], shelf[Library]
        self._home = shelf[Settings].home
        self._deriving = replace(Deriving.of(shelf, lambda _: None), hands=1)
        self._thread = threading.Thread(target=self._run, name="recording behind", daemon=True)
        self._done: object = None

    def begin(self) -> None:
        self._thread.start()

    def ended(self, within: float) -> bool:
        """It ends by itself when the library is closed."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = LOOK_SECONDS  # the first visitors go first
        while not self._library.waiting.left_within(pause):
            pause = LOOK_SECONDS if self._tried("the catalogue", self._catch_up) else AFTER_TROUBLE_SECONDS

    def _catch_up(self) -> None:
        museums, wanted = self._catalogues.renew(), self._library.renewals()
        state = (museums.fingerprint, wanted)
        if state == self._done:
            return
        with alone(self._home) as mine:
            if mine:
                self._record(list(museums.museums.values()))
                self._done = state

    def _record(self, museums: list[Museum]) -> None:
        """First something to hear of everything, then the best of everything."""
        for act in (self._deriving.recordings, self._deriving.best_recordings):
            for museum in museums:
                self._tried(museum.slug, partial(act, museum))

    def _tried(self, name: str, act: Callable[[], None]) -> bool:
        """One museum's trouble is not the next one's; while the house closes there is none."""
        try:
            act()
        except Exception:  # a thread's edge: said, and tried again later
            if not self._library.waiting.left_within(0):
                log.exception("recordings could not be made: %s", name)
            return False
        return True


def record_best(deriving: Deriving, museum: Museum, home: Path) -> bool:
    """After an edition is shown; False where another process of this machine is at it, and will do this too."""
    with alone(home) as mine:
        if mine:
            deriving.best_recordings(museum)
        return mine


def record_anew(deriving: Deriving, museums: Iterable[Museum], home: Path) -> bool:
    """After a voice came: what it is the best for; False where a running server will do this, within a few seconds."""
    with alone(home) as mine:
        for museum in museums if mine else ():
            deriving.recordings(museum)
            deriving.best_recordings(museum)
        return mine


@contextmanager
def alone(home: Path) -> Iterator[bool]:
    """Whether nobody else on this machine records behind; a process that is killed holds nothing."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True

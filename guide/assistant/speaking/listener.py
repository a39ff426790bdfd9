"""Listening to a spoken question: on this machine, one after the other, and forgotten once it is a text."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import yaml

from guide.assistant.desk import TooManyQuestions
from guide.assistant.speaking.recording import RATE, SpokenSilent, a_hum, decoded
from guide.errors import NotReady, Unusable
from guide.language import base
from guide.narration.ear import Ear, EarFailed, Heard, ear_speaker
from guide.narration.ear_model import can_listen, prepared
from guide.throttle import Throttle

if TYPE_CHECKING:
    from guide.narration.sound import Samples

SHEET = Path(__file__).with_name("languages.yaml")
LONGEST_LISTENING = 45.0
"""Seconds after which nobody waits any more; twenty seconds of speech take four on one core that is free."""
IDLE_SECONDS, AWAKE_SECONDS = 300.0, 240.0
"""After which the ear gives its memory back, and before which it is surely there."""
TRIED_IN = "en"
MOST_WAITING = 4
PATIENCE = 12.0
"""How many stand in line in one process, and how long."""
A_LOOK = 0.05
PER_MINUTE, AT_ONCE = 20, 8
"""Of one address: a school class behind one takes turns."""

Hears = Literal["well", "poorly", ""]
"""Whether a visitor may speak; not at all where there is no ear, or nobody tried it in that language."""


class NobodyListens(NotReady):
    """There is no ear on this machine."""


class LanguageNotHeard(Unusable):
    """The ear knows too little of the language: what it wrote down would be another question."""


class OthersAreSpeaking(NotReady):
    """Too many speak at once."""


class NotHeard(NotReady):
    """The ear stopped in the middle; what was said is gone."""


class Listens(Protocol):
    def listen(self, samples: Samples, rate: int, language: str, *, guess: bool) -> Heard: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Understood:
    heard: str
    language: str
    seconds: float


@dataclass(frozen=True)
class Tried:
    """How much of a spoken question came through in a language, of one; `why` where that is too little."""

    understood: float
    offered: bool


class Listener:
    """`turn` is a file that is there anyway: the process that holds it listens, and nothing is written to it."""

    def __init__(self, ear: Listens | None, turn: Path, patience: float = PATIENCE) -> None:
        self._ear = ear
        self._turn = turn
        self._patience = patience
        self._throttle = Throttle(PER_MINUTE, AT_ONCE)
        self._awake_until = 0.0
        self._line = threading.BoundedSemaphore(MOST_WAITING)

    @classmethod
    def open(cls, home: Path) -> Listener:
        """With an ear of its own: a visitor waits for no recording that the museum has listened to."""
        folder = prepared(home)
        ear = Ear(ear_speaker(folder, LONGEST_LISTENING, IDLE_SECONDS)) if folder and can_listen() else None
        return cls(ear, folder / "config.json" if folder else home)

    def expect(self, asker: str) -> None:
        """One who speaks too often is asked to wait."""
        if not self._throttle.allows(asker):
            raise TooManyQuestions

    def hears(self, language: str) -> Hears:
        tried = languages().get(base(language))
        if self._ear is None or tried is None:
            return ""
        return "well" if tried.offered else "poorly"

    def wake(self) -> None:
        """While somebody speaks, an ear that has slept gets ready: its model is read and tried."""
        if self._ear and time.monotonic() > self._awake_until:
            self._awake_until = time.monotonic() + AWAKE_SECONDS
            threading.Thread(target=self._try, args=(self._ear,), name="ear wakes", daemon=True).start()

    def understand(self, body: bytes, language: str) -> Understood:
        if self._ear is None:
            raise NobodyListens
        if self.hears(language) != "well":
            raise LanguageNotHeard
        with self._in_turn():
            samples = decoded(body)
            heard = self._written(self._ear, samples, language)
            self._awake_until = time.monotonic() + AWAKE_SECONDS
        if not any(letter.isalnum() for letter in heard):
            raise SpokenSilent
        return Understood(" ".join(heard.split()), language, round(len(samples) / RATE, 1))

    def close(self) -> None:
        if self._ear:
            self._ear.close()

    @staticmethod
    def _try(ear: Listens) -> None:
        with suppress(EarFailed):
            ear.listen(a_hum(), RATE, TRIED_IN, guess=False)

    @staticmethod
    def _written(ear: Listens, samples: Samples, language: str) -> str:
        try:
            return ear.listen(samples, RATE, base(language), guess=False).text
        except EarFailed as failure:
            raise NotHeard from failure

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._line.acquire(blocking=False):
            raise OthersAreSpeaking
        try:
            with self._turn.open("rb") as turn:
                _wait(lambda: fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB), self._patience)
                yield
        finally:
            self._line.release()


def _wait(take: Callable[[], None], patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            return take()
        except BlockingIOError:
            if time.monotonic() > until:
                raise OthersAreSpeaking from None
            time.sleep(A_LOOK)


@cache
def languages() -> Mapping[str, Tried]:
    told = yaml.safe_load(SHEET.read_text("utf-8"))
    return {tag: Tried(one["understood"], one["offered"]) for tag, one in told.items()}

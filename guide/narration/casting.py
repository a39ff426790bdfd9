"""Who says it: the voices of a language by rank, and the name that the recording would have by each of them.

What is heard of a stop is by one voice. One that fails stands back for a while, and the next in rank is heard.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import structlog

from guide.clock import Clock
from guide.narration.engines.process import VoiceFailed
from guide.narration.engines.voice import Voice
from guide.narration.script import Script, Unspeakable, plan
from guide.narration.voices import Voices

log = structlog.get_logger("narration")

STANDS_BACK = timedelta(minutes=10)
LOOK_SECONDS = 2.0
OF_THE_VOICE = ("absent", "corrupt")
"""Problems that every text would have; others are of one text."""


@dataclass(frozen=True)
class Cast:
    """A voice for a script, and the name of the recording that the two make."""

    recipe: str
    voice: Voice


class Casting:
    def __init__(self, voices: Voices, clock: Clock) -> None:
        self._voices = voices
        self._clock = clock
        self._known = lru_cache(maxsize=8_192)(_casts)
        self._standing_back: dict[str, datetime] = {}
        self._told: set[str] = set()
        self._turn = threading.Lock()
        self._looked = 0.0
        self.renewals = 0
        """How often voices came or went since this process began."""

    def casts(self, script: Script) -> tuple[Cast, ...]:
        """The best first; none where no voice can say it."""
        found = self.every(script)
        return tuple(self._able(found)) or found if self._standing_back else found

    def every(self, script: Script) -> tuple[Cast, ...]:
        """Those that stand back too."""
        self.look()
        return self._known(script, self._voices.ranked(script.language))

    def refused(self, script: Script) -> Unspeakable:
        """Why nobody can say it."""
        try:
            plan(script, next(iter(self._voices.ranked(script.language)), None))
        except Unspeakable as refusal:
            return refusal
        raise AssertionError("somebody can say it")

    def stand_back(self, cast: Cast, failure: VoiceFailed) -> None:
        of_the_voice = failure.facts.get("problem") in OF_THE_VOICE
        name = cast.voice.checksum if of_the_voice else cast.recipe
        with self._turn:
            self._standing_back[name] = self._clock.now() + STANDS_BACK
            first = name not in self._told
            self._told.add(name)
        if first:
            log.warning("a voice failed; the next in rank is heard", voice=cast.voice.name, problem=str(failure))

    def look(self) -> None:
        """Whether voices were installed or removed; a look costs little, and every other second is enough."""
        with self._turn:
            if time.monotonic() - self._looked < LOOK_SECONDS:
                return
            self._looked = time.monotonic()
        if self._voices.renew():
            self._standing_back.clear()
            self.renewals += 1

    def _able(self, casts: tuple[Cast, ...]) -> Iterator[Cast]:
        now = self._clock.now()
        for cast in casts:
            until = (self._standing_back.get(name) for name in (cast.recipe, cast.voice.checksum))
            if not any(moment and now < moment for moment in until):
                yield cast


def quick(casts: tuple[Cast, ...]) -> Cast:
    """The one that people wait for: the best that is not slow; where all are slow, the best."""
    return next((cast for cast in casts if not cast.voice.role.slow), casts[0])


def _casts(script: Script, voices: tuple[Voice, ...]) -> tuple[Cast, ...]:
    try:
        return tuple(Cast(plan(script, voice).recipe, voice) for voice in voices)
    except Unspeakable:
        return ()

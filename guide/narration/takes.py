"""Takes: each sentence is spoken once for each voice, however many ask for it at once, and kept for the next stop."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from guide.narration.engines.voice import Sleeping, Voice
from guide.narration.keeping import Keeping
from guide.narration.script import Line

if TYPE_CHECKING:
    from guide.narration.sound import Sound


MOST_AT_HAND = 10_000_000
"""Samples, some seven minutes: beyond, what was spoken is kept before the recording is whole."""


class Takes:
    """What was spoken is at hand until it is kept, so that it is never spoken twice in between."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._turn = threading.Lock()
        self._begun: dict[str, Future[Sound]] = {}
        self._fresh: dict[str, Sound] = {}
        self._at_hand = 0
        self.spoken = 0
        """How many sentences this process has had spoken."""

    def sound(self, line: Line, voice: Voice) -> Sound:
        mine: Future[Sound] = Future()
        with self._turn:
            begun = self._begun.setdefault(line.name, mine)
        if begun is mine:
            self._fulfil(mine, line, voice)
            if self._at_hand > MOST_AT_HAND:
                self.keep()
        return begun.result()

    def expect(self, lines: Iterable[Line], voice: Voice) -> None:
        """Where something is to be spoken, the engine gets ready."""
        if isinstance(voice, Sleeping) and not all(map(self.has, lines)):
            voice.wake()

    def has(self, line: Line) -> bool:
        return line.name in self._fresh or self._keeping.has_sentence(line.name)

    def keep(self) -> None:
        """Everything that was spoken and is not kept yet."""
        from guide.narration.encoding import encode_flac

        fresh = self._taken_away()
        try:
            self._keeping.keep_sentences((name, encode_flac(sound)) for name, sound in fresh.items())
        finally:
            self._forget(fresh)

    def drop(self) -> None:
        """There is no room for it."""
        fresh = self._taken_away()
        self._forget(fresh)

    def _taken_away(self) -> dict[str, Sound]:
        with self._turn:
            fresh, self._fresh, self._at_hand = self._fresh, {}, 0
        return fresh

    def _fulfil(self, promise: Future[Sound], line: Line, voice: Voice) -> None:
        try:
            if recalled := self._recalled(line):
                self._forget((line.name,))
            promise.set_result(recalled or self._spoken(line, voice))
        except BaseException as failure:  # noqa: BLE001  # whoever waits must hear of it; each of them raises it
            self._forget((line.name,))
            promise.set_exception(failure)

    def _recalled(self, line: Line) -> Sound | None:
        from guide.narration.encoding import Unreadable, decode_flac

        try:
            body = self._keeping.sentence(line.name)
            return decode_flac(body) if body else None
        except Unreadable:
            return None

    def _spoken(self, line: Line, voice: Voice) -> Sound:
        from guide.narration.sound import whole

        sound = whole(voice.pieces(line.reading.told))
        with self._turn:
            self._fresh[line.name] = sound
            self._at_hand += len(sound.samples)
            self.spoken += 1
        return sound

    def _forget(self, names: Iterable[str]) -> None:
        with self._turn:
            for name in names:
                self._begun.pop(name, None)

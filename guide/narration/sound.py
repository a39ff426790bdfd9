"""A stretch of sound as a voice gave it, and when each of its words begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Sound:
    samples: Samples
    """Mono."""
    rate: int
    words: tuple[tuple[int, float], ...]
    """Where a word begins in the spoken text, and after how many seconds it is heard."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def whole(pieces: Iterable[tuple[int, Sound]]) -> Sound:
    """One after the other; with each comes the place in the text where it begins."""
    samples = bytearray()
    words: list[tuple[int, float]] = []
    before, rate = 0.0, 0
    for offset, sound in pieces:
        samples += sound.samples.data
        words += [(offset + at, before + seconds) for at, seconds in sound.words]
        before, rate = before + sound.seconds, sound.rate
    return Sound(np.frombuffer(samples, np.int16), rate, tuple(words))


def gathered(pieces: Iterable[Samples]) -> Samples:
    """In one growing piece of memory, so that an hour of sound is never there twice."""
    samples = bytearray()
    for piece in pieces:
        samples += piece.data
    return np.frombuffer(samples, np.int16)

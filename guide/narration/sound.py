"""A stretch of sound as a voice gave it, and when each of its words begins."""

from __future__ import annotations

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


def joined(sounds: list[Sound], offsets: list[int]) -> Sound:
    """One after the other; `offsets` say where each one's text began."""
    words, before = [], 0.0
    for sound, offset in zip(sounds, offsets, strict=True):
        words += [(offset + at, before + seconds) for at, seconds in sound.words]
        before += sound.seconds
    return Sound(np.concatenate([sound.samples for sound in sounds]), sounds[0].rate, tuple(words))

"""The edges of what a voice says at once: a little quiet is left of them, so that the parts follow closely."""

from __future__ import annotations

from typing import Any

LOUD = 0.01
"""Of the loudest that there could be."""
BEFORE, AFTER = 0.04, 0.2
"""Seconds of quiet that are kept."""


def within(sound: Any, rate: int) -> tuple[int, int]:
    """From a little before it begins to be loud to a little after it was; all of what is never loud."""
    heard = (abs(sound) > LOUD).nonzero()[0]
    if not len(heard):
        return 0, len(sound)
    return max(0, int(heard[0] - BEFORE * rate)), min(len(sound), int(heard[-1] + AFTER * rate))


def pcm(sound: Any) -> bytes:
    import numpy as np

    whole: bytes = np.clip(np.rint(sound * 32767), -32767, 32767).astype("<i2").tobytes()
    return whole

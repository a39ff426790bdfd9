"""A spoken question as it comes from a phone: unpacked in memory, never longer than somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.errors import GuideError, Unusable

if TYPE_CHECKING:
    from guide.narration.sound import Samples

LONGEST_SECONDS = 20
SPARE_SECONDS = 0.5
"""A phone's recorder stops a little after it was told to."""
LEAST_SECONDS = 0.3
MOST_BYTES = 1_000_000
RATE = 16_000
FAINTEST, AUDIBLE_SECONDS = 0.006, 0.15
"""Of full scale, and how long it must be louder than that."""
BLINK = 400
CONTAINERS = (
    (b"\x1a\x45\xdf\xa3", 0, "matroska"),
    (b"RIFF", 0, "wav"),
    (b"ftyp", 4, "mp4"),
    (b"OggS", 0, "ogg"),
)
"""What browsers' recorders write, by the letters it begins with."""


class SpokenUnusable(Unusable):
    """What was sent is no question that could be heard."""


class SpokenUnreadable(SpokenUnusable):
    """It is no sound, or broken."""


class SpokenTooLong(SpokenUnusable):
    """A question is asked in seconds."""


class SpokenSilent(SpokenUnusable):
    """Nothing is to be heard in it."""


class SpokenTooLarge(GuideError):
    """More bytes than seconds of speech have."""

    status = 413


def decoded(body: bytes) -> Samples:
    """Mono, as the ear takes it. What unpacks to hours is given up after the seconds that a question may last."""
    # numpy and the decoders are heavy, and a server that nobody speaks to does without them
    from guide.narration.encoding import Unreadable, decode_given

    if len(body) > MOST_BYTES:
        raise SpokenTooLarge(kilobytes=MOST_BYTES // 1000)
    try:
        samples = decode_given(body, _container(body), RATE, LONGEST_SECONDS + SPARE_SECONDS)
    except Unreadable as problem:
        raise SpokenUnreadable from problem
    _check(samples)
    return samples


def _container(body: bytes) -> str:
    found = [name for letters, place, name in CONTAINERS if body[place : place + len(letters)] == letters]
    if not found:
        raise SpokenUnreadable
    return found[0]


def _check(samples: Samples) -> None:
    if len(samples) > (LONGEST_SECONDS + SPARE_SECONDS) * RATE:
        raise SpokenTooLong(seconds=LONGEST_SECONDS)
    if len(samples) < LEAST_SECONDS * RATE or _audible_seconds(samples) < AUDIBLE_SECONDS:
        raise SpokenSilent


def _audible_seconds(samples: Samples) -> float:
    import numpy as np

    blinks = samples[: len(samples) // BLINK * BLINK].reshape(-1, BLINK).astype(np.float64) / 32_768
    return float((np.sqrt((blinks**2).mean(axis=1)) > FAINTEST).sum()) * BLINK / RATE


def a_hum() -> Samples:
    """A moment in which there is something to listen to, and nothing to hear."""
    import numpy as np

    return np.full(RATE // 10, 3_000, np.int16)

"""A person's recording, as a museum hands it in: checked, measured, levelled like every other."""

from __future__ import annotations

from dataclasses import dataclass

from guide.errors import Unusable
from guide.narration.encoding import Unreadable, decode_given
from guide.narration.loudness import measure
from guide.narration.mastering import MP3, RATE, WEBM, encoded, trimmed
from guide.narration.sound import Samples, Sound

MOST_MEGABYTES = 200
MOST_MINUTES = 60
LEAST_SECONDS = 0.5
FAINTEST = -60.0
CONTAINERS = {"mp3": "mp3", "wav": "wav", "m4a": "m4a"}


class RecordingUnusable(Unusable):
    """A recording that was handed in cannot be used."""


class RecordingTooLarge(RecordingUnusable):
    """More megabytes than a stop's recording has."""


class RecordingUnreadable(RecordingUnusable):
    """It is not the sound file that its name says, or it is broken."""


class RecordingTooLong(RecordingUnusable):
    """A stop is told in minutes."""


class RecordingSilent(RecordingUnusable):
    """There is nothing to hear in it."""


@dataclass(frozen=True)
class Given:
    seconds: float
    files: dict[str, bytes]


def take_in(body: bytes, ending: str) -> Given:
    samples = trimmed(Sound(_decoded(body, ending.lower().lstrip(".")), RATE, ())).samples
    files = {"mp3": encoded(samples, MP3), "webm": encoded(samples, WEBM)}
    return Given(len(samples) / RATE, files)


def refusal(body: bytes, ending: str) -> str | None:
    """Why it cannot be taken in, as the name of the refusal; None when it can."""
    try:
        _decoded(body, ending)
    except RecordingUnusable as problem:
        return problem.code
    return None


def _decoded(body: bytes, ending: str) -> Samples:
    if len(body) > MOST_MEGABYTES * 1_000_000:
        raise RecordingTooLarge(megabytes=len(body) // 1_000_000, most=MOST_MEGABYTES)
    if ending not in CONTAINERS:
        raise RecordingUnreadable(ending=ending)
    try:
        samples = decode_given(body, CONTAINERS[ending], RATE, MOST_MINUTES * 60)
    except Unreadable as problem:
        raise RecordingUnreadable(ending=ending) from problem
    _check(samples, ending)
    return samples


def _check(samples: Samples, ending: str) -> None:
    if len(samples) > MOST_MINUTES * 60 * RATE:
        raise RecordingTooLong(most_minutes=MOST_MINUTES)
    if len(samples) < LEAST_SECONDS * RATE:
        raise RecordingUnreadable(ending=ending)
    if measure((samples,), RATE).loudness < FAINTEST:
        raise RecordingSilent

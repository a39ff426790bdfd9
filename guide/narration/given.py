"""A person's recording, as a museum hands it in: checked, measured, levelled like every other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guide.errors import Unusable
from guide.narration.captions import Cue, WordTime
from guide.narration.encoding import Unreadable, decode_given
from guide.narration.loudness import measure
from guide.narration.mastering import MP3, RATE, WEBM, encoded, trimmed
from guide.narration.production import caption_files
from guide.narration.scribe import Scribe
from guide.narration.script import Script
from guide.narration.sound import Samples, Sound
from guide.narration.timing import timed

if TYPE_CHECKING:
    from guide.narration.following import Followed

MOST_MEGABYTES = 200
MOST_MINUTES = 60
LEAST_SECONDS = 0.5
FAINTEST = -60.0
HEARD, TITLE_HEARD = 0.4, 0.5
"""Of a sentence's letters. Where it is told the ear misses one in ten, of a row of foreign names half; where it is left
out three in ten agree by chance."""
HEARD_FAINTLY, FAINT_SENTENCE = 0.3, 0.15
"""The same of the whole in a language that the ear knows little of, and of a sentence in it."""
A_FEW, SPOKEN = 24, 0.5
"""Letters: a sentence so short may be nothing but names, which no ear can know, if half as much was said there."""
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


class RecordingOfAnotherText(RecordingUnusable):
    """A sentence of the text is not to be heard in it."""


@dataclass(frozen=True)
class Given:
    """Without cues where no ear knows the language, or hears too little in it."""

    seconds: float
    files: dict[str, bytes]
    cues: tuple[Cue, ...] = ()
    words: tuple[WordTime, ...] = ()


@dataclass(frozen=True, eq=False)
class Taken:
    """A recording that can be heard, and where each sentence of the text is heard in it."""

    samples: Samples
    texts: dict[int, str]
    cues: tuple[Cue, ...]
    words: tuple[WordTime, ...]


def take_in(body: bytes, ending: str, script: Script | None = None, scribe: Scribe | None = None) -> Given:
    """With the text that is told and a scribe to follow it, it is refused where that is not what is heard."""
    taken = taken_from(body, ending, script, scribe)
    files = {"mp3": encoded(taken.samples, MP3), "webm": encoded(taken.samples, WEBM)}
    seconds = len(taken.samples) / RATE
    if script and taken.cues:
        files |= caption_files(script.language, "", taken.texts, seconds, taken.cues, taken.words)
    return Given(seconds, files, taken.cues, taken.words)


def taken_from(body: bytes, ending: str, script: Script | None = None, scribe: Scribe | None = None) -> Taken:
    samples = _samples(body, ending)
    followed = _followed(body, samples, script, scribe)
    cues, words = timed(followed, samples, RATE)
    return Taken(samples, {line.told.number: line.told.reading.text for line in followed}, tuple(cues), tuple(words))


def refused(
    body: bytes, ending: str, script: Script | None = None, scribe: Scribe | None = None, file: str = ""
) -> RecordingUnusable | None:
    """Why it cannot be taken in; None when it can. The scribe's doubts are about the file of this name."""
    try:
        taken = taken_from(body, ending, script, scribe)
    except RecordingUnusable as problem:
        return problem
    if script and scribe and scribe.ear.follows(script.language) and not taken.texts:
        scribe.doubt(file)
    return None


def _samples(body: bytes, ending: str) -> Samples:
    return trimmed(Sound(_decoded(body, ending.lower().lstrip(".")), RATE, ())).samples


def _followed(body: bytes, samples: Samples, script: Script | None, scribe: Scribe | None) -> list[Followed]:
    """The sentences that are heard; none where nobody here can follow them."""
    if not (script and scribe and scribe.ear.follows(script.language)):
        return []
    heard = scribe.heard(hashlib.sha256(body).hexdigest()[:32], samples, RATE, script.language)
    followed = scribe.follow(script, heard)
    return _trusted(followed) if scribe.ear.hears(script.language) else _faint(followed)


def _trusted(followed: Sequence[Followed]) -> list[Followed]:
    """All of the text must be there, though its title is often not read aloud."""
    for line in followed:
        if line.told.number and not _is_there(line):
            raise RecordingOfAnotherText(sentence=line.told.number, text=line.told.reading.text)
    return [line for line in followed if line.told.number or line.share >= TITLE_HEARD]


def _is_there(line: Followed) -> bool:
    return line.share >= HEARD or (len(line.told.letters) <= A_FEW and line.room >= SPOKEN)


def _faint(followed: Sequence[Followed]) -> list[Followed]:
    letters = sum(len(line.told.letters) for line in followed)
    if sum(sum(line.sure) for line in followed) < letters * HEARD_FAINTLY:
        return []
    return [line for line in followed if line.told.number or line.share >= FAINT_SENTENCE]


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

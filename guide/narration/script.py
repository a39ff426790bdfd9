"""What is to be heard: a stop's sentences in one language, and the recipe that names their recording."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guide.errors import Unusable
from guide.narration.engines.voice import Voice
from guide.narration.reading import Entry, Reading, read
from guide.tours.sentences import Sentence

LONGEST = 80_000
ENGINES = "1"
"""Changes whenever the same spoken words are handed to a voice otherwise: sentences are then spoken anew."""
MASTERING = "1"
"""Changes whenever the same sentences are joined, levelled or encoded otherwise: recordings are then made anew."""


class Unspeakable(Unusable):
    """No voice can say this."""


class NoVoice(Unspeakable):
    """No voice speaks this language: it is text only, until a person records it."""


class NothingToSay(Unspeakable):
    """There is no word in it that can be said."""


class TooLongToSpeak(Unspeakable):
    """A stop is told in minutes; this would take hours."""


@dataclass(frozen=True)
class Script:
    language: str
    sentences: tuple[Sentence, ...]
    lexicon: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Line:
    """A sentence with its reading; `name` is what its own recording is kept under."""

    sentence: Sentence
    reading: Reading
    name: str


@dataclass(frozen=True)
class Plan:
    recipe: str
    language: str
    voice: Voice
    lines: tuple[Line, ...]


def plan(script: Script, voice: Voice | None) -> Plan:
    """The written text counts too, since captions point into it."""
    if voice is None:
        raise NoVoice(language=script.language)
    if (characters := sum(len(sentence.text) for sentence in script.sentences)) > LONGEST:
        raise TooLongToSpeak(characters=characters, most=LONGEST)
    lines = tuple(line for sentence in script.sentences if (line := _line(script, sentence, voice)))
    if not lines:
        raise NothingToSay(language=script.language)
    heard = [(line.sentence.number, line.sentence.paragraph, line.reading.text, line.name) for line in lines]
    return Plan(_named(ENGINES, MASTERING, voice.checksum, script.language, heard), script.language, voice, lines)


def _line(script: Script, sentence: Sentence, voice: Voice) -> Line | None:
    reading = _read(sentence.text, script.language, script.lexicon)
    spoken = reading.spoken
    if not any(character.isalnum() for character in spoken):
        return None
    return Line(sentence, reading, _named(ENGINES, voice.checksum, script.language, reading.told))


_read = lru_cache(maxsize=4096)(read)


def _named(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]

"""Whether the voices here can say the sounds that a lexicon asks for; one that cannot reads the letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guide.narration.engines.voice import Phonetic
from guide.narration.reading.marking import tidy_sounds
from guide.narration.voices import Voices
from guide.tours.content import LexiconEntry


@dataclass(frozen=True)
class Unsayable:
    word: str
    sound: str
    voice: str


def unsayable(voices: Voices, language: str, entries: Iterable[LexiconEntry]) -> Iterator[Unsayable]:
    told = [(entry.word, tidy_sounds(entry.phonemes)) for entry in entries if entry.phonemes]
    speaking = [voice for voice in voices.ranked(language) if isinstance(voice, Phonetic)] if told else []
    for voice in speaking:
        for word, sounds in told:
            if sound := voice.unsayable(sounds):
                yield Unsayable(word, sound, voice.name)

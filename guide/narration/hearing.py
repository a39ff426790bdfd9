"""What is to be heard of a stop: a person's recording where there is one, else the best voice that is ready."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field

from guide.errors import NotReady
from guide.language import match
from guide.narration.library import Library, Script
from guide.narration.reading import Entry
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.originals import original
from guide.tours.sentences import sentences

MOST_WAITING = 8
"""Of the forty threads that answer, those that may wait for a recording."""


@dataclass(frozen=True)
class Sound:
    """A stop's narration, whether or not it has been made yet: its name is known before."""

    name: str
    voice: str
    human: bool
    ready: bool
    seconds: float | None = None
    mp3_bytes: int | None = None
    webm_bytes: int | None = None
    cues: tuple[tuple[int, float, float], ...] = ()


class StillRecording(NotReady):
    """Too many recordings are being made at once; the page offers to try again."""


@dataclass(frozen=True)
class Hearing:
    library: Library
    storage: Storage
    waiting: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_WAITING))

    def sound(self, museum: Museum, stop: Stop, language: str) -> Sound | None:
        """None where no voice speaks the language and nobody has recorded it: text only."""
        name = self.name(museum, stop, language)
        if name is None:
            return None
        made = self.library.find(name)
        human = language in stop.recordings
        if made is None:
            return Sound(name, self._voice(language), human, ready=False)
        cues = tuple((int(number), float(start), float(end)) for number, start, end in made.cues)
        return Sound(name, made.voice, made.human, True, made.seconds, made.mp3_bytes, made.webm_bytes, cues)

    def name(self, museum: Museum, stop: Stop, language: str) -> str | None:
        if language in stop.recordings:
            return human_name(museum.manifest.files[recording_path(stop, language)])
        return self.library.recipe(script(museum, stop, language))

    def make(self, museum: Museum, stop: Stop, language: str) -> None:
        """Take in what a person recorded, or have it spoken; what is there already is left alone."""
        if language not in stop.recordings:
            self.library.render(script(museum, stop, language))
            return
        path = recording_path(stop, language)
        body = original(self.storage, path, museum.manifest.files[path])
        name = human_name(museum.manifest.files[path])
        self.library.accept(body, path.rsplit(".", 1)[-1].lower(), language, name)

    def make_soon(self, museum: Museum, stop: Stop, language: str) -> None:
        """For a visitor who waits: a few at a time, so that a crowd of unmade recordings leaves room for everybody."""
        if not self.waiting.acquire(blocking=False):
            raise StillRecording
        try:
            self.make(museum, stop, language)
        finally:
            self.waiting.release()

    def _voice(self, language: str) -> str:
        voice = self.library.voices.best(language)
        return voice.name if voice else ""


def recording_path(stop: Stop, language: str) -> str:
    return f"stops/{stop.slug}/{stop.recordings[language]}"


def script(museum: Museum, stop: Stop, language: str) -> Script:
    text = stop.texts[language]
    return Script(language, sentences(text.title, text.body, language), lexicon(museum, language))


def lexicon(museum: Museum, language: str) -> tuple[Entry, ...]:
    found = match(language, museum.lexicons)
    entries = museum.lexicons[found] if found else []
    return tuple(Entry(entry.word, entry.say, entry.phonemes, entry.case) for entry in entries)


def human_name(original: str) -> str:
    """The public name of a person's recording, by the hash of what was handed in."""
    return hashlib.sha256(f"human-1:{original}".encode()).hexdigest()[:32]

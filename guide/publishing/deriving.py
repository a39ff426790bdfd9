"""What an edition needs besides its documents: pictures to show, indexes to find by, recordings to hear.

Work is derived, then done: what is missing is computed from what should exist, so a killed worker loses nothing and
doing a thing twice is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from guide.errors import Unusable
from guide.narration.hearing import Hearing
from guide.publishing.keeping import show_pictures
from guide.shelf import Shelf
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit.search import Finder

HANDS = 2


@dataclass(frozen=True)
class Deriving:
    storage: Storage
    hearing: Hearing
    finder: Finder
    note: Callable[[str], None]

    @classmethod
    def of(cls, shelf: Shelf, note: Callable[[str], None]) -> Deriving:
        storage: Storage = shelf[Storage]  # type: ignore[type-abstract]  # a Protocol is its key
        return cls(storage, shelf[Hearing], shelf[Finder], note)

    def without_audio(self, museum: Museum) -> None:
        show_pictures(self.storage, museum.manifest.files.items())
        for language in museum.sheet.languages:
            self.finder.index(museum, language)

    def everything(self, museum: Museum) -> None:
        self.without_audio(museum)
        self.recordings(museum)

    def recordings(self, museum: Museum) -> None:
        """Make what is missing, a few at a time; a stop that cannot be spoken is said and passed over."""
        missing = list(self._missing(museum))
        with ThreadPoolExecutor(HANDS, thread_name_prefix="recording") as pool:
            told = pool.map(lambda wanted: self._make(museum, *wanted), missing)
            for done, line in enumerate(told, start=1):
                self.note(f"{museum.slug}: {done}/{len(missing)} {line}")

    def _make(self, museum: Museum, stop: Stop, language: str) -> str:
        try:
            self.hearing.make(museum, stop, language)
        except Unusable as refusal:
            return f"{stop.slug} {language}: {refusal.code}"
        return f"{stop.slug} {language}"

    def _missing(self, museum: Museum) -> Iterator[tuple[Stop, str]]:
        wanted = {
            name: (stop, language)
            for stop in museum.shown_stops
            for language in stop.texts
            if (name := self.hearing.name(museum, stop, language))
        }
        made = self.hearing.library.find_many(wanted)
        yield from (pair for name, pair in wanted.items() if name not in made)

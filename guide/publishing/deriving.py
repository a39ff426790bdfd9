"""What an edition needs besides its documents: pictures to show, indexes to find by, recordings to hear.

Work is derived, then done: what is missing is computed from what should exist, so a killed worker loses nothing and
doing a thing twice is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from guide.assistant.minds import Minds
from guide.assistant.quoting import stop_of
from guide.errors import Unusable
from guide.narration.engines.process import VoiceFailed
from guide.narration.hearing import Hearing
from guide.narration.tables import Recording
from guide.publishing.keeping import show_pictures
from guide.publishing.naming import Naming, Wanted
from guide.publishing.places import show_tiles
from guide.settings import Settings
from guide.shelf import Shelf
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit.search import Finder
from guide.visit.seeing.keeping import show_views

HANDS = 2


@dataclass
class Tally:
    """What became of the recordings: told to whoever published."""

    reused: int = 0
    made: int = 0
    sentences: int = 0
    """Those that had to be spoken for it."""


Make = Callable[[Museum, Stop, str], str | None]
"""Has a stop spoken in a language and tells whose voice it is; None where it was not made."""


@dataclass(frozen=True)
class Deriving:
    storage: Storage
    hearing: Hearing
    finder: Finder
    minds: Minds
    naming: Naming
    note: Callable[[str], None]
    tally: Tally = field(default_factory=Tally)
    hands: int = HANDS

    @classmethod
    def of(cls, shelf: Shelf, note: Callable[[str], None]) -> Deriving:
        storage: Storage = shelf[Storage]  # type: ignore[type-abstract]  # a Protocol is its key
        naming = Naming(shelf[Hearing], shelf[Settings].home / "indexes" / "recordings")
        return cls(storage, shelf[Hearing], shelf[Finder], shelf[Minds], naming, note)

    def at_first(self, museum: Museum) -> None:
        """Enough to read and to search: a server that has just been begun shows it, and makes the rest behind."""
        show_pictures(self.storage, museum.manifest.files.items())
        show_views(self.storage, museum)
        show_tiles(self.storage, museum.manifest.files, museum.sheet)
        for language in museum.sheet.languages:
            self.finder.index(museum, language)

    def without_audio(self, museum: Museum) -> None:
        self.at_first(museum)
        self.minds.prepare(museum)

    def everything(self, museum: Museum) -> None:
        """Before visitors may see it. What only a slow voice makes better can come after."""
        self.naming.wake(museum)
        with ThreadPoolExecutor(1, thread_name_prefix="index") as beside:
            indexed = beside.submit(self.without_audio, museum)
            self.recordings(museum)
            indexed.result()

    def recordings(self, museum: Museum) -> None:
        """Each stop can be heard: by the voice that is quickly ready, or by a better one that is there already.

        What all phones play is there when this ends; the smaller file beside it follows behind.
        """
        wanted = self.naming.wanted(museum)
        made = self._made(wanted)
        missing = [one for one in wanted if made.isdisjoint(one.names)]
        self.tally.reused += len(wanted) - len(missing)
        self._make(museum, missing, self.hearing.make_playable)

    def best_recordings(self, museum: Museum) -> None:
        """Each stop can be heard by the best voice there is; until then the quicker one is heard."""
        self.hearing.library.settle()
        wanted = self.naming.wanted(museum)
        made = self._made(wanted)
        missing = [one for one in wanted if one.names[0] not in made]
        self._make(museum, missing, lambda *one: _voice(self.hearing.make_best(*one)))

    def _make(self, museum: Museum, missing: Sequence[Wanted], make: Make) -> None:
        """A few at a time, in the order of a visit; a stop that cannot be spoken is said and passed over."""
        spoken = self.hearing.library.spoken
        stops = {one.stop: stop_of(museum, one.stop) for one in missing}
        missing = sorted(missing, key=lambda one: (stops[one.stop].number, one.stop))
        pool = ThreadPoolExecutor(self.hands, thread_name_prefix="recording")
        try:
            tried = pool.map(lambda one: _tried(museum, stops[one.stop], one.language, make), missing)
            for done, (line, made) in enumerate(tried, start=1):
                self.note(f"{museum.slug}: {done}/{len(missing)} {line}")
                self.tally.made += made
        finally:
            pool.shutdown(cancel_futures=True)
        self.tally.sentences += self.hearing.library.spoken - spoken

    def _made(self, wanted: Iterable[Wanted]) -> set[str]:
        return set(self.hearing.library.find_many(name for one in wanted for name in one.names))


def _tried(museum: Museum, stop: Stop, language: str, make: Make) -> tuple[str, bool]:
    """What is said of it, and whether it was made."""
    name = f"{stop.slug} {language}"
    try:
        voice = make(museum, stop, language)
    except (Unusable, VoiceFailed) as refusal:
        return f"{name}: {refusal.code}", False
    return (f"{name} · {voice}" if voice else name), voice is not None


def _voice(made: Recording | None) -> str | None:
    return made.voice if made else None

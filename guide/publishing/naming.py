"""The recordings that an edition should have, by their names: what is not there under them is still to be made.

A name comes of the text as it will be spoken, and to tell how it is spoken takes a while. So the names are noted down
for each document, under all that decides them; of the next edition only the stops that changed are read for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guide.assistant.quoting import stop_of
from guide.narration import casting, hearing, reading
from guide.narration import script as scripts
from guide.narration.casting import quick
from guide.narration.engines.process import VoiceFailed
from guide.narration.engines.voice import Sleeping, Voice
from guide.narration.hearing import Hearing, script
from guide.tours import sentences
from guide.tours.catalogue import Museum
from guide.tours.content import Stop

AT_ONCE = 50
"""Stops that are looked at to tell who has to get ready."""
Names = Mapping[str, list[str]]
"""By language, the best first."""


@dataclass(frozen=True)
class Wanted:
    """A stop in a language, and the names of recordings that are good enough to be shown with, the best first."""

    stop: str
    language: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Naming:
    hearing: Hearing
    notes: Path
    """A folder; whatever lies in it can be noted again."""

    def wanted(self, museum: Museum) -> list[Wanted]:
        versions, noted = _versions(museum), self._noted(museum)
        unread = {slug: stop_of(museum, slug) for slug, version in versions.items() if version not in noted}
        names = {slug: noted[version] for slug, version in versions.items() if version in noted}
        names |= {slug: self._names(museum, stop) for slug, stop in unread.items()}
        lasting = [slug for slug in names if slug not in unread or not unread[slug].recordings]
        if unread.keys() & set(lasting):
            self._note(museum, {versions[slug]: names[slug] for slug in lasting})
        return [Wanted(slug, tag, tuple(said)) for slug in versions for tag, said in names[slug].items() if said]

    def wake(self, museum: Museum) -> None:
        """Whoever will have something to say of what changed gets ready, while we read."""
        noted = self._noted(museum)
        changed = [slug for slug, version in _versions(museum).items() if noted and version not in noted]
        stops = [stop_of(museum, slug) for slug in changed[:AT_ONCE]]
        for language in {language for stop in stops if not stop.withdrawn for language in stop.texts}:
            voice: object = next((one for one in self._voices(language) if not one.role.slow), None)
            if isinstance(voice, Sleeping):
                with suppress(VoiceFailed):  # it will be heard of when it is asked
                    voice.wake()

    def _names(self, museum: Museum, stop: Stop) -> Names:
        if stop.withdrawn:
            return {}
        return {language: list(self._of(museum, stop, language)) for language in stop.texts}

    def _of(self, museum: Museum, stop: Stop, language: str) -> tuple[str, ...]:
        """Also of voices that stand back just now: they will come again."""
        if language in stop.recordings:
            return self.hearing.names(museum, stop, language)
        casts = self.hearing.library.every_cast(script(museum, stop, language))
        return tuple(cast.recipe for cast in casts[: casts.index(quick(casts)) + 1]) if casts else ()

    def _voices(self, language: str) -> tuple[Voice, ...]:
        return self.hearing.library.voices.ranked(language)

    def _noted(self, museum: Museum) -> dict[str, Names]:
        """By the version of a stop; nothing where anything else that decides names has changed."""
        try:
            noted = json.loads(self._file(museum).read_bytes())
        except (OSError, ValueError):
            return {}
        there = isinstance(noted, dict) and noted.get("beside") == self._beside(museum)
        return noted["names"] if there else {}

    def _note(self, museum: Museum, names: Mapping[str, Names]) -> None:
        self.notes.mkdir(parents=True, exist_ok=True)
        aside = self.notes / f".{museum.slug}.{os.getpid()}-{threading.get_ident()}"
        aside.write_text(json.dumps({"beside": self._beside(museum), "names": names}), "ascii")
        aside.replace(self._file(museum))

    def _file(self, museum: Museum) -> Path:
        return self.notes / f"{museum.slug}.json"

    def _beside(self, museum: Museum) -> str:
        """What decides names besides a stop's own document: who speaks, the museum's words, and how we read aloud."""
        voices = [[tag, [[one.checksum, one.role.slow] for one in self._voices(tag)]] for tag in museum.sheet.languages]
        words = sorted((path, name) for path, name in museum.manifest.documents.items() if path.startswith("lexicon/"))
        return hashlib.sha256(json.dumps([_how_we_read(), voices, words]).encode()).hexdigest()


def _versions(museum: Museum) -> dict[str, str]:
    """The document of each stop."""
    return {path[6:]: name for path, name in museum.manifest.documents.items() if path.startswith("stops/")}


@cache
def _how_we_read() -> str:
    """Another one in a newer guide, which may read a text otherwise."""
    folder = Path(reading.__file__).parent
    named = (Path(one.__file__ or "") for one in (casting, hearing, scripts, sentences))
    files = [*named, *folder.rglob("*.py"), *folder.rglob("*.yaml")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()

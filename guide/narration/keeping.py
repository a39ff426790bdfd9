"""Where recordings are kept: their files in the storage, and last a row that says they are whole."""

from __future__ import annotations

import errno
import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from guide.database import Database
from guide.errors import NotReady
from guide.narration.tables import Recording
from guide.storage import Storage

FULL = (errno.ENOSPC, errno.EDQUOT)
SOUNDS, CAPTIONS = ("mp3", "webm"), ("vtt", "json")
AT_ONCE = 500
REMEMBERED = 2_000


class NoRoomToKeep(NotReady):
    """The disk is full: nothing of the recording was kept."""


class Keeping:
    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage
        self._remembered: OrderedDict[str, Recording] = OrderedDict()
        self._turn = threading.Lock()

    def find(self, recipes: Iterable[str]) -> dict[str, Recording]:
        """Those whose files are there; one that lost them counts as never made, and its row is not asked for."""
        wanted = list(dict.fromkeys(recipes))
        found = self._recall(wanted)
        missing = [recipe for recipe in wanted if recipe not in found and self.has(recipe, SOUNDS)]
        for start in range(0, len(missing), AT_ONCE):
            found |= self._look_up(missing[start : start + AT_ONCE])
        return {recipe: recording for recipe, recording in found.items() if self._is_whole(recording)}

    def keep(self, recording: Recording, files: Mapping[str, bytes]) -> Recording:
        """The row comes last: a listener finds a whole recording or none."""
        named = {f"media/{recording.recipe}.{ending}": body for ending, body in files.items()}
        self._put(named)
        try:
            with self._database.writing() as session:
                session.merge(recording)
                session.flush()
                self._put(named)  # whoever tidies up may have taken them a moment ago; from here on the row holds them
        except IntegrityError:
            return self.find((recording.recipe,))[recording.recipe]
        self._remember((recording,))
        return recording

    def keep_files(self, recipe: str, files: Mapping[str, bytes]) -> None:
        """Some of a recording's files before all of them are made: they can be heard, and are not announced yet."""
        self._put({f"media/{recipe}.{ending}": body for ending, body in files.items()})

    def take_back(self, recipe: str) -> None:
        for ending in SOUNDS + CAPTIONS:
            self._storage.remove(f"media/{recipe}.{ending}")

    def row(self, recipe: str) -> Recording | None:
        """What was made once, also where some of its files were lost."""
        return (self._recall((recipe,)) or self._look_up([recipe])).get(recipe)

    def has(self, recipe: str, endings: Iterable[str]) -> bool:
        return all(self._storage.path(f"media/{recipe}.{ending}") for ending in endings)

    def sentence(self, name: str) -> bytes | None:
        path = self._storage.path(f"sentences/{name}.flac")
        return path.read_bytes() if path else None

    def has_sentence(self, name: str) -> bool:
        return self._storage.path(f"sentences/{name}.flac") is not None

    def keep_sentences(self, files: Iterable[tuple[str, bytes]]) -> None:
        """They only spare work: where the disk is full we do without."""
        try:
            for name, body in files:
                self._storage.put(f"sentences/{name}.flac", body)
        except OSError as problem:
            if problem.errno not in FULL:
                raise

    def _put(self, files: Mapping[str, bytes]) -> None:
        """What is there already counts as new, for whoever tidies up."""
        new = [name for name in files if not self._touched(name)]
        try:
            for name in new:
                self._storage.put(name, files[name])
        except OSError as problem:
            for name in new:
                self._storage.remove(name)
            if problem.errno not in FULL:
                raise
            raise NoRoomToKeep from problem

    def _touched(self, name: str) -> bool:
        path = self._storage.path(name)
        if path is None:
            return False
        with suppress(OSError):
            os.utime(path)
        return path.exists()

    def _is_whole(self, recording: Recording) -> bool:
        """A person's recording that was not aligned to its text has no captions."""
        timed = not recording.human or recording.cues
        return self.has(recording.recipe, SOUNDS + CAPTIONS if timed else SOUNDS)

    def _look_up(self, recipes: list[str]) -> dict[str, Recording]:
        with self._database.reading() as session:
            rows = session.exec(select(Recording).where(col(Recording.recipe).in_(recipes))).all()
        self._remember(rows)
        return {row.recipe: row for row in rows}

    def _recall(self, recipes: Iterable[str]) -> dict[str, Recording]:
        with self._turn:
            known = [recipe for recipe in recipes if recipe in self._remembered]
            for recipe in known:
                self._remembered.move_to_end(recipe)
            return {recipe: self._remembered[recipe] for recipe in known}

    def _remember(self, recordings: Iterable[Recording]) -> None:
        with self._turn:
            self._remembered |= {recording.recipe: recording for recording in recordings}
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

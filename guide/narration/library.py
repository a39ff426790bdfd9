"""Recordings: each text is spoken once for each voice, and kept."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from guide.clock import Clock
from guide.database import Database
from guide.narration.keeping import Keeping
from guide.narration.script import Plan, Script, Unspeakable, plan
from guide.narration.tables import Recording
from guide.narration.voices import Voices
from guide.storage import Storage
from guide.tours.sentences import sentences

if TYPE_CHECKING:
    from guide.narration.given import Given
    from guide.narration.production import Production

__all__ = ["Library", "Script"]

MEDIA = re.compile(r"[0-9a-f]{32}\.(mp3|webm|vtt|json)")
RUNNING = Clock()


class Library:
    def __init__(self, database: Database, storage: Storage, voices: Voices, clock: Clock = RUNNING) -> None:
        self._keeping = Keeping(database, storage)
        self._storage = storage
        self.voices = voices
        self.made = 0
        """How many recordings this process has added."""
        self._clock = clock
        self._begun: dict[str, Future[Recording]] = {}
        self._turn = threading.Lock()
        self._recipe = lru_cache(maxsize=8_192)(self._recipe_of)

    def recipe(self, script: Script) -> str | None:
        """None where no voice can say it: the text alone is shown."""
        return self._recipe(script)

    def find(self, recipe: str) -> Recording | None:
        return self._keeping.find((recipe,)).get(recipe)

    def find_many(self, recipes: Iterable[str]) -> dict[str, Recording]:
        return self._keeping.find(recipes)

    def render(self, script: Script) -> Recording:
        """Asked for by many at once, it is made once. Not from inside a transaction that writes: it needs its own."""
        planned = plan(script, self.voices.best(script.language))
        mine: Future[Recording] = Future()
        with self._turn:
            begun = self._begun.setdefault(planned.recipe, mine)
        if begun is mine:
            self._fulfil(mine, planned)
        return begun.result()

    def accept(self, body: bytes, ending: str, language: str, name: str | None = None) -> Recording:
        """A person's recording, named by its bytes where no name is given; without cues until it is aligned."""
        name = name or hashlib.sha256(body).hexdigest()[:32]
        return self.find(name) or self._take_in(name, body, ending, language)

    def spoken_mp3(self, text: str, language: str) -> bytes:
        """Said once and not kept."""
        from guide.narration.production import mp3_of

        return mp3_of(plan(Script(language, sentences("", text, language)), self.voices.best(language)))

    def close(self) -> None:
        self.voices.close()

    def media(self, name: str) -> Path | None:
        return self._storage.path(f"media/{name}") if MEDIA.fullmatch(name) else None

    def _recipe_of(self, script: Script) -> str | None:
        try:
            return plan(script, self.voices.best(script.language)).recipe
        except Unspeakable:
            return None

    def _fulfil(self, promise: Future[Recording], planned: Plan) -> None:
        try:
            promise.set_result(self.find(planned.recipe) or self._make(planned))
        except BaseException as failure:  # noqa: BLE001  # whoever waits must hear of it; each of them raises it
            promise.set_exception(failure)
        finally:
            del self._begun[planned.recipe]

    def _make(self, planned: Plan) -> Recording:
        # numpy and the codecs are heavy, and a server that only shows what is recorded does without them
        from guide.narration.mastering import WEBM, encoded
        from guide.narration.production import perform, sentence_files

        made = perform(planned, self._keeping.sentence)
        made.files["webm"] = encoded(made.samples, WEBM)
        recording = self._kept(self._made(planned, made), made.files)
        self._keeping.keep_sentences(sentence_files(made.spoken))
        return recording

    def _take_in(self, name: str, body: bytes, ending: str, language: str) -> Recording:
        from guide.narration.given import take_in

        given = take_in(body, ending)
        return self._kept(self._given(name, given, language), given.files)

    def _kept(self, recording: Recording, files: Mapping[str, bytes]) -> Recording:
        kept = self._keeping.keep(recording, files)
        self.made += 1
        return kept

    def _made(self, planned: Plan, made: Production) -> Recording:
        return Recording(
            recipe=planned.recipe,
            language=planned.language,
            voice=planned.voice.name,
            human=False,
            seconds=round(made.seconds, 3),
            mp3_bytes=len(made.files["mp3"]),
            webm_bytes=len(made.files["webm"]),
            cues=[list(cue) for cue in made.cues],
            words=json.dumps(made.words, separators=(",", ":")),
            made_at=self._clock.now(),
        )

    def _given(self, name: str, given: Given, language: str) -> Recording:
        return Recording(
            recipe=name,
            language=language,
            voice="",
            human=True,
            seconds=round(given.seconds, 3),
            mp3_bytes=len(given.files["mp3"]),
            webm_bytes=len(given.files["webm"]),
            cues=[],
            words="[]",
            made_at=self._clock.now(),
        )

"""Recordings: each text is spoken once for each voice, and kept."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from guide.clock import Clock
from guide.database import Database
from guide.narration.casting import Cast, Casting, quick
from guide.narration.engines.process import VoiceFailed
from guide.narration.keeping import SOUNDS, Keeping, NoRoomToKeep
from guide.narration.script import Line, Plan, Script, plan
from guide.narration.sentence_first import sentence_mp3, sentence_name, sentence_names
from guide.narration.tables import Recording
from guide.narration.takes import Takes
from guide.narration.voices import Voices
from guide.narration.waiting import Waiting
from guide.storage import Storage
from guide.tours.sentences import sentences

if TYPE_CHECKING:
    from guide.narration.given import Given
    from guide.narration.production import Production
    from guide.narration.scribe import Scribe
    from guide.narration.sound import Sound

__all__ = ["Cast", "Library", "Script"]

MEDIA = re.compile(r"[0-9a-f]{32}\.(mp3|webm|vtt|json)")
RUNNING = Clock()
T = TypeVar("T")
HANDS = 2


@dataclass(frozen=True)
class Making:
    """A recording on its way: it can be played before the smaller file beside it is there and it is announced."""

    playable: Future[None] = field(default_factory=Future)
    whole: Future[Recording] = field(default_factory=Future)


def in_turn(casts: tuple[Cast, ...], recipe: str | None) -> tuple[Cast, ...]:
    """The named or the quick one, then those after it in rank, and only then those before it."""
    named = next((cast for cast in casts if cast.recipe == recipe), quick(casts))
    at = casts.index(named)
    return (*casts[at:], *casts[:at])


class Library:
    def __init__(
        self,
        database: Database,
        storage: Storage,
        voices: Voices,
        clock: Clock = RUNNING,
        scribe: Scribe | None = None,
    ) -> None:
        self._keeping = Keeping(database, storage)
        self._takes = Takes(self._keeping)
        self._casting = Casting(voices, clock)
        self._storage = storage
        self.voices = voices
        self.scribe = scribe
        """Follows a person's recording through its text, where there is an ear."""
        self.waiting = Waiting()
        self._made = 0
        self._clock = clock
        self._begun: dict[str, Making] = {}
        self._turn = threading.Lock()
        self._after = ThreadPoolExecutor(HANDS, thread_name_prefix="opus")

    @property
    def made(self) -> int:
        """Grows whenever something else may be heard: a recording was added, a voice came or went."""
        return self._made + self._casting.renewals

    def renewals(self) -> int:
        """How often voices came or went; it looks whether they did."""
        self._casting.look()
        return self._casting.renewals

    @property
    def spoken(self) -> int:
        """How many sentences this process has had spoken."""
        return self._takes.spoken

    def casts(self, script: Script) -> tuple[Cast, ...]:
        """Who can say it, the best first, and what the recording is named by each. None: the text alone is shown."""
        return self._casting.casts(script)

    def every_cast(self, script: Script) -> tuple[Cast, ...]:
        """Those, too, that failed a while ago."""
        return self._casting.every(script)

    def recipe(self, script: Script) -> str | None:
        """The name of what is made on demand; None where no voice can say it."""
        casts = self.casts(script)
        return quick(casts).recipe if casts else None

    def find(self, recipe: str) -> Recording | None:
        return self._keeping.find((recipe,)).get(recipe)

    def find_many(self, recipes: Iterable[str]) -> dict[str, Recording]:
        return self._keeping.find(recipes)

    def render(self, script: Script, recipe: str | None = None) -> Recording:
        """By the voice that the recipe names, else by the quick one; where it fails, by the next in rank.

        Asked for by many at once, it is made once. Not from inside a transaction that writes: it needs its own.
        """
        return self._by_who_is_able(script, recipe, lambda cast: self._making(script, cast).whole.result())

    def prepare(self, script: Script, recipe: str | None = None) -> str:
        """The same, but only until it can be played; the name of what can be."""

        def prepared(cast: Cast) -> str:
            self._making(script, cast).playable.result()
            return cast.recipe

        return self._by_who_is_able(script, recipe, prepared)

    def render_by(self, script: Script, cast: Cast) -> Recording | None:
        """By this voice or not at all."""
        try:
            return self._making(script, cast).whole.result()
        except VoiceFailed as failure:
            self._casting.stand_back(cast, failure)
            return None

    def sentence_names(self, script: Script, cast: Cast) -> dict[int, str]:
        """Of the sentences that are heard before the whole is there; none where it is there about as soon."""
        return sentence_names(plan(script, cast.voice))

    def sentence(self, script: Script, cast: Cast, number: int) -> str | None:
        """Have one sentence ready to be heard by itself; its name."""
        line = next((line for line in plan(script, cast.voice).lines if line.sentence.number == number), None)
        if line is None:
            return None
        name = sentence_name(line, cast.voice)
        if not self._keeping.has(name, ("mp3",)):
            body = sentence_mp3(self._takes.sound(line, cast.voice), cast.voice.role.gain)
            self._keeping.keep_files(name, {"mp3": body})
            self._after.submit(self._takes.keep)
        return name

    def at_hand(self, script: Script, cast: Cast) -> bool:
        """Whether it takes no speaking: each sentence was spoken for a stop before."""
        return all(self._takes.has(line) for line in plan(script, cast.voice).lines)

    def accept(
        self, body: bytes, ending: str, language: str, name: str | None = None, told: Script | None = None
    ) -> Recording:
        """A person's recording, named by its bytes where no name is given; with the times of its text, where that is
        `told` and somebody here can follow it."""
        name = name or hashlib.sha256(body).hexdigest()[:32]
        return self.find(name) or self._take_in(name, body, ending, language, told)

    def spoken_mp3(self, text: str, language: str, voice: str | None = None) -> bytes:
        """Said once and not kept; by the voice that is named, or by the best that is able."""
        from guide.narration.production import mp3_of

        script = Script(language, sentences("", text, language))
        if voice is not None:
            return mp3_of(plan(script, self.voices.named(language, voice)))
        return self._by_who_is_able(script, None, lambda cast: mp3_of(plan(script, cast.voice)))

    def settle(self) -> None:
        """Until what can be played already has all its files."""
        wait([making.whole for making in list(self._begun.values())])

    def close(self) -> None:
        """What is being recorded behind ends with the sentence that it is at."""
        self.waiting.leave()
        self._after.shutdown(wait=True)
        self.voices.close()

    def media(self, name: str) -> Path | None:
        return self._storage.path(f"media/{name}") if MEDIA.fullmatch(name) else None

    def _by_who_is_able(self, script: Script, recipe: str | None, act: Callable[[Cast], T]) -> T:
        casts = self.casts(script)
        if not casts:
            raise self._casting.refused(script)
        for cast in in_turn(casts, recipe):
            try:
                return act(cast)
            except VoiceFailed as failure:
                self._casting.stand_back(cast, failure)
                failed = failure
        raise failed

    def _making(self, script: Script, cast: Cast) -> Making:
        mine = Making()
        with self._turn:
            begun = self._begun.setdefault(cast.recipe, mine)
        if begun is mine:
            self._make(mine, script, cast)
        return begun

    def _make(self, mine: Making, script: Script, cast: Cast) -> None:
        try:
            planned = plan(script, cast.voice)
            if found := self.find(cast.recipe) or self._captions_again(planned):
                self._fulfil(mine, found)
            else:
                self._perform(mine, planned)
        except BaseException as failure:  # noqa: BLE001  # whoever waits must hear of it; each of them raises it
            self._break(mine, cast.recipe, failure)

    def _perform(self, mine: Making, planned: Plan) -> None:
        self._takes.expect(planned.lines, planned.voice)
        # numpy and the codecs are heavy, and a server that only shows what is recorded does without them
        from guide.narration.production import perform

        made = perform(planned, partial(self._take, planned))
        self._keeping.keep_files(planned.recipe, made.files)
        mine.playable.set_result(None)
        self._after.submit(self._finish, mine, planned, made)

    def _take(self, planned: Plan, line: Line) -> Sound:
        """Before each sentence whoever waits for something else goes first."""
        if planned.voice.role.slow:
            self._takes.keep()  # what took long to say is not lost when we are ended in the middle
        self.waiting.give_way(planned.recipe)
        return self._takes.sound(line, planned.voice)

    def _finish(self, mine: Making, planned: Plan, made: Production) -> None:
        from guide.narration.mastering import WEBM, encoded

        try:
            self.waiting.stay()
            made.files["webm"] = encoded(made.samples, WEBM)
            recording = self._announced(self._described(planned, made), made.files)
            self._takes.keep()
            self._fulfil(mine, recording)
        except BaseException as failure:  # noqa: BLE001  # a thread's edge: whoever waits raises it
            self._break(mine, planned.recipe, failure)

    def _fulfil(self, mine: Making, recording: Recording) -> None:
        del self._begun[recording.recipe]
        if not mine.playable.done():
            mine.playable.set_result(None)
        mine.whole.set_result(recording)

    def _break(self, mine: Making, recipe: str, failure: BaseException) -> None:
        if isinstance(failure, NoRoomToKeep):
            self._takes.drop()
            self._keeping.take_back(recipe)
        else:
            self._takes.keep()
        del self._begun[recipe]
        for promise in (mine.playable, mine.whole):
            if not promise.done():
                promise.set_exception(failure)

    def _captions_again(self, planned: Plan) -> Recording | None:
        """Where only they were lost, nothing is spoken for them."""
        row = self._keeping.row(planned.recipe)
        if row is None or not self._keeping.has(planned.recipe, SOUNDS):
            return None
        from guide.narration.production import caption_files, written

        words = json.loads(row.words)
        files = caption_files(row.language, row.voice, written(planned), row.seconds, row.cues, words)
        self._keeping.keep_files(planned.recipe, files)
        return row

    def _take_in(self, name: str, body: bytes, ending: str, language: str, told: Script | None) -> Recording:
        from guide.narration.given import take_in

        given = take_in(body, ending, told, self.scribe)
        return self._announced(self._given(name, given, language), given.files)

    def _announced(self, recording: Recording, files: Mapping[str, bytes]) -> Recording:
        kept = self._keeping.keep(recording, files)
        self._made += 1
        return kept

    def _described(self, planned: Plan, made: Production) -> Recording:
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
            cues=[list(cue) for cue in given.cues],
            words=json.dumps(given.words, separators=(",", ":")),
            made_at=self._clock.now(),
        )

"""What is to be heard of a stop: a person's recording where there is one, else the best voice that is ready."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guide.language import match
from guide.narration.asked import Quoted
from guide.narration.casting import Cast, quick
from guide.narration.library import Library, Script
from guide.narration.reading import Entry
from guide.narration.tables import Recording
from guide.narration.waiting import MOST_WAITING_A_MOMENT
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.originals import original
from guide.tours.sentences import Sentence, sentences


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
    first: tuple[tuple[int, str], ...] = ()
    """Sentences by number, and the names of their own recordings, to be heard until the whole is made."""


@dataclass(frozen=True)
class Hearing:
    library: Library
    storage: Storage

    def sound(self, museum: Museum, stop: Stop, language: str) -> Sound | None:
        """None where no voice speaks the language and nobody has recorded it: text only."""
        sound = self._sound(museum, stop, language)
        if sound is None or sound.ready or sound.human:
            return sound
        return replace(sound, first=self._first(script(museum, stop, language), sound.name))

    def starts(self, museum: Museum, stop: Stop, language: str) -> Mapping[int, float]:
        """When each sentence is heard in the stop's narration; nothing until it is recorded."""
        sound = self._sound(museum, stop, language)
        return {number: start for number, start, _ in sound.cues} if sound else {}

    def names(self, museum: Museum, stop: Stop, language: str) -> tuple[str, ...]:
        """Everything that the stop's recording may be named, the best first."""
        if language in stop.recordings:
            return (self._human_name(museum, stop, language),)
        return tuple(cast.recipe for cast in self.library.casts(script(museum, stop, language)))

    def make(self, museum: Museum, stop: Stop, language: str) -> Recording:
        """Take in what a person recorded, or have it spoken; what is there already is left alone."""
        if language not in stop.recordings:
            return self.library.render(script(museum, stop, language))
        path = recording_path(stop, language)
        body = original(self.storage, path, museum.manifest.files[path])
        ending, name = path.rsplit(".", 1)[-1].lower(), self._human_name(museum, stop, language)
        return self.library.accept(body, ending, language, name, script(museum, stop, language))

    def make_playable(self, museum: Museum, stop: Stop, language: str) -> str:
        """As soon as it can be played, the rest of its files behind; whose voice it is, nothing for a person's."""
        if language in stop.recordings:
            return self.make(museum, stop, language).voice
        told = script(museum, stop, language)
        name = self.library.prepare(told)
        return next((cast.voice.name for cast in self.library.every_cast(told) if cast.recipe == name), "")

    def make_best(self, museum: Museum, stop: Stop, language: str) -> Recording | None:
        """By the best voice there is, behind: whoever waits for something goes first."""
        told = script(museum, stop, language)
        return self.library.render_by(told, self.library.casts(told)[0])

    def make_soon(self, museum: Museum, stop: Stop, language: str, name: str, ending: str) -> str | None:
        """For a visitor who waits: a few at a time, so that a crowd of unmade recordings leaves room for everybody.

        The name of what can be heard now, which is another where the voice failed.
        """
        if language in stop.recordings:
            if name in self.names(museum, stop, language):
                with self.library.waiting.for_(name):
                    return self.make(museum, stop, language).recipe
            return None
        return self._make_soon(script(museum, stop, language), name, ending)

    def make_sentence_soon(self, museum: Museum, stop: Stop, language: str, number: int, name: str) -> str | None:
        """One sentence by itself, while the whole is being made."""
        if language in stop.recordings:
            return None
        told = script(museum, stop, language)
        for cast in self._on_demand(told, self.library.casts(told)):
            if self.library.sentence_names(told, cast).get(number) == name:
                with self.library.waiting.for_(cast.recipe, MOST_WAITING_A_MOMENT):
                    return self.library.sentence(told, cast, number)
        return None

    def answer(self, museum: Museum, language: str, quoted: Sequence[Quoted]) -> Sound | None:
        """Some sentences of the museum's stops, to be heard as one answer: by the best voice that need not speak them
        anew, else by the quick one. None where nobody can say them."""
        told = answer_script(museum, language, quoted)
        return self._best(told, self.library.at_hand) if told else None

    def make_answer_soon(
        self, museum: Museum, language: str, quoted: Sequence[Quoted], name: str, ending: str
    ) -> str | None:
        told = answer_script(museum, language, quoted)
        return self._make_soon(told, name, ending) if told else None

    def _sound(self, museum: Museum, stop: Stop, language: str) -> Sound | None:
        if language not in stop.recordings:
            return self._best(script(museum, stop, language))
        name = self._human_name(museum, stop, language)
        made = self.library.find(name)
        return _ready(made) if made else Sound(name, "", human=True, ready=False)

    def _human_name(self, museum: Museum, stop: Stop, language: str) -> str:
        handed_in, scribe = museum.manifest.files[recording_path(stop, language)], self.library.scribe
        followed = scribe.human_name(handed_in, script(museum, stop, language)) if scribe else None
        return followed or human_name(handed_in)

    def _best(self, told: Script, at_hand: Callable[[Script, Cast], bool] = lambda *_: False) -> Sound | None:
        """The best that is made, else the one that is made on demand."""
        casts = self.library.casts(told)
        if not casts:
            return None
        made = self.library.find_many(cast.recipe for cast in casts)
        for cast in casts:
            if cast.recipe in made:
                return _ready(made[cast.recipe])
        cast = next((cast for cast in casts if at_hand(told, cast)), quick(casts))
        return Sound(cast.recipe, cast.voice.name, human=False, ready=False)

    def _first(self, told: Script, recipe: str) -> tuple[tuple[int, str], ...]:
        cast = next(cast for cast in self.library.casts(told) if cast.recipe == recipe)
        return tuple(self.library.sentence_names(told, cast).items())

    def _make_soon(self, told: Script, name: str, ending: str) -> str | None:
        every = self.library.every_cast(told)
        if name not in (cast.recipe for cast in self._on_demand(told, every)):
            return None
        with self.library.waiting.for_(name):
            if ending == "webm":
                return self.library.render(told, name).recipe
            return self.library.prepare(told, name)

    def _on_demand(self, told: Script, casts: tuple[Cast, ...]) -> Iterator[Cast]:
        """Those that somebody may wait for."""
        for cast in casts:
            if not cast.voice.role.slow or cast is quick(casts) or self.library.at_hand(told, cast):
                yield cast


def recording_path(stop: Stop, language: str) -> str:
    return f"stops/{stop.slug}/{stop.recordings[language]}"


def script(museum: Museum, stop: Stop, language: str) -> Script:
    text = stop.texts[language]
    return Script(language, sentences(text.title, text.body, language), lexicon(museum, language))


def answer_script(museum: Museum, language: str, quoted: Sequence[Quoted]) -> Script | None:
    """Each in its own paragraph, as they are said one after the other; None where one of them is not published."""
    found = [_quoted(museum, language, one) for one in quoted]
    texts = [text for text in found if text]
    if not texts or len(texts) < len(found):
        return None
    cut = tuple(Sentence(number, text, number) for number, text in enumerate(texts, start=1))
    return Script(language, cut, lexicon(museum, language))


def _quoted(museum: Museum, language: str, one: Quoted) -> str | None:
    stop = museum.stop(one.stop)
    if stop is None or stop.withdrawn or language not in stop.texts:
        return None
    cut = script(museum, stop, language).sentences
    return cut[one.sentence].text if one.sentence < len(cut) else None


def lexicon(museum: Museum, language: str) -> tuple[Entry, ...]:
    found = match(language, museum.lexicons)
    entries = museum.lexicons[found] if found else []
    return tuple(Entry(entry.word, entry.say, entry.phonemes, entry.case, entry.priority) for entry in entries)


def human_name(original: str) -> str:
    """The public name of a person's recording, by the hash of what was handed in."""
    return hashlib.sha256(f"human-1:{original}".encode()).hexdigest()[:32]


def _ready(made: Recording) -> Sound:
    cues = tuple((int(number), float(start), float(end)) for number, start, end in made.cues)
    return Sound(made.recipe, made.voice, made.human, True, made.seconds, made.mp3_bytes, made.webm_bytes, cues)

"""A listening check: what an ear hears of each recording against what is written, and which a person should hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guide.errors import NotFound, NotReady
from guide.narration.ear import Heard, plain_tag
from guide.narration.hearing import Hearing, Sound, script
from guide.narration.scribe import Scribe
from guide.narration.script import Script
from guide.tours.catalogue import Museum
from guide.tours.content import Stop

if TYPE_CHECKING:
    from guide.narration.following import Followed, HeardLetter

UNDERSTOOD = 0.7
"""Of the words of what is there: where fewer are, the voice, or the language, is not the one that is meant. A natural
voice is heard to 97 %, a mechanical one to 85 %, a French one that reads English to 64 %."""
SENTENCE_HEARD = 0.5
RECOGNISED = 0.35
"""Of its letters, where something else than the sentence may have been said."""
A_FEW = 24
SURE = 0.6
"""How sure the ear must be of another language."""

Told = Callable[[str], None]


class NoEar(NotReady):
    """There is no ear here to listen with."""


class NoStopToListenTo(NotFound):
    """The museum shows no stop of that name."""


class NoTextToListenTo(NotFound):
    """Nothing is told in that language."""


class Flag(StrEnum):
    WRONG_LANGUAGE = "wrong-language"
    NOT_UNDERSTOOD = "not-understood"
    CUT_SENTENCE = "cut-sentence"
    MISREAD_NUMBER = "misread-number"


@dataclass(frozen=True)
class Flagged:
    flag: Flag
    sentence: int | None
    """None for the whole recording."""
    told: str
    heard: str


@dataclass(frozen=True)
class Listened:
    """What was heard of one recording."""

    stop: str
    language: str
    voice: str
    human: bool
    words: int
    heard: int
    flags: tuple[Flagged, ...]

    @property
    def share(self) -> float:
        return self.heard / self.words if self.words else 1.0


@dataclass(frozen=True)
class Summed:
    """A line of the table: all recordings in one language by one voice."""

    language: str
    voice: str
    recordings: int
    share: float
    flagged: int


def listen_to(
    museum: Museum,
    hearing: Hearing,
    scribe: Scribe | None,
    language: str | None = None,
    stop: str | None = None,
    voice: str | None = None,
) -> Iterator[Listened]:
    """Each recording that is made, in the languages that the ear can be believed in."""
    if scribe is None:
        raise NoEar
    _check(museum, language, stop)
    for at, tag, sound in _made(museum, hearing, language, stop):
        if scribe.ear.hears(tag) and _is_by(sound, voice):
            yield _listened(at.slug, script(museum, at, tag), sound, hearing, scribe)


def passed_over(
    museum: Museum,
    hearing: Hearing,
    scribe: Scribe,
    language: str | None = None,
    stop: str | None = None,
    voice: str | None = None,
) -> dict[str, int]:
    """How many recordings there are in each language that the ear knows too little of."""
    made = _made(museum, hearing, language, stop)
    return dict(Counter(tag for _, tag, sound in made if not scribe.ear.hears(tag) and _is_by(sound, voice)))


def summed(all_listened: Iterable[Listened]) -> list[Summed]:
    by_voice: dict[tuple[str, str], list[Listened]] = {}
    for one in all_listened:
        by_voice.setdefault((one.language, one.voice), []).append(one)
    return [
        Summed(
            language,
            voice,
            len(group),
            sum(one.heard for one in group) / max(1, sum(one.words for one in group)),
            sum(bool(one.flags) for one in group),
        )
        for (language, voice), group in sorted(by_voice.items())
    ]


def compare(stop: str, told: Script, voice: str, human: bool, heard: Heard, scribe: Scribe) -> Listened:
    """Of the words that were to be said, how many were heard, and what stands out; a person may leave the title out."""
    from guide.narration.following import heard_letters

    lines = [line for line in scribe.follow(told, heard) if line.told.number or not human or _is_heard(line)]
    letters = heard_letters(heard.words, told.language, told.lexicon)
    words, caught = _counted(lines)
    return Listened(stop, told.language, voice, human, words, caught, tuple(_flags(lines, letters, heard, told)))


def _counted(lines: Sequence[Followed]) -> tuple[int, int]:
    return sum(line.words[0] for line in lines), sum(line.words[1] for line in lines)


def _is_heard(line: Followed) -> bool:
    words, caught = line.words
    return caught >= words * SENTENCE_HEARD


def _check(museum: Museum, language: str | None, stop: str | None) -> None:
    """A slip of the pen is not to read as if all were well."""
    there = [at for at in museum.shown_stops if stop in (None, at.slug)]
    if stop and not there:
        raise NoStopToListenTo(stop=stop, museum=museum.slug)
    languages = dict.fromkeys(tag for at in there for tag in at.texts)
    if language and language not in languages:
        raise NoTextToListenTo(language=language, languages=", ".join(languages))


def _is_by(sound: Sound, voice: str | None) -> bool:
    return voice is None or voice.casefold() in (sound.voice or "").casefold()


def _made(
    museum: Museum, hearing: Hearing, language: str | None, stop: str | None
) -> Iterator[tuple[Stop, str, Sound]]:
    for at in museum.shown_stops:
        for tag in at.texts:
            if stop in (None, at.slug) and language in (None, tag):
                sound = hearing.sound(museum, at, tag)
                if sound and sound.ready:
                    yield at, tag, sound


def _listened(slug: str, told: Script, sound: Sound, hearing: Hearing, scribe: Scribe) -> Listened:
    from guide.narration.encoding import decode_given
    from guide.narration.mastering import RATE

    path = hearing.library.media(f"{sound.name}.mp3")
    assert path is not None
    samples = decode_given(path.read_bytes(), "mp3", RATE, float("inf"))
    heard = scribe.heard(sound.name, samples, RATE, told.language)
    return compare(slug, told, sound.voice, sound.human, heard, scribe)


def _flags(lines: Sequence[Followed], letters: Sequence[HeardLetter], heard: Heard, told: Script) -> Iterator[Flagged]:
    from guide.narration.following import written
    from guide.narration.numbers_heard import misread

    words, caught = _counted([line for line in lines if line.room >= SENTENCE_HEARD])
    if caught < words * UNDERSTOOD or not words:
        strange = heard.language != plain_tag(told.language) and heard.sure >= SURE
        flag = Flag.WRONG_LANGUAGE if strange else Flag.NOT_UNDERSTOOD
        yield Flagged(flag, None, told.language, f"{heard.language}: {heard.text[:80]}")
        return
    for line in lines:
        if _is_cut(line):
            instead = written([letters[at] for at in line.said])
            yield Flagged(Flag.CUT_SENTENCE, line.told.number, line.told.reading.text, instead)
        else:
            for number, instead in misread(line, letters, told.language):
                yield Flagged(Flag.MISREAD_NUMBER, line.told.number, number, instead)


def _is_cut(line: Followed) -> bool:
    """Names may be heard as other words, but something must be there, and of more than a few words some of it."""
    if _is_heard(line):
        return False
    return line.room < SENTENCE_HEARD or (len(line.told.letters) > A_FEW and line.share < RECOGNISED)

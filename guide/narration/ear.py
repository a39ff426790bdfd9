"""An ear in the house: what is said in a recording, word by word, with no network and nothing kept."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.errors import NotReady
from guide.narration.ear_model import FILES, can_listen, prepared
from guide.narration.engines.process import Speaker, VoiceFailed
from guide.narration.sounding import can_sound

if TYPE_CHECKING:
    from guide.narration.sound import Samples

RATE = 16_000
TRUSTED = frozenset("en fr es ja zh de".split())
"""What it hears in these is word for word, but for names."""
FAINT = frozenset("vi ko ru".split())
"""Of these it hears enough to follow a text that is known, and too little to say that something was left out."""
LONGEST_PIECE, SHORTEST_PIECE = 28.0, 18.0
BLINK = 0.05
SILENT = 0.002
"""Of full scale: in what stays fainter a language model would hear words that nobody said."""
SKIPPING, AUDIBLE, MOSTLY = 2.5, 0.05, 0.5
"""Seconds that no word lasts; what is no pause, of the loudest; and how much of them that must be."""
LONGEST_SECONDS = 90.0
IDLE_SECONDS = 300.0

Note = Callable[[float, float], None]
"""Told as it listens: how many seconds so far, and of how many."""


class EarFailed(NotReady):
    """The ear did not listen: it stopped, took too long, or its model is not the one that was tried."""


@dataclass(frozen=True)
class HeardWord:
    """As the ear writes it, with the space before it where its language has spaces."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True)
class Heard:
    language: str
    """What it sounds like, whatever it was said to be."""
    words: tuple[HeardWord, ...]
    sure: float = 1.0
    """How sure the ear is of the language."""

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()


class Ear:
    version = f"whisper-base {FILES['model.bin'].sha256[:8]}"

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def hears(self, language: str) -> bool:
        """Whether it can be believed when it misses something."""
        return plain_tag(language) in TRUSTED and can_sound(plain_tag(language))

    def follows(self, language: str) -> bool:
        """Whether it can tell when the words of a known text are said."""
        return self.hears(language) or plain_tag(language) in FAINT

    def listen(
        self,
        samples: Samples,
        rate: int,
        language: str | None = None,
        note: Note = lambda *_: None,
        *,
        guess: bool = True,
    ) -> Heard:
        """A piece at a time, cut where it is quiet, so that an hour takes no more memory than a minute.

        Where the language is known and nobody wants to know what it sounds like, it takes half the time.
        """
        words: list[HeardWord] = []
        sounds_like, sure = language or "", 0.0
        for at, piece in pieces(samples, rate):
            heard = self._ask(piece, rate, language and plain_tag(language), guess=guess and not sure)
            if not sure:
                sounds_like, sure = heard["language"], heard["sure"]
            found = self._and_what_was_skipped(_words(heard, 0.0), piece, rate, language or sounds_like)
            words += (replace(word, start=at + word.start, end=at + word.end) for word in found)
            note(at + len(piece) / rate, len(samples) / rate)
        return Heard(sounds_like, tuple(words), round(sure, 3))

    def close(self) -> None:
        self._speaker.close()

    def _and_what_was_skipped(
        self, words: list[HeardWord], piece: Samples, rate: int, language: str
    ) -> list[HeardWord]:
        """Now and then it skips a row of names, and lets one word last for all of them; heard alone they are there."""
        for start, end in skipped(words, piece, rate):
            stretch = piece[round(start * rate) : round(end * rate)]
            again = _words(self._ask(stretch, rate, plain_tag(language), guess=False), start)
            if len(again) > sum(start <= word.start and word.end <= end for word in words):
                words = [word for word in words if not (start <= word.start and word.end <= end)] + again
        return sorted(words, key=lambda word: word.start)

    def _ask(self, piece: Samples, rate: int, language: str | None, *, guess: bool) -> Any:
        from guide.narration.encoding import resampled

        pcm = base64.b64encode(resampled(piece, rate, RATE).tobytes()).decode()
        try:
            return json.loads(bytes(self._speaker.speak(pcm=pcm, language=language, guess=guess).pcm))
        except VoiceFailed as failure:
            raise EarFailed(problem=failure.facts["problem"]) from failure


def open_ear(home: Path) -> Ear | None:
    """None where its model or its library is missing: everything else works without."""
    folder = prepared(home)
    return Ear(ear_speaker(folder)) if folder and can_listen() else None


def ear_speaker(folder: Path, longest: float = LONGEST_SECONDS, idle: float = IDLE_SECONDS) -> Speaker:
    program = str(Path(__file__).with_name("ear_process.py"))
    hashes = [f"{name}={part.sha256}" for name, part in FILES.items()]
    command = (sys.executable, "-I", program, str(folder), str(longest), str(idle), *hashes)
    return Speaker("whisper", command, longest)


def skipped(words: Sequence[HeardWord], piece: Samples, rate: int) -> list[tuple[float, float]]:
    """Where somebody speaks for seconds, and one word or none was heard."""
    starts, ends = [word.start for word in words], [word.end for word in words]
    gaps = zip([0.0, *ends], [*starts, len(piece) / rate], strict=True)
    long = [(start, end) for start, end in (*zip(starts, ends, strict=True), *gaps) if end - start >= SKIPPING]
    return [
        (start, end) for start, end in long if _is_spoken(piece[round(start * rate) : round(end * rate)], piece, rate)
    ]


def _is_spoken(stretch: Samples, piece: Samples, rate: int) -> bool:
    loud, all_loud = _blinks(stretch, rate), _blinks(piece, rate)
    return bool(len(loud)) and bool((loud > all_loud.max() * AUDIBLE).mean() >= MOSTLY)


def _words(heard: Any, at: float) -> list[HeardWord]:
    return [HeardWord(text, at + start, at + end, sureness) for text, start, end, sureness in heard["words"]]


def pieces(samples: Samples, rate: int) -> Iterator[tuple[float, Samples]]:
    """From where in seconds, and the sound; what is silent from end to end is passed over."""
    blink, loud = round(BLINK * rate), _blinks(samples, rate)
    whole = len(loud) * blink
    at = 0
    while at < len(samples):
        end = _quiet_place(loud, at // blink, rate // blink) * blink
        end = len(samples) if end >= whole else end
        if loud[at // blink : -(-end // blink)].max(initial=0) > SILENT * 32767:
            yield at / rate, samples[at:end]
        at = end


def _blinks(samples: Samples, rate: int) -> Any:
    """The highest of each twentieth of a second."""
    import numpy as np

    blink = round(BLINK * rate)
    whole = len(samples) // blink * blink
    return np.abs(samples[:whole].reshape(-1, blink).astype(np.int32)).max(axis=1, initial=0)


def _quiet_place(loud: Any, begin: int, a_second: int) -> int:
    """In the middle of the quietest third of a second before the piece gets too long."""
    import numpy as np

    first, last = begin + round(SHORTEST_PIECE * a_second), begin + round(LONGEST_PIECE * a_second)
    if last >= len(loud):
        return len(loud)
    width = max(1, a_second // 3)
    around = np.convolve(loud[first:last].astype(np.float64), np.ones(width), "valid")
    return int(first + around.argmin() + width // 2)


def plain_tag(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()

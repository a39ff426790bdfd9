"""Captions: when each sentence and each written word is heard, so that a page can light it up and jump to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from guide.narration.reading import Reading, Word


class Cue(NamedTuple):
    """A sentence's number, and from when to when it is heard, in seconds of the file."""

    sentence: int
    start: float
    end: float


class WordTime(NamedTuple):
    """A displayed word: its place in the sentence's written text, and when it is heard."""

    sentence: int
    first: int
    last: int
    start: float
    end: float


def webvtt(cues: Iterable[Cue], texts: Mapping[int, str]) -> str:
    """A cue's id is its sentence's number."""
    return "\n".join(["WEBVTT", "", *(_block(cue, texts[cue.sentence]) for cue in cues)])


def _block(cue: Cue, text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{cue.sentence}\n{_clock(cue.start)} --> {_clock(cue.end)}\n{safe}\n"


def _clock(seconds: float) -> str:
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


@dataclass(frozen=True)
class Heard:
    """A sentence in the recording: its cue, what was read, and the voice's own word of when words began."""

    cue: Cue
    reading: Reading
    events: Sequence[tuple[int, float]]


def word_times(heard: Heard) -> list[WordTime]:
    """Every displayed word in order. Words that one word speaks for share its time, by their length."""
    words = heard.reading.words
    times = _starts(heard, _offsets(words, heard.reading.spoken))
    found: list[WordTime] = []
    for (first, start), (after, end) in pairwise(times):
        found += _shared(heard.cue.sentence, words[first:after], start, end)
    return found


def _offsets(words: Sequence[Word], spoken: str) -> list[int]:
    """Where each word's own speech begins in the whole."""
    offsets, at = [], 0
    for word in words:
        at = max(at, spoken.find(word.spoken, at))
        offsets.append(at)
        at += len(word.spoken)
    return offsets


def _starts(heard: Heard, offsets: Sequence[int]) -> list[tuple[int, float]]:
    """The index of each word that is spoken and when it begins; the first takes the silent ones before it along."""
    words, cue = heard.reading.words, heard.cue
    clock = _Clock(heard.events, len(heard.reading.spoken), cue.start, cue.end)
    speaking = [index for index, word in enumerate(words) if word.spoken]
    times = [(index, clock.at(offsets[index], len(words[index].spoken))) for index in speaking]
    return [(0, cue.start), *times[1:], (len(words), cue.end)] if times else []


class _Clock:
    """From a place in the spoken text to the second it is heard: by the voice's events, and evenly between them."""

    def __init__(self, events: Sequence[tuple[int, float]], length: int, start: float, end: float) -> None:
        self._offsets, self._seconds = [0], [start]
        for offset, seconds in (*events, (length, end)):
            if offset > self._offsets[-1] and seconds >= self._seconds[-1]:
                self._offsets.append(offset)
                self._seconds.append(min(seconds, end))

    def at(self, offset: int, length: int) -> float:
        after = bisect_left(self._offsets, offset)
        if after < len(self._offsets) and self._offsets[after] < offset + max(1, length):
            return self._seconds[after]
        return self._between(bisect_right(self._offsets, offset) - 1, offset)

    def _between(self, before: int, offset: int) -> float:
        if before + 1 >= len(self._offsets):
            return self._seconds[-1]
        (left, right), (start, end) = self._offsets[before : before + 2], self._seconds[before : before + 2]
        return start + (end - start) * (offset - left) / (right - left)


def _shared(sentence: int, words: Sequence[Word], start: float, end: float) -> Iterator[WordTime]:
    weights = [word.end - word.start for word in words]
    begun = 0
    for word, weight in zip(words, weights, strict=True):
        first, last = (start + (end - start) * part / sum(weights) for part in (begun, begun + weight))
        yield WordTime(sentence, word.start, word.end, round(first, 3), round(last, 3))
        begun += weight

"""When each sentence and each word of a person's recording is heard, as exactly as the pauses in it tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from guide.narration.captions import Cue, Heard, WordTime, word_times
from guide.narration.following import Followed
from guide.narration.sound import Samples

EARLY = 0.07
"""Seconds by which the ear hears a word begin before it does."""
JOINED = 0.6
UNDERSTOOD = 0.25
"""Of a sentence's letters: a run that is heard of one that is not may stand anywhere."""
BLINK = 0.01
SHORTEST_PAUSE = 0.1
BEFORE, AFTER = 0.2, 0.7
"""Seconds around a sentence's rough end and the next one's rough beginning in which the pause is looked for."""
BREATH = 0.05
HUSH, ABOVE_NOISE, TOO_NOISY = 0.03, 1.8, 0.35


@dataclass
class _Span:
    start: float
    end: float


def timed(followed: Sequence[Followed], samples: Samples, rate: int) -> tuple[list[Cue], list[WordTime]]:
    """All of these sentences, in order: where one was not understood, between its neighbours."""
    spans = _spans(followed, len(samples) / rate)
    _settle(spans, _Pauses(samples, rate))
    cues = [
        Cue(line.told.number, round(span.start, 3), round(span.end, 3))
        for line, span in zip(followed, spans, strict=True)
    ]
    words = [
        word
        for line, cue in zip(followed, cues, strict=True)
        for word in word_times(Heard(cue, line.told.reading, list(_events(line))))
    ]
    return cues, words


def _spans(followed: Sequence[Followed], seconds: float) -> list[_Span]:
    rough = [_span(line) for line in followed]
    spans = list(_between(rough, [len(line.told.letters) for line in followed], seconds))
    for before, after in pairwise(spans):
        if before.end > after.start:
            before.end = after.start = min(max(before.start, (before.end + after.start) / 2), after.end)
    for span in spans:
        span.start = min(max(0.0, span.start), seconds)
        span.end = min(max(span.start, span.end), seconds)
    return spans


def _span(line: Followed) -> _Span | None:
    """From its first letter to its last: what was not understood at either end lasts as long as letters do here."""
    if line.share < UNDERSTOOD:
        return None
    known = [place for place, sure in enumerate(line.sure) if sure]
    times = [time or (0.0, 0.0) for time in line.times]
    first, last = known[0], known[-1]
    while first and line.times[first - 1] and times[first][0] - times[first - 1][1] < JOINED:
        first -= 1
    while last + 1 < len(times) and line.times[last + 1] and times[last + 1][0] - times[last][1] < JOINED:
        last += 1
    start, end = times[first][0], times[last][1]
    pace = (end - start) / (last - first + 1)
    return _Span(start - first * pace, end + (len(times) - 1 - last) * pace)


def _between(rough: Sequence[_Span | None], lengths: Sequence[int], seconds: float) -> Iterator[_Span]:
    """Neighbours that were not understood share the time between those that were, by their length."""
    at = 0.0
    for place, span in enumerate(rough):
        if span is None:
            after = next((place + n for n, later in enumerate(rough[place:]) if later), len(rough))
            until = max(at, next((later.start for later in rough[after : after + 1] if later), seconds))
            found = _Span(at, at + (until - at) * lengths[place] / max(1, sum(lengths[place:after])))
        else:
            found = span
        yield found
        at = found.end


def _settle(spans: Sequence[_Span], pauses: _Pauses) -> None:
    """A sentence ends where the pause after it begins, and the next one begins where that ends."""
    for before, after in zip([None, *spans], [*spans, None], strict=True):
        begin = before.end - BEFORE if before else (after.start - AFTER if after else 0.0)
        end = after.start + AFTER if after else (before.end + AFTER if before else 0.0)
        found = pauses.longest(max(begin, before.start if before else 0.0), min(end, after.end) if after else end)
        if found and before:
            before.end = max(before.start, found[0] + BREATH)
        if found and after:
            after.start = min(after.end, found[1] - BREATH)


class _Pauses:
    def __init__(self, samples: Samples, rate: int) -> None:
        blink = round(BLINK * rate)
        whole = len(samples) // blink * blink
        loud: npt.NDArray[np.int16] = np.abs(samples[:whole].reshape(-1, blink)).max(axis=1, initial=0)
        noise, voice = np.percentile(loud, (10, 95)) if len(loud) else (0.0, 0.0)
        hush = max(noise * ABOVE_NOISE, voice * HUSH)
        self._quiet = loud <= hush if hush < voice * TOO_NOISY else np.zeros(len(loud), bool)

    def longest(self, begin: float, end: float) -> tuple[float, float] | None:
        """The longest pause that begins or ends between these seconds, cut off there."""
        first = max(0, round(begin / BLINK))
        edges = np.flatnonzero(
            np.diff(np.concatenate([[0], self._quiet[first : round(end / BLINK)], [0]]).astype(np.int8))
        )
        stretches = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        a, b = max(stretches, key=lambda stretch: stretch[1] - stretch[0], default=(0, 0))
        return ((first + a) * BLINK, (first + b) * BLINK) if (b - a) * BLINK >= SHORTEST_PAUSE else None


def _events(line: Followed) -> Iterator[tuple[int, float]]:
    """Where each spoken word begins."""
    if line.share < UNDERSTOOD:
        return
    for letter, time in zip(line.told.letters, line.times, strict=True):
        if time and letter.opens:
            yield letter.place, time[0] + EARLY

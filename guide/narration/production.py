"""From a plan to what is kept of a recording: the file that all phones play, its captions, the times of its words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guide.narration.captions import Cue, Heard, WordTime, webvtt, word_times
from guide.narration.mastering import MP3, RATE, Joined, Take, encoded, join
from guide.narration.script import Line, Plan
from guide.narration.sound import Samples, Sound, whole

Kept = Callable[[Line], Sound | None]
"""Gives a sentence's sound where there is one already."""


@dataclass(frozen=True)
class Production:
    """`files` by their ending, ready to be kept."""

    samples: Samples
    seconds: float
    files: dict[str, bytes]
    cues: list[Cue]
    words: list[WordTime]


def perform(plan: Plan, kept: Kept) -> Production:
    joined = _joined(plan, kept)
    heard = list(_heard(plan.lines, joined))
    words = [word for sentence in heard for word in word_times(sentence)]
    cues = [sentence.cue for sentence in heard]
    seconds = len(joined.samples) / RATE
    captions = caption_files(plan.language, plan.voice.name, written(plan), seconds, cues, words)
    files = {"mp3": encoded(joined.samples, MP3), **captions}
    return Production(joined.samples, seconds, files, cues, words)


def mp3_of(plan: Plan) -> bytes:
    return encoded(_joined(plan, lambda _: None).samples, MP3)


def written(plan: Plan) -> dict[int, str]:
    """What a page shows of each sentence that is heard."""
    return {line.sentence.number: line.reading.text for line in plan.lines}


def caption_files(
    language: str,
    voice: str,
    texts: Mapping[int, str],
    seconds: float,
    cues: Sequence[Sequence[Any]],
    words: Sequence[Sequence[Any]],
) -> dict[str, bytes]:
    """For a page, sentence by sentence, and for a program, word by word."""
    times = {"language": language, "voice": voice, "seconds": round(seconds, 3), "cues": cues, "words": words}
    return {
        "vtt": webvtt((Cue(*cue) for cue in cues), texts).encode(errors="replace"),
        "json": json.dumps(times, separators=(",", ":"), ensure_ascii=False).encode(),
    }


def _joined(plan: Plan, kept: Kept) -> Joined:
    return join(_takes(plan, kept))


def _takes(plan: Plan, kept: Kept) -> Iterator[Take]:
    """A sentence that comes again is spoken once, and let go when it has come for the last time."""
    said: dict[str, Sound] = {}
    left = Counter(line.name for line in plan.lines)
    for line in plan.lines:
        sound = said.pop(line.name, None) or kept(line) or whole(plan.voice.pieces(line.reading.told))
        left[line.name] -= 1
        if left[line.name]:
            said[line.name] = sound
        yield Take(sound, line.sentence.paragraph)


def _heard(lines: tuple[Line, ...], joined: Joined) -> Iterable[Heard]:
    for line, placed in zip(lines, joined.placed, strict=True):
        cue = Cue(line.sentence.number, round(placed.start, 3), round(placed.end, 3))
        yield Heard(cue, line.reading, placed.words)

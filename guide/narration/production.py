"""From a plan to what is kept of a recording: the file that all phones play, its captions, the times of its words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from guide.narration.captions import Cue, Heard, WordTime, webvtt, word_times
from guide.narration.encoding import Unreadable, decode_flac, encode_flac
from guide.narration.engines.voice import Voice
from guide.narration.mastering import MP3, RATE, Joined, Take, encoded, join
from guide.narration.script import Line, Plan
from guide.narration.sound import Samples, Sound, whole


@dataclass(frozen=True)
class Production:
    """`files` by their ending, ready to be kept; `spoken` are the sentences that had to be spoken for it."""

    samples: Samples
    seconds: float
    files: dict[str, bytes]
    cues: list[Cue]
    words: list[WordTime]
    spoken: dict[str, Sound]


def perform(plan: Plan, kept: Callable[[str], bytes | None]) -> Production:
    """`kept` gives a sentence's own recording where there is one."""
    spoken: dict[str, Sound] = {}
    joined = _joined(plan, kept, spoken)
    heard = list(_heard(plan.lines, joined))
    words = [word for sentence in heard for word in word_times(sentence)]
    cues = [sentence.cue for sentence in heard]
    texts = {line.sentence.number: line.reading.text for line in plan.lines}
    seconds = len(joined.samples) / RATE
    files = {
        "mp3": encoded(joined.samples, MP3),
        "vtt": webvtt(cues, texts).encode(errors="replace"),
        "json": _times(plan, seconds, cues, words),
    }
    return Production(joined.samples, seconds, files, cues, words, spoken)


def mp3_of(plan: Plan) -> bytes:
    return encoded(_joined(plan, lambda _: None, {}).samples, MP3)


def sentence_files(spoken: dict[str, Sound]) -> Iterable[tuple[str, bytes]]:
    return ((name, encode_flac(sound)) for name, sound in spoken.items())


def _joined(plan: Plan, kept: Callable[[str], bytes | None], spoken: dict[str, Sound]) -> Joined:
    return join([Take(_sound(line, plan.voice, kept, spoken), line.sentence.paragraph) for line in plan.lines])


def _sound(line: Line, voice: Voice, kept: Callable[[str], bytes | None], spoken: dict[str, Sound]) -> Sound:
    if line.name in spoken:
        return spoken[line.name]
    if body := kept(line.name):
        try:
            return decode_flac(body)
        except Unreadable:
            pass
    spoken[line.name] = whole(voice.pieces(line.reading.spoken))
    return spoken[line.name]


def _heard(lines: tuple[Line, ...], joined: Joined) -> Iterable[Heard]:
    for line, placed in zip(lines, joined.placed, strict=True):
        cue = Cue(line.sentence.number, round(placed.start, 3), round(placed.end, 3))
        yield Heard(cue, line.reading, placed.words)


def _times(plan: Plan, seconds: float, cues: list[Cue], words: list[WordTime]) -> bytes:
    times: dict[str, Any] = {
        "language": plan.language,
        "voice": plan.voice.name,
        "seconds": round(seconds, 3),
        "cues": cues,
        "words": words,
    }
    return json.dumps(times, separators=(",", ":"), ensure_ascii=False).encode()

"""From spoken sentences to one recording that sounds as loud as every other, and never clips or clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from guide.narration.encoding import Flow, encode_mp3, encode_webm, encode_webm_calmly, played, resampled
from guide.narration.loudness import Doubles, Floats, Measured, block_of, measure
from guide.narration.sound import Samples, Sound, gathered

RATE = 22_050
LOUDNESS = -16.0
HIGHEST_PEAK = -1.0
CLOSE_ENOUGH = 0.3
ATTEMPTS = 6
MOST_GAIN = 40.0
MOST_SQUEEZE = 14.0
"""Decibels that peaks may be held down by; a sound of lone knocks stays quieter."""

POP, HUSH = 1.2, 0.04
"""A pop is a fifth higher than anything sent near it; of what is fainter than the hush nobody takes notice."""

BEFORE_ALL, AFTER_ALL = 0.08, 0.25
AFTER_TITLE, AFTER_PARAGRAPH, AFTER_SENTENCE = 0.9, 0.7, 0.4
FADE = 0.005
QUIET = 10 ** (-50 / 20)
LEAD_IN, RING_OUT = 0.03, 0.08

CHUNK = 10 * RATE
BLOCK = block_of(RATE)
LOOK_AHEAD = 8
"""Blocks: some 16 ms to go down before a peak, and as long to come back."""


@dataclass(frozen=True)
class Take:
    """One sentence as it was spoken, and the paragraph it stands in (0 for the title)."""

    sound: Sound
    paragraph: int


@dataclass(frozen=True)
class Placed:
    """Where a sentence came to lie in the recording, in seconds, with its words."""

    start: float
    end: float
    words: tuple[tuple[int, float], ...]


@dataclass(frozen=True, eq=False)
class Joined:
    samples: Samples
    placed: tuple[Placed, ...]


def join(takes: Iterable[Take]) -> Joined:
    """One after the other with natural pauses; silence at their ends is cut, and each fades in and out."""
    placed: list[Placed] = []
    return Joined(gathered(_laid_out(takes, placed)), tuple(placed))


def _laid_out(takes: Iterable[Take], placed: list[Placed]) -> Iterator[Samples]:
    """Piece by piece, so that no take is held longer than it needs; where each lies is told in `placed`."""
    at, before = 0, None
    for take in takes:
        sound, pause = trimmed(take.sound), _silence(_pause(before, take.paragraph))
        yield pause
        yield faded(sound.samples)
        placed.append(_placed(sound, (at + len(pause)) / RATE))
        at, before = at + len(pause) + len(sound.samples), take.paragraph
    yield _silence(AFTER_ALL)


def _pause(before: int | None, paragraph: int) -> float:
    if before is None:
        return BEFORE_ALL
    if before == paragraph:
        return AFTER_SENTENCE
    return AFTER_PARAGRAPH if before else AFTER_TITLE


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.int16)


def _placed(sound: Sound, start: float) -> Placed:
    words = tuple((offset, start + min(max(0.0, seconds), sound.seconds)) for offset, seconds in sound.words)
    return Placed(start, start + sound.seconds, words)


def trimmed(sound: Sound) -> Sound:
    """At the recording's rate, from just before the first thing heard to just after the last."""
    samples = resampled(sound.samples, sound.rate, RATE)
    first, last = _heard(samples)
    words = tuple((offset, seconds - first / RATE) for offset, seconds in sound.words)
    return Sound(samples[first:last], RATE, words)


def _heard(samples: Samples) -> tuple[int, int]:
    least = QUIET * max(int(samples.max(initial=0)), -int(samples.min(initial=0)))
    heard = (samples > least) | (samples < -least)
    if not heard.any():
        return 0, 0
    first, last = int(heard.argmax()), len(heard) - int(heard[::-1].argmax())
    return max(0, first - round(LEAD_IN * RATE)), min(len(samples), last + round(RING_OUT * RATE))


def faded(samples: Samples) -> Samples:
    length = min(round(FADE * RATE), len(samples) // 2)
    slope = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    soft = samples.copy()
    soft[:length] = samples[:length] * slope
    soft[len(samples) - length :] = samples[len(samples) - length :] * slope[::-1]
    return soft


@dataclass(frozen=True)
class Format:
    """A kind of file, and what to hand its encoder so that −16 LUFS under −1 dBTP comes out again."""

    encode: Callable[[Flow], bytes]
    loudness: float
    ceiling: float
    calmer: Format | None = None
    """What to use instead where this one pops."""


MP3 = Format(encode_mp3, loudness=LOUDNESS + 0.43, ceiling=-2.2)
CALM_WEBM = Format(encode_webm_calmly, loudness=LOUDNESS + 0.06, ceiling=-2.6)
WEBM = Format(encode_webm, loudness=LOUDNESS + 0.5, ceiling=-2.4, calmer=CALM_WEBM)


def alone(sound: Sound, gain: float) -> bytes:
    """A sentence as a file of its own: louder by its voice's usual gain, however far its peaks are held down for it."""
    samples = np.concatenate([faded(trimmed(sound).samples), _silence(AFTER_SENTENCE)])
    measured = measure((samples,), RATE)
    gains = gain_curve(measured, measured.loudness + gain + MP3.loudness - LOUDNESS, MP3.ceiling)
    return MP3.encode(Flow(levelled(samples, gains), RATE, len(samples) / RATE))


def encoded(samples: Samples, format_: Format) -> bytes:
    """A codec lifts peaks and loses loudness, by how much only its own decoder knows: so we listen, and try again."""
    measured = measure((samples,), RATE)
    aim, ceiling = format_.loudness, format_.ceiling
    for attempt in range(ATTEMPTS):
        gains = gain_curve(measured, aim, ceiling)
        body = format_.encode(Flow(levelled(samples, gains), RATE, len(samples) / RATE))
        heard = measure(*played(body))
        if format_.calmer and pops(measured.with_gains(gains), heard):
            return encoded(samples, format_.calmer)
        over, short = heard.true_peak - HIGHEST_PEAK, LOUDNESS - heard.loudness
        if over <= 0 and (abs(short) <= CLOSE_ENOUGH or attempt >= ATTEMPTS // 2):
            break
        aim += short if CLOSE_ENOUGH < abs(short) < MOST_SQUEEZE else 0
        ceiling -= max(0.0, over) * 1.5
    return body


def pops(sent: Measured, heard: Measured) -> bool:
    """Whether something stands out that was not sent, in a stretch of a fiftieth of a second and its neighbours."""
    before, after = sent.highest(), heard.highest()
    around = np.lib.stride_tricks.sliding_window_view(np.pad(before, 2), 5).max(axis=1)
    length = min(len(around), len(after))
    return bool((after[:length] > around[:length] * POP + HUSH).any())


def gain_curve(measured: Measured, aim: float, ceiling: float) -> Doubles:
    """A gain for each block: as loud as we aim, held down where a peak would pass the ceiling."""
    if measured.loudness == float("-inf"):
        return np.ones(len(measured.peaks))
    least = min(aim - measured.loudness, MOST_GAIN)
    most = least + MOST_SQUEEZE
    for _ in range(11):
        curve = _held_down(measured.peaks, (least + most) / 2, ceiling)
        if measured.with_gains(curve).loudness < aim:
            least = (least + most) / 2
        else:
            most = (least + most) / 2
    return curve


def _held_down(peaks: Floats, gain: float, ceiling: float) -> Doubles:
    louder = 10 ** (gain / 20)
    allowed = np.minimum(1.0, 10 ** (ceiling / 20) / np.maximum(peaks * louder, 1e-9))
    reach = LOOK_AHEAD + 1
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(allowed, reach, mode="edge"), 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * LOOK_AHEAD + 3)[1:-1]
    window *= louder / window.sum()
    return np.convolve(np.pad(lowest, LOOK_AHEAD, mode="edge"), window, "valid")


def levelled(samples: Samples, gains: Doubles) -> Iterator[Samples]:
    centres = np.arange(len(gains)) * BLOCK + (BLOCK - 1) / 2
    for start in range(0, len(samples), CHUNK):
        piece = samples[start : start + CHUNK]
        curve = np.interp(np.arange(start, start + len(piece)), centres, gains)
        yield np.clip(np.rint(piece * curve), -32767, 32767).astype(np.int16)

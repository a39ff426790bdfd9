"""How near a caption's word is to where it is heard in the finished MP3, against the engine's own word of it.

`python -m bench words`: each sentence's bare sound is found again in the decoded MP3 by correlation; from there the
engine's own events tell when its words are heard, and the captions' times are held against these. The baseline of the
error is the 20 ms that are allowed, the baseline of the coverage all the words that are displayed.
"""

from __future__ import annotations

import json
from statistics import median
from typing import Any

from bench.told import tell
from bench.voice import CASES, JOE, Case, planned, speaking

ALLOWED = 0.02
AROUND = 0.6
"""Seconds around the place in the captions in which a sentence is looked for."""


def main() -> None:
    for case in CASES:
        if case.engine == "piper" and not JOE.is_dir():
            continue
        errors, timed, displayed = _compared(case)
        name = f"words.{case.language}.{case.engine}"
        print(f"# {name}: {len(errors)} events, the largest error {max(errors) * 1000:.0f} ms")
        tell(f"{name}.median_error_s", round(median(errors), 4), ALLOWED)
        tell(f"{name}.displayed_words_with_a_time", timed, displayed)


def _compared(case: Case) -> tuple[list[float], int, int]:
    from guide.narration.production import perform
    from guide.narration.sound import whole

    with speaking(case) as voice:
        stop = planned(case, voice, 0)
        bare = [whole(voice.pieces(line.reading.told)) for line in stop.lines]
        made = perform(stop, lambda _: None)
    wave, rate = _decoded(made.files["mp3"])
    words = json.loads(made.files["json"])["words"]
    errors: list[float] = []
    for line, sound, cue in zip(stop.lines, bare, made.cues, strict=True):
        begins = {first: start for sentence, first, _, start, _ in words if sentence == line.sentence.number}
        lies = _found(wave, rate, sound, cue.start)
        heard = dict(sound.words)
        errors += [abs(lies + heard[at] - begins[place]) for at, place in _places(line.reading).items() if at in heard]
    return errors, len(words), sum(len(line.reading.words) for line in stop.lines)


def _places(reading: Any) -> dict[int, int]:
    """Where a displayed word's speech begins in what is spoken, and where the word is in what is written."""
    found, at = {}, 0
    for word in reading.words:
        if word.spoken:
            at = reading.spoken.find(word.spoken, at)
            found[at] = word.start
            at += len(word.spoken)
    return found


def _decoded(body: bytes) -> tuple[Any, int]:
    import numpy as np

    from guide.narration.encoding import played

    pieces, rate = played(body)
    return np.concatenate(list(pieces)), rate


def _found(wave: Any, rate: int, sound: Any, near: float) -> float:
    """At which second the bare sound lies in the file."""
    import numpy as np

    from guide.narration.encoding import resampled

    samples = resampled(sound.samples, sound.rate, rate).astype(np.float64)
    first = max(0, int((near - sound.seconds - AROUND) * rate))
    heard = wave[first : int((near + sound.seconds + AROUND) * rate)].astype(np.float64)
    width = 1 << (len(samples) + len(heard)).bit_length()
    both = np.fft.irfft(np.fft.rfft(heard, width) * np.conj(np.fft.rfft(samples, width)), width)
    shift = int(both.argmax())
    return (first + (shift - width if shift > width // 2 else shift)) / rate

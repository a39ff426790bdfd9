"""Sounds as phones send them, and an ear of a small kind: it says what it was told to, one listener at a time."""

from __future__ import annotations

import io
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import av
import numpy as np

from guide.narration.ear import Heard, HeardWord
from guide.narration.encoding import Flow, encode_webm
from guide.narration.sound import Samples

RATE = 16_000
QUESTION = "When was the stone gate built?"


def voice(seconds: float, level: float = 0.3, rate: int = RATE) -> Samples:
    """Loud enough to be somebody."""
    at = np.arange(round(seconds * rate)) / rate
    return np.asarray((np.sin(2 * np.pi * 220 * at) * level * 32_767).astype(np.int16))


def wav(samples: Samples, rate: int = RATE) -> bytes:
    body = io.BytesIO()
    with wave.open(body, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return body.getvalue()


def webm(samples: Samples, rate: int = RATE) -> bytes:
    return encode_webm(Flow((samples,), rate, len(samples) / rate))


def mp4(samples: Samples, rate: int = RATE) -> bytes:
    """As an iPhone's recorder writes it: in pieces, before anybody knows how many."""
    body = io.BytesIO()
    with av.open(body, "w", format="mp4", options={"movflags": "frag_keyframe+empty_moov"}) as out:
        stream: Any = out.add_stream("aac", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate, frame_size=1024)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return body.getvalue()


@dataclass
class Parrot:
    """An ear that always hears the same, slowly if wanted, and knows how many spoke into it at once."""

    says: str = QUESTION
    seconds: float = 0.0
    heard: list[tuple[int, str]] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, samples: Samples, rate: int, language: str, *, guess: bool) -> Heard:
        with self._counted():
            time.sleep(self.seconds)
        self.heard.append((round(len(samples) / rate), language))
        return Heard(language, (HeardWord(self.says, 0.0, 1.0, 0.9),) if self.says else ())

    def close(self) -> None:
        """It has nothing to give back."""

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        yield
        with self._lock:
            self._now -= 1

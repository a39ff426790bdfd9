"""Somebody who reads a text aloud, slips and all, and an ear that is lent to tests where one lies ready."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from guide.narration.ear import Ear, ear_speaker
from guide.narration.ear_model import FOLDER, can_listen, prepared
from guide.narration.encoding import resampled
from guide.narration.engines.hibari import HEART, Hibari, hibari_speaker, installed
from guide.narration.engines.voice import Role
from guide.narration.mastering import RATE
from guide.narration.script import Script
from guide.narration.sound import Samples, whole
from guide.tours.sentences import sentences

EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", Path(__file__).parents[2] / ".venv" / "extras"))
TITLE = "The rice mill"
BODY = (
    "The mill was built in 1862 of grey stone and fired brick. Six people turned its heavy stones, day and night.\n\n"
    "Mrs Nguyễn Thị Hoa kept the only key. On 20 October 1945 the doors were opened, and 137 left."
)
MILL = Script("en", sentences(TITLE, BODY, "en"))
SPOKEN = (
    "The rice mill.",
    "The mill was built in eighteen sixty-two of grey stone and fired brick.",
    "Six people turned its heavy stones, day and night.",
    "Mrs Nwen Thee Hwah kept the only key.",
    "On the twentieth of October nineteen forty-five the doors were opened, and one hundred and thirty-seven left.",
)
ANOTHER = Script(
    "en",
    sentences(
        "The bell",
        "A bronze bell hangs under the roof, as tall as a child. Nobody has rung it for a hundred years, they say.",
        "en",
    ),
)

Person = Callable[..., Samples]


@contextmanager
def an_ear() -> Iterator[Ear]:
    folder = prepared(EXTRAS)
    if not (folder and can_listen()):
        pytest.skip(f"no ear in {EXTRAS / FOLDER}, or no faster-whisper")
    ear = Ear(ear_speaker(folder))
    yield ear
    ear.close()


@contextmanager
def a_person() -> Iterator[Person]:
    """Reads lines one after the other with pauses; at a pace of her own."""
    heart = installed("hibari-tts")
    assert heart
    speaker = hibari_speaker(heart.model)

    def tells(*lines: str, pace: int = 84, pause: float = 0.5) -> Samples:
        voice = Hibari(heart, Role("en", HEART, pace), speaker)
        said = [whole(voice.pieces(line)) for line in lines]
        silence = np.zeros(round(pause * RATE), np.int16)
        return np.concatenate(
            [part for sound in said for part in (resampled(sound.samples, sound.rate, RATE), silence)]
        )

    yield tells
    speaker.close()


def in_a_hall(samples: Samples, level: float = 0.5, noise: float = 0.004) -> Samples:
    """Not as loud, with people far away and a cough before."""
    dice = np.random.default_rng(7)
    cough = dice.normal(0, 0.15, RATE // 5) * np.hanning(RATE // 5)
    heard = np.concatenate([cough, np.zeros(RATE // 2), samples / 32_768 * level])
    return np.clip((heard + dice.normal(0, noise, len(heard))) * 32_768, -32_768, 32_767).astype(np.int16)

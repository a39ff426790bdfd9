"""Each engine as its own tests and the promises that all keep ask for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guide.narration.engines.espeak import Espeak, espeak_speaker
from guide.narration.engines.hibari import Hibari, hibari_speaker
from guide.narration.engines.hibari import installed as installed_hibari
from guide.narration.engines.piper import Piper, PiperModel, piper_speaker
from guide.narration.engines.piper import installed as installed_piper
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role, Voice

ROOT = Path(__file__).parents[3]
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ROOT / ".venv" / "extras"))
JOE = EXTRAS / "voices" / "en_US-joe-medium"
JOE_HASHES = {
    "model.onnx": "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    "model.onnx.json": "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
}


@dataclass(frozen=True)
class Engine:
    """How an engine is started, and what a voice of it is, over a process that was."""

    start: Callable[..., Speaker]
    voice: Callable[[Speaker], Voice]
    patience: float
    """Seconds within which it has surely started and said a word, on a busy machine too."""


def espeak() -> Engine:
    return Engine(espeak_speaker, lambda speaker: Espeak(Role("vi", "vi", 138), speaker), 1.0)


def hibari() -> Engine:
    heart = installed_hibari("hibari-tts")
    assert heart
    return Engine(
        lambda **limits: hibari_speaker(heart.model, **limits),
        lambda speaker: Hibari(heart, Role("en", "heart", 78), speaker),
        6.0,
    )


def piper() -> Engine:
    model = joe()
    return Engine(
        lambda **limits: piper_speaker(model, **limits),
        lambda speaker: Piper(model, Role("en", "joe", 68), speaker),
        8.0,
    )


def joe() -> PiperModel:
    found = installed_piper(JOE, JOE_HASHES)
    if found is None:
        pytest.skip(f"no Piper voice in {JOE}")
    return found


@pytest.fixture(
    scope="module", params=[espeak, hibari, pytest.param(piper, marks=pytest.mark.slow)], ids=lambda make: make.__name__
)
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param()
    return made

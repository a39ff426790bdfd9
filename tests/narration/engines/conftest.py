"""Each engine as its own tests and the promises that all keep ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from guide.narration.engines.espeak import Espeak, espeak_speaker
from guide.narration.engines.hibari import Hibari, hibari_speaker, installed
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role, Voice


@dataclass(frozen=True)
class Engine:
    """How an engine is started, and what a voice of it is, over a process that was."""

    start: Callable[..., Speaker]
    voice: Callable[[Speaker], Voice]


def espeak() -> Engine:
    return Engine(espeak_speaker, lambda speaker: Espeak(Role("vi", "vi", 138), speaker))


def hibari() -> Engine:
    heart = installed("hibari-tts")
    assert heart
    return Engine(
        lambda **limits: hibari_speaker(heart.model, **limits),
        lambda speaker: Hibari(heart, Role("en", "heart", 78), speaker),
    )


@pytest.fixture(params=[espeak, hibari], ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param()
    return made

"""Voices that hum: as quick and as many as a test likes, and counted, or made to fail."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from guide.narration.engines.process import VoiceFailed
from guide.narration.engines.voice import Role
from guide.narration.sound import Sound

RATE = 22_050
SECONDS_A_CHARACTER = 0.04


@dataclass(eq=False)
class Hummer:
    """Hums each text at a pitch of its own."""

    name: str
    language: str = "vi"
    pitch: int = 180
    slow: bool = False
    problem: str = ""
    """What it fails with, when it does."""
    asked: Counter[str] = field(default_factory=Counter)
    held: threading.Event = field(default_factory=threading.Event)
    """Until this is set, nobody hears it; it is set from the start."""

    def __post_init__(self) -> None:
        self.held.set()

    @property
    def role(self) -> Role:
        return Role(self.language, self.name, 100, slow=self.slow)

    @property
    def checksum(self) -> str:
        return f"{self.name} {self.pitch}"

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        self.asked[spoken] += 1
        assert self.held.wait(30)
        if self.problem:
            raise VoiceFailed(voice=self.name, problem=self.problem)
        moments = np.arange(round(RATE * SECONDS_A_CHARACTER * len(spoken))) / RATE
        wave = np.sin(2 * np.pi * self.pitch * moments) * (1 + np.sin(2 * np.pi * 3 * moments))
        yield 0, Sound((8_000 * wave).astype(np.int16), RATE, ((0, 0.0),))


class Troupe:
    """Several of them, the best first; it may be joined and left."""

    def __init__(self, *voices: Hummer) -> None:
        self.voices = voices
        self.changed = False

    def ranked(self, language: str) -> tuple[Hummer, ...]:
        return tuple(voice for voice in self.voices if voice.language == language)

    def renew(self) -> bool:
        changed, self.changed = self.changed, False
        return changed

    def close(self) -> None:
        """Nothing runs."""

    def spoken(self) -> int:
        return sum(sum(voice.asked.values()) for voice in self.voices)

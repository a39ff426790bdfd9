"""Natural voices for many languages that an operator adds: Supertonic's, in a process of their own."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from guide.narration.engines.breaths import breaths
from guide.narration.engines.clauses import clauses
from guide.narration.engines.espeak import SOUNDLESS
from guide.narration.engines.piper import with_pause
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role
from guide.narration.reading.marking import taken

if TYPE_CHECKING:
    from guide.narration.sound import Sound

GRAPHS = ("duration_predictor.onnx", "text_encoder.onnx", "vector_estimator.onnx", "vocoder.onnx")
ABOUT = ("tts.json", "unicode_indexer.json")
MANNER = "1"
"""Changes whenever the same text is handed to the engine otherwise."""
RUNTIME = "onnxruntime"
LANGUAGES = frozenset(
    "en ko ja ar bg cs da de el es et fi fr hi hr hu id it lt lv nl pl pt ro ru sk sl sv tr uk vi".split()
)
STEPS = 8
"""How often the sound is drawn anew out of noise: more is finer and slower."""
IDLE_SECONDS = 300.0
MOST_WORDS, MOST_LETTERS, MOST_SYLLABLES = 25, 200, 100
"""At once, of a language with spaces; Korean writes a syllable with a letter, and Japanese has no spaces."""


@dataclass(frozen=True)
class SupertonicModel:
    """The folder that holds the four networks and the voices, and the hashes that its files must have."""

    folder: Path
    hashes: Mapping[str, str] = field(hash=False)


def installed(folder: Path, hashes: Mapping[str, str]) -> SupertonicModel | None:
    """None where a file is missing; that they are the right ones is seen when they are opened."""
    try:
        version(RUNTIME)
    except PackageNotFoundError:
        return None
    whole = all(name in hashes and (folder / name).is_file() for name in (*GRAPHS, *ABOUT))
    return SupertonicModel(folder, hashes) if whole else None


def speaks(model: SupertonicModel, language: str, voice: str) -> bool:
    """Whether this voice is there, and the networks learnt the language."""
    name = f"{voice}.json"
    return language in LANGUAGES and name in model.hashes and (model.folder / name).is_file()


class Supertonic:
    def __init__(self, model: SupertonicModel, role: Role, speaker: Speaker, steps: int = STEPS) -> None:
        self.role = role
        self.name = f"Supertonic · {role.voice}"
        self._model = model
        self._speaker = speaker
        self._steps = steps

    @cached_property
    def checksum(self) -> str:
        """Of the networks, of the voice, and of how it is asked to speak."""
        files = [self._model.hashes[name] for name in (*GRAPHS, *ABOUT, f"{self.role.voice}.json")]
        told = ("supertonic", MANNER, self.role.language, self.role.pace, self._steps, version(RUNTIME), *files)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        """It knows letters, and no phonemes: a word is said as it is written."""
        text = sayable(taken(spoken).text)
        offsets = jobs(text, self.role.language)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            part = with_pause(text[start:end], "." if end == len(text) else ",")
            yield start, self._speaker.speak(**self._job(part)).sound()

    def _job(self, text: str) -> dict[str, object]:
        role = self.role
        return {"language": role.language, "voice": role.voice, "pace": role.pace, "steps": self._steps, "text": text}


def supertonic_speaker(
    model: SupertonicModel, longest_seconds: float = 120.0, idle_seconds: float = IDLE_SECONDS
) -> Speaker:
    program = str(Path(__file__).with_name("supertonic_process.py"))
    files = (str(model.folder), json.dumps(dict(model.hashes)))
    limits = (str(longest_seconds), str(idle_seconds))
    return Speaker("Supertonic", (sys.executable, "-I", program, *files, *limits), longest_seconds)


def sayable(text: str) -> str:
    """Of the same length, so that places hold: what has no sound becomes a space."""
    return "".join(" " if unicodedata.category(sign) in SOUNDLESS else sign for sign in text)


def jobs(text: str, language: str) -> list[int]:
    """Where each part begins that is said at once: the first is heard while the others are still spoken."""
    if language == "ja":
        return clauses(text, MOST_SYLLABLES)
    return breaths(text, MOST_WORDS, MOST_SYLLABLES if language == "ko" else MOST_LETTERS)

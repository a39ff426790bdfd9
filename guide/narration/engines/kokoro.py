"""Natural voices that an operator adds: Kokoro's, in a process of its own, from a folder that was checked."""

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

import espeakng_loader

from guide.narration.engines.breaths import breaths
from guide.narration.engines.clauses import clauses
from guide.narration.engines.espeak import SOUNDLESS, speakable
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role
from guide.narration.reading.marking import taken

if TYPE_CHECKING:
    from guide.narration.sound import Sound

MODEL, VOCABULARY = "model.onnx", "vocab.json"
MANNER = "1"
"""Changes whenever the same text is handed to the engine otherwise."""
RUNTIME = "onnxruntime"
READERS = {
    "fr": ("espeakng-loader",),
    "es": ("espeakng-loader",),
    "ja": ("espeakng-loader", "pyopenjtalk-plus"),
    "zh": ("espeakng-loader", "jieba", "pypinyin", "misaki"),
}
"""The languages it speaks here, and what reads their letters."""
INITIALS = {"fr": "f", "es": "e", "ja": "j", "zh": "z"}
"""With which the names of a language's voices begin: one of another language would speak it with an accent."""
IDLE_SECONDS = 300.0
MOST_WORDS, MOST_LETTERS = 22, 130
MOST_CHARACTERS = 42
"""That is about seven seconds of sound at once."""


@dataclass(frozen=True)
class KokoroModel:
    """The folder that holds the network and the voices, and the hashes that its files must have."""

    folder: Path
    hashes: Mapping[str, str] = field(hash=False)


def installed(folder: Path, hashes: Mapping[str, str]) -> KokoroModel | None:
    """None where a file is missing; that they are the right ones is seen when they are opened."""
    whole = all(name in hashes and (folder / name).is_file() for name in (MODEL, VOCABULARY))
    return KokoroModel(folder, hashes) if whole and _versions((RUNTIME,)) else None


def speaks(model: KokoroModel, language: str, voice: str) -> bool:
    """Whether this voice is there, is one of this language, and its letters can be read."""
    name = f"{voice}.bin"
    here = name in model.hashes and (model.folder / name).is_file()
    return here and voice.startswith(INITIALS.get(language, " ")) and bool(_versions(READERS[language]))


class Kokoro:
    def __init__(self, model: KokoroModel, role: Role, speaker: Speaker) -> None:
        self.role = role
        self.name = f"Kokoro · {role.voice}"
        self._model = model
        self._speaker = speaker

    @cached_property
    def checksum(self) -> str:
        """Of the network, of the voice, of what reads the letters, and of how fast it is asked to speak."""
        hashes, role = self._model.hashes, self.role
        files = [hashes[name] for name in (MODEL, VOCABULARY, f"{role.voice}.bin")]
        told = ("kokoro", MANNER, role.language, role.pace, *files, *_versions((RUNTIME, *READERS[role.language])))
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        handed = taken(spoken)
        text = sayable(handed.text, self.role.language)
        offsets = jobs(text, self.role.language)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            yield start, self._speaker.speak(**self._job(text[start:end], handed.within(start, end))).sound()

    def _job(self, text: str, sounds: list[tuple[int, int, str]]) -> dict[str, object]:
        role = self.role
        return {"language": role.language, "voice": role.voice, "pace": role.pace, "text": text, "sounds": sounds}


def kokoro_speaker(model: KokoroModel, longest_seconds: float = 120.0, idle_seconds: float = IDLE_SECONDS) -> Speaker:
    program = str(Path(__file__).with_name("kokoro_process.py"))
    espeak = (espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    files = (str(model.folder), json.dumps(dict(model.hashes)))
    limits = (str(longest_seconds), str(idle_seconds))
    return Speaker("Kokoro", (sys.executable, "-I", "-W", "ignore", program, *files, *espeak, *limits), longest_seconds)


def sayable(text: str, language: str) -> str:
    """Of the same length, so that places hold. Vietnamese among Chinese keeps its marks: it is read as Vietnamese."""
    if language not in ("zh", "ja"):
        return speakable(text, language)
    return "".join(" " if unicodedata.category(sign) in SOUNDLESS and sign not in "“”" else sign for sign in text)


def jobs(text: str, language: str) -> list[int]:
    """Where each part begins that is said at once: the first is heard while the others are still spoken."""
    if language not in ("zh", "ja"):
        return breaths(text, MOST_WORDS, MOST_LETTERS)
    return clauses(text, MOST_CHARACTERS)


def _versions(packages: tuple[str, ...]) -> list[str]:
    """Of all of them, or none."""
    try:
        return [f"{package} {version(package)}" for package in packages]
    except PackageNotFoundError:
        return []

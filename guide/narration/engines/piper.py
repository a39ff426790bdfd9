"""A natural voice that an operator installs: Piper's, in a process of its own, from a folder that was checked."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from guide.narration.engines.breaths import breaths, unabbreviated
from guide.narration.engines.espeak import speakable
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role
from guide.narration.reading.marking import taken

if TYPE_CHECKING:
    from guide.narration.sound import Sound

PACKAGE = "piper-tts"
MODEL, ABOUT = "model.onnx", "model.onnx.json"
MANNER = "1"
"""Changes whenever the same text is handed to the engine otherwise."""
IDLE_SECONDS = 300.0


@dataclass(frozen=True)
class PiperModel:
    """A voice's folder, the hashes that its two files must have, and the version of what reads the letters."""

    folder: Path
    model_hash: str
    about_hash: str
    version: str


def installed(folder: Path, hashes: dict[str, str]) -> PiperModel | None:
    """None where a file or the package is missing; that they are the right ones is seen when the voice is opened."""
    try:
        found = version(PACKAGE)
    except PackageNotFoundError:
        return None
    whole = all((folder / name).is_file() and name in hashes for name in (MODEL, ABOUT))
    return PiperModel(folder, hashes[MODEL], hashes[ABOUT], found) if whole else None


class Piper:
    def __init__(self, model: PiperModel, role: Role, speaker: Speaker) -> None:
        self.role = role
        self.name = f"Piper · {model.folder.name}"
        self._model = model
        self._speaker = speaker

    @cached_property
    def checksum(self) -> str:
        """Of the model, of what reads the letters, and of how it is asked to speak."""
        model, role = self._model, self.role
        told = f"piper {MANNER} {model.version} {model.model_hash} {model.about_hash} {role.voice} {role.pace}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def wake(self) -> None:
        self._speaker.wake()

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        handed = taken(spoken)
        text = unabbreviated(speakable(handed.text, self.role.language))
        offsets = breaths(text)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            part = with_pause(text[start:end], "." if end == len(text) else ",")
            yield start, self._speaker.speak(**self._job(part, handed.within(start, end))).sound()

    def unsayable(self, phonemes: str) -> str | None:
        return next((sign for sign in unicodedata.normalize("NFD", phonemes) if sign not in self._signs), None)

    @cached_property
    def _signs(self) -> frozenset[str]:
        about = json.loads((self._model.folder / ABOUT).read_text("utf-8"))
        return frozenset(about["phoneme_id_map"])

    def _job(self, text: str, sounds: list[tuple[int, int, str]]) -> dict[str, object]:
        role = self.role
        return {"language": role.language, "voice": role.voice, "pace": role.pace, "text": text, "sounds": sounds}


def with_pause(part: str, pause: str) -> str:
    """A title ends without a mark, and so may a part of a sentence: the voice is told how it ends."""
    close = part.rstrip()
    return close + pause if close[-1:].isalnum() else close


def piper_speaker(model: PiperModel, longest_seconds: float = 20.0, idle_seconds: float = IDLE_SECONDS) -> Speaker:
    program = str(Path(__file__).with_name("piper_process.py"))
    files = (str(model.folder / MODEL), model.model_hash, str(model.folder / ABOUT), model.about_hash)
    command = (sys.executable, "-I", program, *files, str(longest_seconds), str(idle_seconds))
    return Speaker(f"Piper · {model.folder.name}", command, longest_seconds)

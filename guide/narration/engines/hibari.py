"""The natural English voice that comes by package: hibari's "heart", in a process of its own."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from guide.narration.engines.espeak import cuts, speakable
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role

if TYPE_CHECKING:
    from guide.narration.sound import Sound

LANGUAGE = "en"
HEART = "heart"
"""The only voice that lies in the package: the others would be fetched."""
MODEL = "hibari/assets/hibari.onnx"
MODEL_HASH = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
RUNTIME = "onnxruntime"
LONGEST_JOB = 400
IDLE_SECONDS = 300.0
CLAUSE = re.compile(r"[.!?;:,—…]\s+")
TWINS = str.maketrans("’‘‒―", "''-—")  # a quotation mark is left out, an apostrophe is said


@dataclass(frozen=True)
class Heart:
    """The voice's model where it is installed, and the version of the package that it came in."""

    model: Path
    version: str


@lru_cache(maxsize=8)
def installed(package: str) -> Heart | None:
    """None where the package, what runs it, or the very model that was tried is not there."""
    try:
        found, _ = distribution(package), distribution(RUNTIME)
        model = Path(str(found.locate_file(MODEL)))
        known = hashlib.sha256(model.read_bytes()).hexdigest() == MODEL_HASH
    except (PackageNotFoundError, OSError):
        return None
    return Heart(model, found.version) if known else None


class Hibari:
    def __init__(self, heart: Heart, role: Role, speaker: Speaker) -> None:
        self.role = role
        self.name = f"hibari · {role.voice}"
        self._heart = heart
        self._speaker = speaker

    @cached_property
    def checksum(self) -> str:
        """Of the package, of the model, and of how fast it is asked to speak."""
        told = f"hibari {self._heart.version} {MODEL_HASH} {self.role.pace}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        text = speakable(spoken.translate(TWINS), LANGUAGE)
        offsets = jobs(text)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            yield start, self._speaker.speak(pace=self.role.pace, text=text[start:end]).sound()


def hibari_speaker(model: Path, longest_seconds: float = 20.0, idle_seconds: float = IDLE_SECONDS) -> Speaker:
    program = str(Path(__file__).with_name("hibari_process.py"))
    command = (sys.executable, "-I", program, str(model), str(longest_seconds), str(idle_seconds))
    return Speaker(f"hibari · {HEART}", command, longest_seconds)


def jobs(text: str, longest: int = LONGEST_JOB) -> list[int]:
    """Where each job begins: after a clause where there is one, else after a word."""
    starts = [0]
    while len(text) - starts[-1] > longest:
        clauses = [clause.end() for clause in CLAUSE.finditer(text, starts[-1], starts[-1] + longest)]
        starts.append(clauses[-1] if clauses else starts[-1] + cuts(text[starts[-1] :], longest)[1])
    return starts

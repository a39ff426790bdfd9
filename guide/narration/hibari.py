"""The natural English voice that comes by package: hibari's "heart", in a process of its own."""

from __future__ import annotations

import hashlib
import re
import socket
import subprocess
import sys
import weakref
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from guide.narration.espeak import EspeakProcess, Running, Spoken, VoiceFailed, cuts, speakable

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
    language = LANGUAGE
    name = f"hibari · {HEART}"
    voice = HEART

    def __init__(self, heart: Heart, pace: int, process: HibariProcess) -> None:
        self.pace = pace
        self._heart = heart
        self._process = process

    @cached_property
    def checksum(self) -> str:
        """Of the package, of the model, and of how fast it is asked to speak."""
        told = f"hibari {self._heart.version} {MODEL_HASH} {self.pace}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def speak(self, spoken: str) -> Sound:
        # numpy is heavy, and a server that only shows what is recorded does without it
        from guide.narration import sound

        text = speakable(spoken.translate(TWINS), LANGUAGE)
        offsets = jobs(text)
        pieces = [text[start:end] for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True)]
        return sound.joined([self._piece(piece) for piece in pieces], offsets)

    def _piece(self, text: str) -> Sound:
        import numpy as np

        from guide.narration.sound import Sound

        said = self._process.speak(HEART, self.pace, text)
        words = tuple((offset, sample / said.rate) for offset, sample in said.words)
        return Sound(np.frombuffer(said.pcm, np.int16), said.rate, words)


def jobs(text: str, longest: int = LONGEST_JOB) -> list[int]:
    """Where each job begins: after a clause where there is one, else after a word."""
    starts = [0]
    while len(text) - starts[-1] > longest:
        clauses = [clause.end() for clause in CLAUSE.finditer(text, starts[-1], starts[-1] + longest)]
        starts.append(clauses[-1] if clauses else starts[-1] + cuts(text[starts[-1] :], longest)[1])
    return starts


class HibariProcess(EspeakProcess):
    """The same manner of asking, of another program."""

    def __init__(self, model: Path, longest_seconds: float = 20.0, idle_seconds: float = IDLE_SECONDS) -> None:
        super().__init__(longest_seconds)
        self._command = (str(_program()), str(model), str(longest_seconds), str(idle_seconds))

    def speak(self, voice: str, pace: int, text: str) -> Spoken:
        try:
            return super().speak(voice, pace, text)
        except VoiceFailed as failed:
            raise VoiceFailed(voice=f"hibari · {voice}", problem=failed.facts["problem"]) from failed

    def _hand_over(self, job: socket.socket) -> Running:
        with job, self._turn:
            if self._running is None or not self._running.take(job):
                self._end()
                self._running = RunningHibari(self._command)
                self._running.take(job)
            return self._running


class RunningHibari(Running):
    def __init__(self, command: tuple[str, ...]) -> None:
        self._jobs, theirs = socket.socketpair()
        with theirs:
            self.program = _started(command, theirs.fileno())
        self.end = weakref.finalize(self, _end, self._jobs, self.program)


def _program() -> Path:
    return Path(__file__).with_name("hibari_process.py")


def _started(command: tuple[str, ...], jobs: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-I", *command], stdin=jobs, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program


def _end(jobs: socket.socket, program: subprocess.Popen[bytes]) -> None:
    jobs.close()
    program.kill()
    program.wait()

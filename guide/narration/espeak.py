"""The voice that is always there: espeak-ng, honest about being a machine, in a process of its own."""

from __future__ import annotations

import hashlib
import json
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import unicodedata
import weakref
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import espeakng_loader

from guide.errors import NotReady
from guide.narration.espeak_process import HEADER

if TYPE_CHECKING:
    from guide.narration.sound import Sound

LONGEST_JOB = 2_000
SOUNDLESS = ("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Pi", "Pf")
WESTERN = frozenset(map(chr, range(0xC0, 0x100)))
VIETNAMESE = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)
BARRED = {"đ": "d", "Đ": "D", "Ð": "D"}
DATA = ("phondata", "phonindex", "phontab", "intonations")


class VoiceFailed(NotReady):
    """The voice did not speak: it stopped, took too long, or does not have the language."""


@dataclass(frozen=True)
class Spoken:
    """What came back for one job."""

    rate: int
    words: tuple[tuple[int, int], ...]
    """Character offset, sample."""
    pcm: bytes


class Espeak:
    def __init__(self, language: str, voice: str, pace: int, process: EspeakProcess) -> None:
        self.language = language
        self.name = f"espeak-ng · {voice}"
        self.voice = voice
        self.pace = pace
        self._process = process

    @cached_property
    def checksum(self) -> str:
        """Of the library, of the data this voice speaks from, and of how fast it is asked to speak."""
        data = Path(espeakng_loader.get_data_path())
        rules = [path for path in sorted(data.glob("lang/**/*")) if path.name.lower() == self.voice.lower()]
        words = data / f"{self.voice.split('-')[0]}_dict"
        digest = hashlib.sha256(f"{version('espeakng-loader')} {self.voice} {self.pace}".encode())
        for file in (Path(espeakng_loader.get_library_path()), *(data / name for name in DATA), *rules, words):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:32]

    def speak(self, spoken: str) -> Sound:
        # numpy is heavy, and a server that only shows what is recorded does without it
        from guide.narration import sound

        text = speakable(spoken, self.language)
        offsets = cuts(text, LONGEST_JOB)
        pieces = [text[start:end] for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True)]
        return sound.joined([self._piece(piece) for piece in pieces], offsets)

    def _piece(self, text: str) -> Sound:
        import numpy as np

        from guide.narration.sound import Sound

        said = self._process.speak(self.voice, self.pace, text)
        words = tuple((offset, sample / said.rate) for offset, sample in said.words)
        return Sound(np.frombuffer(said.pcm, np.int16), said.rate, words)


def speakable(text: str, language: str) -> str:
    """Of the same length, so that offsets hold. What has no sound becomes a space.

    A letter with marks that are foreign to the voice loses them: it would spell "ễ" as "e, circumflex, tilde".
    """
    own = VIETNAMESE if language == "vi" else WESTERN
    return "".join(character if character in own else _said_as(character) for character in text)


def _said_as(character: str) -> str:
    plain = unicodedata.normalize("NFD", BARRED.get(character, character))[0]
    if plain.isascii() and plain.isalpha():
        return plain
    return " " if unicodedata.category(character) in SOUNDLESS else character


def cuts(text: str, longest: int) -> list[int]:
    """Where each job begins: after a space where there is one."""
    starts = [0]
    while len(text) - starts[-1] > longest:
        limit = starts[-1] + longest
        space = text.rfind(" ", starts[-1], limit)
        starts.append(space + 1 if space > starts[-1] else limit)
    return starts


class Lost(Exception):  # it never leaves this file
    """The process went away in mid-job."""


class EspeakProcess:
    """One warm process for all threads. It is started when first asked, and again when it was lost."""

    def __init__(self, longest_seconds: float = 20.0) -> None:
        self._longest = longest_seconds
        self._turn = threading.Lock()
        self._running: Running | None = None

    def speak(self, voice: str, pace: int, text: str) -> Spoken:
        job = json.dumps({"voice": voice, "pace": pace, "text": text}).encode()
        try:
            answer = self._ask(job)
        except Lost:
            answer = self._ask_again(job, voice)
        return _read(answer, voice)

    def close(self) -> None:
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        return self._running.program.pid if self._running else None

    def _ask_again(self, job: bytes, voice: str) -> bytes:
        try:
            return self._ask(job)
        except Lost as lost:
            raise VoiceFailed(voice=voice, problem="stopped") from lost

    def _ask(self, job: bytes) -> bytes:
        began = time.monotonic()
        mine, theirs = socket.socketpair()
        with mine:
            running = self._hand_over(theirs)
            try:
                answer = _exchange(mine, job, began + self._longest + 2)
            except TimeoutError as late:
                self._give_up(running)
                raise VoiceFailed(voice="espeak-ng", problem="slow") from late
        if answer:
            return answer
        if time.monotonic() - began >= self._longest:
            raise VoiceFailed(voice="espeak-ng", problem="slow")
        raise Lost

    def _hand_over(self, job: socket.socket) -> Running:
        with job, self._turn:
            if self._running is None or not self._running.take(job):
                self._end()
                self._running = Running(self._longest)
                self._running.take(job)
            return self._running

    def _give_up(self, running: Running) -> None:
        with self._turn:
            if self._running is running:
                self._end()

    def _end(self) -> None:
        if self._running:
            self._running.end()
        self._running = None


class Running:
    """A started process, ended with its owner."""

    def __init__(self, longest_seconds: float) -> None:
        self._jobs, theirs = socket.socketpair()
        with theirs:
            self.program = _started(longest_seconds, theirs.fileno())
        self.end = weakref.finalize(self, _end, self._jobs, self.program)

    def take(self, job: socket.socket) -> bool:
        try:
            return socket.send_fds(self._jobs, [b"j"], [job.fileno()]) == 1
        except OSError:
            return False


def _started(longest_seconds: float, jobs: int) -> subprocess.Popen[bytes]:
    program = str(Path(__file__).with_name("espeak_process.py"))
    engine = (espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    command = [sys.executable, "-I", "-S", program, *engine, str(longest_seconds)]
    return subprocess.Popen(command, stdin=jobs, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program


def _end(jobs: socket.socket, program: subprocess.Popen[bytes]) -> None:
    jobs.close()
    program.send_signal(signal.SIGKILL)
    program.wait()


def _exchange(asker: socket.socket, job: bytes, until: float) -> bytes:
    """The whole answer, or nothing where the process went away."""
    answer = bytearray()
    try:
        asker.settimeout(max(0.001, until - time.monotonic()))
        asker.sendall(job)
        asker.shutdown(socket.SHUT_WR)
        while piece := asker.recv(1 << 18):
            answer += piece
            asker.settimeout(max(0.001, until - time.monotonic()))
    except ConnectionError:
        return b""
    return bytes(answer) if _whole(answer) else b""


def _whole(answer: bytes | bytearray) -> bool:
    if len(answer) < HEADER.size:
        return False
    words, samples = struct.unpack_from("<ii", answer, 4)
    return bool(len(answer) == HEADER.size + words * 8 + samples * 2)


def _read(answer: bytes, voice: str) -> Spoken:
    rate, words, _ = HEADER.unpack_from(answer)
    if rate <= 0:
        raise VoiceFailed(voice=voice, problem="absent")
    times = struct.unpack_from(f"<{words * 2}i", answer, HEADER.size)
    return Spoken(rate, tuple(zip(times[::2], times[1::2], strict=True)), answer[HEADER.size + words * 8 :])

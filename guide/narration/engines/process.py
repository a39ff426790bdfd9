"""A warm process that speaks: it is asked over a socket, and a text that kills or hangs it hurts one job."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guide.errors import NotReady

if TYPE_CHECKING:
    from guide.narration.sound import Sound

HEADER = struct.Struct("<iii")
"""Rate (or a refusal, negative), number of words, number of samples."""
REFUSALS = {-1: "absent", -2: "corrupt"}

DYING = 0.2
"""Seconds in which a program that was killed is gone with all its forks, on a busy machine too."""


class VoiceFailed(NotReady):
    """The voice did not speak: it stopped, took too long, lacks the language, or its file is not the one tried."""


@dataclass(frozen=True)
class Spoken:
    """What came back for one job."""

    rate: int
    words: tuple[tuple[int, int], ...]
    """Character offset, sample."""
    pcm: memoryview

    def sound(self) -> Sound:
        # numpy is heavy, and a server that only shows what is recorded does without it
        import numpy as np

        from guide.narration.sound import Sound

        words = tuple((offset, sample / self.rate) for offset, sample in self.words)
        return Sound(np.frombuffer(self.pcm, np.int16), self.rate, words)


@dataclass(frozen=True)
class Answer:
    """As it came over the socket: the words' times, then the sound."""

    rate: int
    words: int
    body: memoryview


class Lost(Exception):  # it never leaves this file
    """The process went away in mid-job."""


class Speaker:
    """One warm process for all threads. It is started when first asked, and again when it was lost.

    `command` is a program that takes jobs as its standard input hands them over: see `worker.py`.
    """

    def __init__(self, name: str, command: Sequence[str], longest_seconds: float = 20.0) -> None:
        self._name = name
        self._command = tuple(command)
        self._longest = longest_seconds
        self._turn = threading.Lock()
        self._running: Running | None = None

    def wake(self) -> None:
        """It gets ready while whoever will ask does something else."""
        with self._turn:
            if self._running is None:
                self._running = Running(self._command)

    def speak(self, **job: Any) -> Spoken:
        return _read(self.ask(job), self._name)

    def ask(self, job: dict[str, Any]) -> Answer:
        """Asked once more where the process went away: the next may come through."""
        body = json.dumps(job).encode()
        for _ in range(2):
            try:
                return self._ask(body)
            except Lost:
                continue
        raise VoiceFailed(voice=self._name, problem="stopped")

    def close(self) -> None:
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        return self._running.program.pid if self._running else None

    def _ask(self, job: bytes) -> Answer:
        began = time.monotonic()
        mine, theirs = socket.socketpair()
        with mine:
            running = self._hand_over(theirs)
            try:
                answer = _exchange(mine, job, began + self._longest + 2)
            except TimeoutError as late:
                self._give_up(running)
                raise VoiceFailed(voice=self._name, problem="slow") from late
        if answer:
            return answer
        if time.monotonic() - began >= self._longest:
            raise VoiceFailed(voice=self._name, problem="slow")
        self._give_up_if_gone(running)
        raise Lost

    def _hand_over(self, job: socket.socket) -> Running:
        with job, self._turn:
            if self._running is None or not self._running.take(job):
                self._end()
                self._running = Running(self._command)
                self._running.take(job)
            return self._running

    def _give_up(self, running: Running) -> None:
        with self._turn:
            if self._running is running:
                self._end()

    def _give_up_if_gone(self, running: Running) -> None:
        """A program that is being killed takes jobs until its last fork is gone: it is not asked again."""
        with suppress(subprocess.TimeoutExpired):
            running.program.wait(DYING)
            self._give_up(running)

    def _end(self) -> None:
        if self._running:
            self._running.end()
        self._running = None


class Running:
    """A started process, ended with its owner."""

    def __init__(self, command: Sequence[str]) -> None:
        self._jobs, theirs = socket.socketpair()
        with theirs:
            self.program = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, process_group=0)  # noqa: S603  # our own program
        self.end = weakref.finalize(self, _end, self._jobs, self.program)

    def take(self, job: socket.socket) -> bool:
        try:
            return socket.send_fds(self._jobs, [b"j"], [job.fileno()]) == 1
        except OSError:
            return False


def _end(jobs: socket.socket, program: subprocess.Popen[bytes]) -> None:
    """With whatever it has forked; a fork that it left behind ends by itself when there are no more jobs."""
    jobs.close()
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def _exchange(asker: socket.socket, job: bytes, until: float) -> Answer | None:
    """The whole answer, or nothing where the process went away."""
    try:
        asker.settimeout(max(0.001, until - time.monotonic()))
        asker.sendall(job)
        asker.shutdown(socket.SHUT_WR)
        rate, words, samples = HEADER.unpack(_received(asker, HEADER.size, until))
        return Answer(rate, words, _received(asker, words * 8 + samples * 2, until))
    except ConnectionError:
        return None


def _received(asker: socket.socket, length: int, until: float) -> memoryview:
    """Into one piece of memory: a long sentence is a megabyte."""
    body = memoryview(bytearray(length))
    left = body
    while left:
        asker.settimeout(max(0.001, until - time.monotonic()))
        came = asker.recv_into(left)
        if not came:
            raise ConnectionError
        left = left[came:]
    return body


def _read(answer: Answer, voice: str) -> Spoken:
    if answer.rate <= 0:
        raise VoiceFailed(voice=voice, problem=REFUSALS.get(answer.rate, "refused"))
    times = struct.unpack_from(f"<{answer.words * 2}i", answer.body)
    return Spoken(answer.rate, tuple(zip(times[::2], times[1::2], strict=True)), answer.body[answer.words * 8 :])

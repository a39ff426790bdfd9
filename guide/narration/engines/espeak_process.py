"""The process that holds espeak-ng: it keeps the engine warm and gives each text to a fork of itself.

The engine has global state and may crash on a text. A fork starts from the same state every time, so that the same
text gives the same sound, and takes nobody else down. This file is run as a program, with nothing but the standard
library: `python -I -S espeak_process.py LIBRARY DATA SECONDS`, a socket as its standard input. Each job comes as a
socket of its own over that one; when it closes, the asker is gone and so is this process.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import struct
import sys

SYNCHRONOUS = 2
ONE_SECOND = 1000
NO_EXIT = 0x8000
PACE = 1
UTF8 = 1
LIST_END, WORD = 0, 1
HEADER = struct.Struct("<iii")
"""Rate (or a refusal, negative), number of words, number of samples."""
ABSENT = -1


class Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("number", ctypes.c_char * 8),
    )


Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


class Engine:
    def __init__(self, library: str, data: str) -> None:
        self.pcm = bytearray()
        self.words: list[int] = []
        self._engine = ctypes.CDLL(library)
        self._heard = Heard(self._hear)
        self.rate = self._engine.espeak_Initialize(SYNCHRONOUS, ONE_SECOND, data.encode(), NO_EXIT)
        self._engine.espeak_SetSynthCallback(self._heard)
        self._engine.espeak_ListVoices(None)  # read once here, or every fork reads some hundred files

    def speak(self, voice: str, pace: int, text: str) -> int:
        """0, or the engine's own code: a voice it does not have would silently leave the one before speaking."""
        if refused := int(self._engine.espeak_SetVoiceByName(voice.encode())):
            return refused
        self._engine.espeak_SetParameter(PACE, pace, 0)
        body = text.encode() + b"\0"
        return int(self._engine.espeak_Synth(body, len(body), 0, 1, 0, UTF8, None, None))

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[Event]) -> int:
        if samples and count > 0:
            self.pcm += ctypes.string_at(samples, count * 2)
        at = 0
        while (event := events[at]).type != LIST_END:
            if event.type == WORD:
                self.words += (event.position - 1, event.sample)
            at += 1
        return 0


def main(library: str, data: str, seconds: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    engine = Engine(library, data)
    jobs = socket.socket(fileno=0)
    while fds := socket.recv_fds(jobs, 1, 1)[1]:
        if os.fork() == 0:
            jobs.close()
            work(engine, fds[0], float(seconds))
        os.close(fds[0])


def work(engine: Engine, fd: int, seconds: float) -> None:
    """In the fork: one text, and the end; the alarm ends it where the engine does not come back."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with socket.socket(fileno=fd) as asker:
            asker.sendall(answer(engine, **json.loads(asker.makefile("rb").read())))
    finally:
        os._exit(0)


def answer(engine: Engine, voice: str, pace: int, text: str) -> bytes:
    if engine.speak(voice, pace, text):
        return HEADER.pack(ABSENT, 0, 0)
    words = struct.pack(f"<{len(engine.words)}i", *engine.words)
    return HEADER.pack(engine.rate, len(engine.words) // 2, len(engine.pcm) // 2) + words + engine.pcm


if __name__ == "__main__":
    main(*sys.argv[1:])

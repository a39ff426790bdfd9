"""The process that holds espeak-ng: it keeps the engine warm and gives each text to a fork of itself.

The engine has global state and may crash on a text. A fork starts from the same state every time, so that the same
text gives the same sound, and takes nobody else down; a few stand ready, since to make one takes as long as a short
sentence. This file is run as a program, with nothing but the standard library:
`python -I -S espeak_process.py LIBRARY DATA SECONDS`, a socket as its standard input. Each job comes as a socket of
its own over that one; when it closes, the asker is gone and so is this process.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import signal
import socket
import struct
import sys
import unicodedata
from pathlib import Path

SYNCHRONOUS = 2
ONE_SECOND = 1000
NO_EXIT = 0x8000
PACE = 1
UTF8 = 1
PHONEMES = 0x100
PHONETIC = 2
LIST_END, WORD = 0, 1
HEADER = struct.Struct("<iii")
"""Rate (or a refusal, negative), number of words, number of samples."""
ABSENT = -1
TEXT, SIGNS, ASK_SIGNS = "text", "signs", "ask signs"
"""What a job's text is: words alone, words and `[[signs]]` for sounds; or which signs there are is asked."""
AT_ONCE = 4
ASKER_IS_GONE = 3
REHEARSAL = b'{"voice": "en", "pace": 140, "text": "one", "manner": "text"}'


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


SCHWA = "@"
SOUND = re.compile(r"[^\s\d\-^\"+.'#*/]+")


Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


class Engine:
    def __init__(self, library: str, data: str) -> None:
        self.pcm = bytearray()
        self.words: list[int] = []
        self._data = data
        self._engine = ctypes.CDLL(library)
        self._engine.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._heard = Heard(self._hear)
        self.rate = self._engine.espeak_Initialize(SYNCHRONOUS, ONE_SECOND, data.encode(), NO_EXIT)
        self._engine.espeak_SetSynthCallback(self._heard)
        self._engine.espeak_ListVoices(None)  # read once here, or every fork reads some hundred files

    def speak(self, voice: str, pace: int, text: str, *, signs: bool = False) -> int:
        """0, or the engine's own code: a voice it does not have would silently leave the one before speaking."""
        if refused := int(self._engine.espeak_SetVoiceByName(voice.encode())):
            return refused
        self._engine.espeak_SetParameter(PACE, pace, 0)
        body = text.encode() + b"\0"
        flags = UTF8 | PHONEMES if signs else UTF8
        return int(self._engine.espeak_Synth(body, len(body), 0, 1, 0, flags, None, None))

    def signs(self) -> dict[str, str]:
        """What the voice that spoke last writes for each sound of the phonetic alphabet: the shortest, if several."""
        self._engine.espeak_Synth(b" ", 2, 0, 1, 0, UTF8 | PHONEMES, None, None)
        found: dict[str, str] = {}
        for sign in signs_of(Path(self._data, "phontab").read_bytes()):
            heard = self._heard_as(f"[[{sign}|{SCHWA}]]").removesuffix("ə")
            if SOUND.fullmatch(heard):
                found.setdefault(unicodedata.normalize("NFD", heard), sign)
        return found

    def _heard_as(self, signs: str) -> str:
        """In the phonetic alphabet, before a vowel: some voices harden a consonant that ends a word."""
        text = ctypes.c_char_p(signs.encode())
        told: bytes | None = self._engine.espeak_TextToPhonemes(ctypes.byref(text), UTF8 | PHONEMES, PHONETIC)
        return (told or b"").decode()

    def clear(self) -> None:
        self.pcm.clear()
        self.words.clear()

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[Event]) -> int:
        if samples and count > 0:
            self.pcm += ctypes.string_at(samples, count * 2)
        at = 0
        while (event := events[at]).type != LIST_END:
            if event.type == WORD:
                self.words += (event.position - 1, event.sample)
            at += 1
        return 0


def signs_of(table: bytes) -> list[str]:
    """Every voice's, from the engine's own list: per table its length, a name of 32 bytes and 16 bytes for each."""
    found: set[str] = set()
    at = 4
    for _ in range(table[0]):
        length, at = table[at], at + 36
        found |= {table[place : place + 4].rstrip(b"\0").decode("latin-1") for place in range(at, at + length * 16, 16)}
        at += length * 16
    return sorted((sign for sign in found if sign.isprintable() and sign), key=lambda sign: (len(sign), sign))


def main(library: str, data: str, seconds: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engine = Engine(library, data)
    jobs = socket.socket(fileno=0)
    gc.freeze()
    alive = 0
    while True:
        while alive < AT_ONCE:
            start(engine, jobs, float(seconds))
            alive += 1
        alive -= 1
        if os.waitstatus_to_exitcode(os.wait()[1]) == ASKER_IS_GONE:
            return


def start(engine: Engine, jobs: socket.socket, seconds: float) -> None:
    """A fork that waits for one job. It is replaced when it has ended, however it did."""
    if os.fork():
        return
    try:
        rehearse(engine, seconds)
        fds = socket.recv_fds(jobs, 1, 1)[1]
        jobs.close()
        for fd in fds:
            work(engine, fd, seconds)
        os._exit(0 if fds else ASKER_IS_GONE)
    finally:
        os._exit(1)


def rehearse(engine: Engine, seconds: float) -> None:
    """What a fork touches for the first time takes longest: that is done before anybody waits."""
    mine, theirs = socket.socketpair()
    with mine:
        mine.sendall(REHEARSAL)
        mine.shutdown(socket.SHUT_WR)
        work(engine, theirs.detach(), seconds)
    engine.clear()


def work(engine: Engine, fd: int, seconds: float) -> None:
    """In the fork: one text; the alarm ends it where the engine does not come back."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    with socket.socket(fileno=fd) as asker:
        for piece in answer(engine, **json.loads(asker.makefile("rb").read())):
            asker.sendall(piece)
    signal.setitimer(signal.ITIMER_REAL, 0)


def answer(engine: Engine, voice: str, pace: int, text: str, manner: str) -> tuple[bytes | bytearray, ...]:
    refused = engine.speak(voice, pace, text, signs=manner == SIGNS)
    if refused:
        return (HEADER.pack(ABSENT, 0, 0),)
    if manner == ASK_SIGNS:
        told = json.dumps(engine.signs()).encode()
        return HEADER.pack(engine.rate, 0, len(told) // 2 + 1), told.ljust(2 * (len(told) // 2 + 1))
    words = struct.pack(f"<{len(engine.words)}i", *engine.words)
    return HEADER.pack(engine.rate, len(engine.words) // 2, len(engine.pcm) // 2) + words, engine.pcm


if __name__ == "__main__":
    main(*sys.argv[1:])

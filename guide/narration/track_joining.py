"""Recordings one after the other as one MP3, their frames untouched: what was mastered once is never encoded again.

A recording's first frames hold nothing but the encoder's run-up, and the frame after them may borrow bytes from them:
so they stay. As much is left off at the end of the recording before, where it rings out in silence. A chapter begins
where the lengths of those before it add up to, to within half a frame.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

RATE = 22_050
SAMPLES = 576
"""In a frame of MPEG-2, layer III."""
KIND = 0xFFFE_0CC0
"""What is one for all frames of ours: MPEG-2, layer III, mono, at this rate."""
OURS = 0xFFF2_00C0
KILOBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
HEADER, SIDE = 4, 9
INFO = HEADER + SIDE
"""Where the first frame says how long it all is: a mark, flags, frames, bytes, a hundred places to jump to, quality."""
FRAMES, TABLE, LAME = INFO + 8, INFO + 16, INFO + 120
DELAYS, LENGTH, CHECKED = LAME + 21, LAME + 28, LAME + 34
MOST_PADDING = 4095


class Unjoinable(ValueError):
    """These bytes are no recording of ours."""


@dataclass(frozen=True)
class Recorded:
    """One of our MP3 files, cut into its frames; the first of the file tells its length and makes no sound."""

    body: bytes

    @cached_property
    def _cuts(self) -> list[int]:
        cuts = [0]
        while cuts[-1] < len(self.body):
            cuts.append(cuts[-1] + _length(self.body, cuts[-1]))
        if cuts[-1] != len(self.body) or self.info[INFO : INFO + 4] != b"Info":
            raise Unjoinable
        return cuts

    @property
    def info(self) -> bytes:
        return self.body[: _length(self.body, 0)]

    @property
    def frames(self) -> int:
        return len(self._cuts) - 2

    @cached_property
    def samples(self) -> int:
        """What is heard of it."""
        delay, padding = _delays(self.info)
        return self.frames * SAMPLES - delay - padding

    def first(self, frames: int) -> bytes:
        """Without the one that tells its length."""
        return self.body[self._cuts[1] : self._cuts[frames + 1]]


@dataclass(frozen=True)
class Joined:
    body: bytes
    starts: tuple[float, ...]
    """In seconds, for each recording."""
    seconds: float


def join(bodies: Sequence[bytes]) -> Joined:
    recorded = [Recorded(body) for body in bodies]
    begins = [0]
    for one in recorded:
        begins.append(begins[-1] + one.samples)
    places = [round(samples / SAMPLES) for samples in begins[:-1]]
    ends = [*places[1:], places[-1] + recorded[-1].frames]
    told = [one.first(end - place) for one, place, end in zip(recorded, places, ends, strict=True)]
    music = b"".join(told)
    body = _told(recorded[0].info, ends[-1], begins[-1], music) + music
    return Joined(body, tuple(place * SAMPLES / RATE for place in places), begins[-1] / RATE)


def _length(body: bytes, at: int) -> int:
    """Of the frame that begins there, in bytes."""
    if at + HEADER > len(body):
        raise Unjoinable
    header = int.from_bytes(body[at : at + HEADER], "big")
    bits, padding = header >> 12 & 15, header >> 9 & 1
    if header & KIND != OURS or not 0 < bits < len(KILOBITS):
        raise Unjoinable
    return SAMPLES // 8 * 1000 * KILOBITS[bits] // RATE + padding


def _delays(info: bytes) -> tuple[int, int]:
    both = int.from_bytes(info[DELAYS : DELAYS + 3], "big")
    return both >> 12, both & MOST_PADDING


def _told(info: bytes, frames: int, samples: int, music: bytes) -> bytes:
    """The frame that tells the length of the whole, so that a player shows and seeks it rightly."""
    told, size = bytearray(info), len(info) + len(music)
    delay, _ = _delays(info)
    padding = min(max(0, frames * SAMPLES - delay - samples), MOST_PADDING)
    struct.pack_into(">II", told, FRAMES, frames, size)
    told[TABLE : TABLE + 100] = bytes(256 * place // 100 for place in range(100))
    told[DELAYS : DELAYS + 3] = (delay << 12 | padding).to_bytes(3, "big")
    struct.pack_into(">IH", told, LENGTH, size, _checksum(music))
    struct.pack_into(">H", told, CHECKED, _checksum(bytes(told[:CHECKED])))
    return bytes(told)


def _checksum(data: bytes) -> int:
    """CRC-16 as this header has it (polynomial 8005, least bit first)."""
    checked = 0
    for byte in data:
        checked = checked >> 8 ^ CHECKS[(checked ^ byte) & 255]
    return checked


def _check(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


CHECKS = tuple(map(_check, range(256)))

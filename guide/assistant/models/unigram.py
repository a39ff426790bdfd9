"""Words cut into their likeliest pieces, from a table that is mapped into memory and not loaded.

The library that cuts otherwise holds a quarter of a million pieces as a tree of 280 MB; here they are 8 MB of a file.

`pieces.bin`, little endian: u32 slots (a power of two), u32 pieces, u32 characters of the longest, u32 number of the
unknown piece and f32 its score; u32 slots, f32 scores, u32 offsets (one more), the pieces in UTF-8. A piece is in the
slot of its CRC-32, or in the next free one; a slot holds the piece's number and one, or nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

HEADER: Final = struct.Struct("<4If")
BELOW_THE_WORST: Final = 10.0
REMEMBERED: Final = 20_000
LONGEST_REMEMBERED: Final = 24
Step = tuple[float, int, int]
"""How likely the best way to here is, where its last piece began, and that piece's number."""


class Pieces:
    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap(file.fileno(), 0, access=ACCESS_READ)
        whole = memoryview(self._map)
        slots, count, self._longest, self.unknown, self._worst = HEADER.unpack_from(whole)
        ends = np.cumsum([HEADER.size, 4 * slots, 4 * count, 4 * (count + 1)]).tolist()
        self._slots = whole[ends[0] : ends[1]].cast("I")
        self._scores = whole[ends[1] : ends[2]].cast("f")
        self._offsets = whole[ends[2] : ends[3]].cast("I")
        self._blob = ends[3]
        self._words: dict[str, list[int]] = {}

    def scored(self) -> Iterator[tuple[str, float]]:
        """All of them, in the order of their numbers."""
        ends = [self._blob + offset for offset in self._offsets]
        for number, (start, end) in enumerate(pairwise(ends)):
            yield self._map[start:end].decode(), self._scores[number]

    def cut(self, word: str) -> list[int]:
        """The numbers of the pieces; words come again and again, so what was cut is remembered."""
        if (known := self._words.get(word)) is not None:
            return known
        found = self._way(self._steps(word))
        if len(word) <= LONGEST_REMEMBERED:
            self._remember(word, found)
        return found

    def _remember(self, word: str, found: list[int]) -> None:
        if len(self._words) >= REMEMBERED:
            self._words = {}
        self._words[word] = found

    def _steps(self, word: str) -> Sequence[Step]:
        letters = [letter.encode("utf-8", "replace") for letter in word]
        steps: list[Step] = [(0.0, 0, -1)]
        for end in range(1, len(letters) + 1):
            steps.append(self._best(letters, steps, end))
        return steps

    def _best(self, letters: list[bytes], steps: list[Step], end: int) -> Step:
        """Of two ways that are as likely the one with the longer last piece; a letter alone may be unknown."""
        best = (steps[end - 1][0] + self._worst, end - 1, self.unknown)
        text = b""
        for start in range(end - 1, max(end - self._longest, 0) - 1, -1):
            text = letters[start] + text
            number = self._number(text)
            if number is not None:
                score = steps[start][0] + self._scores[number]
                if score >= best[0] or (start == end - 1 and best[2] == self.unknown):
                    best = (score, start, number)
        return best

    def _number(self, piece: bytes) -> int | None:
        mask = len(self._slots) - 1
        slot = crc32(piece) & mask
        while number := self._slots[slot]:
            start = self._blob + self._offsets[number - 1]
            if self._map[start : self._blob + self._offsets[number]] == piece:
                return number - 1
            slot = (slot + 1) & mask
        return None

    def _way(self, steps: Sequence[Step]) -> list[int]:
        """Along the best way; unknown letters beside each other are one unknown."""
        numbers: list[int] = []
        end = len(steps) - 1
        while end > 0:
            _, end, number = steps[end]
            if not (numbers and number == self.unknown == numbers[-1]):
                numbers.append(number)
        return numbers[::-1]


def pack(scored: Sequence[tuple[str, float]], unknown: int, steering: set[str], path: Path) -> None:
    """`steering`: pieces that steer the model; no visitor can type them."""
    written = [piece.encode() for piece, _ in scored]
    slots = _slots([b"" if piece in steering else written[n] for n, (piece, _) in enumerate(scored)])
    worst = min(score for _, score in scored) - BELOW_THE_WORST
    header = HEADER.pack(len(slots), len(scored), max(len(piece) for piece, _ in scored), unknown, worst)
    scores = np.array([score for _, score in scored], "<f4")
    offsets = np.cumsum([0, *map(len, written)]).astype("<u4")
    path.write_bytes(b"".join((header, slots.tobytes(), scores.tobytes(), offsets.tobytes(), *written)))


def _slots(pieces: Sequence[bytes]) -> npt.NDArray[np.uint32]:
    slots = [0] * (1 << (2 * len(pieces)).bit_length())
    for number, piece in enumerate(pieces, start=1):
        slot = crc32(piece) % len(slots)
        while piece and slots[slot]:
            slot = (slot + 1) % len(slots)
        if piece:
            slots[slot] = number
    return np.array(slots, "<u4")

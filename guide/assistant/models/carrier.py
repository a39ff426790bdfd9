"""The model that understands questions in many languages comes inside a package: it is read as data, never run.

The file, little endian: "E5S1", u32 version; i32 hidden, layers, heads, feed-forward, vocabulary, positions, types;
f32 epsilon; i32 block. The tokenizer: i32 pieces, first, last, padding and unknown piece, u64 length of the blob,
u32 offsets[pieces + 1], f32 scores[pieces], the blob (UTF-8). The table of characters: i32 count, u32 bytes, and the
bytes: u32 character, u8 how many replace it, u32 each. Then i32 tensors, each u16 length of its name, the name,
u8 kind, u32 count, u64 offset from the file's start, u64 bytes. Kind 0 is f32; kind 1 is rows of blocks: an f16 scale
and half a block of bytes, byte j with weight j in its low and weight j + block / 2 in its high nibble, each
(nibble - 8) x scale.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from guide.errors import Unusable

MAGIC: Final = b"E5S1"
VERSION: Final = 1
Weights = npt.NDArray[np.float32]


class CarrierUnreadable(Unusable):
    """The file is not the model that we know: which file, and what is wrong with it."""


@dataclass(frozen=True)
class Sizes:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int


@dataclass(frozen=True)
class Pieces:
    """What words are made of: each piece with its score, in the order of their numbers."""

    scored: list[tuple[str, float]]
    first: int
    last: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class Tensor:
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True)
class Carried:
    """The model as it lies in the file; weights are made when they are asked for."""

    sizes: Sizes
    pieces: Pieces
    characters: Mapping[str, str]
    """What the model's own table makes of single characters."""
    tensors: Mapping[str, Tensor]
    buffer: memoryview

    def weights(self, name: str, *shape: int) -> Weights:
        tensor = self.tensors[name]
        raw = self.buffer[tensor.offset : tensor.offset + tensor.size]
        read = _plain if tensor.kind == 0 else self._from_nibbles
        return read(raw)[: tensor.count].reshape(shape)

    def _from_nibbles(self, raw: memoryview) -> Weights:
        half = self.sizes.block // 2
        blocks = np.frombuffer(raw, [("scale", "<f2"), ("nibbles", "u1", half)])
        nibbles = np.concatenate((blocks["nibbles"] & 15, blocks["nibbles"] >> 4), axis=1)
        weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(-1)


def opened(path: Path) -> Carried:
    try:
        with path.open("rb") as file:
            return _Reading(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))).model()
    except (OSError, ValueError, struct.error, KeyError) as problem:
        raise CarrierUnreadable(file=path.name, problem=str(problem)) from problem


def _plain(raw: memoryview) -> Weights:
    return np.frombuffer(raw, "<f4").astype(np.float32, copy=False)


class _Reading:
    """One pass over the head of the file."""

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._at = 0

    def model(self) -> Carried:
        magic, version = self._take("<4sI")
        if (magic, version) != (MAGIC, VERSION):
            raise ValueError("another kind or version")
        sizes = Sizes(*self._take("<7ifi"))
        pieces = self._pieces()
        characters = self._characters()
        return Carried(sizes, pieces, characters, self._tensors(), self._buffer)

    def _pieces(self) -> Pieces:
        count, first, last, padding, unknown, length = self._take("<5iQ")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        blob = bytes(self._bytes(length))
        texts = [blob[start:end].decode() for start, end in pairwise(offsets)]
        return Pieces(list(zip(texts, scores, strict=True)), first, last, padding, unknown)

    def _characters(self) -> dict[str, str]:
        count, length = self._take("<iI")
        end = self._at + length
        table = {}
        for _ in range(count):
            character, replaced = self._take("<IB")
            table[chr(character)] = "".join(map(chr, self._take(f"<{replaced}I")))
        if self._at != end:
            raise ValueError("its table of characters")
        return table

    def _tensors(self) -> dict[str, Tensor]:
        (count,) = self._take("<i")
        return dict(self._tensor() for _ in range(count))

    def _tensor(self) -> tuple[str, Tensor]:
        (length,) = self._take("<H")
        name = bytes(self._bytes(length)).decode()
        tensor = Tensor(*self._take("<BIQQ"))
        if tensor.offset + tensor.size > len(self._buffer):
            raise ValueError(f"{name} is cut off")
        return name, tensor

    def _take(self, shape: str) -> Any:
        return struct.unpack(shape, self._bytes(struct.calcsize(shape)))

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        return np.frombuffer(self._bytes(count * 4), kind)

    def _bytes(self, count: int) -> memoryview:
        if not 0 <= count <= len(self._buffer) - self._at:
            raise ValueError("it is cut off")
        self._at += count
        return self._buffer[self._at - count : self._at]

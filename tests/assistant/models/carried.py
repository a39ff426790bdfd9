"""A model of a few hundred numbers in the very format of the one that a package carries."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, HEADS, FEED, POSITIONS, BLOCK = 32, 1, 2, 64, 64, 32
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁nhà", "▁tù", "▁chùa", "n", "h", "à", "t", "ù", "a", "c", "▁đền", "hà"]
SCORES = [0, 0, 0, 0, -3, -4, -4.5, -5, -6, -6, -6, -6, -6, -6, -6, -5, -6.5]
CHARACTERS = {"ﬁ": "fi", "\t": " ", "\u0007": ""}
SIZES = (HIDDEN, LAYERS, HEADS, FEED, len(PIECES), POSITIONS, 2)


def write(path: Path, seed: int = 1) -> Path:
    """A whole file; its weights are a function of the seed."""
    path.write_bytes(carrier(seed))
    return path


def carrier(seed: int = 1) -> bytes:
    tensors = {name: tensor(name, count, seed) for name, count in counts().items()}
    head = b"E5S1" + struct.pack("<I7ifi", 1, *SIZES, 1e-12, BLOCK) + tokenizer() + characters()
    directory_size = 4 + sum(2 + len(name) + 21 for name in tensors)
    return head + directory(tensors, len(head) + directory_size) + b"".join(body for _, _, body in tensors.values())


def counts() -> dict[str, int]:
    """How many numbers each tensor has."""
    words = {"emb.word": len(PIECES), "emb.pos": POSITIONS, "emb.type": 2, "emb.ln.w": 1, "emb.ln.b": 1}
    layer = {"fi.w": FEED, "fi.b": FEED // HIDDEN, "fo.w": FEED, "fo.b": 1}
    layer |= {f"{name}.w": HIDDEN for name in ("q", "k", "v", "ao")} | {f"{name}.w": 1 for name in ("aln", "oln")}
    layer |= {f"{name}.b": 1 for name in ("q", "k", "v", "ao", "aln", "oln")}
    return {
        name: rows * HIDDEN for name, rows in (words | {f"l0.{name}": rows for name, rows in layer.items()}).items()
    }


def tensor(name: str, count: int, seed: int) -> tuple[int, int, bytes]:
    """Kind, count, bytes: matrices in blocks of nibbles, all else as it is."""
    chance = np.random.default_rng([seed, *name.encode()])
    if name == "emb.word" or (name.split(".")[-2] in ("q", "k", "v", "ao", "fi", "fo") and name.endswith(".w")):
        blocks = count // BLOCK
        scales = chance.uniform(0.01, 0.1, blocks).astype("<f2")
        nibbles = chance.integers(0, 256, (blocks, BLOCK // 2), dtype=np.uint8)
        return 1, count, b"".join(s.tobytes() + n.tobytes() for s, n in zip(scales, nibbles, strict=True))
    level = 1.0 if name.endswith("ln.w") else 0.0
    return 0, count, (level + chance.normal(0, 0.05, count)).astype("<f4").tobytes()


def tokenizer() -> bytes:
    written = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, written)]).astype("<u4")
    head = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    return head + offsets.tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(written)


def characters() -> bytes:
    entries = [struct.pack(f"<IB{len(to)}I", ord(one), len(to), *map(ord, to)) for one, to in CHARACTERS.items()]
    return struct.pack("<iI", len(entries), sum(map(len, entries))) + b"".join(entries)


def directory(tensors: dict[str, tuple[int, int, bytes]], start: int) -> bytes:
    told = struct.pack("<i", len(tensors))
    for name, (kind, count, body) in tensors.items():
        told += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, start, len(body))
        start += len(body)
    return told

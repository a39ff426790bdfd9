"""Segments: the pieces of an index, each a block of bytes over up to a few hundred documents.

A segment is a function of its documents and their language: the same in any order give the same bytes, so it can be
kept under `address`, shared, mapped into memory and read in a browser. A changed document rebuilds its bucket alone.

Layout, little endian. Header of 40 bytes: "SenF", u16 version, u16 bytes in a document number (1 or 2), then eight u32,
the lengths in bytes of the parts, which follow in this order, each padded to a multiple of four:

    about       UTF-8 JSON {"language": tag, "documents": [[key, [[field name, its text if short], ...]], ...]}
    words       UTF-8, the folded words, sorted by code point, each followed by a line feed
    lengths     u32 a document: characters of its folded texts
    terms       u32 sorted; see terms.py. Those without the highest bit come first and have masks
    offsets     u32 a term, and one more: where its postings begin and end
    masks       u16 a posting of the terms with masks: bit n, field n holds the term (14: field 14 or a later one);
                bit 15: the document writes this word without marks
    documents   u8 or u16 a posting: the document's place in `about`, ascending within a term
    weights     u8 a posting: occurrences times the field's weight, in eighths, 1 to 255

To look a term up: binary search in `terms`, then the postings from offsets[n] to offsets[n + 1].
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Sequence
from functools import cached_property
from mmap import mmap
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from guide.tours.postings import About, Contents, Document, Numbers, Postings, contents, grouped, in_order

VERSION: Final = 1
MAGIC: Final = b"SenF"
HEADER: Final = struct.Struct("<4sHH8I")
BUCKET: Final = 256


class NotASegment(ValueError):
    def __init__(self, why: str) -> None:
        super().__init__(f"These bytes are no index segment: {why}.")


def buckets(count: int) -> int:
    """Into how many segments so many documents go: a power of two, so that a museum may grow without reshuffling."""
    return 1 << max(-(-count // BUCKET) - 1, 0).bit_length()


def bucket_of(key: str, buckets: int) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) % buckets


def address(documents: Iterable[Document], language: str) -> str:
    """The name of the segment that these documents will give, known before it is built."""
    recipe = [VERSION, language, [[d.key, [[f.name, f.text, f.weight] for f in d.fields]] for d in in_order(documents)]]
    return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()


class Segment:
    def __init__(self, buffer: bytes | memoryview | mmap) -> None:
        self.buffer = memoryview(buffer)
        self._parts = _parts(self.buffer)
        self.lengths = self._numbers(2, "<u4")
        self.terms = self._numbers(3, "<u4")
        self.offsets = self._numbers(4, "<u4")
        self.masks = self._numbers(5, "<u2")
        self.documents = self._numbers(6, "<u1" if HEADER.unpack_from(self.buffer)[2] == 1 else "<u2")
        self.weights = self._numbers(7, "<u1")

    @classmethod
    def build(cls, documents: Iterable[Document], language: str) -> Self:
        return cls(_packed(contents(documents, language)))

    @classmethod
    def joined(cls, segments: Sequence[Self]) -> Self:
        """One segment of all their documents, as if built at once: quicker to search, slower to renew."""
        return cls(_packed(_together(segments)))

    @classmethod
    def from_bytes(cls, buffer: bytes | memoryview | mmap) -> Self:
        """Read in place: nothing is copied, a memory map will do."""
        return cls(buffer)

    def to_bytes(self) -> bytes:
        return bytes(self.buffer)

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def language(self) -> str:
        return str(self._told["language"])

    @cached_property
    def about(self) -> About:
        return [(key, [(name, text) for name, text in fields]) for key, fields in self._told["documents"]]

    def words(self) -> list[str]:
        return str(self._parts[1], "utf-8").split()

    @cached_property
    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(bytes(self._parts[0]))
        return told

    def _numbers(self, part: int, kind: str) -> npt.NDArray[Any]:
        return np.frombuffer(self._parts[part], kind)


def _parts(buffer: memoryview) -> list[memoryview]:
    if len(buffer) < HEADER.size:
        raise NotASegment("they are too few")
    magic, version, width, *sizes = HEADER.unpack_from(buffer)
    if (magic, version) != (MAGIC, VERSION) or width not in (1, 2):
        raise NotASegment("another kind or version")
    starts = np.cumsum([HEADER.size, *(_padded(size) for size in sizes)])
    if starts[-1] != len(buffer):
        raise NotASegment(f"{len(buffer)} bytes instead of {starts[-1]}")
    return [buffer[start : start + size] for start, size in zip(starts, sizes, strict=False)]


def _padded(size: int) -> int:
    return -(-size // 4) * 4


def _packed(known: Contents) -> bytes:
    width = 1 if len(known.about) <= 1 << 8 else 2
    about = {"language": known.language, "documents": known.about}
    parts = [
        json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode(),
        "".join(f"{word}\n" for word in sorted(known.words)).encode(),
        known.lengths.astype("<u4").tobytes(),
        known.postings.terms.astype("<u4").tobytes(),
        known.postings.offsets.astype("<u4").tobytes(),
        known.postings.masks.astype("<u2").tobytes(),
        known.postings.documents.astype(f"<u{width}").tobytes(),
        known.postings.weights.tobytes(),
    ]
    header = HEADER.pack(MAGIC, VERSION, width, *(len(part) for part in parts))
    return header + b"".join(part.ljust(_padded(len(part)), b"\0") for part in parts)


def _together(segments: Sequence[Segment]) -> Contents:
    abouts = [about for segment in segments for about in segment.about]
    order = sorted(range(len(abouts)), key=lambda place: abouts[place][0])
    lengths = np.concatenate([segment.lengths for segment in segments])
    words = frozenset(word for segment in segments for word in segment.words())
    renumbered = np.argsort(order).astype(np.uint32)
    about = [abouts[place] for place in order]
    return Contents(segments[0].language, about, words, lengths[order], _all_postings(segments, renumbered))


def _all_postings(segments: Sequence[Segment], renumbered: Numbers) -> Postings:
    firsts = np.cumsum([0, *(len(segment) for segment in segments)]).tolist()
    places = [first + segment.documents.astype(np.intp) for first, segment in zip(firsts, segments, strict=False)]
    documents = renumbered[np.concatenate(places)]
    found = np.concatenate([np.repeat(segment.terms, np.diff(segment.offsets)) for segment in segments])
    order = np.argsort(found.astype(np.uint64) << np.uint64(32) | documents)
    masks = np.concatenate([_full_masks(segment) for segment in segments])
    weights = np.concatenate([segment.weights for segment in segments])
    return grouped(found[order], masks[order], documents[order], weights[order])


def _full_masks(segment: Segment) -> npt.NDArray[np.uint16]:
    return np.concatenate((segment.masks, np.zeros(len(segment.weights) - len(segment.masks), np.uint16)))

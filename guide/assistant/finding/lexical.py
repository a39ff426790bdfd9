"""Finding by words: which passages hold what a question asks for, and how much of it.

BM25 over the passages of one language. How well a term fits a passage is worked out when the index is built and kept
beside the passage as a number from 0 to 255, so that a question only adds up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding import arrays
from guide.assistant.finding.arrays import Array
from guide.assistant.finding.cutting import Numbers, Places
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.wanting import Wanted

FEWEST: Final = 20
"""Fewer passages say little about which words are rare."""
SATURATION: Final = 0.9
BY_LENGTH: Final = 0.6
FULL: Final = 255
BITS: Final = 8
"""Of FULL; a passage stands above them."""
PLACES_OF_A_PASSAGE: Final = 24
AT_ONCE: Final = 1 << 20
MOST_POSTINGS: Final = 1_000
"""In a very large museum what stands in so many passages tells nothing and would cost the most time."""

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lexical:
    """A posting is a passage that holds a term, and how well; of term n they go from offsets[n] to offsets[n + 1]."""

    count: int
    terms: Numbers
    offsets: Numbers
    postings: Numbers

    @classmethod
    def build(cls, rows: Rows) -> Lexical:
        occurrences, passages = _occurrences(rows)
        found, counts = _summed(occurrences)
        held = passages[found & np.uint64((1 << PLACES_OF_A_PASSAGE) - 1)]
        named = (found >> np.uint64(PLACES_OF_A_PASSAGE)).astype(np.uint32)
        lengths: Scores = np.bincount(rows.owners, rows.lengths, rows.count).astype(np.float64)
        firsts = _changes(named)
        offsets = np.append(firsts, len(named)).astype(np.uint32)
        return cls(rows.count, named[firsts], offsets, held << BITS | _fits(counts, lengths, held))

    @classmethod
    def read(cls, path: Path, count: int) -> Lexical:
        """In place: the processes of a server share it."""
        return cls(count, **arrays.read(path).named)

    def write(self, path: Path) -> None:
        arrays.write(path, {}, {"terms": self.terms, "offsets": self.offsets, "postings": self.postings})

    def rarity(self, wanted: Wanted) -> tuple[Scores, Places, Places]:
        """How rare each wanted term is, where its postings begin, and how many there are."""
        if not len(self.terms):
            nothing = np.zeros(len(wanted.terms), np.intp)
            return np.zeros(len(wanted.terms)), nothing, nothing
        places = np.minimum(self.terms.searchsorted(wanted.terms), len(self.terms) - 1)
        starts = self.offsets[places].astype(np.intp)
        counts = (self.offsets[places + 1] - starts) * (self.terms[places] == wanted.terms)
        texts = max(self.count, FEWEST)
        return np.log1p((texts - counts + 0.5) / (counts + 0.5)), starts, counts

    def holding(self, wanted: Iterable[int]) -> Places:
        """The passages that hold all of these terms."""
        held = [self._passages_of(term) for term in wanted]
        return np.sort(reduce(partial(np.intersect1d, assume_unique=True), held)).astype(np.intp)

    def _passages_of(self, term: int) -> Numbers:
        place = int(self.terms.searchsorted(np.uint32(term)))
        known = place < len(self.terms) and self.terms[place] == term
        there = slice(*self.offsets[place : place + 2]) if known else slice(0)
        return self.postings[there] >> np.uint32(BITS)

    def scores(self, gains: Scores, starts: Places, counts: Places) -> Scores:
        """What each passage holds of what is wanted; a gain that is not there adds nothing."""
        there = np.flatnonzero((counts > 0) & (counts <= MOST_POSTINGS))
        if not len(there):
            return np.zeros(self.count)
        begins, ends = starts[there], starts[there] + counts[there]
        spans = [slice(*span) for span in zip(begins.tolist(), ends.tolist(), strict=True)]
        postings = np.concatenate([self.postings[span] for span in spans])
        added = np.repeat(gains[there] * ((SATURATION + 1) / FULL), counts[there]) * (postings & FULL)
        return np.bincount(postings >> BITS, added, self.count).astype(np.float64, copy=False)


def _occurrences(rows: Rows) -> tuple[npt.NDArray[np.uint64], Numbers]:
    """Each a term, its passage and how often it stands in a row there, as one number; ascending.

    Passages are numbered as the segments have them, so that each segment's part is in order and all are only merged;
    the second array tells which passage of the museum each is.
    """
    total = sum(len(segment.counts) for segment in rows.segments)
    keys, passages, at, seen = np.empty(total, np.uint64), [np.zeros(0, np.uint32)], 0, 0
    for segment, owners in rows.owners_by_segment():
        part, order = keys[at : at + len(segment.counts)], segment.order
        firsts = _changes(owners)
        places = np.repeat(np.arange(seen, seen + len(firsts), dtype=np.uint32), np.diff(firsts, append=len(owners)))
        np.left_shift(segment.terms.values[order], np.uint64(PLACES_OF_A_PASSAGE + BITS), out=part, dtype=np.uint64)
        part |= np.repeat(places << BITS, np.diff(segment.terms.ends))[order]
        part |= segment.counts[order]
        passages.append(owners[firsts].astype(np.uint32))
        at, seen = at + len(part), seen + len(firsts)
    keys.sort(kind="stable")
    return keys, np.concatenate(passages)


def _summed(ordered: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], Scores]:
    """Keys without their lowest byte, each once, and the sum of what stood in it; a part at a time to spare memory."""
    cuts, at = [], 0
    while at < len(ordered):
        after = np.uint64(((int(ordered[min(at + AT_ONCE, len(ordered)) - 1]) >> BITS) + 1) << BITS)
        end = int(np.searchsorted(ordered, after))
        keys = ordered[at:end] >> np.uint64(BITS)
        firsts = _changes(keys)
        cuts.append((keys[firsts], np.add.reduceat((ordered[at:end] & np.uint64(FULL)).astype(np.float64), firsts)))
        at = end
    found = [(np.zeros(0, np.uint64), np.zeros(0)), *cuts]
    return np.concatenate([keys for keys, _ in found]), np.concatenate([counts for _, counts in found])


def _fits(counts: Scores, lengths: Scores, passages: Numbers) -> npt.NDArray[np.uint8]:
    mean = lengths.mean() if len(lengths) else 1.0
    burden = SATURATION * (1 - BY_LENGTH + BY_LENGTH * lengths / mean)
    fits = counts / (counts + burden[passages])
    return np.clip(np.rint(fits * FULL), 1, FULL).astype(np.uint8)


def _changes(ordered: Array) -> Places:
    """Where a new value begins."""
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])

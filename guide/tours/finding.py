"""Finding: a visitor types a few words, with slips or without marks, and gets the stops and the reason for each.

BM25 over the segments of one language. A text counts by its words, its pairs of neighbouring words, its marked words
(so that the right diacritics come first) and its crumbs of four letters (so that endings and slips matter less).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.tours.postings import EIGHTHS, Document, Field
from guide.tours.reasons import Why, matches, told
from guide.tours.segments import Segment, address, bucket_of, buckets
from guide.tours.typed import Pair, Typed, understood
from guide.tours.vocabulary import Vocabulary
from guide.tours.wanted import IF_KNOWN, NEVER, Wanted, pair_terms, wanted

__all__ = ["Document", "Field", "Hit", "Index", "Segment", "Why", "address", "bucket_of", "buckets"]

FOUND: Final = 0.32  # below this share of what is asked for, nothing was found
FEWEST: Final = 20  # three texts say little about which words are rare
SATURATION: Final = 0.9
BY_LENGTH: Final = 0.6

Numbers = npt.NDArray[np.uint32]
Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Hit:
    """`share`: how much of what was asked for is there, 0 to 1."""

    key: str
    score: float
    share: float
    why: tuple[Why, ...]


class Index:
    """One language's segments, searched as one."""

    def __init__(self, segments: Iterable[Segment], language: str) -> None:
        self.language = language
        self.segments = [segment for segment in segments if len(segment.terms)]
        self._count = sum(len(segment) for segment in self.segments)
        mean_length = sum(int(segment.lengths.sum()) for segment in self.segments) / max(self._count, 1)
        self._firsts = list(accumulate((len(segment) for segment in self.segments), initial=0))
        self._burdens = [_burden(segment, mean_length) for segment in self.segments]

    def __len__(self) -> int:
        return self._count

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(word for segment in self.segments for word in segment.words())

    def search(self, query: str, limit: int = 20, at_least: float = FOUND) -> list[Hit]:
        """The best texts first, only those that hold `at_least` this share of what was asked for, and can say where."""
        typed = understood(query, self.vocabulary, self._known_pairs, self.language)
        if not typed or not self.segments:
            return []
        asked = wanted(typed, self.language)
        lookups = [_lookup(segment, asked.terms) for segment in self.segments]
        gains, parts = self._worth(asked, lookups)
        weighed = [_weighed(*one, gains, parts) for one in zip(lookups, self._burdens, strict=True)]
        scores, shares = np.concatenate(weighed, axis=1)
        best = _best(scores, limit, shares >= at_least)
        whys = self._whys(best, typed, asked, lookups)
        found = zip(best, scores[best].tolist(), shares[best].tolist(), whys, strict=True)
        return [Hit(self._text(place)[0], score, min(share, 1.0), why) for place, score, share, why in found if why]

    def _worth(self, asked: Wanted, lookups: "Sequence[_Lookup]") -> tuple[Scores, Scores]:
        """What each row adds to a score, and which part it is of all that is owed."""
        rarity = self._rarity(asked, lookups)
        gains: Scores = asked.weights * rarity[asked.groups]
        owed = asked.owed != NEVER
        mass = (asked.group_weights * rarity)[owed].sum()
        return gains, gains * owed[asked.groups] / mass

    def _rarity(self, asked: Wanted, lookups: "Sequence[_Lookup]") -> Scores:
        """The idf of each group by Okapi BM25, never negative."""
        counts = np.sum([lookup.counts for lookup in lookups], axis=0)
        texts = max(len(self), FEWEST)
        held = np.minimum(np.bincount(asked.groups, counts, len(asked.group_weights)), texts)
        rarity = np.log1p((texts - held + 0.5) / (held + 0.5))
        return np.where((held == 0) & (asked.owed == IF_KNOWN), 0.0, rarity)

    def _known_pairs(self, pairs: set[Pair]) -> set[Pair]:
        listed = sorted(pairs)
        found = pair_terms(listed)
        counts = np.sum([_lookup(segment, found).counts for segment in self.segments], axis=0)
        return {pair for pair, count in zip(listed, counts.tolist(), strict=True) if count}

    def _whys(
        self, best: Sequence[int], typed: Sequence[Typed], asked: Wanted, lookups: "Sequence[_Lookup]"
    ) -> list[tuple[Why, ...]]:
        rows = np.array([reason.row for reason in asked.reasons], np.intp)
        masks = cache(lambda segment: _masks(lookups[segment], rows))
        whys = []
        for place in best:
            segment, document = self._seat(place)
            matched = matches(typed, asked.reasons, masks(segment)[:, document].tolist())
            whys.append(told(matched, self._text(place)[1]))
        return whys

    def _text(self, place: int) -> tuple[str, list[tuple[str, str]]]:
        segment, document = self._seat(place)
        return self.segments[segment].about[document]

    def _seat(self, place: int) -> tuple[int, int]:
        segment = bisect_right(self._firsts, place) - 1
        return segment, place - self._firsts[segment]


@dataclass(frozen=True)
class _Lookup:
    """Where a segment keeps the postings of each wanted term, and how many there are."""

    segment: Segment
    starts: Places
    counts: Places


def _lookup(segment: Segment, wanted_terms: Numbers) -> _Lookup:
    places = np.minimum(segment.terms.searchsorted(wanted_terms), len(segment.terms) - 1)
    starts = segment.offsets[places].astype(np.intp)
    there = segment.terms[places] == wanted_terms
    return _Lookup(segment, starts, (segment.offsets[places + 1] - starts) * there)


def _burden(segment: Segment, mean_length: float) -> Scores:
    """What a text's length weighs against each occurrence, in eighths like the weights."""
    return EIGHTHS * SATURATION * (1 - BY_LENGTH + BY_LENGTH * segment.lengths / mean_length)


def _weighed(lookup: _Lookup, burden: Scores, gains: Scores, parts: Scores) -> Scores:
    """Two rows: the score of each text, and its share, for which it is all one how often and in which field."""
    counts, segment = lookup.counts, lookup.segment
    postings = _spread(lookup.starts, counts)
    documents = segment.documents[postings]
    amounts = segment.weights[postings]
    gain = np.repeat(gains * (SATURATION + 1), counts) * amounts / (amounts + burden[documents])
    scores = np.bincount(documents, gain, len(segment))
    return np.stack((scores, np.bincount(documents, np.repeat(parts, counts), len(segment))))


def _masks(lookup: _Lookup, rows: Places) -> npt.NDArray[np.uint16]:
    """A row a term, a column a document: in which fields the one holds the other."""
    counts = lookup.counts[rows]
    postings = _spread(lookup.starts[rows], counts)
    table = np.zeros((len(rows), len(lookup.segment)), np.uint16)
    table[np.repeat(np.arange(len(rows)), counts), lookup.segment.documents[postings]] = lookup.segment.masks[postings]
    return table


def _spread(starts: Places, counts: Places) -> Places:
    """From each start, as many places as counted."""
    spread: Places = np.arange(counts.sum()) + np.repeat(starts - counts.cumsum() + counts, counts)
    return spread


def _best(scores: Scores, limit: int, fit: npt.NDArray[np.bool_]) -> list[int]:
    candidates = np.flatnonzero(fit & (scores > 0))
    order = np.argsort(-scores[candidates], kind="stable")
    best: list[int] = candidates[order[:limit]].tolist()
    return best

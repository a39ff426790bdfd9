"""What is looked up for a query: terms with weights, and which of them tell a reason.

Terms that stand for one another (the readings of one typed word) are a group: they are as rare as all of them together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.tours import terms
from guide.tours.typed import CREDIT, LITTLE, How, Pair, Reading, Typed

WORD_WEIGHT: Final = 0.7
MARKED_WEIGHT: Final = 0.7
CRUMB_WEIGHT: Final = 0.5
PIECE_WEIGHT: Final = 0.5
PAIR_WEIGHT: Final = 0.3
PAIR_WEIGHT_OF_SYLLABLES: Final = 1.0
COMPLETION_WEIGHT: Final = 0.3
SPACE: Final = ord(" ")
BY_SYLLABLES: Final = {"vi"}  # writes a word as several syllables, "nhà tù" is one, and never leaves its marks out

Numbers = npt.NDArray[np.uint32]
Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


ALWAYS, IF_KNOWN, NEVER = range(3)  # does a text lack something when it lacks this?


@dataclass(frozen=True)
class Reason:
    """Finding this row's term in a text means that the typed word at `place` was found, or this piece of it."""

    row: int
    place: int
    how: How | None  # None: exact or without marks, as the text has it
    piece: str = ""


@dataclass(frozen=True)
class Wanted:
    """Rows, sorted by term, which makes looking up quick; and the groups they belong to."""

    terms: Numbers
    weights: Scores
    groups: Places
    group_weights: Scores
    owed: Places
    reasons: tuple[Reason, ...]


def wanted(typed: Sequence[Typed], language: str) -> Wanted:
    rows = _Rows()
    spelling = _Spelling(typed)
    by_syllables = language.partition("-")[0] in BY_SYLLABLES
    pair_weight, marks_owed = (PAIR_WEIGHT_OF_SYLLABLES, ALWAYS) if by_syllables else (PAIR_WEIGHT, IF_KNOWN)
    for place, word in enumerate(typed):
        if word.unspaced:
            _add_pieces(rows, place, word)
        else:
            _add_word(rows, spelling, place, word, marks_owed)
    for before, after in _neighbours(typed):
        rows.add_group(pair_weight * (LITTLE if before.little and after.little else 1.0), IF_KNOWN)
        for one, other in _both_meant(before, after):
            rows.add(spelling.pairs[one.words[-1], other.words[0]], CREDIT[one.how] * CREDIT[other.how])
    _add_crumbs(rows, typed)
    return rows.packed()


def pair_terms(pairs: Sequence[Pair]) -> Numbers:
    words = terms.stirred(terms.spelled([word for pair in pairs for word in pair]), terms.WORD)
    return terms.paired(words[0::2], words[1::2])


class _Rows:
    def __init__(self) -> None:
        self.terms: list[int] = []
        self.weights: list[float] = []
        self.groups: list[int] = []
        self.group_weights: list[float] = []
        self.owed: list[int] = []
        self.reasons: list[Reason] = []

    def add_group(self, weight: float, owed: int) -> None:
        self.group_weights.append(weight)
        self.owed.append(owed)

    def add(self, term: int, credit: float = 1.0) -> int:
        self.terms.append(term)
        self.groups.append(len(self.group_weights) - 1)
        self.weights.append(credit * self.group_weights[-1])
        return len(self.terms) - 1

    def add_groups_of_one(self, found: Numbers, weights: Scores, owed: Places) -> None:
        self.groups += range(len(self.group_weights), len(self.group_weights) + len(found))
        self.terms += found.tolist()
        self.weights += weights.tolist()
        self.group_weights += weights.tolist()
        self.owed += owed.tolist()

    def packed(self) -> Wanted:
        found = np.array(self.terms, np.uint32)
        order = np.argsort(found, kind="stable")
        moved = np.argsort(order).tolist()
        return Wanted(
            found[order],
            np.array(self.weights)[order],
            np.array(self.groups, np.intp)[order],
            np.array(self.group_weights),
            np.array(self.owed, np.intp),
            tuple(replace(reason, row=moved[reason.row]) for reason in self.reasons),
        )


class _Spelling:
    """The terms of all that a query may mean, spelled at once."""

    def __init__(self, typed: Sequence[Typed]) -> None:
        readings = [reading for word in typed for reading in (*word.readings, *word.completions)]
        self.words = _named({word for reading in readings for word in reading.words}, terms.WORD)
        self.marked = _named({reading.marked for reading in readings if reading.marked}, terms.MARKED)
        pairs = {(reading.words[0], reading.words[1]) for reading in readings if len(reading.words) == 2}
        for before, after in _neighbours(typed):
            pairs |= {(one.words[-1], other.words[0]) for one, other in _both_meant(before, after)}
        listed = sorted(pairs)
        self.pairs = dict(zip(listed, pair_terms(listed).tolist(), strict=True))

    def reading(self, reading: Reading) -> int:
        return (
            self.words[reading.words[0]] if len(reading.words) == 1 else self.pairs[reading.words[0], reading.words[1]]
        )


def _named(words: set[str], kind: int) -> dict[str, int]:
    named = sorted(words)
    return dict(zip(named, terms.stirred(terms.spelled(named), kind).tolist(), strict=True))


def _neighbours(typed: Sequence[Typed]) -> list[tuple[Typed, Typed]]:
    return [(before, after) for before, after in pairwise(typed) if not before.unspaced and not after.unspaced]


def _both_meant(before: Typed, after: Typed) -> list[tuple[Reading, Reading]]:
    return list(product(before.readings, (*after.readings, *after.completions)))


def _add_word(rows: _Rows, spelling: _Spelling, place: int, word: Typed, marks_owed: int) -> None:
    much = LITTLE if word.little else 1.0
    for reading in word.readings:
        if reading.marked:
            rows.add_group(MARKED_WEIGHT * much, marks_owed)
            row = rows.add(spelling.marked[reading.marked], CREDIT[reading.how])
            rows.reasons += [] if word.little else [Reason(row, place, reading.how)]
    rows.add_group(WORD_WEIGHT * much, ALWAYS)
    _add_readings(rows, spelling, place, word, word.readings)
    if word.completions:
        rows.add_group(COMPLETION_WEIGHT * much, NEVER)
        _add_readings(rows, spelling, place, word, word.completions)


def _add_readings(rows: _Rows, spelling: _Spelling, place: int, word: Typed, readings: Sequence[Reading]) -> None:
    for reading in readings:
        row = rows.add(spelling.reading(reading), CREDIT[reading.how])
        if not word.little:
            rows.reasons.append(Reason(row, place, None if reading.how == "exact" else reading.how))


def _add_crumbs(rows: _Rows, typed: Sequence[Typed]) -> None:
    codes = terms.code_points(f" {' '.join(word.best for word in typed)} ")
    telling = np.repeat([not word.little for word in typed], [len(word.best) + 1 for word in typed])
    telling = np.concatenate(([False], telling & (codes[1:] != SPACE)))
    cut = terms.crumbs(codes)
    found, firsts = np.unique(cut.terms, return_index=True)
    windows = cut.starts[firsts][:, None] + np.arange(terms.CRUMB_LENGTH)
    across = (codes[windows[:, 1:-1]] == SPACE).any(axis=1)
    weights = CRUMB_WEIGHT * np.where(telling[windows].any(axis=1), 1.0, LITTLE)
    rows.add_groups_of_one(found, weights, np.where(across, IF_KNOWN, ALWAYS))


def _add_pieces(rows: _Rows, place: int, word: Typed) -> None:
    """The longest pieces tell what was found; single characters only where nothing else was typed."""
    cuts = terms.pieces(terms.code_points(word.best))
    longest = max((cut.length for cut in cuts if len(cut.terms)), default=0)
    for cut in cuts:
        for term, start in zip(cut.terms.tolist(), cut.starts.tolist(), strict=True):
            rows.add_group(PIECE_WEIGHT, ALWAYS)
            row = rows.add(term)
            if cut.length == longest:
                rows.reasons.append(Reason(row, place, "exact", word.best[start : start + cut.length]))

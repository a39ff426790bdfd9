"""A question as numbered terms, each with what it counts: telling words much, the words one asks with little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding.asking import Question
from guide.assistant.finding.crossing import crossed, form, knows, tokens_of
from guide.assistant.finding.cutting import Numbers, Places
from guide.tours import folding, terms

LITTLE: Final = 0.15
HALF: Final = 0.5
FAINTEST: Final = 0.04
"""A meaning less likely than this is left out."""


@dataclass(frozen=True)
class Weights:
    """What a term of each kind counts; in languages that change their words' endings crumbs tell more than words."""

    folded: float
    marked: float
    pair: float
    crumb: float


ISOLATING: Final = Weights(folded=0.35, marked=0.25, pair=0.12, crumb=0.25)
SYLLABIC: Final = Weights(folded=0.15, marked=0.55, pair=0.15, crumb=0.15)
INFLECTING: Final = Weights(folded=0.15, marked=0.15, pair=0.12, crumb=0.45)
BY_TONGUE: Final = {"vi": SYLLABIC, "en": ISOLATING}


@dataclass(frozen=True)
class Wanted:
    """Ascending by term. `words`: the place of the word that a term belongs to, or begins in."""

    terms: Numbers
    weights: npt.NDArray[np.float64]
    words: Places
    whole: npt.NDArray[np.bool_]
    """Is it a word of its own, not a pair, a piece or a crumb?"""
    telling: npt.NDArray[np.bool_]
    """Does it, as a word or a piece, say what is asked for, and not only that something is asked?"""

    def with_(self, other: Wanted, chosen: npt.NDArray[np.bool_], part: float) -> Wanted:
        """Chosen terms of another question beside one's own, at a part of their weight."""
        first = int(self.words.max(initial=-1)) + 1
        found = np.concatenate([self.terms, other.terms[chosen]])
        order = np.argsort(found, kind="stable")
        return Wanted(
            found[order],
            np.concatenate([self.weights, other.weights[chosen] * part])[order],
            np.concatenate([self.words, other.words[chosen] + first])[order],
            np.concatenate([self.whole, other.whole[chosen]])[order],
            np.concatenate([self.telling, other.telling[chosen]])[order],
        )


Row = tuple[int, float, int, bool, bool]
"""A term, what it counts, the place of its word, is it a word of its own, does it tell."""


def wanted(question: Question, language: str) -> Wanted:
    weights = BY_TONGUE.get(language.partition("-")[0], INFLECTING)
    return _best(_of_rows(_words(question, weights)), _letters(question, weights))


def _of_rows(rows: Iterable[Row]) -> Wanted:
    numbers, amounts, places, whole, telling = zip(*listed, strict=True) if (listed := list(rows)) else ((),) * 5
    return Wanted(
        np.array(numbers, np.uint32),
        np.array(amounts, np.float64),
        np.array(places, np.intp),
        np.array(whole, np.bool_),
        np.array(telling, np.bool_),
    )


def _best(*parts: Wanted) -> Wanted:
    """Of all; of equal terms the one that counts most, and of those the first."""
    numbers = np.concatenate([part.terms for part in parts])
    amounts = np.concatenate([part.weights for part in parts])
    order = np.lexsort((-amounts, numbers))
    ordered = numbers[order]
    kept = order[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(order)]]
    return Wanted(
        numbers[kept],
        amounts[kept],
        np.concatenate([part.words for part in parts])[kept],
        np.concatenate([part.whole for part in parts])[kept],
        np.concatenate([part.telling for part in parts])[kept],
    )


def _words(question: Question, weights: Weights) -> Iterator[Row]:
    before: tuple[int, int, float] | None = None
    for place, (word, flags) in enumerate(zip(question.words, question.telling, strict=True)):
        if folding.unspaced(word.folded):
            continue
        tells = any(flags)
        much = 1.0 if tells else LITTLE
        folded = terms.term(word.folded, terms.WORD)
        yield folded, weights.folded * much, place, True, tells
        yield terms.term(word.marked, terms.MARKED), weights.marked * much, place, True, tells
        if before and before[0] == place - 1:
            yield terms.pair(before[1], folded), weights.pair * (before[2] + much) / 2, place - 1, False, False
        before = place, folded, much


def _letters(question: Question, weights: Weights) -> Wanted:
    """Crumbs and pieces, each counting by the share of its letters that tell."""
    numbers, starts, lengths = terms.cuts(f" {' '.join([word.folded for word in question.words])} ")
    ends = starts + lengths
    telling, letters, owners = _running(question)
    share = (telling[ends] - telling[starts]) / np.maximum(letters[ends] - letters[starts], 1)
    amounts = weights.crumb * (LITTLE + (1 - LITTLE) * share)
    tells = (share > HALF) & (numbers < terms.CRUMB_BIT)
    return Wanted(numbers, amounts, owners[starts], np.zeros(len(numbers), np.bool_), tells)


def _running(question: Question) -> tuple[Places, Places, Places]:
    """Up to each letter of the running text how many tell and how many are no spaces, and whose each letter is."""
    telling, letters, owners, last = bytearray(2), bytearray(2), bytearray(1), len(question.words) - 1
    for place, (word, flags) in enumerate(zip(question.words, question.telling, strict=True)):
        telling += bytes((*flags, False))
        letters += b"\1" * len(word.folded) + b"\0"
        owners += bytes([place]) * len(word.folded) + bytes([min(place + 1, last)])
    told, written, whose = (np.frombuffer(one, np.uint8) for one in (telling, letters, owners))
    return told.cumsum(dtype=np.intp), written.cumsum(dtype=np.intp), whose.astype(np.intp)


def wanted_across(question: Question, source: str, target: str) -> Wanted:
    """The words that a question would have in another language; those that no table knows stand for themselves."""
    worth: dict[str, float] = {}
    for token, much in _tokens(question, source):
        worth[token] = max(worth.get(token, 0.0), much)
    meant = crossed(worth, source, target)
    weights = BY_TONGUE.get(target.partition("-")[0], INFLECTING)
    there = _meant(meant, weights)
    same = wanted(question, target)
    known = np.array([knows(form(word, source), source, target) for word in question.words], bool)
    kept = ~known[same.words] if len(same.words) else np.zeros(0, bool)
    return there.with_(same, kept & ~np.isin(same.terms, there.terms), 1.0)


def _tokens(question: Question, language: str) -> list[tuple[str, float]]:
    """Each token and the part of it that tells."""
    found: list[tuple[str, float]] = []
    for word, telling in zip(question.words, question.telling, strict=True):
        for token in tokens_of([word], language):
            at = word.folded.find(token) if folding.unspaced(word.folded) else 0
            flags = telling[at : at + len(token)] if folding.unspaced(word.folded) else telling
            found.append((token, LITTLE + (1 - LITTLE) * sum(flags) / max(len(flags), 1)))
    if language.partition("-")[0] == "vi":
        both = zip(pairwise(question.words), pairwise(question.telling), strict=True)
        found += [
            (f"{one.written} {other.written}", 1.0 if any(a) and any(b) else LITTLE) for (one, other), (a, b) in both
        ]
    return found


def _meant(meant: Mapping[str, float], weights: Weights) -> Wanted:
    spoken = {word: worth for word, worth in meant.items() if worth >= FAINTEST}
    return _best(_of_rows(row for n, one in enumerate(spoken.items()) for row in _translated(*one, n, weights)))


def _translated(text: str, worth: float, place: int, weights: Weights) -> Iterator[Row]:
    words = folding.words(text)
    folded = [terms.term(word.folded, terms.WORD) for word in words]
    if len(words) == 2:
        yield terms.pair(*folded), weights.pair * 2 * worth, place, False, False
    elif words and folding.unspaced(words[0].folded):
        cuts = terms.cuts(words[0].folded)
        whole = cuts.terms[cuts.lengths == len(words[0].folded)].tolist()
        yield from ((term, weights.crumb * worth, place, True, True) for term in whole)
    elif words:
        yield folded[0], weights.folded * worth, place, True, True
        yield terms.term(words[0].marked, terms.MARKED), weights.marked * worth, place, True, True
        crumbs = terms.cuts(f" {words[0].folded} ").terms.tolist()
        yield from ((term, weights.crumb * worth, place, False, False) for term in crumbs)

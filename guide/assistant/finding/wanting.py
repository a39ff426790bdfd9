"""A question as numbered terms, each with what it counts: telling words much, the words one asks with little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding.asking import Question
from guide.assistant.finding.crossing import crossed, form, knows, tokens_of
from guide.assistant.finding.cutting import Numbers, Places, spelled
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


def wanted(question: Question, language: str) -> Wanted:
    if not question.words:
        return NOTHING
    weights = BY_TONGUE.get(language.partition("-")[0], INFLECTING)
    rows = [*_words(question, weights), _letters(question, weights)]
    found, amounts, places, whole, telling = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.lexsort((-amounts, found))
    ordered = found[order]
    first = np.ones(len(order), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    kept = order[first]
    return Wanted(found[kept], amounts[kept], places[kept], whole[kept], telling[kept])


Flags = npt.NDArray[np.bool_]
Rows = tuple[Numbers, npt.NDArray[np.float64], Places, Flags, Flags]
NOTHING: Final = Wanted(
    np.zeros(0, np.uint32), np.zeros(0), np.zeros(0, np.intp), np.zeros(0, np.bool_), np.zeros(0, np.bool_)
)


def _words(question: Question, weights: Weights) -> list[Rows]:
    places = np.array([n for n, word in enumerate(question.words) if not folding.unspaced(word.folded)], np.intp)
    words = [question.words[place] for place in places]
    much = np.array([1.0 if any(question.telling[place]) else LITTLE for place in places])
    folded, marked = spelled(words)
    beside = np.flatnonzero(np.diff(places) == 1)
    pairs = terms.paired(folded[:-1], folded[1:])[beside] if len(places) > 1 else folded[:0]
    every, none = np.ones(len(places), bool), np.zeros(len(beside), bool)
    return [
        (folded, weights.folded * much, places, every, much == 1),
        (marked, weights.marked * much, places, every, much == 1),
        (pairs, weights.pair * (much[beside] + much[beside + 1]) / 2, places[beside], none, none),
    ]


def _letters(question: Question, weights: Weights) -> Rows:
    """Crumbs and pieces, each counting by the share of its letters that tell."""
    codes = terms.code_points(f" {' '.join(word.folded for word in question.words)} ")
    before, letters, owner = _running(question)
    cuts = [*terms.pieces(codes), terms.crumbs(codes)]
    found = np.concatenate([one.terms for one in cuts])
    starts = np.concatenate([one.starts for one in cuts])
    ends = starts + np.repeat([one.length for one in cuts], [len(one.terms) for one in cuts])
    share = (before[ends] - before[starts]) / np.maximum(letters[ends] - letters[starts], 1)
    amounts = weights.crumb * (LITTLE + (1 - LITTLE) * share)
    piece = np.arange(len(found)) < len(found) - len(cuts[-1].terms)
    return found, amounts, owner[starts], np.zeros(len(found), bool), piece & (share > HALF)


def _running(question: Question) -> tuple[Places, Places, Places]:
    """Up to each letter of the running text how many tell and how many are no spaces, and whose each letter is."""
    telling, owners, last = [0, 0], [0], len(question.words) - 1
    letters = [0, 0]
    for place, (word, flags) in enumerate(zip(question.words, question.telling, strict=True)):
        telling += [*flags, False]
        letters += [*[1] * len(word.folded), 0]
        owners += [*[place] * len(word.folded), min(place + 1, last)]
    return np.array(telling).cumsum(), np.array(letters).cumsum(), np.array(owners, np.intp)


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
    rows: list[tuple[int, float, int, bool]] = []
    for place, (text, worth) in enumerate(spoken.items()):
        words = folding.words(text)
        folded, marked = spelled(words)
        if len(words) == 2:
            rows.append((int(terms.paired(folded[:1], folded[1:])[0]), weights.pair * 2 * worth, place, False))
        elif words and folding.unspaced(words[0].folded):
            rows += [(term, weights.crumb * worth, place, True) for term in _piece(words[0].folded)]
        elif words:
            rows.append((int(folded[0]), weights.folded * worth, place, True))
            rows.append((int(marked[0]), weights.marked * worth, place, True))
            crumbs = terms.crumbs(terms.code_points(f" {words[0].folded} ")).terms.tolist()
            rows += [(crumb, weights.crumb * worth, place, False) for crumb in crumbs]
    rows.sort(key=lambda row: (row[0], -row[1]))
    kept = [row for n, row in enumerate(rows) if n == 0 or row[0] != rows[n - 1][0]]
    if not kept:
        return NOTHING
    found, amounts, places, whole = (np.array(column) for column in zip(*kept, strict=True))
    return Wanted(found.astype(np.uint32), amounts, places, whole, whole)


def _piece(text: str) -> list[int]:
    cuts = terms.pieces(terms.code_points(text))
    return [int(cut.terms[0]) for cut in cuts if cut.length == len(text) and len(cut.terms)]

"""What a visitor typed, and what was likely meant: slips of the keyboard are read kindly, known words are left alone.

A word that the museum's texts do not know is read, in this order, as Telex or VNI keystrokes ("ddaor"), as two words
run together ("condao"), or as a word with one slip ("Bcah") or a part of a longer one ("khoa").
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from guide.tours import folding, telex
from guide.tours.little_words import is_little
from guide.tours.vocabulary import Vocabulary

How = Literal["exact", "without-marks", "typo", "telex", "part"]

LONGEST_QUERY: Final = 500
MOST_SLIPS: Final = 8
MOST_READINGS: Final = 6
CREDIT: Final[dict[How, float]] = {"exact": 1.0, "telex": 0.9, "part": 0.7, "typo": 0.6}
LITTLE: Final = 0.1


@dataclass(frozen=True)
class Reading:
    """One way to understand a typed word: one folded word, or two that were run together."""

    words: tuple[str, ...]
    how: How
    marked: str | None = None


@dataclass(frozen=True)
class Typed:
    """`readings`: one of them is meant. `completions`: what a known word may still grow into while it is typed."""

    written: str
    readings: tuple[Reading, ...]
    completions: tuple[Reading, ...] = ()
    little: bool = False
    unspaced: bool = False

    @property
    def bare(self) -> bool:
        return self.readings[0].marked is None

    @property
    def best(self) -> str:
        return " ".join(self.readings[0].words)


Pair = tuple[str, str]
KnownPairs = Callable[[set[Pair]], set[Pair]]


def understood(query: str, vocabulary: Vocabulary, known_pairs: KnownPairs, language: str) -> list[Typed]:
    words = folding.words(query[:LONGEST_QUERY])
    if not words:
        return []
    candidates = _candidates(words, vocabulary, unfinished=bool(folding.pieces(query[-1:])))
    neighbours = _neighbours(words)
    pairs = {pair for near, found in zip(neighbours, candidates, strict=True) for pair in _pairs(near, found)}
    beside = known_pairs(pairs) if pairs else set()
    little = [is_little(word.written, language) for word in words]
    little = little if not all(little) else [False] * len(words)
    return [
        _typed(word, _likeliest(near, found, beside), word.folded in vocabulary.known, counts_little)
        for word, near, found, counts_little in zip(words, neighbours, candidates, little, strict=True)
    ]


def _candidates(words: list[folding.Word], vocabulary: Vocabulary, *, unfinished: bool) -> list[list[Reading]]:
    slips = MOST_SLIPS
    found: list[list[Reading]] = []
    for place, word in enumerate(words):
        growing = unfinished and place == len(words) - 1 and len(word.folded) > 1
        strange = word.folded not in vocabulary.known
        slips -= strange
        if folding.unspaced(word.folded) or slips < 0:
            found.append([])
        elif strange:
            found.append(_strange(word, vocabulary))
        else:
            found.append(_parts(word.folded, vocabulary, inside=False) if growing else [])
    return found


def _strange(word: folding.Word, vocabulary: Vocabulary) -> list[Reading]:
    meant = telex.untangled(word.written)
    if meant and (read := folding.words(meant)[0]).folded in vocabulary.known:
        return [Reading((read.folded,), "telex", read.marked if read.has_marks else None)]
    if not word.folded.isalpha():
        return _parts(word.folded, vocabulary, inside=False)
    joined = [Reading(pair, "part") for pair in vocabulary.two_in_one(word.folded)]
    slips = [Reading((near,), "typo") for near in vocabulary.one_slip_from(word.folded)]
    return [*joined, *_parts(word.folded, vocabulary, inside=True), *slips]


def _parts(part: str, vocabulary: Vocabulary, *, inside: bool) -> list[Reading]:
    return [Reading((whole,), "part") for whole in vocabulary.holding(part, inside=inside)]


def _neighbours(words: list[folding.Word]) -> list[Pair]:
    plain = [word.folded for word in words]
    return list(zip(["", *plain], [*plain[1:], ""], strict=False))


def _pairs(near: Pair, found: list[Reading]) -> set[Pair]:
    pairs = {(reading.words[0], reading.words[1]) for reading in found if len(reading.words) == 2}
    for reading in found:
        pairs |= {(near[0], reading.words[0]), (reading.words[-1], near[1])}
    return {(before, after) for before, after in pairs if before and after}


def _likeliest(near: Pair, found: list[Reading], known: set[Pair]) -> list[Reading]:
    """First what stands beside the same neighbours in the texts; two words in one only if they stand together."""
    sound = [reading for reading in found if len(reading.words) == 1 or reading.words in known]
    return sorted(sound, key=lambda reading: not _pairs(near, [reading]) & known)[:MOST_READINGS]


def _typed(word: folding.Word, likeliest: list[Reading], known: bool, little: bool) -> Typed:
    as_it_stands = Reading((word.folded,), "exact", word.marked if word.has_marks else None)
    unspaced = folding.unspaced(word.folded)
    if known or not likeliest:
        return Typed(word.written, (as_it_stands,), tuple(likeliest), little, unspaced)
    return Typed(word.written, tuple(likeliest), (), little, unspaced)

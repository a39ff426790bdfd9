"""Terms in plain Python: words, pairs, pieces and crumbs as in cutting.py, by their letters (see POCKET.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from guide.assistant.finding.asking import Question
from guide.tours import folding
from guide.tours.folding import IDEOGRAPHS, UNSPACED_LETTERS

Wanted = dict[str, tuple[float, int, bool]]


def cut(text: str) -> tuple[Counter[str], int]:
    """The terms of a text, and its length in letters."""
    words = folding.words(text)
    running = f" {' '.join(word.folded for word in words)} "
    found = Counter(term for term, _, _ in windows(running))
    for word in words:
        if not folding.unspaced(word.folded):
            found.update((f"w{word.folded}", f"m{word.marked}"))
    found.update(f"p{one.folded} {other.folded}" for one, other in _spaced_pairs(words))
    return found, max(len(running) - 2, 1)


def windows(running: str) -> Iterator[tuple[str, int, int]]:
    """Crumbs and pieces: a term, where it begins and how long it is."""
    scripts = [_script(letter) for letter in running]
    for script, lengths in (("i", (1, 2)), ("u", (3, 4)), ("c", (4,))):
        for length in lengths:
            for at in range(len(running) - length + 1):
                if all(one == script for one in scripts[at : at + length]):
                    yield script + running[at : at + length], at, length


def wanted(read: Question, rules: dict[str, Any]) -> Wanted:
    """Each term of a question with its weight, its word's place, and whether it tells."""
    weights, little, found = rules["weights"], rules["little"], Heaviest()
    much = [1.0 if any(telling) else little for telling in read.telling]
    for place, word in enumerate(read.words):
        if not folding.unspaced(word.folded):
            found.add(f"w{word.folded}", weights["folded"] * much[place], place, much[place] == 1)
            found.add(f"m{word.marked}", weights["marked"] * much[place], place, much[place] == 1)
    for place, (one, other) in enumerate(pairwise(read.words)):
        if not folding.unspaced(one.folded) and not folding.unspaced(other.folded):
            found.add(
                f"p{one.folded} {other.folded}", weights["pair"] * (much[place] + much[place + 1]) / 2, place, False
            )
    running = f" {' '.join(word.folded for word in read.words)} "
    flags = [False, *(flag for telling in read.telling for flag in (*telling, False))]
    places = [0, *(place for place, word in enumerate(read.words) for _ in range(len(word.folded) + 1))]
    for term, at, length in windows(running):
        letters = sum(letter != " " for letter in running[at : at + length])
        share = sum(flags[at : at + length]) / max(letters, 1)
        place = places[at] if running[at] != " " or at == 0 else places[at] + 1
        found.add(term, weights["crumb"] * (little + (1 - little) * share), place, term[0] != "c" and share > 0.5)
    return found.terms


class Heaviest:
    """A term that is wanted twice counts as its weightiest."""

    def __init__(self) -> None:
        self.terms: Wanted = {}

    def add(self, term: str, weight: float, place: int, telling: bool) -> None:
        if term not in self.terms or weight > self.terms[term][0]:
            self.terms[term] = (weight, place, telling)


def _spaced_pairs(words: Sequence[folding.Word]) -> Iterator[tuple[folding.Word, folding.Word]]:
    for one, other in pairwise(words):
        if not folding.unspaced(one.folded) and not folding.unspaced(other.folded):
            yield one, other


def _script(letter: str) -> str:
    code = ord(letter)
    if any(first <= code <= last for first, last in IDEOGRAPHS):
        return "i"
    return "u" if any(first <= code <= last for first, last in UNSPACED_LETTERS) else "c"

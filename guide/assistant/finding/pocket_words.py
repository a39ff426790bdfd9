"""Diacritics that were not typed, restored in plain Python from what the file for the pocket holds (see POCKET.md)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, Final

from guide.tours import folding
from guide.tours.vocabulary import Vocabulary

OF_THE_MUSEUM: Final = 25.0
UNSEEN: Final = 200.0
UNSEEN_SHARE: Final = 0.3
RAREST: Final = 0.3
MARKED_SHARE: Final = 0.3
A_SLIP: Final = 6.0
OTHER_MARKS: Final = 3.0
MOST_READINGS: Final = 24


class PocketWords:
    def __init__(self, told: dict[str, Any], texts: Sequence[str]) -> None:
        words = told["words"].split()
        rows = [[word.written for word in folding.words(text)] for text in texts]
        self.alone: defaultdict[str, float] = defaultdict(float)
        self.together: defaultdict[tuple[str, str], float] = defaultdict(float)
        for word, steps in zip(words, told["singles"], strict=True):
            self.alone[word] += 2 ** (steps / told["steps"])
        for key, steps in zip(accumulate(told["pairs"]), told["counts"], strict=True):
            self.together[words[key // len(words)], words[key % len(words)]] += 2 ** (steps / told["steps"])
        self.all = sum(self.alone.values())
        for row in rows:
            for word in row:
                self.alone[word] += OF_THE_MUSEUM
            for pair in pairwise(row):
                self.together[pair] += OF_THE_MUSEUM
            self.all += len(row) * OF_THE_MUSEUM
        self.alike: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.alone):
            self.alike[folding.word(folding.pieces(word)[0]).folded].append(word)
        self.vocabulary = Vocabulary(self.alike)

    def restored(self, words: Sequence[folding.Word]) -> list[str]:
        letters = [word for word in words if word.folded.isalpha()]
        share = sum(word.has_marks for word in letters) / max(len(letters), 1)
        cost = 0.0 if share == 0 else 1.5 if share < MARKED_SHARE else 6.0
        if share >= MARKED_SHARE and all(word.written in self.alone or word.written.isdigit() for word in words):
            return [word.written for word in words]
        columns = [self._readings(word, cost) for word in words]
        paths = [
            (math.log((RAREST + self.alone.get(word, 0.0)) / self.all) - cost, [word]) for word, cost in columns[0]
        ]
        for column in columns[1:]:
            paths = [self._best(paths, word, cost) for word, cost in column]
        return max(paths, key=lambda path: path[0])[1]

    def _best(self, paths: list[tuple[float, list[str]]], word: str, cost: float) -> tuple[float, list[str]]:
        score, before = max(((score + self._likely(said[-1], word), said) for score, said in paths), key=lambda p: p[0])
        return score - cost, [*before, word]

    def _likely(self, before: str, word: str) -> float:
        alone = RAREST + self.alone.get(before, 0.0)
        unseen = UNSEEN + UNSEEN_SHARE * alone
        imagined = unseen * (RAREST + self.alone.get(word, 0.0)) / self.all
        return math.log((self.together.get((before, word), 0.0) + imagined) / (alone + unseen))

    def _readings(self, word: folding.Word, cost: float) -> list[tuple[str, float]]:
        if word.written.isdigit() or folding.unspaced(word.folded) or (word.has_marks and word.written in self.alone):
            return [(word.written, 0.0)]
        if alike := self.alike.get(word.folded):
            other = OTHER_MARKS if word.has_marks else cost
            return [(one, 0.0 if one == word.written else other) for one in alike]
        slips = self.vocabulary.one_slip_from(word.folded) if len(word.folded) > 1 else []
        meant = sorted((one for slip in slips for one in self.alike[slip]), key=lambda one: -self.alone.get(one, 0.0))
        return [(word.written, A_SLIP), *((one, A_SLIP) for one in meant[:MOST_READINGS])]

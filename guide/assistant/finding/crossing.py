"""A question in one language, texts in another: what its words are likely to be there.

A table tells of each word which words translators put in its place, and how often. Names and numbers stand for
themselves in every language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding import arrays
from guide.language import base
from guide.tours import folding

THROUGH: Final = "en"
"""There is a table between English and each other language; two others meet in English."""
FULL: Final = 255
OF_ONE_SYLLABLE: Final = 0.5
"""Where two syllables are one word, each by itself counts for less."""
PIECES: Final = {"zh": (1, 2), "ja": (1, 2), "ko": (2, 3), "th": (3, 4)}


@dataclass(frozen=True)
class Table:
    places: Mapping[str, int]
    meanings: Sequence[str]
    offsets: npt.NDArray[np.uint32]
    targets: npt.NDArray[np.uint16]
    chances: npt.NDArray[np.uint8]

    def of(self, word: str) -> dict[str, float]:
        place = self.places.get(word)
        if place is None:
            return {}
        span = slice(int(self.offsets[place]), int(self.offsets[place + 1]))
        said = zip(self.targets[span].tolist(), self.chances[span].tolist(), strict=True)
        return {self.meanings[target]: chance / FULL for target, chance in said}


def tokens(text: str, language: str) -> list[str]:
    """What translators' words are counted by: words, in Vietnamese also two syllables, pieces where words run on."""
    return tokens_of(folding.words(text), language)


def tokens_of(words: Sequence[folding.Word], language: str) -> list[str]:
    found: list[str] = []
    for word in words:
        if folding.unspaced(word.folded):
            lengths = PIECES.get(base(language), (1, 2))
            found += [
                word.folded[at : at + length] for length in lengths for at in range(len(word.folded) - length + 1)
            ]
        else:
            found.append(form(word, language))
    if base(language) == "vi":
        found += [f"{one} {other}" for one, other in pairwise([form(word, language) for word in words])]
    return found


def form(word: folding.Word, language: str) -> str:
    return word.written if base(language) == "vi" else word.folded


def crossed(weights: Mapping[str, float], source: str, target: str) -> dict[str, float]:
    """Weights of words in one language, as weights of words in another."""
    steps = [(base(source), base(target))]
    if THROUGH not in steps[0]:
        steps = [(base(source), THROUGH), (THROUGH, base(target))]
    for step in steps:
        table = table_of(*step)
        if table is None:
            return {}
        weights = _through(table, weights)
    return dict(weights)


def knows(word: str, source: str, target: str) -> bool:
    table = table_of(base(source), base(target) if base(source) == THROUGH else THROUGH)
    return table is not None and word in table.places


def writes(word: str, language: str) -> bool:
    """Have translators met this word of the language?"""
    table = table_of(base(language), THROUGH if base(language) != THROUGH else "vi")
    return table is not None and word in table.places


def _through(table: Table, weights: Mapping[str, float]) -> dict[str, float]:
    meant: dict[str, float] = defaultdict(float)
    together = {one for word in weights if " " in word and word in table.places for one in word.split()}
    for word, weight in weights.items():
        part = OF_ONE_SYLLABLE if word in together else 1.0
        for other, chance in table.of(word).items():
            meant[other] += weight * chance * part
    return meant


@cache
def table_of(source: str, target: str) -> Table | None:
    path = Path(__file__).with_name("tables") / f"{source}-{target}.bin"
    if not path.exists():
        return None
    read = arrays.read(path)
    words = read.told["from"].split("\n")
    named = read.named
    return Table(
        {word: place for place, word in enumerate(words)},
        read.told["to"].split("\n"),
        named["offsets"],
        named["meanings"],
        named["chances"],
    )

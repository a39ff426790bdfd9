"""A matter in words that no list has: “mấy h đóng cửa vậy bn” is asked as “Mấy giờ đóng cửa?” is.

Words, pairs and threes of them and crumbs of letters are weighed once for each matter and once for everything else;
and, where a model understands the question, so is its vector. The weights were learnt from thousands of questions as
visitors put them (`bench/training/matters.py`): of words in two languages, of vectors for one model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from guide.assistant.finding import arrays
from guide.language import base
from guide.tours.folding import folded

TABLE: Final = Path(__file__).with_name("resembling.bin")
NOTHING: Final = ""
"""What is no matter: the museum's own texts answer it, or nobody."""
LIKELY: Final = 0.1
"""Resembling a matter so much more than none at all, it may be one."""
SURE, SURE_BY_ONE = 0.2, 0.3
"""By so much it is one, whatever the museum's texts may hold; further where words alone say so, or the vector alone."""
FAR: Final = 0.2
"""By its words so far from every matter, a question was never seen to be surely one by its vector."""
LANGUAGES: Final = ("vi", "en")
PLACES: Final = 1 << 14
"""What has the same place in the table counts the same; with so many few that matter meet."""
CRUMBS: Final = (4, 5)
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    topic: str
    sure: bool


@dataclass(frozen=True)
class Learnt:
    topics: tuple[str, ...]
    of_words: npt.NDArray[np.int8]
    steps: Scores
    """What one step of `of_words` is worth, for each topic."""
    model: str
    of_vectors: Scores
    constants: Scores

    def by_words(self, question: str) -> Scores:
        found = places(question)
        scores: Scores = self.of_words[found].sum(axis=0) * self.steps / np.sqrt(max(len(found), 1))
        return scores

    def by_vectors(self, readings: Sequence[Scores]) -> Scores:
        scores: Scores = np.mean(readings, axis=0) @ self.of_vectors + self.constants
        return scores


def far(question: str, language: str) -> bool:
    """Is it so unlike any matter by its words alone that its vector need not be known?"""
    return base(language) in LANGUAGES and _ahead(_by_words(question))[1] <= -FAR


def likeness(question: str, language: str, readings: Sequence[Scores] = (), model: str = "") -> Likeness | None:
    """The matter that a question resembles most, if any; `readings` are its vectors, as typed and as understood."""
    known = learnt()
    told = [_by_words(question)] if base(language) in LANGUAGES else []
    told += [known.by_vectors(readings)] if model == known.model and readings else []
    if not told:
        return None
    topic, ahead = _ahead(np.mean(told, axis=0))
    return Likeness(topic, ahead >= (SURE if len(told) > 1 else SURE_BY_ONE)) if ahead >= LIKELY else None


@lru_cache(1)
def _by_words(question: str) -> Scores:
    """Looked at twice: whether the vector need be known, and together with it."""
    return learnt().by_words(question)


def _ahead(scores: Scores) -> tuple[str, float]:
    """The likeliest matter, and by how much it is likelier than none."""
    told = dict(zip(learnt().topics, scores.tolist(), strict=True))
    nothing = told.pop(NOTHING)
    topic = max(told, key=told.__getitem__)
    return topic, told[topic] - nothing


def places(question: str) -> list[int]:
    """Where in the table a question's words and crumbs stand."""
    text = folded(question)
    words, running = text.split(), f" {text} "
    found = {f"1{word}" for word in words}
    found |= {f"2{one} {other}" for one, other in pairwise(words)}
    found |= {f"3{' '.join(three)}" for three in zip(words, words[1:], words[2:], strict=False)}
    found |= {running[start : start + long] for long in CRUMBS for start in range(len(running) - long + 1)}
    return sorted({crc32(one.encode()) % PLACES for one in found})


@cache
def learnt() -> Learnt:
    read = arrays.read(TABLE)
    topics, named = tuple(read.told["topics"]), read.named
    of_vectors = named["of_vectors"].astype(np.float32).reshape(-1, len(topics))
    of_words = named["of_words"].reshape(PLACES, len(topics))
    return Learnt(topics, of_words, named["steps"], read.told["model"], of_vectors, named["constants"])

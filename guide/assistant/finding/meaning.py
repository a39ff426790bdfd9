"""Finding by meaning: which passages and rows lie close to a question, and how close, where a model understands it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from guide.assistant import vectors as embeds
from guide.assistant.finding.cutting import Places
from guide.assistant.finding.lexical import Scores
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.segments import NAMES
from guide.assistant.vectors import Text, Vectors, Within

Matrix = npt.NDArray[np.float32]
NEAREST: Final = 128
"""Texts of which the passages are looked at, whatever their words are."""


class Understands(Protocol):
    """A model that puts texts beside one another by what they mean."""

    @property
    def model(self) -> str: ...

    def embed_queries(self, texts: Sequence[str], /) -> Matrix: ...


class Embeds(Understands, embeds.Embeds, Protocol):
    """A model that can also place the museum's own texts."""


class Holds(Protocol):
    """Vectors of texts, kept in their order."""

    def __len__(self) -> int: ...
    def nearest(self, vector: Matrix, count: int, /) -> Places: ...
    def cosines(self, vector: Matrix, places: Places, /) -> Matrix: ...


@dataclass(frozen=True)
class Near:
    """How close to a question those passages and rows lie that were looked at; of the others it says nothing."""

    vector: Matrix
    passages: Scores
    rows: Scores


@dataclass(frozen=True)
class Meaning:
    """A text for every passage as a whole and two for every row; what is said twice is held once."""

    embedder: Understands
    vectors: Holds
    passages: Places
    rows: Places
    within: Places
    """Of each row as it is meant where it stands; looked at when it may be quoted."""

    def nearest(self, vector: Matrix) -> tuple[Places, Places]:
        """The passages, and the rows, whose texts lie nearest of all."""
        near = np.zeros(len(self.vectors), bool)
        near[self.vectors.nearest(vector, NEAREST)] = True
        return np.flatnonzero(near[self.passages]), np.flatnonzero(near[self.rows])

    def near(self, vector: Matrix, passages: Places, rows: Places) -> Near:
        near = Near(vector, np.zeros(len(self.passages)), np.zeros(len(self.rows)))
        near.passages[passages] = self.vectors.cosines(vector, self.passages[passages])
        near.rows[rows] = self.vectors.cosines(vector, self.rows[rows])
        return near

    def within_of_rows(self, vector: Matrix, rows: Places) -> Scores:
        return self.vectors.cosines(vector, self.within[rows]).astype(np.float64)

    def vector(self, question: str) -> Matrix:
        vector: Matrix = self.embedder.embed_queries([question])[0]
        return vector


def meaning_of(rows: Rows, embedder: Embeds, kept: Path) -> Meaning:
    texts, *at = texts_to_embed(rows)
    return Meaning(embedder, Vectors.build(texts, embedder, kept), *at)


def texts_to_embed(rows: Rows) -> tuple[list[Text], Places, Places, Places]:
    """Each text once, and which of them each passage has, each row alone and each row where it stands."""
    places: dict[Text, int] = {}
    texts, numbers = list(rows.texts()), rows.numbers.tolist()
    spans = list(pairwise(rows.firsts.tolist()))
    told = [told_of(list(zip(numbers[a:b], texts[a:b], strict=True))) for a, b in spans]
    at_passages = _at(places, (" ".join(parts) for parts in told))
    # other names are found by their letters; by meaning they would only blur
    alone = ["" if number == NAMES else text for number, text in zip(numbers, texts, strict=True)]
    at_rows = _at(places, alone)
    standing = [_standing(numbers[a:b], alone[a:b], parts) for (a, b), parts in zip(spans, told, strict=True)]
    within = _at(places, chain.from_iterable(standing))
    return list(places), at_passages, at_rows, within


def _at(places: dict[Text, int], texts: Iterable[Text]) -> Places:
    """Where each text stands among all; a new one comes last."""
    return np.array([places.setdefault(text, len(places)) for text in texts], np.intp)


def _standing(numbers: Sequence[int], alone: Sequence[str], parts: tuple[str, ...]) -> Iterator[Text]:
    """Sentences as parts of what the passage tells; a title and other names have nothing around them."""
    said = sum(number > 0 for number in numbers)
    places = iter(range(len(parts) - said, len(parts)))
    for number, text in zip(numbers, alone, strict=True):
        yield Within(parts, next(places)) if number > 0 else text


def told_of(rows: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """A passage's title where that says more, and its sentences; a stop without sentences has its title for one."""
    title = next((text for number, text in rows if number == 0), "")
    said = tuple(text for number, text in rows if number > 0) or (title,)
    return (f"{title}.", *said) if telling(title) and title not in " ".join(said) else said


def telling(title: str) -> bool:
    """A title that is only a number or a mark says nothing."""
    return any(word.isalpha() for word in title.split())

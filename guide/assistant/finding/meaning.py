"""Finding by meaning: how close a question lies to each passage and each row, where a model understands it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from guide.assistant import vectors as embeds
from guide.assistant.finding.cutting import Places
from guide.assistant.finding.lexical import Scores
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.segments import NAMES
from guide.assistant.vectors import Vectors

Matrix = npt.NDArray[np.float32]


class Understands(Protocol):
    """A model that puts texts beside one another by what they mean."""

    @property
    def model(self) -> str: ...

    def embed_queries(self, texts: Sequence[str], /) -> Matrix: ...


class Embeds(Understands, embeds.Embeds, Protocol):
    """A model that can also place the museum's own texts."""


class Holds(Protocol):
    """Vectors of texts, kept in their order."""

    def cosines(self, vector: Matrix, /) -> Matrix: ...


@dataclass(frozen=True)
class Meaning:
    """A text for every passage as a whole and one for every row; what is said twice is held once."""

    embedder: Understands
    vectors: Holds
    passages: Places
    rows: Places

    def near(self, question: str) -> tuple[Scores, Scores]:
        cosines = self.vectors.cosines(self.vector(question)).astype(np.float64)
        return cosines[self.passages], cosines[self.rows]

    def vector(self, question: str) -> Matrix:
        vector: Matrix = self.embedder.embed_queries([question])[0]
        return vector


def meaning_of(rows: Rows, embedder: Embeds, kept: Path) -> Meaning:
    texts, at_passages, at_rows = texts_to_embed(rows)
    keys = [str(place) for place in range(len(texts))]
    return Meaning(embedder, Vectors.build(keys, texts, embedder, kept), at_passages, at_rows)


def texts_to_embed(rows: Rows) -> tuple[list[str], Places, Places]:
    """Each text once, and which of them each passage and each row has."""
    places: dict[str, int] = {}
    texts, numbers = list(rows.texts()), rows.numbers.tolist()
    spans = pairwise(rows.firsts.tolist())
    wholes = [whole_text(list(zip(numbers[a:b], texts[a:b], strict=True))) for a, b in spans]
    at_passages = [places.setdefault(text, len(places)) for text in wholes]
    # other names are found by their letters; by meaning they would only blur
    named = ("" if number == NAMES else text for number, text in zip(numbers, texts, strict=True))
    at_rows = [places.setdefault(text, len(places)) for text in named]
    return list(places), np.array(at_passages, np.intp), np.array(at_rows, np.intp)


def whole_text(rows: Sequence[tuple[int, str]]) -> str:
    """A passage's sentences, and its title where that says more; a stop without sentences has its title for one."""
    title = next((text for number, text in rows if number == 0), "")
    said = " ".join(text for number, text in rows if number > 0) or title
    return f"{title}. {said}" if telling(title) and title not in said else said


def telling(title: str) -> bool:
    """A title that is only a number or a mark says nothing."""
    return any(word.isalpha() for word in title.split())

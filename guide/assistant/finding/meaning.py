"""Finding by meaning: how close a question lies to each passage and each row, where a model understands it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from guide.assistant import vectors as embeds
from guide.assistant.finding.cutting import Places
from guide.assistant.finding.lexical import Scores
from guide.assistant.finding.rows import NAMES, texts_of
from guide.assistant.passages import Passage
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
        cosines = self.vectors.cosines(self.embedder.embed_queries([question])[0]).astype(np.float64)
        return cosines[self.passages], cosines[self.rows]


def meaning_of(passages: Sequence[Passage], embedder: Embeds, kept: Path) -> Meaning:
    texts, at_passages, at_rows = texts_to_embed(passages)
    keys = [str(place) for place in range(len(texts))]
    return Meaning(embedder, Vectors.build(keys, texts, embedder, kept), at_passages, at_rows)


def texts_to_embed(passages: Sequence[Passage]) -> tuple[list[str], Places, Places]:
    """Each text once, and which of them each passage and each row has."""
    places: dict[str, int] = {}
    at_passages = [places.setdefault(whole_text(passage), len(places)) for passage in passages]
    at_rows = [places.setdefault(text, len(places)) for text in row_texts(passages)]
    return list(places), np.array(at_passages, np.intp), np.array(at_rows, np.intp)


def whole_text(passage: Passage) -> str:
    said = " ".join(sentence.text for sentence in passage.sentences)
    return f"{passage.title}. {said}" if telling(passage.title) and passage.title not in said else said


def telling(title: str) -> bool:
    """A title that is only a number or a mark says nothing."""
    return any(word.isalpha() for word in title.split())


def row_texts(passages: Sequence[Passage]) -> list[str]:
    """Other names are found by their letters; by meaning they would only blur."""
    return [text if number != NAMES else "" for passage in passages for number, text in texts_of(passage)]

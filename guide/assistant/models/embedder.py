"""What a question means, as a vector: questions and passages that mean the same lie close together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from guide.assistant.models import about as sheet
from guide.assistant.models.about import About
from guide.assistant.vectors import Text, Within

if TYPE_CHECKING:
    from guide.assistant.models.onnx_model import OnnxModel

Vectors = npt.NDArray[np.float32]
AT_HAND: Final = 32
"""Questions that were just asked: where one language does not answer, the others are asked the same."""


class Embedder:
    """Opened at once, loaded when first asked: a server whose visitors only listen carries no model.

    Any number of threads may ask; each text is asked alone, so that a vector depends on nothing but its text.
    """

    def __init__(self, folder: Path, about: About) -> None:
        self.about = about
        self.folder = folder
        self._turn = threading.Lock()
        self._model: OnnxModel | None = None
        self._query = lru_cache(AT_HAND)(self._embed_query)

    @classmethod
    def open(cls, folder: Path) -> Embedder:
        return cls(folder, sheet.read(folder))

    @property
    def model(self) -> str:
        """The model's hash: vectors of another model cannot be compared with these."""
        return self.about.model

    @property
    def dimensions(self) -> int:
        return self.about.dimensions

    def trusts(self, language: str) -> bool:
        return self.about.trusts(language)

    def reading(self, question: str) -> AbstractContextManager[object]:
        """Reads it meanwhile, though it may not be needed after all: for that no model is loaded."""
        return self._model.reading(self.about.before_query + question) if self._model else nullcontext()

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._query(text) for text in texts])

    def embed_passages(self, texts: Sequence[Text]) -> Vectors:
        """A part of a text is read with what is said around it, where the model tells how; else alone."""
        vectors = [self._within(text) if isinstance(text, Within) else self._passage(text) for text in texts]
        return np.array(vectors, np.float32).reshape(len(texts), self.dimensions)

    def _within(self, text: Within) -> Vectors:
        there = self._loaded().within(self.about.before_passage, text.parts)[text.nth]
        return self._passage(text.part) if there is None else there

    def _passage(self, text: str) -> Vectors:
        return self._embed(self.about.before_passage, text)

    def _embed_query(self, text: str) -> Vectors:
        return self._embed(self.about.before_query, text)

    def _embed(self, before: str, text: str) -> Vectors:
        """A text of blanks is like nothing: zeros."""
        return self._loaded().vector(before + text) if text.strip() else np.zeros(self.dimensions, np.float32)

    def _loaded(self) -> OnnxModel:
        if self._model is None:
            with self._turn:
                self._model = self._model or self._load()
        return self._model

    def _load(self) -> OnnxModel:
        from guide.assistant.models.onnx_model import OnnxModel

        return OnnxModel(self.folder, self.about.longest)

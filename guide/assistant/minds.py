"""What the assistant has in mind of a museum: its passages in one language, and how to find what in them.

Words are looked up at once. Meaning takes a while to learn (a model reads every sentence), so it is learnt behind and
joins when it is whole; when another model is put in use, the one before answers until then.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from guide.assistant.passages import Passage, passages_of
from guide.tours.catalogue import Museum
from guide.tours.folding import folded, words
from guide.work import Work

if TYPE_CHECKING:
    from guide.assistant.finding.retrieval import Retrieval
    from guide.assistant.models.embedder import Embedder

MOST = 40
"""Museums and languages in mind at once."""
NO_MODEL = ""


@dataclass(frozen=True)
class Mind:
    edition: str
    language: str
    model: str
    """Whose understanding of meaning it has; none where it knows words alone."""
    passages: tuple[Passage, ...]
    retrieval: Retrieval

    @cached_property
    def by_key(self) -> Mapping[str, Passage]:
        return {passage.key: passage for passage in self.passages}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        texts = (text for passage in self.passages for text in (passage.title, *passage.names))
        said = (sentence.text for passage in self.passages for sentence in passage.sentences)
        return frozenset(word.folded for text in (*texts, *said) for word in words(text))

    def knows(self, name: str) -> bool:
        return all(word in self.vocabulary for word in folded(name).split())


class Minds:
    """One for each museum and language; always of the edition that is shown."""

    def __init__(self, home: Path, work: Work) -> None:
        self._home = home
        self._work = work
        self._minds: OrderedDict[tuple[str, str], Mind] = OrderedDict()
        self._lock = threading.Lock()
        self._embedder: Embedder | None = None

    def of(self, museum: Museum, language: str) -> Mind:
        """At once; what it does not understand yet is learnt behind."""
        mind = self._minds.get((museum.slug, language))
        if mind is None or mind.edition != museum.edition:
            mind = self._keep(museum, self._made(museum, language, None))
        if mind.model != self._model(language):
            self._work.behind(f"mind {museum.slug} {language} {museum.edition}", partial(self._learn, museum, language))
        return mind

    def ready(self, museum: Museum, language: str) -> Mind:
        """Now, with all that it can understand."""
        if self.of(museum, language).model != self._model(language):
            self._learn(museum, language)
        return self.of(museum, language)

    def prepare(self, museum: Museum) -> None:
        """What an edition will be asked with is made before it is shown: then every process finds it ready."""
        for language in museum.sheet.languages:
            self._made(museum, language, self._understanding(language))

    def learn_behind(self, museums: Iterable[Museum]) -> None:
        """Where no model is in use there is nothing to learn."""
        for museum in museums:
            for language in filter(self._model, museum.sheet.languages):
                self._work.behind(
                    f"mind {museum.slug} {language} {museum.edition}", partial(self._learn, museum, language)
                )

    def _learn(self, museum: Museum, language: str) -> None:
        self._keep(museum, self._made(museum, language, self._understanding(language)))

    def _keep(self, museum: Museum, mind: Mind) -> Mind:
        with self._lock:
            self._minds[museum.slug, mind.language] = mind
            self._minds.move_to_end((museum.slug, mind.language))
            while len(self._minds) > MOST:
                self._minds.popitem(last=False)
        return mind

    def _made(self, museum: Museum, language: str, embedder: Embedder | None) -> Mind:
        # numpy is heavy, and a server that nobody asks does without it
        from guide.assistant.finding.meaning import meaning_of
        from guide.assistant.finding.retrieval import Retrieval

        passages = passages_of(museum, language)
        kept = self._home / "indexes" / "assistant" / museum.slug / language
        meaning = meaning_of(passages, embedder, kept / "meaning") if embedder and passages else None
        retrieval = Retrieval.build(passages, meaning, kept / "words")
        return Mind(museum.edition, language, embedder.model if embedder else NO_MODEL, passages, retrieval)

    def _model(self, language: str) -> str:
        embedder = self._understanding(language)
        return embedder.model if embedder else NO_MODEL

    def _understanding(self, language: str) -> Embedder | None:
        """The model in use, if it is trusted in this language; looked up each time, since an operator may change it."""
        from guide.assistant.models.about import chosen
        from guide.assistant.models.embedder import Embedder

        folder = chosen(self._home / "models")
        if folder is None:
            return None
        if self._embedder is None or self._embedder.folder != folder:
            self._embedder = Embedder.open(folder)
        return self._embedder if self._embedder.trusts(language) else None

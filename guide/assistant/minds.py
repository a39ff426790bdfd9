"""What the assistant has in mind of a museum: its passages in one language, and how to find what in them.

Words are looked up at once. Meaning takes a while to learn (a model reads every sentence), so it is learnt behind and
joins when it is whole; when another model is put in use, the one before answers until then.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from guide.assistant.passages import Passage
from guide.assistant.quoting import Quotable
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
    passages: Sequence[Passage]
    retrieval: Retrieval

    def passage(self, key: str) -> Passage:
        return self.passages[self.retrieval.rows.places[key]]

    def stop(self, key: str) -> str | None:
        """Whose passage it is."""
        rows = self.retrieval.rows
        group, _ = rows.group_of(rows.places[key])
        return rows.groups[group].stop

    def around(self, stops: Iterable[str | None]) -> Iterator[Passage]:
        """All that is told of these stops."""
        rows = self.retrieval.rows
        groups = {rows.by_stop[stop] for stop in stops if stop and stop in rows.by_stop}
        return (self.passages[place] for group in sorted(groups) for place in rows.of_group(group))

    @cached_property
    def beside(self) -> Sequence[Passage]:
        """What is said of the museum itself, and of no stop."""
        rows = self.retrieval.rows
        groups = [place for place, group in enumerate(rows.groups) if group.stop is None]
        return tuple(self.passages[place] for group in groups for place in rows.of_group(group))

    def tells(self, stop: str) -> bool:
        """Has the stop a text of its own in this language?"""
        rows = self.retrieval.rows
        return stop in rows.by_stop and rows.groups[rows.by_stop[stop]].told

    @cached_property
    def tells_all(self) -> bool:
        return all(group.told for group in self.retrieval.rows.groups if group.stop)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        written = {word for segment in self.retrieval.rows.segments for word in segment.words}
        return frozenset(word.folded for one in written for word in words(one))

    def knows(self, name: str) -> bool:
        return all(word in self.vocabulary for word in folded(name).split())

    def has(self, words: str) -> bool:
        """One word, however it is written; a title with a name as they stand side by side, or all without marks."""
        title, _, name = unicodedata.normalize("NFC", words).partition(" ")
        if not name:
            return self.knows(title)
        there = re.compile(rf"\b(?i:{re.escape(title)})\s+{re.escape(name)}\b")
        read = unmarked if words == unmarked(words) else str
        return any(there.search(read(text)) for text in self.retrieval.texts_with(words))


def unmarked(text: str) -> str:
    """Without diacritics, its capitals kept."""
    apart = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


class Minds:
    """One for each museum and language; always of the edition that is shown."""

    def __init__(self, home: Path, work: Work) -> None:
        self._home = home
        self._work = work
        self._minds: OrderedDict[tuple[str, str], Mind] = OrderedDict()
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._embedder: Embedder | None = None

    def of(self, museum: Museum, language: str) -> Mind:
        """At once; what it does not understand yet is learnt behind."""
        mind = self._of_words(museum, language)
        if mind.model != self._model(language):
            self._work.behind(f"mind {museum.slug} {language} {museum.edition}", partial(self._learn, museum, language))
        return mind

    def reading(self, museum: Museum, language: str, question: str) -> AbstractContextManager[object]:
        """What a question means is found out while its words are looked up."""
        understood = self.of(museum, language).retrieval.meaning is not None
        return self._embedder.reading(question) if understood and self._embedder else nullcontext()

    def words_of(self, museum: Museum, language: str) -> Mind:
        """Whatever else it may understand by now, it has these passages."""
        return self._of_words(museum, language)

    def ready(self, museum: Museum, language: str) -> Mind:
        """Now, with all that it can understand."""
        if self.of(museum, language).model != self._model(language):
            self._learn(museum, language)
        return self.of(museum, language)

    def prepare(self, museum: Museum) -> None:
        """What an edition will be asked with is made before it is shown: then every process finds it ready."""
        from guide.assistant.indexing import derive

        for language in museum.sheet.languages:
            if embedder := self._understanding(language):
                self._learnt(museum, self._made(museum, language), embedder)
            else:
                derive(museum, language, self._kept(museum, language) / "words")

    def learn_behind(self, museums: Iterable[Museum]) -> None:
        """Where no model is in use there is nothing to learn."""
        for museum in museums:
            for language in filter(self._model, museum.sheet.languages):
                self._work.behind(
                    f"mind {museum.slug} {language} {museum.edition}", partial(self._learn, museum, language)
                )

    def _of_words(self, museum: Museum, language: str) -> Mind:
        """As it is in mind, or made by the first who asks."""
        if mind := self._in_mind(museum, language):
            return mind
        with self._opening:
            return self._in_mind(museum, language) or self._keep(museum, self._made(museum, language))

    def _in_mind(self, museum: Museum, language: str) -> Mind | None:
        mind = self._minds.get((museum.slug, language))
        return mind if mind and mind.edition == museum.edition else None

    def _learn(self, museum: Museum, language: str) -> None:
        mind = self._of_words(museum, language)
        self._keep(museum, self._learnt(museum, mind, self._understanding(language)))

    def _keep(self, museum: Museum, mind: Mind) -> Mind:
        with self._lock:
            self._minds[museum.slug, mind.language] = mind
            self._minds.move_to_end((museum.slug, mind.language))
            while len(self._minds) > MOST:
                self._minds.popitem(last=False)
        return mind

    def _made(self, museum: Museum, language: str) -> Mind:
        # numpy is heavy, and a server that nobody asks does without it
        from guide.assistant.finding.retrieval import Retrieval
        from guide.assistant.indexing import opened

        rows, lexical = opened(museum, language, self._kept(museum, language) / "words")
        retrieval = Retrieval(rows, lexical, language)
        return Mind(museum.edition, language, NO_MODEL, Quotable(museum, language, rows), retrieval)

    def _learnt(self, museum: Museum, mind: Mind, embedder: Embedder | None) -> Mind:
        """The same mind, with what a model understands of its passages."""
        from guide.assistant.finding.meaning import meaning_of

        rows, kept = mind.retrieval.rows, self._kept(museum, mind.language) / "meaning"
        meaning = meaning_of(rows, embedder, kept) if embedder and rows.count else None
        model = embedder.model if embedder else NO_MODEL
        return replace(mind, model=model, retrieval=mind.retrieval.understanding(meaning))

    def _kept(self, museum: Museum, language: str) -> Path:
        return self._home / "indexes" / "assistant" / museum.slug / language

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

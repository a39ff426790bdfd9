"""Finding what answers: by words and by meaning, first the passages, then the sentences, and how sure that is.

Scores are shares of what is asked for, never ranks: they can be added, compared between questions, and be too low.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from guide.assistant.finding import asking, following, holding, ranking
from guide.assistant.finding.confidence import Sure, clear, evidence, sureness
from guide.assistant.finding.cutting import Places
from guide.assistant.finding.lexical import Lexical, Scores
from guide.assistant.finding.meaning import Meaning
from guide.assistant.finding.restoring import LANGUAGE as RESTORED
from guide.assistant.finding.restoring import Neighbours, Restorer
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.seeking import LEAST, Read, Sought, Weighed
from guide.assistant.finding.segments import Group, Segment
from guide.assistant.finding.showing import as_typed, shown
from guide.assistant.finding.signs import Signs, fit
from guide.assistant.finding.spelling import ENDINGS, Speller
from guide.assistant.finding.wanting import wanted, wanted_across
from guide.assistant.passages import Passage
from guide.language import base
from guide.tours import folding
from guide.tours.terms import WORD, pair, term

BEST_SENTENCE: Final = 0.4
MEANING: Final = 6.0
"""Cosines of questions and passages differ little: from 0.7 to 0.9."""
MEANING_ACROSS: Final = {frozenset(("vi", "en")): 10.0}
MEANING_ACROSS_OTHERS: Final = 24.0
"""Between languages words tell less, least where few translations were to be learnt from."""
TOLD_BY_WORDS: Final = ({"vi"}, {"en"})
"""Where questions were seen to be answered as well by words alone, if these are clear."""
LOOKED_AT: Final = 12
QUOTED_FROM: Final = 6
LIKELY: Final = 60
"""Passages that are looked at for their words, whatever they mean."""
BLOCK: Final = 64


@dataclass(frozen=True)
class Found:
    """Best first. `confidence` is from 0 to 1, and from `threshold` on it is sure enough to answer."""

    stops: tuple[tuple[str, float], ...]
    passages: tuple[tuple[str, float], ...]
    sentences: tuple[tuple[str, int, float], ...]
    confidence: float
    threshold: float
    understood: str | None


class Judged(NamedTuple):
    weighed: Weighed
    sentences: ranking.Ranked
    sure: Sure


class Retrieval:
    """One museum's passages in one language."""

    def __init__(self, rows: Rows, lexical: Lexical, language: str, meaning: Meaning | None = None) -> None:
        self.language = language
        self.rows = rows
        self.lexical = lexical
        self.meaning = meaning
        self._restorer: Restorer | None = None
        self._signs: dict[int, Signs] = {}
        self._quotable = (rows.numbers > 0).astype(float)

    @classmethod
    def build(cls, passages: Sequence[Passage], meaning: Meaning | None = None) -> Retrieval:
        """Of passages alone, without an edition."""
        rows = rows_of(passages)
        return cls(rows, Lexical.build(rows), passages[0].language if passages else "", meaning)

    def understanding(self, meaning: Meaning | None) -> Retrieval:
        """By meaning too: the model may be ready later than the words are."""
        return Retrieval(self.rows, self.lexical, self.language, meaning)

    def find(
        self, question: str, language: str, here: str | None = None, previous: Sequence[str] = (), k: int = 10
    ) -> Found:
        if not self.rows.count:
            return Found((), (), (), 0.0, 1.0, None)
        read = self.read(question, language, here, previous)
        weighed, sentences, sure = self._judged(read)
        return Found(
            self._stops_of(weighed),
            tuple((self.rows.keys[place], float(weighed.scores[place])) for place in weighed.best[:k].tolist()),
            tuple((self.rows.keys[one.place], one.number, score) for one, score in sentences[:k]),
            sure.confidence,
            sure.threshold,
            read.understood,
        )

    def read(self, question: str, language: str, here: str | None = None, previous: Sequence[str] = ()) -> Read:
        asked, text, understood = self._understood(question, language)
        sought = self._sought(asked, language)
        before = following.borrowed(asked, sought.said, previous)
        if before:
            earlier, before_text, _ = self._understood(before, language)
            sought = self._joined(sought, self._sought(earlier, language))
            text = f"{before_text} {text}"
        shares = self.lexical.scores(sought.gains / sought.mass, sought.starts, sought.counts)
        return Read(asked, language, text, understood, here, sought, shares, _highest(shares, LIKELY))

    def weigh(self, read: Read, meaning: Meaning | None) -> Weighed:
        """By its words, and by what it means where a model is given."""
        scores, among, near = read.shares.copy(), read.likely, None
        if read.here:
            here = np.flatnonzero(self.rows.stops == read.here)
            scores[here] += following.worth_of_here(read.sought.said, read.sought.unknown, read.question.pointing)
            among = np.union1d(among, here)
        if meaning:
            vector = meaning.vector(read.text)
            passages, rows = meaning.nearest(vector)
            among = reduce(np.union1d, (among, passages, self.rows.owners[rows]))
            inside = self.rows.inside(among)
            near = meaning.near(vector, among, inside)
            nearness = (near.passages[among] + self._best(near.rows[inside], inside, among)) / 2
            scores[among] += self._weight_of_meaning(read.language) * nearness
        best = np.sort(among[np.argsort(-scores[among], kind="stable")[:LOOKED_AT]])
        held = holding.held(self.rows, best, read.sought)
        scores[best] += BEST_SENTENCE * self._best(held.weighed, held.rows, best)
        best = best[np.argsort(-scores[best], kind="stable")]
        return Weighed(read, near, scores, best, among, held)

    def _judged(self, read: Read) -> Judged:
        """By words alone where no model is there, or where they tell clearly; else by meaning too."""
        tongues = {base(read.language), base(self.language)}
        if self.meaning is None or tongues in TOLD_BY_WORDS:
            by_words = self._judged_by(read, None)
            if self.meaning is None or clear(by_words.sentences, by_words.sure):
                return by_words
        return self._judged_by(read, self.meaning)

    def _judged_by(self, read: Read, meaning: Meaning | None) -> Judged:
        weighed = self.weigh(read, meaning)
        looks = self.look(weighed)
        sure = sureness(evidence(weighed, looks), self.language, self.rows.count)
        return Judged(weighed, ranking.ranked(looks, meaning is not None), sure)

    def meant(self, question: str, language: str) -> str:
        """The question as it is understood."""
        return self._understood(question, language)[1]

    def texts_with(self, text: str) -> Iterator[str]:
        """Those in which all its words may stand side by side."""
        words = folding.words(text)
        if any(folding.unspaced(word.folded) for word in words) or len(words) < 2:
            return self.rows.texts()
        numbers = [term(word.folded, WORD) for word in words]
        passages = self.lexical.holding(pair(*both) for both in pairwise(numbers))
        return map(self.rows.text, self.rows.inside(passages).tolist())

    def _weight_of_meaning(self, language: str) -> float:
        tongues = frozenset((base(language), base(self.language)))
        return MEANING if len(tongues) == 1 else MEANING_ACROSS.get(tongues, MEANING_ACROSS_OTHERS)

    def look(self, weighed: Weighed) -> ranking.Looks:
        """The sentences of the best few passages, each described."""
        held = weighed.held.of(np.isin(self.rows.owners[weighed.held.rows], weighed.best[:QUOTED_FROM]))
        within = np.zeros(len(held.rows))
        if self.meaning and weighed.near:
            within = self.meaning.within_of_rows(weighed.near.vector, held.rows)
        return ranking.looks(self.rows, held, weighed, within, self._fits(weighed.read, held.rows.tolist()))

    def _understood(self, question: str, language: str) -> tuple[asking.Question, str, str | None]:
        words = folding.words(question)[: asking.LONGEST]
        meant = self._meant(question, words, language) if words else None
        if meant is None:
            return asking.of_words(words, language), question, None
        understood = shown(question, words, meant)
        if understood is None:
            return asking.of_words(words, language), question, None
        return asking.of_words([folding.words(one)[0] for one in meant], language), understood, understood

    def _meant(self, question: str, words: Sequence[folding.Word], language: str) -> list[str] | None:
        """The words as they would be written; None where that cannot be told."""
        own = base(language) == base(self.language)
        if base(language) == RESTORED:
            self._restorer = self._restorer or Restorer(self._neighbours if own else Neighbours.of_texts(()))
            return self._restorer.restored(words)
        mends = own and base(language) in ENDINGS
        return self._speller.mended(words, as_typed(question, words)) if mends else None

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours.of_rows(self.rows)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._neighbours, self.language)

    def _sought(self, question: asking.Question, language: str) -> Sought:
        across = base(language) != base(self.language)
        terms = wanted_across(question, language, self.language) if across else wanted(question, language)
        idf, starts, counts = self.lexical.rarity(terms)
        gains = terms.weights * idf * (counts > 0 if across else 1.0)
        said = float(idf[terms.telling].sum() / 2)
        return Sought(terms, gains, starts, counts, max(float(gains.sum()), LEAST), said, _unknown(gains, counts))

    def _joined(self, sought: Sought, earlier: Sought) -> Sought:
        """With the words of the question before, at a part of their weight."""
        extra = ~np.isin(earlier.wanted.terms, sought.wanted.terms)
        terms = sought.wanted.with_(earlier.wanted, extra, following.BORROWED)
        idf, starts, counts = self.lexical.rarity(terms)
        gains = terms.weights * idf
        mass = max(float(gains.sum()), LEAST)
        return Sought(terms, gains, starts, counts, mass, sought.said + earlier.said, _unknown(gains, counts))

    def _best(self, worth: Scores, rows: Places, passages: Places) -> Scores:
        """Of each of these passages the most that one of its sentences is worth."""
        sizes = self.rows.firsts[passages + 1] - self.rows.firsts[passages]
        best: Scores = np.maximum.reduceat(worth * self._quotable[rows], np.concatenate(([0], sizes.cumsum()[:-1])))
        return best

    def _stops_of(self, weighed: Weighed) -> tuple[tuple[str, float], ...]:
        ranked: dict[str, float] = {}
        best = weighed.among[np.argsort(-weighed.scores[weighed.among], kind="stable")[:LIKELY]]
        for stop, score in zip(self.rows.stops[best].tolist(), weighed.scores[best].tolist(), strict=True):
            if stop:
                ranked.setdefault(stop, score)
        return tuple(ranked.items())

    def _fits(self, read: Read, rows: Sequence[int]) -> Scores:
        asked = Signs(read.text, self.language)
        for row in rows:
            if row not in self._signs:
                self._signs[row] = Signs(self.rows.text(row), self.language)
            if row not in read.fits:
                read.fits[row] = fit(read.question, asked, self._signs[row])
        return np.array([read.fits[row] for row in rows])


def rows_of(passages: Sequence[Passage]) -> Rows:
    return Rows([Segment.cut((Group(one.stop, place, ""), [one]) for place, one in enumerate(passages))])


def _unknown(gains: Scores, counts: Places) -> float:
    """Which part of what is asked for stands nowhere in the museum."""
    return float(gains[counts == 0].sum()) / max(float(gains.sum()), LEAST)


def _highest(scores: Scores, count: int) -> Places:
    """The places of the highest, ascending; of equal ones the first."""
    blocks = scores[: len(scores) // BLOCK * BLOCK].reshape(-1, BLOCK).max(axis=1)
    least = np.partition(blocks, -count)[-count] if len(blocks) > count else -np.inf
    high = np.flatnonzero(scores >= least)
    return np.sort(high[np.argsort(-scores[high], kind="stable")[:count]])

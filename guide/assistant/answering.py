"""Answering: verbatim or silent. Small talk, then practical matters, then the museum's texts, then a kind refusal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from guide.assistant.answer import Answer, Asked, Part, Quoted, Said
from guide.assistant.asked_before import asked_before
from guide.assistant.composing import Candidate, compose
from guide.assistant.guessing import language_guessed
from guide.assistant.matters import Matter, asks_of, goes_on, matter_in
from guide.assistant.minds import Mind, Minds
from guide.assistant.passages import Passage, questions, stands_in
from guide.assistant.practical import practical
from guide.assistant.trusting import comes_near, trusted
from guide.language import base, endonym, match
from guide.tours.catalogue import Museum
from guide.tours.folding import folded
from guide.tours.sentences import Sentence

if TYPE_CHECKING:
    from guide.assistant.finding.retrieval import Found
    from guide.assistant.matters.resembling import Likeness

LONGEST = 1_000
SUGGESTIONS, OF_STOPS = 3, 2
NEAR = 5
ELSEWHERE = 2
"""Other languages that are looked into."""


class NotVerbatim(AssertionError):
    """A sentence was about to be said that the edition does not have."""


@dataclass(frozen=True)
class Search:
    """What one language's texts had to say."""

    mind: Mind
    found: Found
    trusted: Sequence[Candidate]
    """What may answer; empty where it is not sure."""


class Assistant:
    def __init__(self, minds: Minds) -> None:
        self._minds = minds

    def answer(self, museum: Museum, asked: Asked) -> Answer:
        asked = replace(asked, question=_tidy(asked.question))
        answer = _unanswerable(asked) or self._answered(museum, asked)
        self._check(museum, answer)
        return replace(answer, suggestions=tuple(self._suggestions(museum, asked, answer)))

    def mind(self, museum: Museum, language: str) -> Mind:
        return self._minds.of(museum, language)

    def matter(self, museum: Museum, asked: Asked) -> Matter | None:
        """What it is about as its words say, or else as what it surely resembles does."""
        matter = self._by_words(museum, asked)
        if (matter and matter.alone) or not _may_resemble(asked):
            return matter
        alike = self._resembled(museum, asked)
        return _of(alike, asked) if alike and alike.sure else matter

    def _answered(self, museum: Museum, asked: Asked) -> Answer:
        """What may be a matter, and may not, is looked for in the museum's texts first."""
        with self._minds.reading(museum, self._languages(museum, asked)[0], asked.question):
            matter = self.matter(museum, asked)
            if matter and matter.alone:
                return self._of_matter(museum, asked, matter)
            told = self._from_texts(museum, asked, matter)
            alike = self._resembled(museum, asked) if told.refused else None
            may_be = _of(alike, asked) if alike else None
            return self._of_matter(museum, asked, may_be) if may_be and not may_be.small_talk else told

    def _of_matter(self, museum: Museum, asked: Asked, matter: Matter) -> Answer:
        if matter.small_talk:
            return Answer((Said(f"assistant.{matter.topic}"),))
        if goes_on(asked.question, asked.previous):
            told = self._from_texts(museum, asked, None)
            if not told.refused:
                return told
        return self._practical(museum, asked, matter) or self._from_texts(museum, asked, matter)

    def _resembled(self, museum: Museum, asked: Asked) -> Likeness | None:
        from guide.assistant.matters.resembling import likeness

        retrieval = self._minds.of(museum, self._languages(museum, asked)[0]).retrieval
        if (meaning := retrieval.meaning) is None:
            return likeness(asked.question, _spoken(asked))
        texts = dict.fromkeys((asked.question, retrieval.meant(asked.question, _spoken(asked))))
        readings = [meaning.vector(text) for text in texts]
        return likeness(asked.question, _spoken(asked), readings, meaning.embedder.model)

    def _by_words(self, museum: Museum, asked: Asked) -> Matter | None:
        """One word that stands nowhere in the museum's texts does not make it another question."""
        matter = matter_in(asked.question, tongues(museum, asked), tuple(museum.sheet.name.values()))
        if matter is None or matter.alone or not matter.nearly:
            return matter
        known = self._minds.of(museum, self._languages(museum, asked)[0]).knows
        return matter if any(map(known, matter.rest)) else replace(matter, rest=())

    def _practical(self, museum: Museum, asked: Asked, matter: Matter) -> Answer | None:
        for language in self._languages(museum, asked):
            if parts := practical(matter, museum, self._minds.of(museum, language).beside, asked):
                return Answer((*_introduced(parts, asked), *parts))
        return None

    def _from_texts(self, museum: Museum, asked: Asked, matter: Matter | None) -> Answer:
        first = self._minds.of(museum, self._languages(museum, asked)[0])
        if quotes := asked_before(asked.question, _spoken(asked), first.beside):
            return Answer((*_introduced(quotes, asked), *quotes))
        searches = list(self._searches(museum, asked, matter, first))
        best = next((search for search in searches if search.trusted), None)
        if best is None:
            return self._refusal(museum, asked, searches, matter)
        around = tuple(best.mind.around(one.passage.stop for one in best.trusted))
        parts = compose(_meant(asked, best.found).question, _spoken(asked), best.trusted, around)
        return Answer((*_introduced(parts, asked), *parts), near=_near(best), understood=best.found.understood)

    def _searches(self, museum: Museum, asked: Asked, matter: Matter | None, first: Mind) -> Iterator[Search]:
        """In the language asked in; and where it is not sure, in the others for what is not told in this one."""
        search = _search(museum, asked, matter, first, first.language)
        yield search
        spoken = bool(match(_spoken(asked), (first.language,)))
        if not search.trusted and not (spoken and first.tells_all):
            others = [self._minds.of(museum, tag) for tag in self._languages(museum, asked)[1 : 1 + ELSEWHERE]]
            found = [_search(museum, asked, matter, other, first.language) for other in others]
            told = [one for one in found if one.found.stops]
            told = [one for one in told if not (spoken and first.tells(one.found.stops[0][0]))]
            yield from sorted(told, key=lambda one: one.found.threshold - one.found.confidence)

    def _languages(self, museum: Museum, asked: Asked) -> list[str]:
        """The language of the question where there are texts in it, then the one asked for, then the others."""
        offered = museum.sheet.languages
        wishes = (language_guessed(asked.question), asked.language, *museum.sheet.fallback, *offered)
        return list(dict.fromkeys(found for wish in wishes if wish and (found := match(wish, offered))))

    def _refusal(self, museum: Museum, asked: Asked, searches: Sequence[Search], matter: Matter | None) -> Answer:
        near = tuple(dict.fromkeys(slug for search in searches[:1] for slug in _near(search)))
        known = "assistant.practical-unknown" if matter and matter.alone else "assistant.unknown"
        parts: list[Part] = [Said(known)]
        stops = [stop for slug in near[:OF_STOPS] if (stop := museum.stop(slug))]
        if stops and not (matter and matter.alone):
            titles = "; ".join(museum.text(stop, asked.language)[0].title for stop in stops)
            parts.append(Said("assistant.near", {"titles": titles}))
        return Answer((*parts, Said("assistant.desk")), refused=True, near=near)

    def _suggestions(self, museum: Museum, asked: Asked, answer: Answer) -> Iterator[str | Said]:
        """Questions that the museum itself answers, then the stops that are near."""
        language = self._languages(museum, asked)[0]
        said = folded(asked.question)
        common = [one.ask[0] for one in questions(museum, language) if folded(one.ask[0]) != said]
        quoted = {quote.passage.stop for quote in answer.quotes}
        stops = (stop for slug in answer.near if slug not in quoted and (stop := museum.stop(slug)))
        titles = (museum.text(stop, asked.language)[0].title for stop in stops)
        offered = (Said("assistant.tell-me", {"title": title}) for title in islice(titles, OF_STOPS))
        yield from islice(chain(offered, common), SUGGESTIONS)

    def _check(self, museum: Museum, answer: Answer) -> None:
        """The rule that does not bend, asserted on every answer against the edition itself."""
        for quote in answer.quotes:
            if not stands_in(museum, quote.passage, quote.sentence):
                raise NotVerbatim(quote.sentence.text)


def _spoken(asked: Asked) -> str:
    """The language of the question, whatever the page's is."""
    return language_guessed(asked.question) or asked.language


def _may_resemble(asked: Asked) -> bool:
    """Whoever goes on from something else rarely means the tickets."""
    from guide.assistant.matters.resembling import far

    return not asked.previous and not far(asked.question, _spoken(asked))


def _of(alike: Likeness, asked: Asked) -> Matter:
    return Matter(alike.topic, language=_spoken(asked))


def tongues(museum: Museum, asked: Asked) -> list[str]:
    """In which a matter may be understood: visitors type their own language on a page of another."""
    return list(dict.fromkeys((_spoken(asked), asked.language, *museum.sheet.fallback, "en")))


def _tidy(question: str) -> str:
    """As it was meant: composed, without what cannot be seen."""
    seen = (
        " " if unicodedata.category(letter)[0] in "CZ" else letter for letter in unicodedata.normalize("NFC", question)
    )
    return " ".join("".join(seen).split())


def _unanswerable(asked: Asked) -> Answer | None:
    if len(asked.question) > LONGEST:
        return Answer((Said("assistant.too-long"),), refused=True)
    if not any(letter.isalnum() for letter in asked.question):
        return Answer((Said("assistant.empty"),), refused=True)
    return None


def _search(museum: Museum, asked: Asked, matter: Matter | None, mind: Mind, first: str) -> Search:
    """`first` is the language that was looked into first."""
    found = mind.retrieval.find(asked.question, _spoken(asked), asked.here, asked.previous)
    told = trusted(_meant(asked, found), _spoken(asked), first, found, list(_candidates(mind, found, asked.here)))
    if matter and matter.alone:
        told = [one for one in told if _answers(one.passage, matter, museum)]
    return Search(mind, found, told)


def _meant(asked: Asked, found: Found) -> Asked:
    """As it was understood: typed "cuoi cung", it asks for what came last and not who was wed."""
    return replace(asked, question=found.understood or asked.question)


def _candidates(mind: Mind, found: Found, here: str | None) -> Iterator[Candidate]:
    """What may be said of it: only that is cut from its text."""
    best: Candidate | None = None
    for key, number, score in found.sentences:
        stop = mind.stop(key)
        if best and not comes_near(stop, score, best) and stop != here:
            continue
        passage = mind.passage(key)
        if sentence := _numbered(passage, number):
            candidate = Candidate(passage, sentence, score)
            best = best or candidate
            yield candidate


def _answers(passage: Passage, matter: Matter, museum: Museum) -> bool:
    """What the museum has not written of a practical matter no stop tells: only its own answers may."""
    names = tuple(museum.sheet.name.values())
    return passage.kind == "faq" and any(asks_of(matter, ask, passage.language, names) for ask in passage.names)


def _numbered(passage: Passage, number: int) -> Sentence | None:
    return next((sentence for sentence in passage.sentences if sentence.number == number), None)


def _near(search: Search) -> tuple[str, ...]:
    return tuple(slug for slug, _ in search.found.stops[:NEAR])


def _introduced(parts: Sequence[Part], asked: Asked) -> Iterator[Said]:
    """What is quoted in another language than the one asked for is said to be."""
    quoted = next((part.passage.language for part in parts if isinstance(part, Quoted)), None)
    if quoted and base(quoted) != base(_spoken(asked)):
        yield Said("assistant.elsewhere", {"language": endonym(quoted)})

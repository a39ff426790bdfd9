"""What can be quoted: an edition cut into passages, each with the sentences that may be said word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib.parse import urlencode

from guide.language import match
from guide.tours.catalogue import Museum
from guide.tours.content import Fact, Question, Stop
from guide.tours.sentences import Sentence, cut, plain, sentences

Kind = Literal["stop", "fact", "faq", "tour"]


@dataclass(frozen=True)
class Passage:
    key: str
    """Unique in a museum and language."""
    kind: Kind
    stop: str | None
    language: str
    title: str
    """What it stands under; it helps to find the passage, and is quoted only as a sentence of its own."""
    sentences: tuple[Sentence, ...]
    url: str
    names: tuple[str, ...] = ()
    """Other names, old places, the questions of an answer: they find it and are never quoted."""
    about: str | None = None
    """The fact of `museum.yaml` that it is about: hours, prices.adult, facilities.toilet, address, …"""
    sources: tuple[str, ...] = ()
    """Beside each sentence the letters of its sources, where they disagree."""

    @property
    def disputed(self) -> bool:
        return bool(self.sources)


def passages_of(museum: Museum, language: str) -> tuple[Passage, ...]:
    """All that is written in this very language, in the order in which a visitor meets it."""
    return tuple(_passages(museum, language))


def _passages(museum: Museum, language: str) -> Iterator[Passage]:
    yield from passages_before(museum, language)
    for stop in museum.shown_stops:
        yield from passages_of_stop(museum, stop, language)
    yield from passages_after(museum, language)


def passages_before(museum: Museum, language: str) -> Iterator[Passage]:
    """What the museum says of itself."""
    yield from _facts_of_museum(museum, language)
    yield from answers(museum, language)


def stands_in(museum: Museum, passage: Passage, sentence: Sentence) -> bool:
    """Does the edition, cut anew, have this very sentence in this place?"""
    there = next((one for one in _beside(museum, passage) if one.key == passage.key), None)
    return there is not None and sentence in there.sentences


def _beside(museum: Museum, passage: Passage) -> Iterator[Passage]:
    """What is cut together with it."""
    if passage.stop is None:
        shelves = {"faq": answers, "tour": passages_after}
        return shelves.get(passage.kind, _facts_of_museum)(museum, passage.language)
    stop = museum.stop(passage.stop)
    if stop is None or stop.withdrawn:
        return iter(())
    return (_paragraphs if passage.kind == "stop" else _facts)(museum, stop, passage.language)


def passages_of_stop(museum: Museum, stop: Stop, language: str) -> Iterator[Passage]:
    yield from _paragraphs(museum, stop, language)
    yield from _facts(museum, stop, language)


def _paragraphs(museum: Museum, stop: Stop, language: str) -> Iterator[Passage]:
    text = stop.texts.get(language)
    if text is None:
        return
    title, *body = sentences(text.title, text.body, language)
    names = (*stop.names.other, *stop.names.places)
    url = _url(f"{museum.slug}/stops/{stop.slug}", language)
    for number, group in groupby(body, key=lambda sentence: sentence.paragraph):
        key = f"stops/{stop.slug}/{number}"
        yield Passage(key, "stop", stop.slug, language, title.text, tuple(group), url, names)
    if not body:
        yield Passage(f"stops/{stop.slug}/0", "stop", stop.slug, language, title.text, (title,), url, names)


def _facts(museum: Museum, stop: Stop, language: str) -> Iterator[Passage]:
    for place, fact in enumerate(stop.facts):
        yield from _told(museum, stop, fact, place, language)


def _told(museum: Museum, stop: Stop, fact: Fact, place: int, language: str) -> Iterator[Passage]:
    """Where sources disagree, what each of them says is said together, never one of them alone."""
    told = [value.text.get(language) for value in fact.values]
    about = fact.about.get(language)
    if not about or not all(told):
        return
    url = f"{_url(f'{museum.slug}/stops/{stop.slug}', language)}#fact-{place}"
    yield Passage(
        key=f"stops/{stop.slug}/facts/{place}",
        kind="fact",
        stop=stop.slug,
        language=language,
        title=_title(stop, language),
        sentences=_numbered(text for text in told if text),
        url=url,
        names=(about,),
        sources=tuple(", ".join(value.sources) for value in fact.values) if len(told) > 1 else (),
    )


def _title(stop: Stop, language: str) -> str:
    return plain(stop.texts[language].title) if language in stop.texts else ""


def _facts_of_museum(museum: Museum, language: str) -> Iterator[Passage]:
    sheet = museum.sheet
    told = {"about": sheet.about, "address": sheet.address}
    told |= {f"facilities.{name}": words for name, words in sheet.facilities or ()}
    for about, words in told.items():
        if words and (found := words.get(language)):
            lines = _numbered(cut(plain(found), language))
            url = f"{_url(museum.slug, language)}#{about.removeprefix('facilities.')}"
            yield Passage(about, "fact", None, language, museum.say(sheet.name, language), lines, url, about=about)


def answers(museum: Museum, language: str) -> Iterator[Passage]:
    """What the museum itself answers to common questions."""
    for place, question in enumerate(questions(museum, language)):
        lines = _numbered(cut(plain(question.answer), language))
        url = f"{_url(f'{museum.slug}/ask', language)}#faq-{place}"
        asked = tuple(question.ask)
        yield Passage(f"faq/{place}", "faq", None, language, "", lines, url, asked, question.about)


def questions(museum: Museum, language: str) -> Sequence[Question]:
    found = match(language, museum.faqs)
    return museum.faqs[found] if found else ()


def passages_after(museum: Museum, language: str) -> Iterator[Passage]:
    """Its walks."""
    for slug, tour in sorted(museum.tours.items()):
        title, about = tour.title.get(language), (tour.about or {}).get(language)
        if not title:
            continue
        lines = _numbered([title, *cut(plain(about), language)] if about else [title])
        url = _url(f"{museum.slug}/tours/{slug}", language)
        yield Passage(f"tours/{slug}", "tour", None, language, title, lines, url)


def _numbered(texts: Iterator[str] | Sequence[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(number, text, 1) for number, text in enumerate(texts, start=1))


def _url(path: str, language: str) -> str:
    return f"/{path}?{urlencode({'lang': language})}"

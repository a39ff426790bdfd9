"""The page to ask on: the question, the museum's own sentences, and questions to go on with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guide.assistant.passages import Passage
from guide.assistant.telling import Told
from guide.tours.catalogue import Museum
from guide.visit import addresses
from guide.visit.frame import Reader

MOST_KEPT = 5
"""Earlier questions that a question may lean on; the page carries them, the server forgets them."""


@dataclass(frozen=True)
class Suggested:
    text: str
    url: str


@dataclass(frozen=True)
class Common:
    """A question that the museum itself answers; `place` is the place that a citation points to."""

    place: int
    question: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class AskPage:
    museum: str
    question: str
    stop: str
    stop_title: str
    previous: tuple[str, ...]
    told: Told | None
    suggestions: tuple[Suggested, ...]
    common: tuple[Common, ...]


@dataclass(frozen=True)
class Typed:
    """What came in the form."""

    question: str = ""
    stop: str = ""
    previous: tuple[str, ...] = ()


def ask_page(museum: Museum, reader: Reader, typed: Typed, told: Told | None, answers: Iterable[Passage]) -> AskPage:
    here = museum.stop(typed.stop) if typed.stop else None
    asked = (*typed.previous, typed.question) if typed.question else typed.previous
    return AskPage(
        museum=museum.slug,
        question=typed.question,
        stop=here.slug if here else "",
        stop_title=museum.text(here, reader.language)[0].title if here else "",
        previous=tuple(asked[-MOST_KEPT:]),
        told=told,
        suggestions=tuple(
            Suggested(text, addresses.ask(museum.slug, reader.language, text, typed.stop))
            for text in (told.suggestions if told else ())
        ),
        common=tuple(_common(passage) for passage in answers if passage.names),
    )


def _common(passage: Passage) -> Common:
    place = int(passage.key.rsplit("/", 1)[-1])
    return Common(place, passage.names[0], tuple(sentence.text for sentence in passage.sentences))

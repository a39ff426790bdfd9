"""The frame of every page: its language, its title, its other languages, and what a shared link shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guide.language import RIGHT_TO_LEFT, Messages, base, choose, endonym
from guide.tours.catalogue import Museum


@dataclass(frozen=True)
class Told:
    """One text, and the language it is in when that is not the one asked for."""

    text: str
    language: str
    asked: str

    @property
    def elsewhere(self) -> bool:
        return bool(self.text) and base(self.language) != base(self.asked)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Reader:
    """Who reads: the language of the content, and the one that the interface speaks."""

    language: str
    interface: str

    @property
    def direction(self) -> str:
        return "rtl" if base(self.language) in RIGHT_TO_LEFT else "ltr"

    def told(self, museum: Museum, words: Mapping[str, str] | str | None) -> Told:
        if words is None or isinstance(words, str):
            return Told(words or "", self.language, self.language)
        found = museum.language_for(self.language, words) or self.language
        return Told(words.get(found, ""), found, self.language)


@dataclass(frozen=True)
class LanguageLink:
    tag: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    reader: Reader
    title: str
    description: str
    path: str
    languages: tuple[LanguageLink, ...]
    public_url: str
    image: str | None = None
    museum: str | None = None
    museum_name: str | None = None
    data: Mapping[str, Any] | None = field(default=None)
    indexed: bool = True

    @property
    def canonical(self) -> str:
        return f"{self.public_url}{self.path}?lang={self.reader.language}"

    @property
    def json_ld(self) -> str:
        """Safe inside a script element: no `<` of its own."""
        return json.dumps(self.data, ensure_ascii=False).replace("<", "\\u003c") if self.data else ""


def reader_of(museum: Museum, wishes: Sequence[str], messages: Messages) -> Reader:
    language = language_of(museum, wishes)
    return Reader(language, messages.spoken_in(language, [*wishes, *museum.sheet.fallback]))


def language_of(museum: Museum, wishes: Sequence[str]) -> str:
    """The language that pages and programs are answered in."""
    return choose(wishes, museum.sheet.languages, _otherwise(museum, wishes))


def _otherwise(museum: Museum, wishes: Sequence[str]) -> str:
    """A reader whose language is not spoken here: the museum's chain if they asked for something, else its source."""
    return next(iter(museum.sheet.fallback), museum.sheet.source_language) if wishes else museum.sheet.source_language


def language_links(path: str, offered: Iterable[str], current: str, keep: str = "") -> tuple[LanguageLink, ...]:
    """`keep` is what the page was asked besides its language: a walk, a search."""
    return tuple(LanguageLink(tag, endonym(tag), f"{path}?{keep}lang={tag}", tag == current) for tag in offered)

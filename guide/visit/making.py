"""A page before anybody is answered with it: what it is made of, and what came of it.

A door answers with a made page; a museum that is taken along is the same pages, made the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from guide.assistant.pocket.keeping import Pockets
from guide.clock import Clock, day_in
from guide.counters import Happening, What
from guide.language import Messages
from guide.narration.hearing import Hearing
from guide.storage import Storage
from guide.tours.catalogue import Catalogue, Museum
from guide.visit.choosing.choices import Choices
from guide.visit.frame import Frame, Reader, reader_of
from guide.visit.front import Front
from guide.visit.walking.terrains import Terrains
from guide.web import Pages


@dataclass(frozen=True)
class MadePage:
    template: str
    frame: Frame
    shown: Mapping[str, object]
    counted: Happening | None = None
    status: int = 200
    also: Mapping[str, str] = field(default_factory=dict)
    """What its security policy lets in beyond what every page's does."""


@dataclass(frozen=True)
class Material:
    """What pages are made of for one reader at one moment."""

    catalogue: Catalogue
    pages: Pages
    clock: Clock
    storage: Storage
    hearing: Hearing
    terrains: Terrains
    pockets: Pockets
    public_url: str
    wishes: tuple[str, ...]
    """The languages that the reader wants, best first."""
    front: Front
    choices: Choices
    """How the reader wants to read."""

    @property
    def messages(self) -> Messages:
        return self.pages.messages

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def museum(self, slug: str) -> Museum:
        return self.catalogue.named(slug)

    def reader(self, museum: Museum) -> Reader:
        return reader_of(museum, self.wishes, self.messages)

    def day(self, museum: Museum) -> date:
        return day_in(museum.sheet.time_zone, self.now)

    def happened(self, museum: Museum, what: What, key: str, language: str) -> Happening:
        return Happening(museum.slug, self.day(museum), what, key[:100], language)

    def written(self, made: MadePage) -> str:
        shown = {**made.shown, "frame": made.frame, "choices": self.choices}
        return self.pages.render(made.template, made.frame.reader.interface, **shown)

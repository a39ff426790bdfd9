"""What can be heard of a museum, looked up once for all its pages, which then agree about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from guide.narration.hearing import Hearing, Sound
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit.making import Material


@dataclass(frozen=True)
class HeardOnce(Hearing):
    known: dict[tuple[str, str], Sound | None] = field(default_factory=dict)
    """By stop and language."""

    def sound(self, museum: Museum, stop: Stop, language: str) -> Sound | None:
        key = stop.slug, language
        if key not in self.known:
            self.known[key] = super().sound(museum, stop, language)
        return self.known[key]


def heard_once(of: Material) -> Material:
    """For one museum."""
    return replace(of, hearing=HeardOnce(of.hearing.library, of.hearing.storage))

"""What a visitor is told: the museum's sentences word for word, and between them only our own few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from guide.assistant.passages import Passage
from guide.tours.sentences import Sentence


@dataclass(frozen=True)
class Asked:
    question: str
    language: str
    now: datetime
    here: str | None = None
    """The stop where the visitor stands."""
    previous: tuple[str, ...] = ()
    """What was asked before, the latest last; the phone remembers it, the server does not."""


@dataclass(frozen=True)
class Said:
    """A sentence of our own message files, filled with facts of the edition."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Quoted:
    passage: Passage
    sentence: Sentence
    score: float = 1.0


Part = Said | Quoted


@dataclass(frozen=True)
class Answer:
    parts: tuple[Part, ...]
    """In the order in which they are read."""
    refused: bool = False
    near: tuple[str, ...] = ()
    """Stops, the nearest first."""
    suggestions: tuple[str | Said, ...] = ()
    """Questions to go on with."""
    understood: str | None = None
    """The question with the marks that were left out, where they were."""

    @property
    def quotes(self) -> tuple[Quoted, ...]:
        """The most fitting first."""
        quoted = (part for part in self.parts if isinstance(part, Quoted))
        return tuple(sorted(quoted, key=lambda quote: -quote.score))

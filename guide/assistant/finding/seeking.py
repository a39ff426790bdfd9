"""What is known of a question once it is held against the museum's passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from guide.assistant.finding.asking import Question
from guide.assistant.finding.cutting import Places
from guide.assistant.finding.lexical import Scores
from guide.assistant.finding.wanting import Wanted

if TYPE_CHECKING:
    from guide.assistant.finding.holding import Held
    from guide.assistant.finding.meaning import Near

LEAST: Final = 1e-6


@dataclass(frozen=True)
class Sought:
    """The wanted terms, what each is worth in this museum, and where it stands."""

    wanted: Wanted
    gains: Scores
    starts: Places
    counts: Places
    mass: float
    """All gains together: what a text would have that holds everything."""
    said: float
    """How much the telling words say: their rarity."""
    unknown: float


@dataclass(frozen=True)
class Read:
    """A question as this museum's words know it."""

    question: Question
    language: str
    text: str
    understood: str | None
    here: str | None
    sought: Sought
    shares: Scores
    """What part of all that is wanted each passage holds."""
    likely: Places
    """The passages that hold most, in the order of the museum."""
    fits: dict[int, float] = field(default_factory=dict)
    """How well a row suits what kind of answer is wanted, where it was looked at."""


@dataclass(frozen=True)
class Weighed:
    read: Read
    near: Near | None
    scores: Scores
    """Of all passages; by meaning too of those among which the best were sought."""
    best: Places
    """The passages that were looked at closely, the best first."""
    among: Places
    """In the order of the museum."""
    held: Held

"""What every engine is to the rest of the house: somebody who says a spoken text, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from guide.narration.sound import Sound


@dataclass(frozen=True)
class Role:
    """What an engine is asked to be, as `voices/voices.yaml` says it."""

    language: str
    voice: str
    pace: int
    """The engine's own measure of how fast."""
    gain: float = 0.0
    """Decibels that bring what it says to −16 LUFS, near enough for a sentence that is played before the whole."""
    slow: bool = False
    """Nobody waits for it: it is rendered behind, while a quicker voice is heard."""


class Voice(Protocol):
    @property
    def role(self) -> Role: ...
    @property
    def name(self) -> str:
        """As the label shows it: engine and voice."""
        ...

    @property
    def checksum(self) -> str:
        """Changes whenever the same text would sound otherwise."""
        ...

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        """Where each piece begins in the text, and its sound; the first comes as soon as it is spoken.

        Words whose sounds a museum wrote down are marked (`reading/marking.py`); places are those of the text without.
        """
        ...


@runtime_checkable
class Sleeping(Protocol):
    """A voice whose engine takes a moment to start."""

    def wake(self) -> None:
        """It gets ready and is not waited for."""
        ...


@runtime_checkable
class Phonetic(Protocol):
    """A voice that can be told the sounds of a word."""

    def unsayable(self, phonemes: str) -> str | None:
        """What of these it has no sound for: it would then read the word from its letters."""
        ...

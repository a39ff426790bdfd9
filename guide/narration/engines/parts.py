"""Stretches of phonemes: what a network is given at once, and which word of the text each begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A stretch of phonemes, and the place in the text of the word that it begins with."""

    place: int
    phonemes: str


def _on_and_on(_: Part) -> bool:
    return False


def in_breaths(parts: Iterable[Part], most: int, ends: Callable[[Part], bool] = _on_and_on) -> Iterator[list[Part]]:
    """As much as the network says at once: to the last word within the measure, or to one that ends there."""
    breath: list[Part] = []
    length = 0
    for part in (piece for whole in parts for piece in _in_pieces(whole, most)):
        if breath and (length + len(part.phonemes) > most or ends(breath[-1])):
            yield breath
            breath, length = [], 0
        breath.append(part)
        length += len(part.phonemes)
    if breath:
        yield breath


def _in_pieces(part: Part, most: int) -> Iterator[Part]:
    for at in range(0, len(part.phonemes), most):
        yield Part(part.place, part.phonemes[at : at + most])

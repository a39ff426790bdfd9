"""The shelf: long-lived things are built once, put here by type, and asked for by type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Shelf:
    """`shelf[Catalogues]` is the Catalogues. A test puts other things on another shelf."""

    def __init__(self, things: Mapping[Any, Any]) -> None:
        self._things = dict(things)

    def __getitem__(self, kind: type[T]) -> T:
        found: T = self._things[kind]
        return found

    def __contains__(self, kind: object) -> bool:
        return kind in self._things

    def over(self, below: Shelf) -> Shelf:
        """Both shelves as one; where both hold a kind, what is on this one is taken."""
        return Shelf({**below._things, **self._things})

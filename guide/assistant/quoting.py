"""Passages of an edition, cut when they are quoted: for one answer a large museum is not read whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from guide.assistant.passages import Passage, passages_after, passages_before, passages_of_stop
from guide.tours.catalogue import Museum
from guide.tours.content import Stop

if TYPE_CHECKING:
    from guide.assistant.finding.rows import Rows

BEFORE, AFTER = -1, 1 << 40
"""Where what is said beside the stops stands among them, who stand by their numbers."""
AT_HAND = 200
"""Stops whose passages were lately quoted."""


class Quotable(Sequence[Passage]):
    """In the order of the rows that were cut from them."""

    def __init__(self, museum: Museum, language: str, rows: Rows) -> None:
        self._museum = museum
        self._language = language
        self._rows = rows
        self._of_group = lru_cache(AT_HAND)(self._cut)

    def __len__(self) -> int:
        return self._rows.count

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        group, nth = self._rows.group_of(place % len(self))
        return self._of_group(group)[nth]

    def _cut(self, group: int) -> tuple[Passage, ...]:
        there = self._rows.groups[group]
        if there.stop is not None:
            return tuple(passages_of_stop(self._museum, stop_of(self._museum, there.stop), self._language))
        return tuple((passages_before if there.order == BEFORE else passages_after)(self._museum, self._language))


def stop_of(museum: Museum, slug: str) -> Stop:
    """As it is written; whether another took its place is not asked, for then the whole museum would be read."""
    stop = museum.parts[f"stops/{slug}"]
    assert isinstance(stop, Stop)
    return stop

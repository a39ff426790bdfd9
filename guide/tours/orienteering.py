"""The walk that is worth most in the time there is: exact for a few places, nearly so for many.

Everything is whole numbers, and of equals the first is taken, so that the same question always has the same answer,
also in the browser, where `pwa/lib/walks/orienteering.js` goes the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from guide.tours.distances import FAR, Table

MOST_EXACT = 14
"""Places whose every order can be weighed at once: 2^14 sets by their last place."""


@dataclass(frozen=True, eq=False)
class Question:
    """`entering` is the way to each place from where one stands; `ways` from row to column; `staying` at each."""

    worth: Table
    staying: Table
    entering: Table
    ways: Table
    seconds: int

    def __len__(self) -> int:
        return len(self.worth)


@dataclass(frozen=True)
class Found:
    order: tuple[int, ...]
    worth: int
    seconds: int
    exact: bool


NOTHING = Found((), 0, 0, exact=True)


def exactly(asked: Question) -> Found:
    """Weighs every set of places by its shortest order.

    Of walks that are worth the same the shorter is taken, then the one whose places come first in number.
    """
    if not len(asked):
        return NOTHING
    times, before = _shortest(asked)
    worth, shortest = _worths(asked), times.min(axis=1)
    possible = shortest <= asked.seconds
    if not possible.any():
        return NOTHING
    best = possible & (worth == worth[possible].max())
    chosen = int(np.flatnonzero(best & (shortest == shortest[best].min()))[0])
    order = _order(before, chosen, int(times[chosen].argmin()))
    return Found(order, int(worth[chosen]), int(shortest[chosen]), exact=True)


def _shortest(asked: Question) -> tuple[Table, npt.NDArray[np.int8]]:
    """For every set of places and its last one: the seconds, and the place before the last."""
    count = len(asked)
    times, before = np.full((1 << count, count), FAR, np.int64), np.full((1 << count, count), -1, np.int8)
    alone = np.arange(count)
    times[1 << alone, alone] = asked.entering + asked.staying
    times[times > asked.seconds] = FAR
    for sets in _by_size(count)[1:count]:
        for place in range(count):
            without = sets[(sets >> place) & 1 == 0]
            through = times[without] + asked.ways[:, place]
            last = through.argmin(axis=1)
            taken = through[np.arange(len(without)), last] + asked.staying[place]
            grown = without | 1 << place
            times[grown, place] = np.where(taken <= asked.seconds, taken, FAR)
            before[grown, place] = last
    return times, before


@cache
def _by_size(count: int) -> list[Table]:
    """Every set of places as a number, by how many places it has."""
    sets = np.arange(1 << count, dtype=np.int64)
    sizes = sum((sets >> place) & 1 for place in range(count))
    return [sets[sizes == size] for size in range(count + 1)]


def _worths(asked: Question) -> Table:
    worth = np.zeros(1, np.int64)
    for one in asked.worth:
        worth = np.concatenate([worth, worth + one])
    return worth


def _order(before: npt.NDArray[np.int8], chosen: int, last: int) -> tuple[int, ...]:
    order: list[int] = []
    while chosen:
        order.append(last)
        chosen, last = chosen & ~(1 << last), int(before[chosen, last])
    return tuple(reversed(order))

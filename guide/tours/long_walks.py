"""A walk where there are too many places to weigh every set of them: begun in several ways, stretched while there is
time, shortened, its places exchanged for better ones, parts of it left out and filled anew, while it helps.

Ways are as long back as forth. The same steps, and of equals the first, as `pwa/lib/walks/long-walks.js`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from guide.tours.distances import Table
from guide.tours.orienteering import Found, Question

BEGINNINGS = 2
LARGEST_HOLE = 3
ROUNDS = 12
REFILLING = 60_000
"""How much is tried anew: holes, times the turns of the walk, times all places."""
Path = list[int]


def nearly(asked: Question) -> Found:
    walker, best = Walker(asked), list[int]()
    for beginning, weight in walker.beginnings():
        best = walker.better(best, walker.mended(walker.stretched(beginning, weight)))
    best = walker.refilled(best)
    return Found(tuple(best), walker.worth(best), walker.seconds(best), exact=False)


class Walker:
    """Tries walks for one question."""

    def __init__(self, asked: Question) -> None:
        self._asked = asked
        self._ways: list[list[int]] = [*asked.ways.tolist(), [*asked.entering.tolist(), 0]]
        """From row to column; the last row is from where one stands."""

    @cached_property
    def _staying(self) -> list[int]:
        return [int(one) for one in self._asked.staying]

    @cached_property
    def _worth(self) -> list[int]:
        return [int(one) for one in self._asked.worth]

    def beginnings(self) -> Iterator[tuple[Path, int]]:
        """With nothing, and with each of the places that are worth most and can be reached; by worth against time."""
        yield [], 1
        yield [], 2
        asked = self._asked
        alone = asked.entering + asked.staying <= asked.seconds
        by_worth = sorted(np.flatnonzero(alone).tolist(), key=lambda place: (-self._worth[place], place))
        yield from (([place], 1) for place in by_worth[:BEGINNINGS])

    def better(self, one: Path, other: Path) -> Path:
        """The first, unless the second is worth more, or as much in less time."""
        worths = self.worth(one), self.worth(other)
        if worths[0] != worths[1]:
            return one if worths[0] > worths[1] else other
        return other if self.seconds(other) < self.seconds(one) else one

    def worth(self, path: Path) -> int:
        return sum(self._worth[place] for place in path)

    def seconds(self, path: Path) -> int:
        ways = sum(self._ways[one][other] for one, other in pairwise([-1, *path]))
        return ways + sum(self._staying[place] for place in path)

    def _insertions(self, path: Path) -> Table:
        """What each place would cost at each turn of the path."""
        asked = self._asked
        there = asked.ways[path]
        table = np.zeros((len(path) + 1, len(asked)), np.int64)
        table[0], table[1:] = asked.entering, there
        table[:-1] += there
        table += asked.staying
        table[:-1] -= np.array([self._ways[one][other] for one, other in pairwise([-1, *path])], np.int64)[:, None]
        return table

    def stretched(self, path: Path, weight: int, barred: int = -1) -> Path:
        """While there is time, the place that is worth most for what it costs, where it costs least."""
        path, left = list(path), self._asked.seconds - self.seconds(path)
        worth = self._asked.worth**weight
        free = np.ones(len(worth), bool)
        free[[*path, *([barred] if barred >= 0 else [])]] = False
        while True:
            table = self._insertions(path)
            costs = table.min(axis=0)
            scores = np.where(free & (costs <= left), worth / np.maximum(costs, 1), -1)
            chosen = int(scores.argmax())
            if scores[chosen] < 0:
                return path
            path.insert(int(table[:, chosen].argmin()), chosen)
            left, free[chosen] = left - int(costs[chosen]), False

    def mended(self, path: Path) -> Path:
        for _ in range(ROUNDS):
            path = self.shortened(path)
            longer = self.stretched(path, 1)
            if longer == path and (longer := self._exchanged(path)) == path:
                break
            path = longer
        return path

    def shortened(self, path: Path) -> Path:
        """Stretches walked the other way round, and places moved to where they cost less, as long as it helps."""
        for _ in range(ROUNDS):
            turned = self._moved(self._turned(path))
            if turned == path:
                break
            path = turned
        return path

    def _turned(self, path: Path) -> Path:
        path = list(path)
        for first in range(len(path)):
            for last in range(first + 1, len(path)):
                if self._gained(path, first, last) > 0:
                    path[first : last + 1] = reversed(path[first : last + 1])
        return path

    def _gained(self, path: Path, first: int, last: int) -> int:
        before = self._ways[path[first - 1] if first else -1]
        gained = before[path[first]] - before[path[last]]
        if last + 1 < len(path):
            after = path[last + 1]
            gained += self._ways[path[last]][after] - self._ways[path[first]][after]
        return gained

    def _moved(self, path: Path) -> Path:
        for place in path:
            rest = [one for one in path if one != place]
            costs = self._costs(rest, place)
            turn = costs.index(min(costs))
            if self.seconds(rest) + costs[turn] < self.seconds(path):
                path = [*rest[:turn], place, *rest[turn:]]
        return path

    def _costs(self, path: Path, place: int) -> list[int]:
        ways, there = self._ways, self._ways[place]
        found = [ways[one][place] + there[other] - ways[one][other] for one, other in pairwise([-1, *path])]
        last = ways[path[-1] if path else -1][place]
        return [cost + self._staying[place] for cost in [*found, last]]

    def _exchanged(self, path: Path) -> Path:
        """One place for another that is worth more: the greatest gain, of equals the shorter walk, then the first."""
        asked, best, found = self._asked, path, (0, 0)
        outside = np.ones(len(asked), bool)
        outside[path] = False
        for turn, place in enumerate(path):
            rest = path[:turn] + path[turn + 1 :]
            costs, length = self._insertions(rest).min(axis=0), self.seconds(rest)
            gains = np.where(outside & (costs <= asked.seconds - length), asked.worth - asked.worth[place], 0)
            most = gains.max()
            if most > 0 and most >= found[0]:
                other = int(np.where(gains == most, costs, np.iinfo(np.int64).max).argmin())
                if (told := (int(most), -(length + int(costs[other])))) > found:
                    at = int(np.argmin(self._costs(rest, other)))
                    found, best = told, [*rest[:at], other, *rest[at:]]
        return best

    def refilled(self, path: Path) -> Path:
        """Leaves out a few neighbours and fills the time without the first of them, as often as there is patience."""
        holes = [(size, first) for size in range(1, LARGEST_HOLE + 1) for first in range(len(path) - size + 1)]
        patience = REFILLING // max(1, (len(path) + 1) * len(self._asked))
        for size, first in holes[:patience]:
            rest = path[:first] + path[first + size :]
            barred = path[first] if first < len(path) else -1
            path = self.better(path, self.shortened(self.stretched(rest, 1, barred)))
        return path

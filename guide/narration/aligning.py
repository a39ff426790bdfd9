"""Two writings of the same words, laid against each other letter by letter; slips, gaps and additions are allowed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.int32]
Choices = npt.NDArray[np.uint8]

MATCH, SLIP, OPEN, LONGER = 4, -2, 4, 1
"""A gap costs most where it opens: what was left out, or said besides, is one stretch and not many crumbs."""
NEVER = -(1 << 28)
PAIRED, UNHEARD, ADDED = 0, 1, 2
STILL_UNHEARD, STILL_ADDED = 4, 8
FEWEST_ROWS = 64


def pairs(told: str, heard: str) -> list[int]:
    """For each letter that was to be told the place of the one heard for it, rising; -1 where none is.

    The best of all ways to lay them, in memory that grows with the square root of their lengths' product times the
    longer: rows are kept now and then, and computed again between, from the last to the first.
    """
    if not told or not heard:
        return [-1] * len(told)
    table = _Table(told, heard)
    found, way = [-1] * len(told), _Way(len(told), len(heard), PAIRED)
    for top in reversed(table.tops):
        choices = table.choices(top)
        while way.row > top:
            if (choice := way.step(choices[way.row - top - 1])) is not None:
                found[choice[0]] = choice[1]
    return found


@dataclass
class _Edge:
    """One row of the table: the best score up to each letter heard, and the best that ends in a letter unheard."""

    best: Row
    unheard: Row


class _Table:
    def __init__(self, told: str, heard: str) -> None:
        self._told, self._heard = _codes(told), _codes(heard)
        self._slope = np.arange(len(heard) + 1, dtype=np.int32) * LONGER
        step = max(FEWEST_ROWS, int(len(told) ** 0.5))
        self.tops = range(0, len(told), step)
        self._edges = self._kept()

    def choices(self, top: int) -> list[Choices]:
        """How each place of the rows from here to the next kept one was reached."""
        edge, found = self._edges[top], list[Choices]()
        for letter in self._told[top : top + self.tops.step]:
            edge, choices = self._next(edge, letter)
            found.append(choices)
        return found

    def _kept(self) -> dict[int, _Edge]:
        first = -OPEN - self._slope
        first[0] = 0
        edge, kept = _Edge(first, np.full_like(first, NEVER)), dict[int, _Edge]()
        for row, letter in enumerate(self._told):
            if row % self.tops.step == 0:
                kept[row] = edge
            edge, _ = self._next(edge, letter)
        return kept

    def _next(self, edge: _Edge, letter: np.int32) -> tuple[_Edge, Choices]:
        opened = edge.best - OPEN
        unheard = np.maximum(opened, edge.unheard) - LONGER
        paired = np.full_like(opened, NEVER)
        paired[1:] = edge.best[:-1] + np.where(self._heard == letter, MATCH, SLIP)
        straight = np.maximum(paired, unheard)
        level = straight + self._slope
        highest = np.maximum.accumulate(level)
        added = np.full_like(opened, NEVER)
        added[1:] = highest[:-1] - OPEN - self._slope[1:]
        best = np.maximum(straight, added)
        choices = np.where(best == paired, PAIRED, np.where(best == unheard, UNHEARD, ADDED)).astype(np.uint8)
        choices |= (edge.unheard > opened).astype(np.uint8) * STILL_UNHEARD
        choices[1:] |= (highest[:-1] > level[:-1]).astype(np.uint8) * STILL_ADDED
        return _Edge(best, unheard), choices


@dataclass
class _Way:
    """Going back from the end: where we are, and in which gap."""

    row: int
    column: int
    within: int

    def step(self, choices: Choices) -> tuple[int, int] | None:
        """The pair that was passed, if one was."""
        choice = int(choices[self.column])
        move = self.within or choice & 3
        if move == PAIRED:
            self.row, self.column = self.row - 1, self.column - 1
            return self.row, self.column
        if move == UNHEARD:
            self.row, self.within = self.row - 1, UNHEARD if choice & STILL_UNHEARD else PAIRED
        else:
            self.column, self.within = self.column - 1, ADDED if choice & STILL_ADDED else PAIRED
        return None


def _codes(letters: str) -> Row:
    return np.frombuffer(letters.encode("utf-32-le"), np.int32)


def runs(told: str, heard: str, found: list[int], shortest: int) -> list[bool]:
    """Which letters were heard for certain: those in a run of so many that agree, since single letters do by chance."""
    sure, run = [False] * len(told), range(0)
    for place in range(len(told) + 1):
        agrees = place < len(told) and found[place] >= 0 and told[place] == heard[found[place]]
        if agrees and run and found[place] == found[place - 1] + 1:
            run = range(run.start, place + 1)
            continue
        if len(run) >= shortest:
            sure[run.start : run.stop] = [True] * len(run)
        run = range(place, place + 1) if agrees else range(0)
    return sure

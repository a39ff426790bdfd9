"""What the rows of a few passages hold of what is wanted, looked up in the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding.cutting import Numbers, Places
from guide.assistant.finding.lexical import BY_LENGTH, SATURATION, Scores
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.seeking import Sought

GLANCE: Final = np.uint32(0x3FFF)


@dataclass(frozen=True)
class Held:
    """What a few rows hold of what is wanted: the row in place holders[n] has the wanted term in place found[n]."""

    rows: Places
    weighed: Scores
    """By BM25, as a share of all that is wanted: in a short row a word counts for more."""
    holders: Places
    found: Places
    sought: Sought

    def of(self, chosen: npt.NDArray[np.bool_]) -> Held:
        """Some of the rows."""
        places, there = chosen.cumsum() - 1, chosen[self.holders]
        holders, found = places[self.holders[there]], self.found[there]
        return Held(self.rows[chosen], self.weighed[chosen], holders, found, self.sought)

    @cached_property
    def share(self) -> Scores:
        """Of all that is wanted."""
        held = np.bincount(self.holders, self.sought.gains[self.found], len(self.rows))
        return held.astype(np.float64) / self.sought.mass

    @cached_property
    def words(self) -> npt.NDArray[np.bool_]:
        """A row a row, a column a word of the question: is it there as it stands?"""
        wanted = self.sought.wanted
        words = np.zeros((len(self.rows), int(wanted.words.max(initial=0)) + 1), bool)
        whole = wanted.whole[self.found]
        words[self.holders[whole], wanted.words[self.found[whole]]] = True
        return words

    @cached_property
    def terms(self) -> npt.NDArray[np.bool_]:
        """The same of every wanted term."""
        every = np.zeros((len(self.rows), len(self.sought.wanted.terms)), bool)
        every[self.holders, self.found] = True
        return every


def held(rows: Rows, passages: Places, sought: Sought) -> Held:
    chosen = rows.inside(passages)
    terms, counts, spans = rows.terms_of(passages)
    there, found = _common(terms, sought.wanted.terms)
    holders = np.repeat(np.arange(len(chosen)), spans)[there]
    often = counts[there].astype(float)
    burden = SATURATION * (1 - BY_LENGTH + BY_LENGTH * rows.lengths[chosen] / rows.mean_length)
    fit = often * (SATURATION + 1) / (often + burden[holders])
    weighed = np.bincount(holders, sought.gains[found] * fit, len(chosen)) / sought.mass
    return Held(chosen, weighed, holders, found, sought)


def _common(terms: Numbers, wanted: Numbers) -> tuple[Places, Places]:
    """Which of the terms are wanted, and where among those; most are not, and a glance at their last bits tells."""
    glance = np.zeros(GLANCE + 1, bool)
    glance[wanted & GLANCE] = True
    maybe = np.flatnonzero(glance[terms & GLANCE])
    places = np.minimum(wanted.searchsorted(terms[maybe]), len(wanted) - 1)
    sure = wanted[places] == terms[maybe]
    return maybe[sure], places[sure]

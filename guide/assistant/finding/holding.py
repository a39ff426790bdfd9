"""What the rows of a few passages hold of what is wanted, looked up in the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding.cutting import Numbers, Places
from guide.assistant.finding.lexical import BY_LENGTH, SATURATION, Scores
from guide.assistant.finding.rows import Rows, spread
from guide.assistant.finding.seeking import Sought

GLANCE: Final = np.uint32(0x3FFF)


@dataclass(frozen=True)
class Held:
    """What a few rows hold of what is wanted, as shares of all that is wanted."""

    rows: Places
    weighed: Scores
    """By BM25: in a short row a word counts for more."""
    share: Scores
    words: npt.NDArray[np.bool_]
    """A row a row, a column a word of the question: is it there as it stands?"""
    terms: npt.NDArray[np.bool_]
    """The same of every wanted term."""

    def of(self, chosen: Places) -> Held:
        """Some of the rows."""
        return Held(self.rows[chosen], self.weighed[chosen], self.share[chosen], self.words[chosen], self.terms[chosen])


def held(rows: Rows, passages: Places, sought: Sought) -> Held:
    wanted, gains, mass = sought.wanted, sought.gains, sought.mass
    chosen = spread(rows.firsts[passages], rows.firsts[passages + 1])
    terms, counts, spans = rows.terms_of(passages)
    there, found = _common(terms, wanted.terms)
    owner = np.repeat(np.arange(len(chosen)), spans)[there]
    often = counts[there].astype(float)
    burden = SATURATION * (1 - BY_LENGTH + BY_LENGTH * rows.lengths[chosen] / rows.mean_length)
    fit = often * (SATURATION + 1) / (often + burden[owner])
    words = np.zeros((len(chosen), int(wanted.words.max(initial=0)) + 1), bool)
    every = np.zeros((len(chosen), len(wanted.terms)), bool)
    every[owner, found] = True
    whole = wanted.whole[found]
    words[owner[whole], wanted.words[found[whole]]] = True
    return Held(
        chosen,
        np.bincount(owner, gains[found] * fit, len(chosen)) / mass,
        np.bincount(owner, gains[found], len(chosen)) / mass,
        words,
        every,
    )


def _common(terms: Numbers, wanted: Numbers) -> tuple[Places, Places]:
    """Which of the terms are wanted, and where among those; most are not, and a glance at their last bits tells."""
    glance = np.zeros(GLANCE + 1, bool)
    glance[wanted & GLANCE] = True
    maybe = np.flatnonzero(glance[terms & GLANCE])
    places = np.minimum(wanted.searchsorted(terms[maybe]), len(wanted) - 1)
    sure = wanted[places] == terms[maybe]
    return maybe[sure], places[sure]

"""What was meant by "con dao o dau": Vietnamese typed without marks, or with a slip, is read as it would be written.

Each word has readings, the words that look like it without marks; the row of readings is chosen whose neighbours stand
side by side most often, in the museum's own texts (which count for more) and in Vietnamese at large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding import arrays
from guide.assistant.finding.arrays import Array, Arrays
from guide.assistant.finding.cutting import Places, cut
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.segments import Runs
from guide.tours import folding
from guide.tours.vocabulary import Vocabulary

LANGUAGE: Final = "vi"
OF_THE_MUSEUM: Final = 25.0
UNSEEN: Final = 200.0
UNSEEN_SHARE: Final = 0.3
"""So many imagined occurrences, and this part of a word's own, stand for pairs that nobody has written yet."""
RAREST: Final = 0.3
MARKED_SHARE: Final = 0.3
"""From here on a question is taken to be written with its marks, and a bare word for what it is."""
MARKS_LEFT_OUT: Final = {"none": 0.0, "some": 1.5, "most": 6.0}
OTHER_MARKS: Final = 3.0
A_SLIP: Final = 6.0
MOST_READINGS: Final = 24
SHORTEST_SLIP: Final = 2

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Neighbours:
    """How often words stand alone and side by side; `keys` are place × words + place, ascending."""

    places: Mapping[str, int]
    singles: Numbers
    keys: npt.NDArray[np.int64]
    counts: Numbers

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Neighbours:
        made = cut(list(texts))
        return cls.of_words([(made.words, Runs(made.tokens, made.spoken))])

    @classmethod
    def of_rows(cls, rows: Rows) -> Neighbours:
        return cls.of_words([(segment.words, segment.tokens) for segment in rows.segments])

    @classmethod
    def of_words(cls, said: Sequence[tuple[Sequence[str], Runs]]) -> Neighbours:
        """Words, and texts of which each word is the place of one."""
        words = sorted({word for spoken, _ in said for word in spoken})
        places = {word: place for place, word in enumerate(words)}
        alone, together = np.zeros(len(words), np.intp), []
        for spoken, texts in said:
            tokens = np.array([places[word] for word in spoken], np.intp)[texts.values]
            alone += np.bincount(tokens, minlength=len(words))
            beside = np.ones(len(tokens) + 1, bool)
            beside[texts.ends] = False
            together.append((tokens[:-1] * len(words) + tokens[1:])[beside[1:-1]])
        keys, counts = np.unique(np.concatenate([np.zeros(0, np.intp), *together]), return_counts=True)
        return cls(places, alone.astype(float) * OF_THE_MUSEUM, keys, counts.astype(float) * OF_THE_MUSEUM)

    @cached_property
    def by_bare(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.places:
            found[bare(word)].append(word)
        return found

    def place(self, word: str) -> int:
        return self.places.get(word, -1)

    def alone(self, places: Places) -> Numbers:
        return np.where(places >= 0, self.singles[places], 0.0) if len(self.singles) else np.zeros(len(places))

    def together(self, before: Places, after: Places) -> Numbers:
        if not len(self.keys):
            return np.zeros(len(before))
        wanted = before * len(self.places) + after
        found = np.minimum(self.keys.searchsorted(wanted), len(self.keys) - 1)
        seen: Numbers = self.counts[found] * ((self.keys[found] == wanted) & (before >= 0) & (after >= 0))
        return seen


@dataclass(frozen=True)
class Reading:
    word: str
    cost: float


class Restorer:
    def __init__(self, museum: Neighbours) -> None:
        self._tables = (at_large(), museum)
        self._all = sum(float(table.singles.sum()) for table in self._tables)

    def restored(self, words: Sequence[folding.Word]) -> list[str]:
        """The words as they would be written."""
        if not words:
            return []
        marks = _marks(words)
        if marks == "most" and all(self._known(word.written) or word.written.isdigit() for word in words):
            return [word.written for word in words]
        cost = MARKS_LEFT_OUT[marks]
        return self._likeliest([self._readings(word, cost) for word in words])

    def _readings(self, word: folding.Word, cost: float) -> list[Reading]:
        known = self._known(word.written)
        if word.written.isdigit() or folding.unspaced(word.folded) or (word.has_marks and known):
            return [Reading(word.written, 0.0)]
        alike = self._looking_like(word.folded)
        if alike:
            return [Reading(one, _cost(word, one, cost)) for one in alike]
        slips = self._vocabulary.one_slip_from(word.folded) if len(word.folded) >= SHORTEST_SLIP else []
        meant = [Reading(one, A_SLIP) for slip in slips for one in self._looking_like(slip)]
        meant.sort(key=lambda reading: -self._alone(reading.word))
        return [Reading(word.written, A_SLIP), *meant[:MOST_READINGS]]

    def _known(self, written: str) -> bool:
        return any(written in table.places for table in self._tables)

    def _looking_like(self, folded: str) -> list[str]:
        return sorted({word for table in self._tables for word in table.by_bare.get(folded, ())})

    def _alone(self, word: str) -> float:
        return sum(float(table.singles[place]) for table in self._tables if (place := table.place(word)) >= 0)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(chain.from_iterable(table.by_bare for table in self._tables))

    def _likeliest(self, readings: Sequence[Sequence[Reading]]) -> list[str]:
        """Viterbi's rule: the best row so far that ends in each reading, word by word."""
        row = [reading for column in readings for reading in column]
        ends = np.cumsum([len(column) for column in readings])
        columns = [np.arange(end - len(column), end) for column, end in zip(readings, ends, strict=True)]
        alone, steps = self._steps(row, columns)
        costs = np.array([reading.cost for reading in row])
        score = np.log(alone[columns[0]] / self._all) - costs[columns[0]]
        backs = []
        for column, step in zip(columns[1:], steps, strict=True):
            ways = score[:, None] + step
            backs.append(ways.argmax(axis=0))
            score = ways.max(axis=0) - costs[column]
        chosen = [int(score.argmax())]
        for back in reversed(backs):
            chosen.append(int(back[chosen[-1]]))
        return [readings[n][place].word for n, place in enumerate(reversed(chosen))]

    def _steps(self, row: Sequence[Reading], columns: Sequence[Places]) -> tuple[Numbers, list[Numbers]]:
        """How often each reading stands alone, and how likely each follows each reading of the word before."""
        before = np.concatenate([np.repeat(a, len(b)) for a, b in pairwise(columns)] or [columns[0][:0]])
        after = np.concatenate([np.tile(b, len(a)) for a, b in pairwise(columns)] or [columns[0][:0]])
        alone, together = np.full(len(row), RAREST), np.zeros(len(before))
        for table in self._tables:
            places = np.array([table.place(reading.word) for reading in row], np.intp)
            alone += table.alone(places)
            together += table.together(places[before], places[after])
        unseen = UNSEEN + UNSEEN_SHARE * alone[before]
        likely = np.log((together + unseen * alone[after] / self._all) / (alone[before] + unseen))
        sizes = [len(a) * len(b) for a, b in pairwise(columns)]
        shaped = zip(np.split(likely, np.cumsum(sizes)[:-1]), pairwise(columns), strict=False)
        return alone, [step.reshape(len(a), len(b)) for step, (a, b) in shaped]


def bare(written: str) -> str:
    return folding.word(folding.pieces(written)[0]).folded


def _cost(word: folding.Word, meant: str, cost: float) -> float:
    if meant == word.written:
        return 0.0
    return OTHER_MARKS if word.has_marks else cost


def _marks(words: Sequence[folding.Word]) -> str:
    letters = [word for word in words if word.folded.isalpha()]
    share = sum(word.has_marks for word in letters) / max(len(letters), 1)
    return "none" if share == 0 else "some" if share < MARKED_SHARE else "most"


@cache
def at_large() -> Neighbours:
    """Vietnamese as many have written it; see tables/README.md."""
    read = _read()
    singles, counts, steps = steps_of_counts()
    amounts = np.exp2(np.arange(256) / steps)
    places = {word: place for place, word in enumerate(read.told["syllables"].split())}
    keys = read.named["pairs"].astype(np.int64)
    return Neighbours(places, amounts[singles], keys, amounts[counts])


def steps_of_counts() -> tuple[Array, Array, int]:
    """Of words alone and side by side, as they are kept: so many steps double a count."""
    read = _read()
    return read.named["singles"], read.named["counts"], int(read.told["steps"])


@cache
def _read() -> Arrays:
    return arrays.read(Path(__file__).with_name("tables") / "syllables.bin")

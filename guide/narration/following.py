"""Following a known text through a recording: which of its sentences are heard, and when."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from guide.narration.aligning import pairs, runs
from guide.narration.ear import HeardWord
from guide.narration.reading import Entry, Reading, read
from guide.narration.sounding import Letter, letters

SURE_RUN = 3
"""Letters in a row that agree: fewer agree by chance."""


class HeardLetter(NamedTuple):
    plain: str
    start: float
    end: float
    sign: str
    opens: bool
    probability: float
    """How certain the ear is of the word that it stands in."""


@dataclass(frozen=True)
class Told:
    """A sentence that should be heard."""

    number: int
    reading: Reading
    language: str
    letters: tuple[Letter, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "letters", tuple(letters(self.reading.spoken, self.language)))

    @property
    def words(self) -> list[int]:
        """For each letter, which word it stands in."""
        return list(accumulate(int(letter.opens) for letter in self.letters))


@dataclass(frozen=True)
class Followed:
    """What was heard of a sentence: of each of its letters when, and whether it was that letter for certain."""

    told: Told
    places: tuple[int, ...]
    """Of its letters among those heard; -1 for one that is not."""
    times: tuple[tuple[float, float] | None, ...]
    sure: tuple[bool, ...]
    room: float
    """How much was said between its neighbours, as a share of its letters: was something there at all?"""
    said: range
    """The letters heard in its place."""

    @property
    def share(self) -> float:
        return sum(self.sure) / len(self.sure) if self.sure else 1.0

    @property
    def words(self) -> tuple[int, int]:
        """How many there are, and of how many at least half was heard."""
        sure = zip(self.told.words, self.sure, strict=True)
        groups = [[known for _, known in group] for _, group in groupby(sure, lambda letter: letter[0])]
        return len(groups), sum(sum(group) * 2 >= len(group) for group in groups)


def follow(lines: Sequence[Told], heard: Sequence[HeardLetter]) -> list[Followed]:
    told = "".join(letter.plain for line in lines for letter in line.letters)
    said = "".join(letter.plain for letter in heard)
    found = pairs(told, said)
    sure = runs(told, said, found, SURE_RUN)
    ends = list(accumulate((len(line.letters) for line in lines), initial=0))
    return [
        _followed(line, heard, found[begin:end], sure[begin:end], _place(found, sure, begin, end, len(heard)))
        for line, (begin, end) in zip(lines, pairwise(ends), strict=True)
    ]


def _followed(
    line: Told, heard: Sequence[HeardLetter], found: Sequence[int], sure: Sequence[bool], place: range
) -> Followed:
    times = tuple((heard[at].start, heard[at].end) if at >= 0 else None for at in found)
    known = [at for at, certain in zip(found, sure, strict=True) if certain]
    said = range(known[0], known[-1] + 1) if known else place
    return Followed(line, tuple(found), times, tuple(sure), len(place) / max(1, len(line.letters)), said)


def _place(found: Sequence[int], sure: Sequence[bool], begin: int, end: int, length: int) -> range:
    """From the last letter that its neighbours before surely have to the first that those after do."""
    before = next((found[at] for at in range(begin - 1, -1, -1) if sure[at]), -1)
    after = next((found[at] for at in range(end, len(found)) if sure[at]), length)
    return range(before + 1, after)


def written(letters: Sequence[HeardLetter]) -> str:
    """What was heard, word by word again."""
    return "".join(f" {letter.sign}" if letter.opens else letter.sign for letter in letters).strip()


def heard_letters(words: Sequence[HeardWord], language: str, lexicon: Sequence[Entry] = ()) -> list[HeardLetter]:
    """What the ear wrote down is read aloud too: its "1862" is somebody's "eighteen sixty-two"."""
    texts = [unicodedata.normalize("NFC", word.text) for word in words]
    begins = list(accumulate(map(len, texts), initial=0))
    reading = read("".join(texts), language, lexicon)
    found: list[HeardLetter] = []
    for first, last, spoken in _spoken_stretches(reading):
        begin, end = bisect_right(begins, first) - 1, bisect_right(begins, max(first, last - 1)) - 1
        found += _spread(letters(spoken, language), words[begin : end + 1])
    return found


def _spoken_stretches(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """From where to where in the text, and what is said for it; a word that another says too goes with that one."""
    first, last, spoken = 0, 0, ""
    for word in reading.words:
        if word.spoken and spoken:
            yield first, last, spoken
            first = word.start
        elif not spoken and not last:
            first = word.start
        last, spoken = word.end, word.spoken or spoken
    if spoken:
        yield first, last, spoken


def _spread(found: Sequence[Letter], words: Sequence[HeardWord]) -> Iterator[HeardLetter]:
    start, end = words[0].start, words[-1].end
    step = (end - start) / max(1, len(found))
    probability = min(word.probability for word in words)
    for place, letter in enumerate(found):
        begin = start + place * step
        yield HeardLetter(letter.plain, begin, begin + step, letter.sign, letter.opens, probability)

"""Segments: some of a museum's texts in one language, cut into rows of terms and kept together in a file.

A segment is a function of what was cut: the same texts give the same bytes, cut now or taken over from an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np

from guide.assistant.finding import arrays
from guide.assistant.finding.arrays import Array
from guide.assistant.finding.cutting import Places, cut
from guide.assistant.passages import Passage

NAMES: Final = -1
RUNS: Final = ("terms", "tokens", "texts")


class Group(NamedTuple):
    """What is cut together: a stop, or what a museum says beside its stops."""

    stop: str | None
    order: int
    """Where it stands among the others."""
    version: str
    told: bool = False
    """Has it a text of its own in this language, and not only facts?"""
    keys: Sequence[str] = ()
    """Of its passages."""
    sizes: Sequence[int] = ()
    """How many rows each of them has."""


@dataclass(frozen=True)
class Runs:
    """Run n are the values from ends[n] to ends[n + 1]."""

    values: Array
    ends: Array

    def stretch(self, first: int, end: int) -> Runs:
        start, stop = int(self.ends[first]), int(self.ends[end])
        return Runs(self.values[start:stop], self.ends[first : end + 1] - self.ends[first])

    @classmethod
    def joined(cls, parts: Sequence[Runs], kind: str) -> Runs:
        ends = np.concatenate([[0], *(np.diff(part.ends.astype(np.int64)) for part in parts)]).cumsum()
        return cls(_joined([part.values for part in parts], kind), ends.astype(np.uint32))


@dataclass(frozen=True)
class Segment:
    """Row n is the sentence numbers[n] of its passage, or its title (0) or its other names (-1)."""

    groups: Sequence[Group]
    numbers: Array
    lengths: Array
    """In letters."""
    terms: Runs
    counts: Array
    """How often each of the terms stands in its row."""
    order: Array
    """The places of the terms, ascending by term: of all segments together one merging makes the postings."""
    words: Sequence[str]
    tokens: Runs
    """The words of each row, one after another."""
    texts: Runs

    @classmethod
    def cut(cls, told: Iterable[tuple[Group, Sequence[Passage]]]) -> Self:
        groups, rows = [], list[tuple[int, str]]()
        for group, passages in told:
            each = [texts_of(passage) for passage in passages]
            rows += [row for one in each for row in one]
            spoken = any(passage.kind == "stop" for passage in passages)
            keys, sizes = [passage.key for passage in passages], [len(one) for one in each]
            groups.append(group._replace(told=spoken, keys=keys, sizes=sizes))
        made = cut([text for _, text in rows])
        return cls(
            groups,
            np.array([number for number, _ in rows], np.int16),
            made.lengths,
            Runs(made.terms, made.offsets),
            made.counts,
            _order(made.terms),
            made.words,
            Runs(made.tokens, made.spoken),
            _written([text for _, text in rows]),
        )

    @classmethod
    def gathered(cls, parts: Sequence[tuple[Segment, int]]) -> Self:
        """These groups of these segments, as if they had been cut together."""
        segments = {id(segment): segment for segment, _ in parts}
        spans = [(segment, *segment.rows_of(group)) for segment, group in parts]
        tokens = [(segment, segment.tokens.stretch(first, end)) for segment, first, end in spans]
        words, places = _together(list(segments.values()), tokens)
        named = [Runs(places[id(segment)][part.values], part.ends) for segment, part in tokens]
        terms = Runs.joined([segment.terms.stretch(first, end) for segment, first, end in spans], "<u4")
        ends = [segment.terms.ends[[first, end]] for segment, first, end in spans]
        return cls(
            [segment.groups[group] for segment, group in parts],
            _joined([segment.numbers[first:end] for segment, first, end in spans], "<i2"),
            _joined([segment.lengths[first:end] for segment, first, end in spans], "<u4"),
            terms,
            _joined([one.counts[first:end] for (one, _, _), (first, end) in zip(spans, ends, strict=True)], "u1"),
            _order(terms.values),
            words,
            Runs.joined(named, "<u4"),
            Runs.joined([segment.texts.stretch(first, end) for segment, first, end in spans], "u1"),
        )

    def rows_of(self, group: int) -> tuple[int, int]:
        return int(self.firsts[group]), int(self.firsts[group + 1])

    @cached_property
    def firsts(self) -> Places:
        """The first row of each group, and one more."""
        return np.cumsum([0, *(sum(group.sizes) for group in self.groups)])

    def text(self, row: int) -> str:
        return self.texts.stretch(row, row + 1).values.tobytes().decode("utf-8", "surrogatepass")

    def write(self, path: Path) -> None:
        told = {"groups": self.groups, "words": " ".join(self.words)}
        runs = dict(zip(RUNS, (self.terms, self.tokens, self.texts), strict=True))
        named = {"numbers": self.numbers, "lengths": self.lengths, "counts": self.counts, "order": self.order}
        named |= {name: run.values for name, run in runs.items()}
        arrays.write(path, told, named | {f"{name}.ends": run.ends for name, run in runs.items()})

    @classmethod
    def read(cls, path: Path) -> Self:
        """In place: the processes of a server share it."""
        read = arrays.read(path)
        groups, words = [Group(*row) for row in read.told["groups"]], read.told["words"].split()
        numbers, lengths, counts, order = (read.named[name] for name in ("numbers", "lengths", "counts", "order"))
        terms, tokens, texts = (Runs(read.named[name], read.named[f"{name}.ends"]) for name in RUNS)
        return cls(groups, numbers, lengths, terms, counts, order, words, tokens, texts)


def texts_of(passage: Passage) -> list[tuple[int, str]]:
    spoken = [(sentence.number, sentence.text) for sentence in passage.sentences]
    titled = [] if any(number == 0 for number, _ in spoken) else [(0, passage.title)]
    named = [(NAMES, " · ".join(passage.names))] if passage.names else []
    return [row for row in (*named, *titled, *spoken) if row[1]]


def _order(terms: Array) -> Array:
    return np.argsort(terms, kind="stable").astype(np.uint32)


def _written(texts: Sequence[str]) -> Runs:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.cumsum([0, *(len(text) for text in encoded)])
    return Runs(np.frombuffer(b"".join(encoded), np.uint8), ends.astype(np.uint32))


def _together(
    segments: Sequence[Segment], spoken: Sequence[tuple[Segment, Runs]]
) -> tuple[list[str], dict[int, Array]]:
    """The words that are still spoken, in order, and the place in them of each segment's own."""
    used: dict[int, list[str]] = {}
    for segment in segments:
        there = np.unique(_joined([part.values for one, part in spoken if one is segment], "<u4"))
        used[id(segment)] = [segment.words[word] for word in there.tolist()]
    words = sorted(set().union(*used.values()))
    place = {word: n for n, word in enumerate(words)}
    return words, {
        id(segment): np.array([place.get(word, 0) for word in segment.words], np.uint32) for segment in segments
    }


def _joined(parts: Sequence[Array], kind: str) -> Array:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.zeros(0, kind)

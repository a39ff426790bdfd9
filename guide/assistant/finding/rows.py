"""The rows of a museum in one language: its segments side by side, in the order in which a visitor meets them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from guide.assistant.finding.arrays import Array
from guide.assistant.finding.cutting import Numbers, Places
from guide.assistant.finding.segments import Group, Segment


class Rows:
    """Row n is of passage owners[n]; numbers[n] says which of its sentences it is: 0 the title, -1 the other names."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        seats = sorted(
            (group.order, group.stop or "", place, nth)
            for place, segment in enumerate(segments)
            for nth, group in enumerate(segment.groups)
        )
        self.groups: list[Group] = [segments[place].groups[nth] for _, _, place, nth in seats]
        self.group_firsts = np.cumsum([0, *(len(group.keys) for group in self.groups)]).tolist()
        self.count: int = self.group_firsts[-1]
        self._sizes = np.array([size for group in self.groups for size in group.sizes], np.intp)
        self.firsts = np.concatenate(([0], self._sizes.cumsum()))
        self.owners = np.repeat(np.arange(self.count), self._sizes)
        self._bases = np.cumsum([0, *(len(segment.numbers) for segment in segments)]).tolist()
        begins = [self._bases[place] + int(segments[place].firsts[nth]) for _, _, place, nth in seats]
        self._begins = _begins(begins, self.group_firsts, self.firsts)
        self._at = spread(self._begins, self._begins + self._sizes)
        self.numbers = self._in_order([segment.numbers for segment in segments])
        self.lengths = self._in_order([segment.lengths for segment in segments])
        self._spans = self._in_order([np.diff(segment.terms.ends.astype(np.int64)) for segment in segments])
        self.mean_length = float(self.lengths.mean()) if len(self.lengths) else 1.0

    @cached_property
    def keys(self) -> list[str]:
        return [key for group in self.groups for key in group.keys]

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def stops(self) -> Array:
        """The stop of each passage; nothing where it has none."""
        named = np.array([group.stop or "" for group in self.groups], np.str_)
        return np.repeat(named, np.diff(self.group_firsts))

    @cached_property
    def by_stop(self) -> Mapping[str, int]:
        """The group of each stop."""
        return {group.stop: place for place, group in enumerate(self.groups) if group.stop}

    def group_of(self, place: int) -> tuple[int, int]:
        """A passage's group, and which of its passages it is."""
        group = bisect_right(self.group_firsts, place) - 1
        return group, place - self.group_firsts[group]

    def of_group(self, group: int) -> range:
        return range(self.group_firsts[group], self.group_firsts[group + 1])

    def inside(self, passages: Places) -> Places:
        """Their rows, passage by passage."""
        return spread(self.firsts[passages], self.firsts[passages + 1])

    def terms_of(self, passages: Places) -> tuple[Numbers, Array, Places]:
        """The terms of their rows, how often each stands there, and how many each row has."""
        spans = self._spans[self.inside(passages)]
        terms, counts = [], []
        for begins, rows in zip(self._begins[passages].tolist(), self._sizes[passages].tolist(), strict=True):
            segment, first = self._home(begins)
            there = slice(segment.terms.ends[first], segment.terms.ends[first + rows])
            terms.append(segment.terms.values[there])
            counts.append(segment.counts[there])
        return np.concatenate(terms), np.concatenate(counts), spans

    def text(self, row: int) -> str:
        segment, place = self._home(int(self._at[row]))
        return segment.text(place)

    def texts(self) -> Iterator[str]:
        return map(self.text, range(len(self.owners)))

    def owners_by_segment(self) -> Iterator[tuple[Segment, Places]]:
        """Of each segment's rows, in its own order, the passages."""
        owners = np.empty(len(self.owners), np.intp)
        owners[self._at] = self.owners
        for segment, first, end in zip(self.segments, self._bases, self._bases[1:], strict=False):
            yield segment, owners[first:end]

    def _home(self, at: int) -> tuple[Segment, int]:
        place = bisect_right(self._bases, at) - 1
        return self.segments[place], at - self._bases[place]

    def _in_order(self, parts: Sequence[Array]) -> Array:
        return np.concatenate([*parts, np.zeros(0, np.int16)])[self._at].astype(np.intp)


def _begins(groups: Sequence[int], group_firsts: Sequence[int], firsts: Places) -> Places:
    """Where each passage's rows begin, if those of its group begin there."""
    counts = np.diff(group_firsts)
    heads = firsts[np.array(group_firsts[:-1], np.intp)]
    found: Places = firsts[:-1] + np.repeat(np.array(groups, np.intp) - heads, counts)
    return found


def spread(starts: Places, ends: Places) -> Places:
    sizes = ends - starts
    found: Places = np.arange(sizes.sum()) + np.repeat(starts - sizes.cumsum() + sizes, sizes)
    return found

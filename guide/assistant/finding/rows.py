"""The rows of an index: every title, name and sentence of the passages, cut into terms.

Rows are cut a bucket at a time and kept under the name of what was cut, so that a changed stop costs its bucket alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from guide.assistant.finding import arrays
from guide.assistant.finding.arrays import Array
from guide.assistant.finding.cutting import Cut, Places, cut
from guide.assistant.passages import Passage
from guide.tours.segments import bucket_of

VERSION: Final = 1
NAMES: Final = -1
BUCKETS: Final = 16
OLDER_KEPT: Final = 3


@dataclass(frozen=True)
class Rows:
    """Row n is of passage owners[n]; numbers[n] says which of its sentences it is: 0 the title, -1 the other names."""

    cut: Cut
    owners: Places
    numbers: Places
    count: int

    @cached_property
    def firsts(self) -> Places:
        """The first row of each passage, and one more."""
        return np.searchsorted(self.owners, np.arange(self.count + 1))

    @cached_property
    def mean_length(self) -> float:
        return float(self.cut.lengths.mean()) if len(self.cut.lengths) else 1.0


def texts_of(passage: Passage) -> list[tuple[int, str]]:
    spoken = [(sentence.number, sentence.text) for sentence in passage.sentences]
    titled = [] if any(number == 0 for number, _ in spoken) else [(0, passage.title)]
    named = [(NAMES, " · ".join(passage.names))] if passage.names else []
    return [row for row in (*named, *titled, *spoken) if row[1]]


def rows_of(passages: Sequence[Passage], kept: Path | None) -> Rows:
    """In the order of the passages; `kept` is a folder where what was cut before lies."""
    groups: list[list[int]] = [[] for _ in range(BUCKETS)]
    for place, passage in enumerate(passages):
        groups[bucket_of(passage.stop or passage.key, BUCKETS)].append(place)
    cuts = [(group, _cut_of([passages[place] for place in group], kept)) for group in groups if group]
    return _in_order(passages, cuts)


def _cut_of(passages: Sequence[Passage], kept: Path | None) -> Cut:
    texts = [text for passage in passages for _, text in texts_of(passage)]
    if kept is None:
        return cut(texts)
    path = kept / f"{address(texts)}.rows"
    if path.exists():
        path.touch()  # in use again, so it stays
    else:
        made = cut(texts)
        arrays.write(path, {}, {name: getattr(made, name) for name in ("terms", "counts", "offsets", "lengths")})
        return made
    return Cut(**arrays.read(path).named)


def address(texts: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps([VERSION, *texts]).encode()).hexdigest()[:32]


def clear(kept: Path, newest: Path) -> None:
    """Of each kind the few latest files stay: an earlier edition may be gone back to."""
    for kind, most in (("*.rows", OLDER_KEPT * BUCKETS), ("*.lexical", OLDER_KEPT)):
        files = sorted((path for path in kept.glob(kind) if path != newest), key=_age, reverse=True)
        for path in files[most:]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _in_order(passages: Sequence[Passage], cuts: Sequence[tuple[list[int], Cut]]) -> Rows:
    """All rows as if they had been cut at once."""
    sizes = [len(texts_of(passage)) for passage in passages]
    owners = _joined([np.repeat(group, [sizes[n] for n in group]) for group, _ in cuts])
    order = np.argsort(owners, kind="stable")
    numbers = np.array([number for passage in passages for number, _ in texts_of(passage)], np.intp)
    lengths = _joined([one.lengths for _, one in cuts])[order]
    spans = _joined([np.diff(one.offsets.astype(np.int64)) for _, one in cuts])
    starts = np.concatenate(([0], spans.cumsum()))[:-1][order]
    spans = spans[order]
    ends = np.concatenate(([0], spans.cumsum()))
    picked = np.arange(ends[-1]) + np.repeat(starts - ends[:-1], spans)
    terms = _joined([one.terms for _, one in cuts]).astype(np.uint32)[picked]
    counts = _joined([one.counts for _, one in cuts]).astype(np.uint8)[picked]
    joined = Cut(terms, counts, ends.astype(np.uint32), lengths.astype(np.uint32))
    return Rows(joined, owners[order].astype(np.intp), numbers, len(passages))


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)

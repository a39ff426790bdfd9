"""Texts cut into numbered terms: words as written and without marks, pairs of words, and crumbs of letters.

A cut text is a row of terms, ascending, each with how often it stands there. Many texts are cut at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.tours import folding, terms

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]
Counts = npt.NDArray[np.uint8]

MOST: Final = 255


@dataclass(frozen=True)
class Cut:
    """Text n has the terms from offsets[n] to offsets[n + 1]; its length is counted in letters.

    Its words, one after another, are numbers of `words`: those from spoken[n] to spoken[n + 1] of `tokens`.
    """

    terms: Numbers
    counts: Counts
    offsets: Numbers
    lengths: Numbers
    words: Sequence[str]
    tokens: Numbers
    spoken: Numbers


def cut(texts: Sequence[str]) -> Cut:
    vocabulary: dict[str, int] = {}
    tokens = [[vocabulary.setdefault(piece, len(vocabulary)) for piece in folding.pieces(text)] for text in texts]
    words = [folding.word(piece) for piece in vocabulary]
    running = [f" {' '.join([words[token].folded for token in text])} {terms.STOP}" for text in tokens]
    codes = terms.code_points("".join(running))
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) for text in running])
    found = [_keys(cut.terms, owners[cut.starts]) for cut in (*terms.pieces(codes), terms.crumbs(codes))]
    ordered, counts = np.unique(np.concatenate([*_word_keys(words, tokens), *found]), return_counts=True)
    offsets = np.searchsorted(ordered, np.arange(len(texts) + 1, dtype=np.uint64) << np.uint64(32))
    lengths = np.array([len(text) - 3 for text in running], np.int64).clip(1)
    return Cut(
        (ordered & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        np.minimum(counts, MOST).astype(np.uint8),
        offsets.astype(np.uint32),
        lengths.astype(np.uint32),
        [word.written for word in words],
        np.array([token for text in tokens for token in text], np.uint32),
        np.cumsum([0, *(len(text) for text in tokens)]).astype(np.uint32),
    )


def _word_keys(words: Sequence[folding.Word], tokens: Sequence[Sequence[int]]) -> list[npt.NDArray[np.uint64]]:
    places = np.array([token for text in tokens for token in text], np.intp)
    owners = np.repeat(np.arange(len(tokens), dtype=np.uint64), [len(text) for text in tokens])
    spaced = np.array([not folding.unspaced(word.folded) for word in words], bool)[places]
    folded, marked = (each[places] for each in spelled(words))
    together = spaced[:-1] & spaced[1:] & (owners[:-1] == owners[1:])
    pairs = terms.paired(folded[:-1], folded[1:])[together]
    return [
        _keys(folded[spaced], owners[spaced]),
        _keys(marked[spaced], owners[spaced]),
        _keys(pairs, owners[:-1][together]),
    ]


def spelled(words: Sequence[folding.Word]) -> tuple[Numbers, Numbers]:
    """Each word's number without marks, and as it is written."""
    both = terms.spelled([word.folded for word in words] + [word.marked for word in words])
    return terms.stirred(both[: len(words)], terms.WORD), terms.stirred(both[len(words) :], terms.MARKED)


def _keys(found: Numbers, owners: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return owners << np.uint64(32) | found

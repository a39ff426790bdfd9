"""Postings: documents are read once into the sorted table of which term stands in which text, how often and where.

An occurrence is one 64-bit number: 32 bits for the term, 16 for the document, 8 for the field, one for "written
without marks"; so sorting numbers is all the work there is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from guide.tours import folding, terms

EIGHTHS: Final = 8
LAST_FIELD_BIT: Final = 14
BARE: Final = 1 << 15
SHORT: Final = 80
MOST_DOCUMENTS: Final = 1 << 16
MOST_FIELDS: Final = 1 << 8

Numbers = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]
About = list[tuple[str, list[tuple[str, str]]]]  # key and (field name, its text if short) of each document


@dataclass(frozen=True)
class Field:
    name: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Document:
    key: str
    fields: tuple[Field, ...]


class UnfitDocuments(ValueError):
    pass


@dataclass(frozen=True)
class Postings:
    """A posting is a document that holds a term; `offsets` says where the postings of each term begin."""

    terms: Numbers
    offsets: Numbers
    masks: npt.NDArray[np.uint16]
    documents: Numbers
    weights: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Contents:
    """All that a segment knows."""

    language: str
    about: About
    words: frozenset[str]
    lengths: Numbers
    postings: Postings


def contents(documents: Iterable[Document], language: str) -> Contents:
    ordered = in_order(documents)
    reading = _read(ordered)
    about = [(d.key, [(f.name, f.text if len(f.text) <= SHORT else "") for f in d.fields]) for d in ordered]
    words = frozenset(word.folded for word in reading.vocabulary if not folding.unspaced(word.folded))
    lengths = np.bincount((reading.code_spans >> np.uint64(8)).astype(np.intp), minlength=len(ordered))
    postings = _summed_up(_occurrences(reading), _field_weights(ordered))
    return Contents(language, about, words, lengths.astype(np.uint32), postings)


def in_order(documents: Iterable[Document]) -> list[Document]:
    ordered = sorted(documents, key=lambda document: document.key)
    if len(ordered) > MOST_DOCUMENTS:
        raise UnfitDocuments(f"A segment holds {MOST_DOCUMENTS} documents at most, not {len(ordered)}.")
    if any(len(document.fields) > MOST_FIELDS for document in ordered):
        raise UnfitDocuments(f"A document has {MOST_FIELDS} fields at most.")
    for before, after in pairwise(ordered):
        if before.key == after.key:
            raise UnfitDocuments(f"Two documents have the key {after.key!r}.")
    return ordered


@dataclass(frozen=True)
class _Reading:
    """All fields of all documents, one after the other, as words (places in `vocabulary`) and as running text.

    A span is one field of one document, as a number: the document's place and, in its lowest eight bits, the field's.
    """

    vocabulary: list[folding.Word]
    tokens: Places
    token_spans: Keys
    codes: Numbers
    code_spans: Keys


def _read(documents: Sequence[Document]) -> _Reading:
    places: dict[str, int] = {}
    fields = [(n << 8 | place, field) for n, doc in enumerate(documents) for place, field in enumerate(doc.fields)]
    tokens = [[places.setdefault(piece, len(places)) for piece in folding.pieces(field.text)] for _, field in fields]
    vocabulary = [folding.word(piece) for piece in places]
    running = [f" {' '.join([vocabulary[token].folded for token in span])} {terms.STOP}" for span in tokens]
    spans = np.array([span for span, _ in fields], np.uint64)
    return _Reading(
        vocabulary,
        np.array([token for span in tokens for token in span], np.intp),
        np.repeat(spans, [len(span) for span in tokens]),
        terms.code_points("".join(running)),
        np.repeat(spans, [len(text) for text in running]),
    )


def _occurrences(reading: _Reading) -> Keys:
    """Each occurrence of a term as one sortable number: term, document, field, whether written without marks."""
    codes, spans = reading.codes, reading.code_spans
    cut = [*terms.pieces(codes), terms.crumbs(codes)]
    found = [_keys(windows.terms, spans[windows.starts]) for windows in cut]
    return np.concatenate([*_word_keys(reading), *found])


def _word_keys(reading: _Reading) -> list[Keys]:
    words, tokens, spans = reading.vocabulary, reading.tokens, reading.token_spans
    bare = np.array([not word.has_marks for word in words], bool)
    spaced = np.array([not folding.unspaced(word.folded) for word in words], bool)
    folded = terms.stirred(terms.spelled([word.folded for word in words]), terms.WORD)
    marked = terms.stirred(terms.spelled([word.marked for word in words]), terms.MARKED)
    whole = spaced[tokens]
    with_marks = whole & ~bare[tokens]
    side_by_side = whole[:-1] & whole[1:] & (spans[:-1] == spans[1:])
    pairs = terms.paired(folded[tokens[:-1]], folded[tokens[1:]])
    return [
        _keys(folded[tokens[whole]], spans[whole]) | bare[tokens[whole]],
        _keys(marked[tokens[with_marks]], spans[with_marks]),
        _keys(pairs[side_by_side], spans[:-1][side_by_side]),
    ]


def _keys(found: Numbers, spans: Keys) -> Keys:
    return found.astype(np.uint64) << np.uint64(25) | spans << np.uint64(1)


def _summed_up(occurrences: Keys, field_weights: npt.NDArray[np.float64]) -> Postings:
    """Equal terms and documents become one posting."""
    keys = np.sort(occurrences)
    documents = (keys >> np.uint64(9)) & np.uint64(0xFFFF)
    fields = (keys >> np.uint64(1)) & np.uint64(0xFF)
    starts = _changes(keys >> np.uint64(9))
    weights = np.add.reduceat(field_weights[documents, fields], starts)
    bits = np.uint64(1) << np.minimum(fields, np.uint64(LAST_FIELD_BIT)) | (keys & np.uint64(1)) * np.uint64(BARE)
    return grouped(
        (keys[starts] >> np.uint64(25)).astype(np.uint32),
        np.bitwise_or.reduceat(bits, starts).astype(np.uint16),
        documents[starts].astype(np.uint32),
        np.clip(np.rint(weights * EIGHTHS), 1, 255).astype(np.uint8),
    )


def grouped(
    found: Numbers, masks: npt.NDArray[np.uint16], documents: Numbers, weights: npt.NDArray[np.uint8]
) -> Postings:
    """Postings from one row a posting, sorted by term; crumbs tell no reason and keep no mask."""
    firsts = _changes(found)
    offsets = np.append(firsts, len(found)).astype(np.uint32)
    return Postings(found[firsts], offsets, masks[: found.searchsorted(terms.CRUMB_BIT)], documents, weights)


def _changes(ordered: npt.NDArray[Any]) -> Places:
    """Where a new value begins."""
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])


def _field_weights(documents: Sequence[Document]) -> npt.NDArray[np.float64]:
    table = np.zeros((len(documents), max((len(document.fields) for document in documents), default=0)))
    for place, document in enumerate(documents):
        table[place, : len(document.fields)] = [field.weight for field in document.fields]
    return table

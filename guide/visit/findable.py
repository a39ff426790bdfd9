"""Searching without a server: the stops as they are searched here, and the rules, for a phone to do the same."""

from __future__ import annotations

import json
from typing import Any, Final

from guide.language import base
from guide.tours import finding, postings, telex, typed, wanted
from guide.tours.catalogue import Museum
from guide.tours.finding import Document
from guide.tours.little_words import LITTLE_WORDS
from guide.visit.search import document

VERSION: Final = 1


def findable(museum: Museum, language: str) -> bytes:
    return packed([document(museum, stop, language) for stop in museum.shown_stops], language)


def packed(documents: list[Document], language: str) -> bytes:
    """In the order in which the index keeps them."""
    told = {
        "version": VERSION,
        "language": language,
        "documents": [_document(one) for one in postings.in_order(documents)],
        "rules": {
            "saturation": finding.SATURATION,
            "by_length": finding.BY_LENGTH,
            "fewest": finding.FEWEST,
            "found": finding.FOUND,
            "short": postings.SHORT,
        },
        "typed": _typed(language),
        "weights": _weights(language),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _document(one: Document) -> dict[str, Any]:
    return {"key": one.key, "fields": [[field.name, field.text, field.weight] for field in one.fields]}


def _typed(language: str) -> dict[str, Any]:
    return {
        "longest": typed.LONGEST_QUERY,
        "most_slips": typed.MOST_SLIPS,
        "most_readings": typed.MOST_READINGS,
        "little": LITTLE_WORDS.get(base(language), "").split(),
        "telex": {
            "tones": telex.TONES,
            "circumflex": telex.CIRCUMFLEX,
            "horn_or_breve": telex.HORN_OR_BREVE,
            "vowels": telex.VOWELS,
            "quality": telex.QUALITY,
            "front": telex.FRONT,
            "onsets": telex.ONSETS,
            "rimes": sorted(telex.RIMES),
            "before_front_only": sorted(telex.BEFORE_FRONT_VOWELS_ONLY),
            "never_before_front": telex.NEVER_BEFORE_FRONT_VOWELS,
        },
    }


def _weights(language: str) -> dict[str, Any]:
    by_syllables = base(language) in wanted.BY_SYLLABLES
    return {
        "word": wanted.WORD_WEIGHT,
        "marked": wanted.MARKED_WEIGHT,
        "crumb": wanted.CRUMB_WEIGHT,
        "piece": wanted.PIECE_WEIGHT,
        "pair": wanted.PAIR_WEIGHT_OF_SYLLABLES if by_syllables else wanted.PAIR_WEIGHT,
        "marks_owed": wanted.ALWAYS if by_syllables else wanted.IF_KNOWN,
        "completion": wanted.COMPLETION_WEIGHT,
        "little": typed.LITTLE,
        "credit": typed.CREDIT,
    }

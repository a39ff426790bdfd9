"""The index for the pocket: one museum's passages in one language, with the rules to find in them without a server.

POCKET.md describes the file and the rules; pocket_reader.py follows them in plain Python, as a browser would.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from guide.assistant.finding import asking, following, lexical, retrieval, wanting
from guide.assistant.finding.confidence import threshold
from guide.assistant.finding.restoring import LANGUAGE, at_large
from guide.assistant.passages import Passage
from guide.language import base
from guide.tours import folding

VERSION: Final = 1
MOST_PAIRS: Final = 90_000
ELSEWHERE: Final = 0.2
"""What a pair counts for of words that this museum never writes."""


def pocket(passages: Sequence[Passage], language: str) -> bytes:
    """The same passages give the same bytes."""
    told = {
        "version": VERSION,
        "language": language,
        "passages": [_passage(passage) for passage in passages],
        "rules": rules(language, len(passages)),
        "asking": _asking(base(language)),
        "signs": _yaml("answer_signs.yaml", base(language)),
        "syllables": _syllables(passages) if base(language) == LANGUAGE else None,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def rules(language: str, passages: int) -> dict[str, Any]:
    """Every number that the reader needs."""
    weights = wanting.BY_TONGUE.get(base(language), wanting.INFLECTING)
    learnt = yaml.safe_load(Path(__file__).with_name("learnt.yaml").read_text("utf-8"))
    sure = learnt["sureness"]["by_words"]
    between = sure["threshold"].get(base(language), sure["threshold"]["other"])
    return {
        "weights": {"folded": weights.folded, "marked": weights.marked, "pair": weights.pair, "crumb": weights.crumb},
        "little": wanting.LITTLE,
        "saturation": lexical.SATURATION,
        "by_length": lexical.BY_LENGTH,
        "fewest": lexical.FEWEST,
        "best_sentence": retrieval.BEST_SENTENCE,
        "looked_at": retrieval.LOOKED_AT,
        "quoted_from": retrieval.QUOTED_FROM,
        "here": following.HERE,
        "says_little": following.SAYS_LITTLE,
        "strange": following.STRANGE,
        "borrowed": following.BORROWED,
        "sentences": learnt["sentences"]["by_words"],
        "sure": {"of": sure["of"], "from": sure["from"], "threshold": threshold(between, passages)},
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "key": passage.key,
        "stop": passage.stop,
        "url": passage.url,
        "title": passage.title,
        "names": list(passage.names),
        "sentences": [[sentence.number, sentence.text] for sentence in passage.sentences],
    }


def _asking(tongue: str) -> dict[str, list[str]]:
    """The phrases one asks with, in the form in which they are looked for."""
    listed = _yaml("question_words.yaml", tongue)
    return {kind: [asking.phrase(phrase, tongue) for phrase in phrases] for kind, phrases in listed.items()}


def _yaml(name: str, tongue: str) -> dict[str, list[str]]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    found: dict[str, list[str]] = yaml.load(text, yaml.BaseLoader).get(tongue, {})  # noqa: S506 - "no" is a word
    return found


def _syllables(passages: Sequence[Passage]) -> dict[str, Any]:
    """All words of Vietnamese at large, and of their pairs those that matter most here."""
    large = at_large()
    here = {word.folded for text in _texts(passages) for word in folding.words(text)}
    familiar = np.array([folding.word(folding.pieces(word)[0]).folded in here for word in large.places])
    size = len(large.places)
    both = familiar[large.keys // size] & familiar[large.keys % size]
    worth = large.counts * np.where(both, 1.0, ELSEWHERE)
    kept = np.sort(np.argsort(-worth, kind="stable")[:MOST_PAIRS])
    return {
        "words": " ".join(large.places),
        "singles": [round(float(count)) for count in large.singles],
        "pairs": np.diff(large.keys[kept], prepend=0).tolist(),
        "counts": [round(float(count)) for count in large.counts[kept]],
    }


def _texts(passages: Sequence[Passage]) -> list[str]:
    told = [text for passage in passages for text in (passage.title, *passage.names)]
    said = [sentence.text for passage in passages for sentence in passage.sentences]
    asked = [phrase for phrases in _yaml("question_words.yaml", LANGUAGE).values() for phrase in phrases]
    return [*told, *said, *asked]

"""The index for the pocket: what a phone needs to find sentences of a museum without a server.

POCKET.md describes the file and the rules; pocket_reader.py follows those of finding in plain Python, as a browser
would; guide/assistant/pocket puts what the answering rules need beside it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from guide.assistant.finding import asking, following, lexical, ranking, restoring, retrieval, spelling, wanting
from guide.assistant.finding.confidence import threshold
from guide.assistant.finding.crossing import THROUGH, table_of
from guide.assistant.finding.restoring import LANGUAGE, at_large, bare, steps_of_counts
from guide.assistant.passages import Passage
from guide.language import base
from guide.tours import folding

VERSION: Final = 2
MOST_PAIRS: Final = 70_000
ELSEWHERE: Final = 0.2
"""What a pair counts for of words that this museum never writes."""


def pocket(passages: Sequence[Passage], language: str) -> bytes:
    """Of passages alone, without an edition; the same passages give the same bytes."""
    return packed({"version": VERSION, "language": language} | asked_with() | {"minds": [mind(passages, language)]})


def packed(told: Mapping[str, Any]) -> bytes:
    return gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def asked_with() -> dict[str, Any]:
    """In every language what one asks with, in the form in which it is looked for, and what an answer looks like."""
    listed = _yaml("question_words.yaml")
    return {
        "asking": {
            tongue: {kind: [asking.phrase(phrase, tongue) for phrase in phrases] for kind, phrases in kinds.items()}
            for tongue, kinds in listed.items()
        },
        "signs": _yaml("answer_signs.yaml"),
    }


def mind(passages: Sequence[Passage], language: str, *, mending: bool = True) -> dict[str, Any]:
    """What is told in one language, and how to find in it."""
    tongue = base(language)
    return {
        "language": language,
        "passages": [_passage(passage) for passage in passages],
        "rules": rules(language, len(passages)),
        "syllables": _syllables(passages) if mending and tongue == LANGUAGE else None,
        "spelling": _spelling(tongue) if mending and tongue in spelling.ENDINGS else None,
    }


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
        "most_postings": lexical.MOST_POSTINGS,
        "best_sentence": retrieval.BEST_SENTENCE,
        "looked_at": retrieval.LOOKED_AT,
        "quoted_from": retrieval.QUOTED_FROM,
        "here": following.HERE,
        "says_little": following.SAYS_LITTLE,
        "strange": following.STRANGE,
        "borrowed": following.BORROWED,
        "carried": ranking.CARRIED,
        "sentences": learnt["sentences"]["by_words"],
        "sure": {"of": sure["of"], "from": sure["from"], "threshold": threshold(between, passages)},
    }


def _passage(passage: Passage) -> dict[str, Any]:
    """What is left out is empty."""
    told = {
        "key": passage.key,
        "kind": passage.kind,
        "stop": passage.stop,
        "url": passage.url,
        "title": passage.title,
        "names": list(passage.names),
        "about": passage.about,
        "sources": list(passage.sources),
        "sentences": [[sentence.number, sentence.text] for sentence in passage.sentences],
    }
    return {name: value for name, value in told.items() if value}


def _spelling(tongue: str) -> dict[str, Any]:
    """Words that are no slips: those of the language at large, and the letters of Vietnamese names."""
    table = table_of(tongue, THROUGH if tongue != THROUGH else LANGUAGE)
    written = sorted(word for word in table.places if word.isalpha()) if table else []
    return {
        "endings": list(spelling.ENDINGS[tongue]),
        "shortest": spelling.SHORTEST,
        "shortest_name": spelling.SHORTEST_NAME,
        "only_asked_with": spelling.ONLY_ASKED_WITH,
        "of_the_museum": restoring.OF_THE_MUSEUM,
        "written": " ".join(written),
        "names": " ".join(sorted({bare(word) for word in at_large().places})),
    }


def _yaml(name: str) -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - "no" is a word
    return found


def _syllables(passages: Sequence[Passage]) -> dict[str, Any]:
    """All words of Vietnamese at large, and of their pairs those that matter most here; counts as powers of two."""
    large, (singles, counts, steps) = at_large(), steps_of_counts()
    here = {word.folded for text in _texts(passages) for word in folding.words(text)}
    familiar = np.array([folding.word(folding.pieces(word)[0]).folded in here for word in large.places])
    size = len(large.places)
    both = familiar[large.keys // size] & familiar[large.keys % size]
    worth = large.counts * np.where(both, 1.0, ELSEWHERE)
    kept = np.sort(np.argsort(-worth, kind="stable")[:MOST_PAIRS])
    return {
        "words": " ".join(large.places),
        "steps": steps,
        "singles": singles.tolist(),
        "pairs": np.diff(large.keys[kept], prepend=0).tolist(),
        "counts": counts[kept].tolist(),
        "rules": _restoring(),
    }


def _restoring() -> dict[str, Any]:
    return {
        "of_the_museum": restoring.OF_THE_MUSEUM,
        "unseen": restoring.UNSEEN,
        "unseen_share": restoring.UNSEEN_SHARE,
        "rarest": restoring.RAREST,
        "marked_share": restoring.MARKED_SHARE,
        "marks_left_out": restoring.MARKS_LEFT_OUT,
        "other_marks": restoring.OTHER_MARKS,
        "a_slip": restoring.A_SLIP,
        "most_readings": restoring.MOST_READINGS,
        "shortest_slip": restoring.SHORTEST_SLIP,
    }


def _texts(passages: Sequence[Passage]) -> list[str]:
    told = [text for passage in passages for text in (passage.title, *passage.names)]
    said = [sentence.text for passage in passages for sentence in passage.sentences]
    asked = [phrase for phrases in _yaml("question_words.yaml")[LANGUAGE].values() for phrase in phrases]
    return [*told, *said, *asked]

"""Questions that the museum answers itself, in its own FAQ: asked nearly so, they are answered so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guide.assistant.answer import Quoted
from guide.assistant.finding.asking import read
from guide.assistant.passages import Passage

NEARLY = 0.75
"""The part of all telling words that both questions have, from which on they are one."""


@dataclass(frozen=True)
class Gist:
    """What a question asks for: who or when, and the words that tell of what."""

    kind: str | None
    telling: frozenset[str]
    numbers: frozenset[str]


def asked_before(question: str, language: str, passages: Sequence[Passage]) -> tuple[Quoted, ...]:
    asked = _gist(question, language)
    known = ((_alike(asked, _gist(name, passage.language)), passage) for name, passage in _questions(passages))
    likeness, passage = max(known, key=lambda one: one[0], default=(0.0, None))
    if passage is None or likeness < NEARLY:
        return ()
    return tuple(Quoted(passage, sentence) for sentence in passage.sentences)


def _questions(passages: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    for passage in passages:
        if passage.kind == "faq":
            yield from ((name, passage) for name in passage.names)


def _gist(text: str, language: str) -> Gist:
    question = read(text, language)
    words = frozenset(word.folded for word in question.words)
    telling = frozenset(word.folded for word in question.names())
    return Gist(question.kind, telling or words, frozenset(filter(str.isdigit, words)))


def _alike(one: Gist, other: Gist) -> float:
    if one.kind != other.kind or one.numbers != other.numbers:
        return 0.0
    return len(one.telling & other.telling) / max(1, len(one.telling | other.telling))

"""Is what was found an answer? It must be sure enough, and have what the question hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from guide.assistant.answer import Asked
from guide.assistant.composing import NEAR_BEST, Candidate, said_for
from guide.assistant.finding.asking import read
from guide.assistant.hinges import hinges_of, told_of
from guide.tours.folding import folded

CORROBORATED = 0.2
"""So much less sure one may be of a stop of which two passages speak to the question: a paragraph and a fact."""
STANDING_HERE = 0.15
"""And so much less where one stands in front of what one asks about."""
WALKS = re.compile(
    r"\b(tour|tours|walk|walks|route|routes|itinerary|lo trinh|tuyen|hanh trinh|vong|visite|parcours|circuit)\b"
)
SPEAKS = 2.0
"""A sentence speaks to the question when it scores at most so much below the best; where one does, others of the best
one's stop may be said beside it."""


class Sure(Protocol):
    @property
    def confidence(self) -> float: ...

    @property
    def threshold(self) -> float: ...


def trusted(asked: Asked, language: str, looked_into: str, found: Sure, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that may answer, the best first; none where it is better to be silent.

    `looked_into` is the language of the texts that were looked into first: of others one must be surer.
    """
    if not ranked or found.confidence < found.threshold - _less(asked, looked_into, ranked):
        return []
    hinges = hinges_of(asked.question, language)
    ranked = _of_here(asked, language, ranked) or ranked
    near = [one for one in ranked if comes_near(one.passage.stop, one.score, ranked[0]) and _is_no_walk(one, asked)]
    telling = [one for one in near if told_of(hinges, _words_of(one), one.passage.language)]
    if not telling or telling[0].score < ranked[0].score - SPEAKS:
        return []
    return [said for one in telling for said in said_for(one)]


def comes_near(stop: str | None, score: float, best: Candidate) -> bool:
    """May a sentence of this stop, with such a score, be said beside the best?"""
    of_its_stop = best.passage.stop is not None and stop == best.passage.stop
    return score >= best.score - (NEAR_BEST if of_its_stop else SPEAKS)


def _of_here(asked: Asked, language: str, ranked: Sequence[Candidate]) -> list[Candidate]:
    """ "When was it built?" is asked of what one stands in front of, and of nothing else."""
    question = read(asked.question, language)
    if asked.here is None or not (question.pointing or len(question.names()) <= 1):
        return []
    return [one for one in ranked if one.passage.stop == asked.here]


def _less(asked: Asked, looked_into: str, ranked: Sequence[Candidate]) -> float:
    if looked_into != ranked[0].passage.language:
        return 0.0
    here = asked.here is not None and ranked[0].passage.stop == asked.here
    return (CORROBORATED if _corroborated(ranked) else 0.0) + (STANDING_HERE if here else 0.0)


def _is_no_walk(one: Candidate, asked: Asked) -> bool:
    """A walk's title answers only who asks for walks."""
    return one.passage.kind != "tour" or bool(WALKS.search(folded(asked.question)))


def _corroborated(ranked: Sequence[Candidate]) -> bool:
    best = ranked[0]
    near = (one.passage for one in ranked if one.score >= best.score - SPEAKS)
    return len({passage.key for passage in near if passage.stop == best.passage.stop}) > 1


def _words_of(one: Candidate) -> list[str]:
    """The sentence, and the questions or the heading under which the museum itself put it."""
    return [one.sentence.text, *(one.passage.names if one.passage.kind != "stop" else ())]

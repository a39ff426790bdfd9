"""From what was found to what is said: few sentences, from as few passages as possible, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from guide.assistant.answer import Part, Quoted, Said
from guide.assistant.passages import Passage
from guide.assistant.premises import taken_for_granted
from guide.language import base
from guide.tours.folding import folded
from guide.tours.sentences import Sentence

NEAR_BEST, NEAR_BEST_IN_A_LIST, NEAR_BEST_ELSEWHERE = 4.0, 1.8, 0.8
"""So far below the best a second sentence may score and is still worth saying beside it: only where the first answers
almost surely it stands alone. One more in a list must be nearer, and of another stop nearer still."""
QUARREL_NEAR = 0.8
"""So far below the best of its stop what sources disagree about may score and still has to be said."""
ENUMERATING = 1.5
"""What a sentence that enumerates gains where a list is asked for."""
TWIN, WHOLE = 0.6, 0.8
"""Of the words of one sentence that another has too: they tell the same; the other tells all of it."""
SHOWN = 2
"""One more where a list is asked for."""
LISTS = {
    "vi": r"\b(nhung (\w+ ){1,3}nao|cac (\w+ ){1,3}nao|ke ten|ke ra|liet ke|gom nhung|gom co|nhung gi|nhung ai)\b",
    "en": r"\b(which \w+s|list|name the|name all|what are|who were|what were|kinds of|which three"
    r"|what \w+s (are|were|did))\b",
    "fr": r"\b(quels|quelles|citez|liste)\b",
}


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be said, with what it scored."""

    passage: Passage
    sentence: Sentence
    score: float


def compose(question: str, language: str, ranked: Sequence[Candidate], around: Sequence[Passage]) -> tuple[Part, ...]:
    """`ranked` are sentences, the best first; `around` all that is told of their stops."""
    listing = asks_for_list(question, language)
    quarrel = _quarrel(ranked)
    chosen = list(_chosen(_enumerating_first(ranked) if listing else ranked, quarrel, listing))
    quotes = [Quoted(one.passage, one.sentence, one.score) for one in _in_reading_order(chosen)]
    told = [one.passage for one in (*chosen, *([quarrel] if quarrel else []))]
    caution = [Said("assistant.premise")] if taken_for_granted(question, language, told, around) else []
    return (*caution, *quotes, *(_all_sides(quarrel) if quarrel else ()))


def said_for(candidate: Candidate) -> list[Candidate]:
    """A question of the narration's own answers nothing: what follows it does."""
    if not candidate.sentence.text.rstrip("”’\"') ").endswith(("?", "？")):
        return [candidate]
    after = [one for one in candidate.passage.sentences if one.number > candidate.sentence.number]
    return [replace(candidate, sentence=one) for one in after[:SHOWN]]


def _quarrel(ranked: Sequence[Candidate]) -> Candidate | None:
    """What sources disagree about, where it is asked for or comes very near to it in the same stop."""
    best = ranked[0]
    near = (one for one in ranked if one.score >= best.score - QUARREL_NEAR and one.passage.stop == best.passage.stop)
    return next((one for one in near if one.passage.disputed), None)


def _all_sides(quarrel: Candidate) -> Iterator[Part]:
    yield Said("assistant.disputed")
    for sentence, letters in zip(quarrel.passage.sentences, quarrel.passage.sources, strict=True):
        yield Quoted(quarrel.passage, sentence, quarrel.score)
        if letters:
            yield Said("assistant.sources" if ", " in letters else "assistant.source", {"letters": letters})


def _chosen(ranked: Sequence[Candidate], quarrel: Candidate | None, listing: bool) -> Iterator[Candidate]:
    """The best and what comes near it, nothing twice; beside a quarrel only what is nearly as good."""
    sides = [replace(quarrel, sentence=sentence) for sentence in quarrel.passage.sentences] if quarrel else []
    least = _least(ranked[0].score, quarrel is not None, listing)
    told = list(sides)
    for one in ranked:
        place = len(told) - len(sides)
        if place == len(least) or one.score < least[place]:
            return
        if not one.passage.disputed and _worth_it(one, ranked[0]) and not any(_twins(one, other) for other in told):
            told.append(one)
            yield _as_narrated(one, ranked)


def _worth_it(one: Candidate, best: Candidate) -> bool:
    """From as few stops as possible."""
    return one.passage.stop == best.passage.stop or one.score >= best.score - NEAR_BEST_ELSEWHERE


def _least(best: float, quarrel: bool, listing: bool) -> list[float]:
    """What the first must score, the second, and a third if there may be one."""
    if quarrel:
        return [best - QUARREL_NEAR]
    shown = [best - NEAR_BEST] * SHOWN
    return [*shown, best - NEAR_BEST_IN_A_LIST] if listing else shown


def _enumerating_first(ranked: Sequence[Candidate]) -> list[Candidate]:
    """All sentences of the best passage are looked at again: the list itself often has no word of the question."""
    best = ranked[0]
    least = best.score - NEAR_BEST_IN_A_LIST
    kept = [one for one in ranked if one.score >= least or one.passage.key != best.passage.key]
    known = {(one.passage.key, one.sentence.number) for one in kept}
    others = (sentence for sentence in best.passage.sentences if (best.passage.key, sentence.number) not in known)
    again = [*kept, *(Candidate(best.passage, sentence, least) for sentence in others)]
    all_ = [replace(one, score=one.score + ENUMERATING * _enumerates(one.sentence.text)) for one in again]
    return sorted(all_, key=lambda one: -one.score)


def _enumerates(text: str) -> bool:
    return len(re.findall("[,、，،;]", text)) > 1


def _as_narrated(one: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """A fact that a sentence of the narration tells whole is quoted from there: it can be heard."""
    if one.passage.kind != "fact":
        return one
    spoken = (other for other in ranked if other.passage.kind == "stop" and other.passage.stop == one.passage.stop)
    twin = next((other for other in spoken if _held(one, other) >= WHOLE), None)
    return Candidate(twin.passage, twin.sentence, one.score) if twin else one


def _twins(one: Candidate, other: Candidate) -> bool:
    """A passage tells nothing twice, however alike two of its sentences sound."""
    if one.passage.key == other.passage.key:
        return one.sentence.number == other.sentence.number
    return max(_held(one, other), _held(other, one)) >= TWIN


def _held(one: Candidate, other: Candidate) -> float:
    """How much of what one sentence tells the other tells too."""
    here, there = (_words_of(each.sentence.text) for each in (one, other))
    return len(here & there) / max(1, len(here))


@lru_cache(1 << 11)
def _words_of(sentence: str) -> frozenset[str]:
    """Remembered: each sentence is held against all the others, and the museum's come again."""
    return frozenset(folded(sentence).split())


def asks_for_list(question: str, language: str) -> bool:
    return bool(re.search(LISTS.get(base(language), r"(?!)"), folded(question)))


def _in_reading_order(chosen: Iterable[Candidate]) -> list[Candidate]:
    """What is narrated of a stop as it is narrated; stops, and what else there is, by their best."""
    best: dict[str, float] = {}
    for one in chosen:
        best[_shelf(one)] = max(best.get(_shelf(one), 0.0), one.score)
    return sorted(chosen, key=lambda one: (-best[_shelf(one)], _shelf(one), one.sentence.number))


def _shelf(one: Candidate) -> str:
    """What is read together."""
    passage = one.passage
    return f"stop {passage.stop}" if passage.kind == "stop" else passage.key

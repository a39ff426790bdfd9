"""How well questions are answered: right stops and sentences, silence where it belongs, citations that hold, time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from guide.assistant.examining import Examined
from guide.assistant.telling import Citation, Told

SHOWN = 2


@dataclass(frozen=True)
class Given:
    """What was answered, and how long it took."""

    told: Told
    ms: float
    matter: str | None = None
    """The practical matter or small talk that the question was taken for."""


Ask = Callable[[Examined], Given]
Holds = Callable[[Examined, Citation], bool]
"""Is the sentence in the current edition, at this stop and number, and heard at this second?"""


@dataclass(frozen=True)
class Marked:
    """One question and its answer; `None` where a thing was not asked for."""

    asked: Examined
    given: Given
    stop_first: bool | None
    stop_in_five: bool | None
    sentence_first: bool | None
    sentence_shown: bool | None
    matter_right: bool | None
    disputed: bool | None
    refused: bool
    citations: int
    holding: int


@dataclass(frozen=True)
class Row:
    """Shares are from 0 to 1; `None` where nothing of the kind was asked."""

    name: str
    questions: int
    recall_at_1: float | None
    recall_at_5: float | None
    sentence_first: float | None
    sentence_shown: float | None
    answered: float | None
    """Of what can be answered."""
    refusal_precision: float | None
    """Of the refusals, those that were due."""
    refusal_recall: float | None
    """Of what cannot be answered, what was refused."""
    disputes_shown: float | None
    matters_right: float | None
    citations_valid: float | None
    ms_p50: float
    ms_p99: float


@dataclass(frozen=True)
class Report:
    rows: tuple[Row, ...]
    marked: tuple[Marked, ...]

    def row(self, name: str) -> Row:
        return next(row for row in self.rows if row.name == name)

    def as_data(self) -> list[dict[str, Any]]:
        return [asdict(row) for row in self.rows]


def evaluate(questions: Iterable[Examined], ask: Ask, holds: Holds) -> Report:
    marked = tuple(mark(asked, ask(asked), holds) for asked in questions)
    return Report(tuple(_rows(marked)), marked)


def mark(asked: Examined, given: Given, holds: Holds) -> Marked:
    told, cited = given.told, given.told.citations
    right = [_is_right(asked, citation) for citation in cited]
    return Marked(
        asked,
        given,
        stop_first=bool(asked.stops & set(told.near[:1])) if asked.stops and told.near else _none_near(asked, told),
        stop_in_five=bool(asked.stops & set(told.near[:5])) if asked.stops and told.near else _none_near(asked, told),
        sentence_first=any(right[:1]) if asked.contains else None,
        sentence_shown=any(right) if asked.contains else None,
        matter_right=given.matter == asked.matter if asked.matter else None,
        disputed=_both_sides(asked, cited) if asked.disputed else None,
        refused=told.refused,
        citations=len(cited),
        holding=sum(holds(asked, citation) for citation in cited),
    )


def _none_near(asked: Examined, told: Told) -> bool | None:
    """A question that the museum's own FAQ or facts answer ranks no stops: it is right when its citation is."""
    if not asked.stops:
        return None
    return any(citation.stop is None or citation.stop in asked.stops for citation in told.citations)


def _is_right(asked: Examined, citation: Citation) -> bool:
    there = not asked.stops or citation.stop is None or citation.stop in asked.stops
    said = _plain(citation.sentence)
    return there and any(_plain(words) in said for words in asked.contains)


def _both_sides(asked: Examined, cited: Sequence[Citation]) -> bool:
    """Two sides of one fact, or one sentence of the museum's own that tells both."""
    of_stop = [one for one in cited if one.stop is None or not asked.stops or one.stop in asked.stops]
    return sum(one.kind == "fact" for one in of_stop) > 1 or any(one.kind != "fact" for one in of_stop)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _rows(marked: Sequence[Marked]) -> Iterator[Row]:
    yield _row("all", marked)
    for language in dict.fromkeys(one.asked.language for one in marked):
        yield _row(language, [one for one in marked if one.asked.language == language])
    for kind in dict.fromkeys(one.asked.kind for one in marked if one.asked.kind):
        yield _row(kind, [one for one in marked if one.asked.kind == kind])


def _row(name: str, marked: Sequence[Marked]) -> Row:
    answerable = [one for one in marked if one.asked.answerable]
    unanswerable = [one for one in marked if one.asked.refused]
    refused = [one for one in (*answerable, *unanswerable) if one.refused]
    times = sorted(one.given.ms for one in marked)
    return Row(
        name,
        len(marked),
        recall_at_1=_share(one.stop_first for one in marked),
        recall_at_5=_share(one.stop_in_five for one in marked),
        sentence_first=_share(one.sentence_first for one in marked),
        sentence_shown=_share(one.sentence_shown for one in marked),
        answered=_share(not one.refused for one in answerable),
        refusal_precision=_share(one.asked.refused for one in refused),
        refusal_recall=_share(one.refused for one in unanswerable),
        disputes_shown=_share(one.disputed for one in marked),
        matters_right=_share(one.matter_right for one in marked),
        citations_valid=_ratio(sum(one.holding for one in marked), sum(one.citations for one in marked)),
        ms_p50=round(times[len(times) // 2], 1),
        ms_p99=round(times[int(len(times) * 0.99)], 1),
    )


def _share(answers: Iterable[bool | None]) -> float | None:
    told = [answer for answer in answers if answer is not None]
    return _ratio(sum(told), len(told))


def _ratio(some: int, all_: int) -> float | None:
    return round(some / all_, 4) if all_ else None

"""The assistant as it stands, examined with a file of questions: every answer goes the way a visitor's does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from guide.assistant.answer import Asked
from guide.assistant.desk import Desk
from guide.assistant.evaluating import Given, Report, evaluate
from guide.assistant.examining import Examined
from guide.assistant.minds import Minds
from guide.assistant.passages import passages_of
from guide.assistant.telling import Citation
from guide.errors import NotFound
from guide.narration.hearing import Hearing
from guide.tours.catalogue import Museum

COLUMNS = (
    "recall_at_1", "recall_at_5", "sentence_first", "sentence_shown", "answered", "refusal_precision",
    "refusal_recall", "disputes_shown", "matters_right", "citations_valid",
)  # fmt: skip
HEADINGS = ("@1", "@5", "first", "shown", "answered", "ref.prec", "ref.rec", "disputes", "matters", "citations")


class NoMuseumToAsk(NotFound):
    """A question names no museum that is published here."""


@dataclass(frozen=True)
class Examination:
    museums: Mapping[str, Museum]
    desk: Desk
    minds: Minds
    hearing: Hearing
    now: datetime

    def of(self, questions: Iterable[Examined], museum: str | None = None) -> Report:
        """With all that each museum's languages can be understood by."""
        asked = [one if one.museum else _of_museum(one, museum) for one in questions]
        for there in {one.museum: self._museum(one) for one in asked}.values():
            for language in there.sheet.languages:
                self.minds.ready(there, language)
        return evaluate(asked, self._ask, self._holds)

    def _museum(self, asked: Examined) -> Museum:
        there = self.museums.get(asked.museum or "")
        if there is None:
            raise NoMuseumToAsk(museum=asked.museum or "")
        return there

    def _ask(self, asked: Examined) -> Given:
        museum = self._museum(asked)
        question = Asked(asked.question, asked.language, self.now, asked.here, asked.previous)
        began = time.perf_counter()
        told = self.desk.told(museum, question)
        ms = (time.perf_counter() - began) * 1000
        matter = self.desk.assistant.matter(museum, question)
        return Given(told, ms, matter.topic if matter and matter.alone else None)

    def _holds(self, asked: Examined, citation: Citation) -> bool:
        """Read anew from the edition, not from what the assistant has in mind."""
        museum = self._museum(asked)
        passages = passages_of(museum, citation.language)
        there = [passage for passage in passages if passage.kind == citation.kind and passage.stop == citation.stop]
        numbers = [one.number for passage in there for one in passage.sentences if one.text == citation.sentence]
        if citation.kind != "stop":
            return bool(numbers)
        _, _, number = citation.url.rpartition("#s")
        return int(number) in numbers and self._seconds(museum, citation, int(number)) == citation.start_seconds

    def _seconds(self, museum: Museum, citation: Citation, number: int) -> float | None:
        stop = museum.stop(citation.stop or "")
        sound = self.hearing.sound(museum, stop, citation.language) if stop else None
        return next((start for heard, start, _ in sound.cues if heard == number), None) if sound else None


def _of_museum(asked: Examined, museum: str | None) -> Examined:
    if museum is None:
        raise NoMuseumToAsk(museum="")
    return replace(asked, museum=museum)


def table(report: Report) -> Iterator[str]:
    """Lines to read; shares in percent."""
    yield _line(("", "questions", *HEADINGS, "p50 ms", "p99 ms"))
    for row in report.rows:
        shares = [_percent(getattr(row, name)) for name in COLUMNS]
        yield _line((row.name, str(row.questions), *shares, str(row.ms_p50), str(row.ms_p99)))


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def _line(cells: Sequence[str]) -> str:
    first, *others = cells
    return f"{first:18}" + "".join(f"{cell:>10}" for cell in others)

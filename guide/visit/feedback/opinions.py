"""Two taps, a face and a reason: kept for the museum, counted once however often a phone sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.assistant.gaps import scrubbed
from guide.counters import Shown, without_small
from guide.database import Database, insert_into
from guide.errors import GuideError, NotFound, Unusable
from guide.throttle import Throttle
from guide.tours.catalogue import Museum
from guide.visit.feedback.tables import Feedback

PER_MINUTE, AT_ONCE = 20, 20
"""Of one asker: a school class behind one address, or a phone that was without a network for a whole walk."""
LONGEST_WORDS = 300
REASONS: Mapping[str, tuple[str, ...]] = {
    "good": ("telling", "voice", "new", "exhibit"),
    "fair": ("long", "hard", "unheard", "unfound", "wrong"),
    "poor": ("long", "hard", "unheard", "unfound", "wrong"),
}


class TooMuchFeedback(GuideError):
    """More opinions at once than visitors have."""

    status = 429


class NothingToJudge(NotFound):
    """What the feedback is about is not in this museum."""


class NotAReason(Unusable):
    """The reason does not go with the face."""


@dataclass(frozen=True)
class Opinion:
    id: UUID
    about: str
    face: str
    reason: str | None
    words: str
    language: str


@dataclass(frozen=True)
class Opinions:
    database: Database
    throttle: Throttle = field(default_factory=lambda: Throttle(PER_MINUTE, AT_ONCE))

    def keep(self, museum: Museum, opinion: Opinion, day: date, asker: str, known: Callable[[str], bool]) -> None:
        """`known` tells which words are the museum's own, so that others with a capital may be names."""
        check(museum, opinion)
        if not self.throttle.allows(asker):
            raise TooMuchFeedback
        words = scrubbed(" ".join(opinion.words.replace("\0", " ").split())[:LONGEST_WORDS], known, LONGEST_WORDS)
        row = {**vars(opinion), "museum": museum.slug, "day": day, "words": words}
        with self.database.writing() as session:
            session.execute(insert_into(session, Feedback).values(row).on_conflict_do_nothing())


def check(museum: Museum, opinion: Opinion) -> None:
    if not _is_there(museum, *opinion.about.partition(":")[::2]):
        raise NothingToJudge(museum=museum.slug)
    if opinion.reason is not None and opinion.reason not in REASONS.get(opinion.face, ()):
        raise NotAReason(reason=opinion.reason)


def _is_there(museum: Museum, kind: str, slug: str) -> bool:
    if kind == "stop":
        stop = museum.stop(slug)
        return stop is not None and stop.withdrawn is None
    return (kind == "walk" and not slug) or (kind == "tour" and slug in museum.tours)


def totals(session: Session, museum: str, since: date, until: date) -> list[Shown]:
    """How often each face and each reason was given, most first; what is rare stands together, without its place."""
    days = (col(Feedback.museum) == museum) & col(Feedback.day).between(since, until)
    given = (col(Feedback.about), col(Feedback.face), col(Feedback.reason))
    told = session.execute(sa.select(*given, sa.func.count()).where(days).group_by(*given))
    counted: dict[tuple[str, str], int] = {}
    for about, face, reason, times in told:
        for key in _named(about, face, reason):
            counted[key] = counted.get(key, 0) + times
    rows = without_small((what, about, times) for (what, about), times in counted.items())
    return sorted(rows, key=lambda row: (row.what, -row.times, row.key))


def _named(about: str, face: str, reason: str | None) -> Iterable[tuple[str, str]]:
    yield f"feedback-{face}", about
    if reason:
        yield f"feedback-{face}-{reason}", about


def words(session: Session, museum: str, since: date, until: date) -> list[tuple[str, str, str]]:
    """What visitors wrote, with face and place, in the order of their words: nobody can tell who wrote when."""
    days = (col(Feedback.museum) == museum) & col(Feedback.day).between(since, until)
    there = select(Feedback.face, Feedback.about, Feedback.words).where(days & col(Feedback.words).is_not(None))
    return sorted((face, about, text) for face, about, text in session.exec(there) if text)

"""What could not be delivered, as an administrator reads it: of which order, since when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from guide import outgoing
from guide.language import Messages
from guide.office.workplaces import Workplace

MOST_SHOWN = 100


@dataclass(frozen=True)
class Lost:
    id: UUID
    about: str
    at: datetime
    """As it was at the museum."""
    why: str


def lost_letters(session: Session, place: Workplace, messages: Messages, language: str) -> tuple[Lost, ...]:
    return tuple(
        Lost(row.id, row.about, place.local(row.done_at or row.made_at), _why(row.problem or "", messages, language))
        for row in outgoing.given_up(session, place.slug, MOST_SHOWN)
    )


def _why(problem: str, messages: Messages, language: str) -> str:
    word, _, more = problem.partition(" ")
    told = messages.find(language, f"office.problem.{word}")
    if told is None:
        return problem
    return f"{told} ({more})" if more else told

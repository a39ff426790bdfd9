"""What a gate says of a ticket: one closed list, each with its word and a sentence for the person who stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guide.tickets.letters.telling import Tongue


class Verdict(StrEnum):
    WELCOME = "welcome"
    ALREADY_INSIDE = "already-inside"
    WRONG_DAY = "wrong-day"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    CANCELLED = "cancelled"
    UNPAID = "unpaid"
    UNKNOWN = "unknown"
    FORGED = "forged"
    WRONG_MUSEUM = "wrong-museum"
    CLOSED = "closed"


@dataclass(frozen=True)
class Seen:
    """What the gate is told of the ticket that it held before it; nothing where there is no such ticket here."""

    code: str
    day: date
    slot: str
    category: str
    admits: int
    entered: int

    @property
    def left(self) -> int:
        return self.admits - self.entered


@dataclass(frozen=True)
class Admission:
    """One scan and what became of it."""

    museum: str
    scan_id: str
    verdict: Verdict
    people: int = 1
    again: bool = False
    """They were inside already today, and may come back."""
    seen: Seen | None = None
    conflict: Verdict | None = None
    """What the gate should have said, where it let somebody in without asking us."""

    @property
    def left(self) -> int:
        return self.seen.left if self.seen else 0


def sentence(admission: Admission, tongue: Tongue) -> str:
    """One line under the big word. Where the day or the time is wrong, it says the right one."""
    seen = admission.seen
    facts: dict[str, object] = {"people": admission.people, "left": admission.left}
    if seen:
        facts |= {"day": tongue.day(seen.day), "time": tongue.time(seen.slot)}
    return tongue.say(f"gate.verdict.{_key(admission)}", **facts)


def _key(admission: Admission) -> str:
    if admission.verdict is Verdict.ALREADY_INSIDE and admission.left:
        return "fewer-left"
    if admission.verdict is not Verdict.WELCOME:
        return admission.verdict.value
    if admission.again:
        return "again"
    return "welcome-group" if admission.seen and admission.seen.admits > 1 else "welcome"

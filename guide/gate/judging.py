"""The decision at a gate: a question to what is known of a ticket and of the moment, and to nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from guide.gate.rules import BETWEEN_ENTRIES, Moment, Rules
from guide.gate.verdicts import Verdict

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Held:
    """What a code claims, and what we know of it. Only a code that is known has a day, a time and people."""

    readable: bool = True
    ours: bool = True
    """Of this museum."""
    genuine: bool = True
    """Signed by a key that is believed; a code that was typed claims no signature."""
    known: bool = True
    day: date = date.min
    slot: str = ""
    cancelled: bool = False
    paid: bool = True
    admits: int = 1
    entered: int = 0
    entered_at: datetime | None = None

    @property
    def left(self) -> int:
        return self.admits - self.entered


@dataclass(frozen=True)
class Judged:
    verdict: Verdict
    again: bool = False


def judge(held: Held, rules: Rules, moment: Moment, people: int) -> Judged:
    """The first reason that holds; without any, welcome."""
    refused = about_code(held) or about_ticket(held, rules, moment) or about_time(held, rules, moment)
    if refused:
        return Judged(refused)
    if people <= held.left:
        return Judged(Verdict.WELCOME)
    if held.left == 0 and comes_back(held.entered_at, rules, moment.at):
        return Judged(Verdict.WELCOME, again=True)
    return Judged(Verdict.ALREADY_INSIDE)


def about_code(held: Held) -> Verdict | None:
    if not held.readable:
        return Verdict.UNKNOWN
    if not held.ours:
        return Verdict.WRONG_MUSEUM
    if not held.genuine:
        return Verdict.FORGED
    return None if held.known else Verdict.UNKNOWN


def about_ticket(held: Held, rules: Rules, moment: Moment) -> Verdict | None:
    if held.day != moment.day and not over_midnight(held, rules, moment):
        return Verdict.WRONG_DAY
    if held.cancelled:
        return Verdict.CANCELLED
    return None if held.paid else Verdict.UNPAID


def about_time(held: Held, rules: Rules, moment: Moment) -> Verdict | None:
    if rules.closed and held.day == moment.day:
        return Verdict.CLOSED
    window, minute = entry_window(held.slot, rules), minute_of_its_day(held, moment)
    if window is None or window[0] <= minute <= window[1]:
        return None
    return Verdict.TOO_EARLY if minute < window[0] else Verdict.TOO_LATE


def over_midnight(held: Held, rules: Rules, moment: Moment) -> bool:
    """An entry time late in the evening is still good, or one soon after midnight already, on the other day."""
    window = entry_window(held.slot, rules) if held.slot else None
    return window is not None and window[0] <= minute_of_its_day(held, moment) <= window[1]


def minute_of_its_day(held: Held, moment: Moment) -> int:
    """Minutes since the midnight at which the ticket's own day began."""
    return moment.minute + (moment.day - held.day).days * MINUTES_A_DAY


def entry_window(slot: str, rules: Rules) -> tuple[int, int] | None:
    """From and until which minute of the day one is let in; always, where the museum tells no hours."""
    if slot:
        start = int(slot[:2]) * 60 + int(slot[3:])
        return start - rules.early_minutes, start + rules.late_minutes
    if not rules.spans:
        return None
    return rules.spans[0][0] - rules.early_minutes, rules.spans[-1][1]


def comes_back(entered_at: datetime | None, rules: Rules, now: datetime) -> bool:
    return rules.re_entry and (entered_at is None or abs(now - entered_at) >= BETWEEN_ENTRIES)

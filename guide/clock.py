"""What time it is: only doors and commands ask; everything else is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Clock:
    """The running clock. A test puts a `Clock` that stands still on the shelf."""

    stands_at: datetime | None = None

    def now(self) -> datetime:
        return self.stands_at or datetime.now(UTC)


def day_in(zone: str, now: datetime) -> date:
    """The day it is at the museum, which is the only day that prices, hours and counters know."""
    return now.astimezone(ZoneInfo(zone)).date()

"""Where notices arrive: a forged one is counted and sent away, a genuine one is kept before anybody is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from guide.counters import Counters, Happening, What
from guide.database import Database
from guide.errors import NotFound
from guide.tickets.paying import notices
from guide.tickets.paying.payment import PASSED, Answer, Arrived, ForgedNotice, UnreadableNotice
from guide.tickets.paying.ways import Ways
from guide.tours.catalogue import Catalogues

log = structlog.get_logger("payments")


class NoSuchProvider(NotFound):
    """Nobody of this name tells us of payments."""


@dataclass(frozen=True)
class Cashier:
    """On the shelf."""

    database: Database
    catalogues: Catalogues
    ways: Ways
    counters: Counters

    def hear(self, provider: str, arrived: Arrived, now: datetime) -> Answer:
        speaker = self.ways.providers.get(provider)
        if speaker is None:
            raise NoSuchProvider
        try:
            told = speaker.heard(self.ways.contracts, arrived, now)
        except (ForgedNotice, UnreadableNotice) as problem:
            self._count(provider, now)
            return speaker.answer(problem)
        if told is None:
            return speaker.answer(PASSED)
        with self.database.writing() as session:
            outcome = notices.take(session, self.catalogues.current.museums, told, now)
        log.info("a notice", provider=provider, became=outcome.became, why=outcome.why, repeated=outcome.repeated)
        return speaker.answer(outcome)

    def _count(self, provider: str, now: datetime) -> None:
        log.warning("a notice that is not genuine", provider=provider)
        self.counters.note(Happening("", now.date(), What.FORGED_NOTICE, provider, ""))

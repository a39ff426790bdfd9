"""What is over: holds give their places back, each exactly once, and addresses of long ago are forgotten."""

from __future__ import annotations

import json
import logging
import threading
from datetime import date, datetime, timedelta
from itertools import count

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col

from guide.clock import Clock
from guide.database import Database, changed
from guide.tickets.selling.holding import Hold, give_all_back
from guide.tickets.tables import Order, OrderStatus

log = logging.getLogger(__name__)
MOST_AT_ONCE = 500
KEPT_AFTER_THE_VISIT = timedelta(days=30)


def release_expired(session: Session, now: datetime, time: tuple[str, date, str] | None = None) -> int:
    """How many holds ended just now: of one entry time of a museum, or of all.

    An order that somebody else is just settling is left to them, so nobody here waits for an order.
    """
    rows = session.connection().execute(_ending(now, time)).all()
    give_all_back(session, [Hold(row.museum, row.day, row.slot, tuple(json.loads(row.takes).items())) for row in rows])
    return len(rows)


def some_are_over(session: Session, now: datetime, time: tuple[str, date, str]) -> bool:
    """Whether holds of this entry time wait to be released."""
    return session.connection().execute(_over(now, time).limit(1)).first() is not None


def _over(now: datetime, time: tuple[str, date, str] | None) -> sa.Select[str]:
    over = sa.select(col(Order.code)).where(col(Order.status) == OrderStatus.HELD, col(Order.expires_at) <= now)
    if time is None:
        return over
    return over.where(sa.tuple_(col(Order.museum), col(Order.day), col(Order.slot)) == sa.tuple_(*time))


def _ending(now: datetime, time: tuple[str, date, str] | None) -> ReturningUpdate[str, date, str, str]:
    over = _over(now, time)
    ending = over.order_by(col(Order.expires_at)).limit(MOST_AT_ONCE).with_for_update(skip_locked=True).cte("ending")
    return (
        sa.update(Order)
        .where(col(Order.code).in_(sa.select(ending.c.code)), col(Order.status) == OrderStatus.HELD)
        .values(status=OrderStatus.EXPIRED)
        .returning(col(Order.museum), col(Order.day), col(Order.slot), col(Order.takes))
    )


def forget_addresses(session: Session, now: datetime) -> int:
    """An address is kept to send a letter, and a month after the visit there is none to send; no total changes."""
    long_ago = (now - KEPT_AFTER_THE_VISIT).date()
    over = col(Order.email).is_not(None) & (col(Order.day) < long_ago)
    return changed(session, sa.update(Order).where(over).values(email=None))


class Expiring:
    """Sweeps up in every serving process; together they end each hold once."""

    EVERY_SECONDS = 20.0
    FORGETS_EVERY = 180
    """Sweeps: about an hour."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def keep_sweeping(self) -> None:
        self._thread = threading.Thread(target=self._sweep_again, name="expiring", daemon=True)
        self._thread.start()

    def stop_sweeping(self) -> None:
        self._leaving.set()
        if self._thread:
            self._thread.join(timeout=10)

    def sweep(self) -> int:
        ended = 0
        while True:
            with self._database.writing() as session:
                now = release_expired(session, self._clock.now())
            ended += now
            if now < MOST_AT_ONCE:
                return ended

    def forget(self) -> None:
        with self._database.writing() as session:
            forget_addresses(session, self._clock.now())

    def _sweep_again(self) -> None:
        for sweeps in count():
            if self._leaving.wait(self.EVERY_SECONDS):
                return
            try:
                self.sweep()
                if sweeps % self.FORGETS_EVERY == 0:
                    self.forget()
            except Exception:  # a thread's edge: a database that is away for a while ends nothing
                log.exception("holds could not be ended")

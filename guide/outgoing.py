"""What has to leave the house: letters and notices, written down in the transaction that is their reason.

A row is there if and only if what it tells of happened. A courier in each serving process takes the rows that are due,
hands them to whoever delivers their kind, and tries again later where that fails.
"""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
import structlog
from sqlmodel import Field, Session, SQLModel, col

from guide.clock import Clock
from guide.database import UTC_TIME, Database, changed

log = structlog.get_logger("outgoing")

LEASE = timedelta(minutes=5)
"""Longer than any delivery takes: a courier that was killed is taken for dead after this."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
KEEPS_TRYING = timedelta(days=7)
REMEMBERED, LOST_REMEMBERED = timedelta(days=30), timedelta(days=180)
MOST_AT_ONCE = 1000
STILL_TO_GO = "done_at IS NULL"


class Outgoing(SQLModel, table=True):
    __tablename__ = "outgoing"
    __table_args__ = (
        sa.Index("outgoing_due", "due_at", sqlite_where=sa.text(STILL_TO_GO), postgresql_where=sa.text(STILL_TO_GO)),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = Field(max_length=40)
    """`letter`, `entered`, …: who delivers it."""
    museum: str = Field(max_length=60)
    about: str = Field(max_length=100)
    """The order or ticket that it tells of."""
    body: str = Field(default="{}", sa_type=sa.Text)
    """JSON."""
    made_at: datetime = Field(sa_type=UTC_TIME)
    due_at: datetime = Field(sa_type=UTC_TIME)
    tries: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    problem: str | None = Field(default=None, max_length=500)
    """Why it is given up; it stays to be seen."""


def send(session: Session, now: datetime, kind: str, museum: str, about: str, **body: object) -> None:
    """Write down that this is to leave; it leaves when the transaction has been committed, and not otherwise."""
    row = {"id": uuid4(), "kind": kind, "museum": museum, "about": about, "made_at": now, "due_at": now, "tries": 0}
    session.connection().execute(sa.insert(Outgoing), row | {"body": json.dumps(body, ensure_ascii=False)})


def given_up(session: Session, museum: str, most: int) -> list[Outgoing]:
    """What never went, the newest first."""
    lost = col(Outgoing.problem).is_not(None) & col(Outgoing.done_at).is_not(None)
    asked = sa.select(Outgoing).where(lost & (col(Outgoing.museum) == museum))
    return list(session.scalars(asked.order_by(col(Outgoing.done_at).desc()).limit(most)))


def try_again(session: Session, museum: str, id_: UUID, now: datetime) -> bool:
    """Somebody has mended what was in its way: it is as if it had been written down now."""
    lost = (col(Outgoing.id) == id_) & (col(Outgoing.museum) == museum) & col(Outgoing.problem).is_not(None)
    fresh = {"made_at": now, "due_at": now, "tries": 0, "done_at": None, "problem": None}
    return changed(session, sa.update(Outgoing).where(lost & col(Outgoing.done_at).is_not(None)).values(**fresh)) == 1


class NotDelivered(Exception):
    """It did not go this time, and can be tried again.

    What it says is kept, so it names no visitor: a word, which staff see by the messages under `office.problem`, and
    what a technician may want to know behind it.
    """


class Undeliverable(NotDelivered):
    """It will never go, however often it is tried."""


@dataclass(frozen=True)
class Parcel:
    """One thing to be delivered."""

    id: UUID
    kind: str
    museum: str
    about: str
    body: Mapping[str, Any]
    made_at: datetime
    tries: int
    """Counting this one."""


Deliver = Callable[[Parcel], None]


class Courier:
    """Takes what is due, one at a time, and hands it over.

    Before it hands over, it puts the next try some minutes off: no other courier takes the same meanwhile, and where
    this one is killed another goes on. Only where it is killed between handing over and writing that down does
    something go twice; the parcel's id says that it is the same.
    """

    EVERY_SECONDS = 1.0

    def __init__(self, database: Database, ways: Mapping[str, Deliver], clock: Clock = Clock()) -> None:  # noqa: B008
        self._database = database
        self._ways = dict(ways)
        self._clock = clock
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def go_round(self) -> int:
        """Deliver all that is due now; how many went or were given up."""
        self._let_go()
        delivered = 0
        while not self._leaving.is_set() and (parcel := self._take()):
            self._hand_over(parcel)
            delivered += 1
        return delivered

    def _hand_over(self, parcel: Parcel) -> None:
        try:
            self._ways[parcel.kind](parcel)
        except Undeliverable as error:
            self._note(parcel, {"done_at": self._clock.now(), "problem": str(error)[:500]})
        except NotDelivered as error:
            self._note(parcel, _again(parcel, str(error), self._clock.now()))
        except Exception as error:  # noqa: BLE001  # another room's surprise: told without its words, and tried again
            _tell(parcel, error)
            self._note(parcel, _again(parcel, type(error).__name__, self._clock.now()))
        else:
            self._note(parcel, {"done_at": self._clock.now(), "problem": None})

    def _take(self) -> Parcel | None:
        """The longest due, in one statement: two couriers never take the same."""
        now = self._clock.now()
        ours = _due(now) & col(Outgoing.kind).in_(self._ways)
        if not self._ways or not self._any(ours):
            return None
        first = sa.select(col(Outgoing.id)).where(ours).order_by(col(Outgoing.due_at)).limit(1)
        taken = (
            sa.update(Outgoing)
            .where(col(Outgoing.id) == first.with_for_update(skip_locked=True).scalar_subquery())
            .values(due_at=now + LEASE, tries=col(Outgoing.tries) + 1)
            .returning(*(getattr(Outgoing, name) for name in Parcel.__dataclass_fields__))
        )
        with self._database.writing() as session:
            row = session.connection().execute(taken).mappings().one_or_none()
        return Parcel(**{**row, "body": json.loads(row["body"])}) if row else None

    def _note(self, parcel: Parcel, outcome: Mapping[str, object]) -> None:
        """Unless another courier has taken it since."""
        mine = (col(Outgoing.id) == parcel.id) & (col(Outgoing.tries) == parcel.tries)
        with self._database.writing() as session:
            changed(session, sa.update(Outgoing).where(mine).values(**outcome))

    def _let_go(self) -> None:
        """What nobody wants delivered is done with, many at once."""
        now = self._clock.now()
        nobodys = _due(now) & col(Outgoing.kind).not_in(self._ways)
        while self._any(nobodys):
            some = sa.select(col(Outgoing.id)).where(nobodys).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)
            with self._database.writing() as session:
                let_go = changed(session, sa.update(Outgoing).where(col(Outgoing.id).in_(some)).values(done_at=now))
            if let_go < MOST_AT_ONCE:
                return

    def _any(self, which: sa.ColumnElement[bool]) -> bool:
        """Looked up without asking for the right to write, which others are waiting for."""
        with self._database.reading() as session:
            return session.connection().execute(sa.select(col(Outgoing.id)).where(which).limit(1)).first() is not None

    def forget(self) -> int:
        """What went long ago is not kept; what was given up is kept longer, for somebody to see."""
        now = self._clock.now()
        went = (col(Outgoing.done_at) < now - REMEMBERED) & col(Outgoing.problem).is_(None)
        old = went | (col(Outgoing.done_at) < now - LOST_REMEMBERED)
        with self._database.reading() as session:
            some = session.connection().execute(sa.select(col(Outgoing.id)).where(old).limit(MOST_AT_ONCE)).scalars()
            ids = list(some)
        if not ids:
            return 0
        with self._database.writing() as session:
            return changed(session, sa.delete(Outgoing).where(col(Outgoing.id).in_(ids)))

    def keep_going(self) -> None:
        self._thread = threading.Thread(target=self._go_again, name="courier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What is being handed over is finished; the rest waits for the next courier."""
        self._leaving.set()
        if self._thread:
            self._thread.join(timeout=10)

    def _go_again(self) -> None:
        rounds = 0
        while not self._leaving.wait(self.EVERY_SECONDS):
            try:
                self.go_round()
                if rounds % 3600 == 0:
                    self.forget()
            except Exception:  # a thread's edge: the next round tries again
                log.exception("the courier stumbled")
            rounds += 1


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return col(Outgoing.done_at).is_(None) & (col(Outgoing.due_at) <= now)


def _tell(parcel: Parcel, error: Exception) -> None:
    """Where it happened and what kind it is; its words may name a visitor."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("not delivered", id=str(parcel.id), kind=parcel.kind, problem=type(error).__name__, where=where)


def _again(parcel: Parcel, problem: str, now: datetime) -> dict[str, object]:
    """When the next try is, or that it is given up, with the last problem."""
    over = now - parcel.made_at >= KEEPS_TRYING
    pause = PAUSES[min(parcel.tries, len(PAUSES)) - 1]
    ending: dict[str, object] = {"done_at": now} if over else {"due_at": now + pause}
    return ending | {"problem": problem[:500]}

"""Scans that a gate tells of afterwards, laid to their tickets one by one: its word stands, and is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from guide.gate.admission import Scanned, held_of
from guide.gate.judging import Held, Judged, about_code, about_ticket, judge
from guide.gate.reading import Shown, read
from guide.gate.rules import BETWEEN_ENTRIES, Rules, moment_at, rules_on
from guide.gate.verdicts import Admission, Seen, Verdict
from guide.tours.content import MuseumSheet

OLDEST = timedelta(days=7)
LATE = timedelta(minutes=2)
"""What is told longer after it happened was scanned while there was no network."""
AHEAD = timedelta(minutes=2)
"""A clock that says another time than between these is wrong; then the moment at which we hear of it counts."""
USED_ALL_THE_SAME = (Verdict.ALREADY_INSIDE, Verdict.WRONG_DAY, Verdict.UNPAID, Verdict.CANCELLED)
"""They should not have come in, but they did, and the ticket is the one that they hold."""


@dataclass
class Standing:
    """A ticket, while scans are laid to it."""

    ticket: Any
    entered: int
    visits: list[datetime]
    """When it let somebody in."""
    elsewhere: bool = False
    """Another device let somebody in with it."""
    used: int = 0
    last: datetime | None = None

    @property
    def left(self) -> int:
        return int(self.ticket.admits) - self.entered

    def enter(self, people: int, at: datetime) -> None:
        self.entered += people
        self.used += people
        self.visits.append(at)
        self.last = max(self.visits)


@dataclass(frozen=True)
class Heard:
    """One scan, and what became of it."""

    scanned: Scanned
    admission: Admission
    at: datetime
    ticket: str | None = None
    new: bool = True

    @property
    def lets_in(self) -> bool:
        return self.new and self.ticket is not None and self.admission.verdict is Verdict.WELCOME


@dataclass(frozen=True)
class Batch:
    """What is known of all the scans that came together; to hear one changes only what is known of its ticket."""

    museum: str
    sheet: MuseumSheet
    now: datetime
    keys: Mapping[int, bytes]
    standings: Mapping[str, Standing]
    earlier: Mapping[str, Any]
    _rules: dict[object, Rules] = field(default_factory=dict)

    def hear(self, scanned: Scanned) -> Heard:
        shown = read(scanned.code)
        return Laying(self, scanned, shown, self.standings.get(shown.code or "")).heard()

    def rules(self, at: datetime) -> Rules:
        day = moment_at(self.sheet.time_zone, at).day
        if day not in self._rules:
            self._rules[day] = rules_on(self.sheet, day)
        return self._rules[day]


@dataclass(frozen=True)
class Laying:
    """One scan laid to its ticket."""

    batch: Batch
    scanned: Scanned
    shown: Shown
    standing: Standing | None

    def heard(self) -> Heard:
        if earlier := self.batch.earlier.get(self.scanned.scan_id):
            return Heard(self.scanned, self._as_before(earlier), self.at, self._ticket, new=False)
        if self.scanned.verdict is None:
            return self._asked()
        if self.scanned.verdict is Verdict.WELCOME:
            return self._let_in()
        return self._as(Judged(self.scanned.verdict), self.at)

    def _asked(self) -> Heard:
        """The device only asks: by our clock; or by its own, where it had to wait for a network before it could."""
        late = told_late(self.scanned.at, self.batch.now)
        at = self.scanned.at if late else self.batch.now
        judged = judge(self._held, self.batch.rules(at), moment_at(self.batch.sheet.time_zone, at), self._people)
        if judged.verdict is Verdict.WELCOME and self.standing:
            self.standing.enter(0 if judged.again else self._people, at)
        return self._as(judged, at, judged.verdict if late and self._unknowing(judged.verdict) else None)

    def _unknowing(self, verdict: Verdict) -> bool:
        """Nobody could tell at that gate that we would refuse, so somebody has gone in there."""
        elsewhere = self.standing is not None and self.standing.elsewhere
        return verdict is Verdict.CANCELLED or (verdict is Verdict.ALREADY_INSIDE and elsewhere)

    def _let_in(self) -> Heard:
        """The device let somebody in. Should it have? The hour is its own affair, the ticket is not."""
        should = self._should_have_been()
        if self.standing and should.verdict is Verdict.WELCOME:
            self.standing.enter(0 if should.again else self._people, self.at)
        elif self.standing and should.verdict in USED_ALL_THE_SAME:
            self.standing.enter(min(self._people, self._held.left), self.at)
        conflict = None if should.verdict is Verdict.WELCOME else should.verdict
        return self._as(Judged(Verdict.WELCOME, should.again), self.at, conflict)

    def _should_have_been(self) -> Judged:
        moment = moment_at(self.batch.sheet.time_zone, self.at)
        if refused := about_code(self._held) or about_ticket(self._held, self.batch.rules(self.at), moment):
            return Judged(refused)
        if self._people <= self._held.left:
            return Judged(Verdict.WELCOME)
        back = self._held.left == 0 and self.batch.rules(self.at).re_entry and self._apart
        return Judged(Verdict.WELCOME if back else Verdict.ALREADY_INSIDE, again=back)

    @property
    def _apart(self) -> bool:
        visits = self.standing.visits if self.standing else []
        return all(abs(self.at - visit) >= BETWEEN_ENTRIES for visit in visits)

    def _as(self, judged: Judged, at: datetime, conflict: Verdict | None = None) -> Heard:
        told, museum = self.scanned, self.batch.museum
        admission = Admission(museum, told.scan_id, judged.verdict, told.people, judged.again, self._seen, conflict)
        return Heard(told, admission, at, self._ticket)

    def _as_before(self, earlier: Any) -> Admission:
        told, museum = self.scanned, self.batch.museum
        if earlier.museum != museum or earlier.ticket != self._ticket:
            return Admission(museum, told.scan_id, Verdict.UNKNOWN, told.people)
        verdict = Verdict(earlier.verdict)
        found = Verdict(earlier.found) if earlier.found else None
        conflict = found or (verdict if told.verdict not in (None, verdict) else None)
        return Admission(museum, told.scan_id, verdict, earlier.people, earlier.again, self._seen, conflict)

    @cached_property
    def at(self) -> datetime:
        now = self.batch.now
        return self.scanned.at if now - OLDEST <= self.scanned.at <= now + AHEAD else now

    @cached_property
    def _held(self) -> Held:
        standing = self.standing
        key = self.batch.keys.get(self.shown.signed.key) if self.shown.signed else None
        held = held_of(self.shown, standing.ticket if standing else None, self.batch.museum, key)
        if standing is None:
            return held
        last = max(standing.visits, default=standing.ticket.entered_at)
        return replace(held, entered=standing.entered, entered_at=last)

    @property
    def _people(self) -> int:
        return self.scanned.people

    @property
    def _ticket(self) -> str | None:
        return str(self.standing.ticket.code) if self.standing else None

    @property
    def _seen(self) -> Seen | None:
        if self.standing is None or self.standing.ticket.museum != self.batch.museum:
            return None
        row = self.standing.ticket
        return Seen(row.code, row.day, row.slot, row.category, row.admits, self.standing.entered)


def told_late(at: datetime, now: datetime) -> bool:
    """Whether the device had no network then; a clock that is days behind is not believed."""
    return now - OLDEST <= at < now - LATE

"""Many gates at once, and death at any moment: one ticket is one entry, and one scan is one verdict."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import col, func, select

from guide.database import Database
from guide.gate import admission, letting_in
from guide.gate.admission import Scanned, admit
from guide.gate.syncing import sync
from guide.gate.tables import Scan
from guide.gate.verdicts import Admission, Verdict
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.tables import Ticket
from tests.gate.conftest import NINE, Gate
from tests.killing import boundaries, killed_before

pytestmark = pytest.mark.slow

GATES = 16


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    start, told = threading.Barrier(len(acts)), list[object]()

    def act(one: Callable[[], object]) -> None:
        start.wait(30)
        told.append(one())

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def verdicts(told: list[object]) -> Counter[str]:
    assert all(isinstance(one, Admission) for one in told)
    return Counter(one.verdict.value for one in told if isinstance(one, Admission))


def test_of_sixteen_gates_at_once_one_lets_the_ticket_in(gate: Gate) -> None:
    ticket = gate.ticket()
    code = gate.signed(ticket)
    tokens = [gate.device(f"gate {number}") for number in range(GATES)]
    assert len(set(tokens)) == GATES

    told = at_once([lambda number=number: gate.admit(code, gate=f"gate {number}") for number in range(GATES)])

    assert verdicts(told) == {"welcome": 1, "already-inside": GATES - 1}
    assert gate.entered(ticket) == 1


def test_without_the_guard_several_would_go_in(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the race above is one: where the ticket is not moved, but only looked at, everybody goes in."""
    ticket = gate.ticket()
    tokens = [gate.device(f"gate {number}") for number in range(GATES)]
    assert tokens
    monkeypatch.setattr(admission, "let_in", letting_in.turn_away)

    told = at_once([lambda number=number: gate.admit(ticket.code, gate=f"gate {number}") for number in range(GATES)])

    assert verdicts(told) == {"welcome": GATES}


def test_a_group_that_comes_through_many_gates_is_counted_once_each(gate: Gate) -> None:
    ticket = gate.ticket(admits=10)
    for number in range(GATES):
        gate.device(f"gate {number}")

    told = at_once([lambda number=number: gate.admit(ticket.code, gate=f"gate {number}") for number in range(GATES)])

    assert verdicts(told) == {"welcome": 10, "already-inside": GATES - 10}
    assert gate.entered(ticket) == 10


@pytest.mark.parametrize("admits", [1, 30])
def test_the_same_scan_over_many_connections_at_once_is_one(gate: Gate, admits: int) -> None:
    ticket = gate.ticket(admits=admits)
    gate.device()

    told = at_once([lambda: gate.admit(ticket.code, scan_id="scan-of-a-phone")] * 8)

    assert verdicts(told) == {"welcome": 8}
    assert gate.entered(ticket) == 1
    assert len(gate.scans()) == 1


def test_a_batch_and_its_own_scans_at_once_are_heard_once(gate: Gate) -> None:
    tickets = gate.tickets(10)
    scans = [Scanned(gate.scan_id(), ticket.code, NINE) for ticket in tickets]
    offline = [gate.let_in(scan.code, scan_id=scan.scan_id) for scan in scans]
    gate.device()
    acts: list[Callable[[], object]] = [lambda: gate.sync(*offline), lambda: gate.sync(*reversed(offline))]
    acts += [lambda scan=scan: gate.admit(scan.code, scan_id=scan.scan_id) for scan in scans]  # type: ignore[misc]

    at_once(acts)

    assert [gate.entered(ticket) for ticket in tickets] == [1] * 10
    assert len(gate.scans()) == 10
    assert gate.conflicts() == []


def test_batches_of_two_gates_at_once_leave_one_conflict_for_each_ticket(gate: Gate) -> None:
    tickets = gate.tickets(30)
    batches = {name: [gate.let_in(ticket.code) for ticket in tickets] for name in ("south", "north")}
    for name in batches:
        gate.device(name)

    at_once([lambda name=name: gate.sync(*batches[name], gate=name) for name in batches])

    assert sorted(code for code, _ in gate.conflicts()) == sorted(ticket.code for ticket in tickets)
    assert {gate.entered(ticket) for ticket in tickets} == {1}


@pytest.mark.slow
@pytest.mark.parametrize("batch", [False, True], ids=["one scan", "a batch"])
def test_whenever_the_server_dies_the_retry_gets_the_one_verdict(gate: Gate, batch: bool) -> None:
    url = gate.database.engine.url.render_as_string(hide_password=False)
    token, catalogue = gate.device(), gate.catalogue
    for number in boundaries():
        ticket = gate.ticket()
        scan = Scanned(gate.scan_id(), ticket.code, NINE, 1, Verdict.WELCOME if batch else None)

        def act(database: Database, scan: Scanned = scan) -> object:
            if batch:
                return sync(database, catalogue, token, [scan], NINE)
            return admit(database, catalogue, token, scan, NINE)

        killed = killed_before(number, url, act)
        began = time.perf_counter()
        retried = act(gate.database)

        assert time.perf_counter() - began < 5
        told = retried[0] if isinstance(retried, list) else retried
        assert isinstance(told, Admission)
        assert (told.verdict, told.conflict) == (Verdict.WELCOME, None)
        assert whole(gate, ticket) == (1, 1, 1, 1)
        assert gate.conflicts() == []
        if not killed:
            assert number > 3
            break


def whole(gate: Gate, ticket: Ticket) -> tuple[int, int, int, int]:
    """Entered, scans, lines in the audit, notices that go out: all of it once."""
    with gate.database.reading() as session:

        def count(table: type, column: object) -> int:
            asked = select(func.count()).select_from(table).where(column == ticket.code)  # type: ignore[arg-type]
            return int(session.exec(asked).one())

        rows = (count(Scan, col(Scan.ticket)), count(AuditLine, col(AuditLine.about)))
        return (gate.entered(ticket), *rows, count(Outgoing, col(Outgoing.about)))


def test_an_admission_takes_at_most_six_statements(gate: Gate) -> None:
    said: list[str] = []
    ticket = gate.ticket()
    codes = [gate.signed(ticket), ticket.code, "nonsense"]
    gate.device()
    sa.event.listen(gate.database.engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    for code in codes:
        said.clear()
        gate.admit(code)

        assert 1 < len([one for one in said if one.split()[0] not in ("BEGIN", "COMMIT")]) <= 6


def test_a_batch_takes_as_many_statements_whatever_its_size(gate: Gate) -> None:
    said: list[str] = []
    gate.device()
    counts = []
    sa.event.listen(gate.database.engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    for size in (1, 50):
        scans = [gate.let_in(ticket.code) for ticket in gate.tickets(size)]
        said.clear()
        gate.sync(*scans)
        counts.append(len(said))

    assert counts[0] == counts[1] <= 14

"""The staff's page of the gates: who came in where, what contradicts itself, which devices there are."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from guide.gate import conflicts
from guide.gate.conflicts import NoSuchConflict
from guide.gate.counting import entered, on_day
from guide.gate.tables import Device
from guide.office.roles import Role
from tests.gate.conftest import NINE, TODAY, Door, Gate, minutes

pytestmark = pytest.mark.slow

ZONE = "Asia/Ho_Chi_Minh"
HERE = {"origin": "http://testserver", "accept": "text/html"}
PAGE = {"accept": "text/html", "accept-language": "vi"}


def test_every_gate_counts_those_whom_it_let_in(gate: Gate) -> None:
    group = gate.ticket(admits=30)
    gate.admit(group.code, people=12)
    gate.admit(gate.ticket().code)
    gate.admit("hello")
    gate.admit(group.code, gate="north", people=18, now=NINE + minutes(1))
    gate.admit(gate.ticket().code, now=NINE - minutes(60 * 24))

    with gate.database.reading() as session:
        counted = [(one.gate, one.people, one.again, one.refused) for one in on_day(session, "lang-gom", TODAY, ZONE)]
        by_day = entered(session, "lang-gom", TODAY - minutes(60 * 24), TODAY, ZONE)

    assert counted == [("north", 18, 0, 0), ("south", 13, 0, 1)]
    assert by_day == [(TODAY, "north", 18), (TODAY, "south", 13)]


def test_a_conflict_stands_until_somebody_has_seen_it(gate: Gate) -> None:
    ticket = gate.ticket()
    gate.sync(gate.let_in(ticket.code))
    gate.sync(gate.let_in(ticket.code, NINE + minutes(5)), gate="north", now=NINE + minutes(10))

    with gate.database.writing() as session:
        (one,) = conflicts.listed(session, "lang-gom")
        assert (one.ticket, one.here.gate, [other.gate for other in one.elsewhere]) == (ticket.code, "north", ["south"])
        assert conflicts.unseen(session, "lang-gom") == 1
        conflicts.see(session, "lang-gom", one.scan_id, "person:lan@example.vn", NINE)
        conflicts.see(session, "lang-gom", one.scan_id, "person:minh@example.vn", NINE)

        assert conflicts.unseen(session, "lang-gom") == 0
        assert conflicts.listed(session, "lang-gom")[0].seen_by == "person:lan@example.vn"
        with pytest.raises(NoSuchConflict):
            conflicts.see(session, "dak-lak", one.scan_id, "person:lan@example.vn", NINE)


def test_the_page_pairs_a_phone_and_sends_it_away(door: Door) -> None:
    csrf = door.at_work(Role.ADMIN).csrf
    form = {"csrf": csrf, "name": "Máy của Lan", "gate": "Cổng Nam"}

    made = door.browser.post("/office/lang-gom/gates", data=form, headers=HERE)
    link = re.search(r'value="([^"]+/gate#pair=([^"]+))"', made.text)
    assert link is not None
    paired = door.browser.post("/api/v1/gate/devices", json={"pairing": link[2]})
    page = door.browser.get("/office/lang-gom/gates", headers=PAGE)
    with door.gate.database.reading() as session:
        device = session.exec(select(Device)).one()
    door.browser.post(f"/office/lang-gom/gates/{device.id}/revocation", data={"csrf": csrf}, headers=HERE)

    assert "<svg" in made.text
    assert paired.status_code == 201
    assert link[2] not in page.text
    assert "Máy của Lan" in page.text
    assert (
        door.scan(
            {"scan_id": "scan-0001", "code": "A", "at": NINE.isoformat()}, token=paired.json()["token"]
        ).status_code
        == 401
    )


def test_a_page_with_a_conflict_shows_both_gates_and_can_be_ticked_off(door: Door) -> None:
    csrf = door.at_work(Role.ADMIN).csrf
    ticket = door.gate.ticket()
    for name, strange in (("south", "1"), ("north", '../2?#%&"')):
        door.gate.sync(door.gate.let_in(ticket.code, scan_id=strange), gate=name)

    page = door.browser.get("/office/lang-gom/gates", headers=PAGE).text
    door.browser.post("/office/lang-gom/conflicts/seen", data={"csrf": csrf, "scan": strange}, headers=HERE)
    after = door.browser.get("/office/lang-gom/gates", headers=PAGE).text

    assert ticket.code in page
    assert "south" in page
    assert "north" in page
    assert "/conflicts/seen" in page
    assert "/conflicts/seen" not in after


def test_a_name_that_is_missing_is_said_on_the_page(door: Door) -> None:
    csrf = door.at_work(Role.ADMIN).csrf

    refused = door.browser.post("/office/lang-gom/gates", data={"csrf": csrf, "name": "", "gate": ""}, headers=HERE)

    assert refused.status_code == 422
    assert 'role="alert"' in refused.text


@pytest.mark.parametrize("role", [Role.GATE, Role.DESK])
def test_only_who_keeps_the_gates_comes_in(door: Door, role: Role) -> None:
    door.at_work(role)

    assert door.browser.get("/office/lang-gom/gates", headers=PAGE).status_code == 403

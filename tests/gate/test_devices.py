"""Devices: paired once, even where two phones try at the same moment; sent away at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from guide.gate import devices
from guide.gate.devices import PAIRING_LASTS, MayNot, NameMissing, NoSuchDevice, NotPaired, PairingOver
from guide.gate.tables import Device
from guide.gate.verdicts import Verdict
from guide.office.tables import AuditLine
from tests.gate.conftest import NINE, Gate

pytestmark = pytest.mark.slow


def invited(gate: Gate) -> tuple[Device, str]:
    with gate.database.writing() as session:
        return devices.invite(session, gate.museum, "Máy của Lan", "Cổng Nam", "person:lan@example.vn", NINE)


def test_of_two_phones_that_scan_the_word_at_once_one_is_paired(gate: Gate) -> None:
    _, word = invited(gate)
    start, told = threading.Barrier(8), list[str]()

    def pair() -> None:
        start.wait(30)
        try:
            with gate.database.writing() as session:
                devices.pair(session, word, NINE)
            told.append("paired")
        except PairingOver:
            told.append("over")

    threads = [threading.Thread(target=pair) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(told) == ["over"] * 7 + ["paired"]


@pytest.mark.parametrize("late", [PAIRING_LASTS, timedelta(days=1)])
def test_a_word_is_over_after_a_quarter_of_an_hour(gate: Gate, late: timedelta) -> None:
    _, word = invited(gate)

    with gate.database.writing() as session, pytest.raises(PairingOver):
        devices.pair(session, word, NINE + late)


def test_only_hashes_are_kept(gate: Gate) -> None:
    _, word = invited(gate)
    with gate.database.writing() as session:
        token = devices.pair(session, word, NINE).token

    with gate.database.reading() as session:
        kept = str([device.model_dump() for device in session.exec(select(Device)).all()])
        audited = str([line.model_dump() for line in session.exec(select(AuditLine)).all()])
    assert word not in kept + audited
    assert token not in kept + audited


def test_a_device_that_is_sent_away_is_not_heard_again(gate: Gate) -> None:
    ticket, other = gate.ticket(), gate.ticket()
    assert gate.admit(ticket.code).verdict is Verdict.WELCOME
    with gate.database.writing() as session:
        device = session.exec(select(Device)).one()
        devices.revoke(session, gate.museum, device.id, "person:lan@example.vn", NINE)

    with pytest.raises(NotPaired):
        gate.admit(other.code)
    with pytest.raises(NotPaired):
        gate.sync(gate.let_in(other.code))
    assert gate.entered(other) == 0


def test_a_word_of_a_device_that_was_sent_away_pairs_nothing(gate: Gate) -> None:
    device, word = invited(gate)
    with gate.database.writing() as session:
        devices.revoke(session, gate.museum, device.id, "command", NINE)

    with gate.database.writing() as session, pytest.raises(PairingOver):
        devices.pair(session, word, NINE)


def test_another_museum_cannot_send_a_device_away(gate: Gate) -> None:
    device, _ = invited(gate)

    with gate.database.writing() as session, pytest.raises(NoSuchDevice):
        devices.revoke(session, "dak-lak", device.id, "command", NINE)


def test_a_device_does_only_what_it_may(gate: Gate) -> None:
    ticket = gate.ticket()
    token = gate.device()
    with gate.database.writing() as session:
        session.connection().execute(sa.update(Device).where(col(Device.gate) == "south").values(may="roster"))

    with pytest.raises(MayNot):
        gate.admit(ticket.code)
    with pytest.raises(MayNot):
        gate.sync(gate.let_in(ticket.code))
    with gate.database.reading() as session:
        assert devices.known(session, token, devices.ROSTER).gate == "south"


@pytest.mark.parametrize(("name", "gate_name"), [("", "Nam"), ("Máy", " "), ("x" * 61, "Nam"), ("Máy", "N\x07m")])
def test_a_device_needs_a_name_and_a_gate(gate: Gate, name: str, gate_name: str) -> None:
    with gate.database.writing() as session, pytest.raises(NameMissing):
        devices.invite(session, gate.museum, name, gate_name, "command", NINE)

"""Devices at the gates: paired once by a word that is shown once, known by a token of their own, sent away at once.

Of the word and of the token only hashes are kept. Nothing about a device is remembered between two requests, so a
revoked one is refused at its next scan.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from guide.database import changed
from guide.errors import GuideError, NotFound, Refused, Unusable
from guide.gate.tables import Device
from guide.office import audit

PAIRING_LASTS = timedelta(minutes=15)
ADMIT, ROSTER = "admit", "roster"
MOST_LETTERS = 60
UNLIKE_ANY = 16
"""An id of so many characters is no other device's."""
_IN_LINK = re.compile(r"#pair=([\w-]+)")


class PairingOver(Refused):
    """The pairing word is wrong, was used, or is older than a quarter of an hour."""


class NotPaired(GuideError):
    """No device has this token, or it was sent away."""

    status = 401


class PairFirst(NotPaired):
    """This is a pairing word: it is to be traded for a token, once, before anything is scanned."""


class MayNot(Refused):
    """The device is paired, but not for this."""


class NameMissing(Unusable):
    """A device needs a name and a gate that people can tell apart, of at most sixty letters each."""


class NoSuchDevice(NotFound):
    """This museum has no such device."""


@dataclass(frozen=True)
class Paired:
    """Told once, to the device."""

    token: str
    device: UUID
    museum: str
    name: str
    gate: str


def invite(session: Session, museum: str, name: str, gate: str, made_by: str, now: datetime) -> tuple[Device, str]:
    """A device that is awaited, and the word that pairs it: whoever brings it first, within a quarter of an hour."""
    name, gate = (" ".join(said.split()) for said in (name, gate))
    if not all(0 < len(said) <= MOST_LETTERS and said.isprintable() for said in (name, gate)):
        raise NameMissing(most=MOST_LETTERS)
    word = secrets.token_urlsafe(24)
    device = Device(museum=museum, name=name, gate=gate, made_at=now, made_by=made_by)
    device.pairing_hash, device.pairing_until = hashed(word), now + PAIRING_LASTS
    session.add(device)
    session.flush()
    audit.note(session, now, museum, made_by, "device.invited", str(device.id), gate=gate)
    return device, word


def pair(session: Session, word: str, now: datetime) -> Paired:
    """Of two phones that bring the same word at once, one is paired."""
    waiting = (col(Device.pairing_hash) == hashed(word_in(word))) & (col(Device.pairing_until) > now)
    waiting &= col(Device.revoked_at).is_(None)
    token = secrets.token_urlsafe(32)
    paired = {"token_hash": hashed(token), "paired_at": now, "pairing_hash": None, "pairing_until": None}
    if not changed(session, sa.update(Device).where(waiting).values(paired)):
        raise PairingOver
    device = session.exec(select(Device).where(Device.token_hash == hashed(token))).one()
    audit.note(session, now, device.museum, f"device:{device.id}", "device.paired", str(device.id), gate=device.gate)
    return Paired(token, device.id, device.museum, device.name, device.gate)


def known(session: Session, token: str, act: str) -> Device:
    """The device that has this token, where it may do that."""
    device = session.exec(select(Device).where(Device.token_hash == hashed(token))).first()
    if device is None or device.revoked_at:
        raise stranger(session.connection(), token)
    if act not in device.may.split():
        raise MayNot
    return device


def stranger(connection: Connection, token: str) -> NotPaired:
    """Why whoever brings this is not heard."""
    waiting = sa.select(col(Device.id)).where(col(Device.pairing_hash) == hashed(word_in(token)))
    return PairFirst() if connection.execute(waiting).first() else NotPaired()


def revoke(session: Session, museum: str, device: UUID, who: str, now: datetime) -> None:
    of_museum = (col(Device.id) == device) & (col(Device.museum) == museum)
    revoked_at = sa.func.coalesce(col(Device.revoked_at), now)
    if not changed(session, sa.update(Device).where(of_museum).values(revoked_at=revoked_at, pairing_hash=None)):
        raise NoSuchDevice
    audit.note(session, now, museum, who, "device.revoked", str(device))


def of_museum(session: Session, museum: str) -> list[Device]:
    """The newest first; whoever was sent away stays in the list."""
    return list(session.exec(select(Device).where(Device.museum == museum).order_by(col(Device.made_at).desc())).all())


class State(StrEnum):
    AWAITED = "awaited"
    MISSED = "missed"
    """The word was not brought in time."""
    PAIRED = "paired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Shown:
    """A device as the staff page lists it."""

    device: Device
    state: State


def shown(device: Device, now: datetime) -> Shown:
    return Shown(device, _state(device, now))


def _state(device: Device, now: datetime) -> State:
    if device.revoked_at:
        return State.REVOKED
    if device.paired_at:
        return State.PAIRED
    return State.AWAITED if device.pairing_until and device.pairing_until > now else State.MISSED


def link(root: str, word: str) -> str:
    """What the square holds. What follows `#` is sent to no server and stands in no log."""
    return f"{root.rstrip('/')}/gate#pair={word}"


def word_in(told: str) -> str:
    """The pairing word, also where the whole link was brought."""
    found = _IN_LINK.search(told)
    return found[1] if found else told.strip()


def scan_of(token: str, scan_id: str) -> str:
    """Under which id we keep a scan: a short one, which two devices may both have thought of, is its device's own."""
    return scan_id if len(scan_id) >= UNLIKE_ANY else f"{scan_id}@{hashed(token)[:32]}"


def hashed(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()

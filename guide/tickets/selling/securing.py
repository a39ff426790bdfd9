"""Securing places: before it is said that there are none, holds that are over give theirs back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session

from guide.errors import Conflict
from guide.tickets.selling.expiring import release_expired, some_are_over
from guide.tickets.selling.holding import PROMISED, Hold, give_all_back, lacking, take


class SoldOut(Conflict):
    """The entry time, or the quota of these categories, has not so many places any more."""


class NoMorePromises(Conflict):
    """There are places, but no more of them are kept for those who pay at the counter."""


def look(
    session: Session,
    museum: str,
    day: date,
    slot: str,
    wants: Mapping[str, int],
    places: Mapping[str, int],
    now: datetime,
) -> None:
    """Before anything is written: a rush for what is sold out should cost no more than looking."""
    lacks = lacking(session, museum, day, slot, wants, places)
    if lacks and not some_are_over(session, now, (museum, day, slot)):
        raise _none_left(wants, lacks)


def hold(
    session: Session,
    museum: str,
    day: date,
    slot: str,
    wants: Mapping[str, int],
    places: Mapping[str, int],
    now: datetime,
) -> None:
    """Take all of these places, or say that they are sold out."""
    if take(session, museum, day, slot, wants, places):
        return
    if release_expired(session, now, (museum, day, slot)) and take(session, museum, day, slot, wants, places):
        return
    raise _none_left(wants, lacking(session, museum, day, slot, wants, places))


def _none_left(wants: Mapping[str, int], lacks: Collection[str]) -> Conflict:
    return NoMorePromises() if set(lacks) == {PROMISED} else SoldOut(people=max(wants.values()))


def exchange(session: Session, before: Hold, after: Hold, places: Mapping[str, int], now: datetime) -> None:
    """Other places for those that are held. The earlier time is touched first, so that two who cross do not wait."""
    if before < after:
        give_all_back(session, [before])
    hold(session, after.museum, after.day, after.slot, dict(after.wants), places, now)
    if before >= after:
        give_all_back(session, [before])

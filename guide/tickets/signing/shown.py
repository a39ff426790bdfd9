"""What is shown of tickets at a gate: their signed codes, on pages, on paper and to programs alike."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from guide.tickets.signing.keys import known_key
from guide.tickets.signing.signed import Claiming, claim_of, sign


def signed_codes(session: Session, tickets: Iterable[Claiming]) -> dict[str, str]:
    """Where a museum has no key any more, the bare code, which a gate can look up."""
    there = list(tickets)
    keys = {museum: known_key(session, museum) for museum in {ticket.museum for ticket in there}}
    return {
        ticket.code: sign(key, claim_of(ticket)) if (key := keys[ticket.museum]) else ticket.code for ticket in there
    }

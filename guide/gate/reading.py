"""What was held before a gate: a signed code in digits, ten letters typed by hand, or something that is no ticket."""

from __future__ import annotations

from dataclasses import dataclass

from guide.tickets import codes
from guide.tickets.signing import signed
from guide.tickets.signing.signed import SignedCode

LONGEST = 2000
_TYPED = 40
"""Longer than any way of writing ten letters with spaces between."""


@dataclass(frozen=True)
class Shown:
    """`code` is the ticket's own, however it was shown; nothing where this is no ticket."""

    code: str | None = None
    signed: SignedCode | None = None


NOTHING = Shown()


def read(text: str) -> Shown:
    """Scanners add a line's end, and people type spaces and small letters: what is around and between is let go."""
    tidied = "".join(text[:LONGEST].split())
    if found := signed.read(tidied):
        return Shown(found.code, found)
    typed = codes.read(tidied) if len(tidied) <= _TYPED else None
    return Shown(typed) if typed else NOTHING

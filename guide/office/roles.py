"""Who may do what: one table, read by every door that staff go through."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    DESK = "desk"
    GATE = "gate"
    ADMIN = "admin"


class Act(StrEnum):
    SELL = "sell"
    """At the counter, in a shift."""
    GIVE_BACK = "give-back"
    """Cancel an order and send its money back."""
    ADMIT = "admit"
    """Scan tickets without a paired device."""
    SEE_REPORTS = "see-reports"
    SEE_PAYMENTS = "see-payments"
    """Notices that match nothing, and refunds that are due."""
    KEEP_GATES = "keep-gates"
    """Pair and revoke devices, look at conflicts."""
    SEE_LETTERS = "see-letters"
    """What could not be delivered, and why."""
    KEEP_PEOPLE = "keep-people"
    SEE_AUDIT = "see-audit"


MAY: dict[Role, frozenset[Act]] = {
    Role.GATE: frozenset({Act.ADMIT}),
    Role.DESK: frozenset({Act.ADMIT, Act.SELL, Act.GIVE_BACK, Act.SEE_REPORTS}),
    Role.ADMIN: frozenset(Act),
}


def may(roles: frozenset[Role], act: Act) -> bool:
    return any(act in MAY[role] for role in roles)

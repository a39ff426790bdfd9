"""Where staff go: the page for each thing that one may do at a museum."""

from __future__ import annotations

from dataclasses import dataclass

from guide.office.roles import Act, Role
from guide.office.staff import EVERYWHERE, Staff
from guide.office.workplaces import Workplaces

WAYS: dict[Act, str] = {
    Act.SELL: "/counter/{museum}",
    Act.ADMIT: "/gate",
    Act.SEE_REPORTS: "/office/{museum}/reports",
    Act.SEE_PAYMENTS: "/office/{museum}/payments",
    Act.KEEP_GATES: "/office/{museum}/gates",
    Act.SEE_LETTERS: "/office/{museum}/letters",
    Act.KEEP_PEOPLE: "/office/{museum}/people",
    Act.SEE_AUDIT: "/office/{museum}/audit",
}


@dataclass(frozen=True)
class Way:
    act: Act
    address: str
    here: bool


def ways(staff: Staff, path: str = "") -> tuple[Way, ...]:
    """What this person may open at the museum where they stand; `path` is the page they look at."""
    addresses = {act: pattern.format(museum=staff.museum) for act, pattern in WAYS.items() if staff.may(act)}
    return tuple(
        Way(act, address, path == address or path.startswith(f"{address}/")) for act, address in addresses.items()
    )


@dataclass(frozen=True)
class Desk:
    """One museum on the office's first page."""

    museum: str
    name: str
    roles: tuple[Role, ...]
    ways: tuple[Way, ...]


def desks(staff: Staff, workplaces: Workplaces, language: str) -> tuple[Desk, ...]:
    here = [slug for slug in workplaces.slugs() if EVERYWHERE in staff.posts or slug in staff.posts]
    found = [_desk(staff.at(slug), workplaces[slug].name(language)) for slug in here]
    return tuple(sorted(found, key=lambda desk: desk.name))


def _desk(staff: Staff, name: str) -> Desk:
    return Desk(staff.museum, name, tuple(role for role in Role if role in staff.roles), ways(staff))

"""Somebody who works here and is signed in: who they are, and in what roles at which museum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from guide.office.roles import MAY, Act, Role, may

EVERYWHERE = "*"
"""The post at every museum there is."""


@dataclass(frozen=True)
class Staff:
    person: UUID
    email: str
    name: str
    posts: Mapping[str, frozenset[Role]]
    """Roles by museum."""
    csrf: str
    """What a form of theirs must bring back."""
    museum: str = ""
    """The museum whose door they stand at."""

    @property
    def roles(self) -> frozenset[Role]:
        return self.roles_at(self.museum)

    @property
    def who(self) -> str:
        """How the audit names them."""
        return f"person:{self.email}"

    def roles_at(self, museum: str) -> frozenset[Role]:
        return self.posts.get(museum, frozenset()) | self.posts.get(EVERYWHERE, frozenset())

    def may(self, act: Act) -> bool:
        return may(self.roles, act)

    def may_somewhere(self, act: Act) -> bool:
        return any(act in MAY[role] for roles in self.posts.values() for role in roles)

    @property
    def keeps(self) -> frozenset[str]:
        """The museums whose people they keep."""
        return frozenset(museum for museum, roles in self.posts.items() if may(roles, Act.KEEP_PEOPLE))

    def at(self, museum: str) -> Staff:
        return replace(self, museum=museum)

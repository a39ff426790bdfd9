"""What a visitor is asked to pay with, and what a provider tells us afterwards: values, the same for every way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from guide.errors import Conflict, GuideError, NotReady
from guide.tickets.paying.contracts import Contracts


class ForgedNotice(GuideError):
    """No contract of ours makes this signature or key. It is counted, and nothing of it is kept."""

    status = 401


class UnreadableNotice(GuideError):
    """What was sent has not even the shape in which this provider speaks."""

    status = 422


class ProviderAway(NotReady):
    """The provider did not answer, or not sensibly. The order keeps its places; the visitor may try again."""


class ProviderRefused(Conflict):
    """The provider answered, and will not take this payment. The order keeps its places."""


class Due(Protocol):
    """What is to be paid: an order."""

    code: str
    museum: str
    total_dong: int
    language: str
    expires_at: datetime


@dataclass(frozen=True)
class Payment:
    """`qr`: scan it or type it into a bank's app. `link`: open it. `none`: there is nothing to do here."""

    way: str
    kind: Literal["qr", "link", "none"]
    dong: int
    memo: str = ""
    url: str = ""
    emv: str = ""
    bank: str = ""
    bin: str = ""
    account: str = ""
    name: str = ""
    trial: bool = False
    """No money moves; `url` leads to the page that plays the bank."""

    @property
    def data(self) -> dict[str, Any]:
        """For programs: what there is of it."""
        shown = {name: value for name, value in vars(self).items() if value not in ("", False)}
        return shown | {"dong": self.dong}


@dataclass(frozen=True)
class Arrived:
    """A request as a value: names of headers in small letters, the address's query in its order."""

    headers: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Told:
    """What a genuine notice says. `museums` are those whose contract bears it out: the order must be one of theirs."""

    provider: str
    way: str
    reference: str
    """The provider's own number of the movement."""
    dong: int
    codes: tuple[str, ...]
    """Codes of orders that it may be meant for."""
    museums: tuple[str, ...]
    paid: bool = True
    """False: an attempt that failed; no money moved."""
    problem: str | None = None
    """Why somebody has to look at it, whatever the order."""
    memo: str = ""
    """What the payer wrote: kept only while somebody has to look at it."""


@dataclass(frozen=True)
class Outcome:
    became: Literal["settled", "review", "refund", "failed", "passed"]
    """`passed`: it was none of our business."""
    why: str | None = None
    repeated: bool = False


PASSED = Outcome("passed")


@dataclass(frozen=True)
class Answer:
    """What the provider is told."""

    status: int
    body: Mapping[str, object] | None = None


class Provider(Protocol):
    """Whoever tells us of payments: a module with these two functions, which know neither network nor database."""

    def heard(self, contracts: Contracts, arrived: Arrived, now: datetime) -> Told | None: ...

    def answer(self, outcome: Outcome | ForgedNotice | UnreadableNotice) -> Answer: ...

"""How one can pay at a museum: what its contracts allow, and what a visitor is asked to do for an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import structlog

from guide.errors import Conflict, GuideError
from guide.throttle import Throttle
from guide.tickets.paying import counter, free, momo, payos, sepay, simulator, vietqr, vnpay
from guide.tickets.paying.asking import Asking, ask
from guide.tickets.paying.contracts import NOTHING, Contract, Contracts, read_contracts
from guide.tickets.paying.payment import Due, Payment, Provider
from guide.tickets.paying.simulator import Simulator
from guide.tickets.tables import Order, OrderStatus
from guide.tours.catalogue import Museum

log = structlog.get_logger("payments")


class NothingToPayOnline(Conflict):
    """The order is paid, has ended, or is paid elsewhere."""


class AskedTooOften(GuideError):
    """A provider is not asked again and again for the same order."""

    status = 429


WAY_OF = {module.NAME: module.WAY for module in (sepay, payos, vnpay, momo, simulator)}
"""The account in which a provider's money stands."""


@dataclass(frozen=True)
class Ways:
    """On the shelf. Asked for a page it is pure; only `page` goes out and asks a provider."""

    contracts: Contracts
    simulator: Simulator
    public_url: str = ""
    trial: bool = False
    ask: Asking = ask
    addresses: Mapping[str, str] | None = None
    """Where providers are, in tests."""
    throttle: Throttle = field(default_factory=lambda: Throttle(per_minute=6, burst=6))

    @classmethod
    def open(cls, home: Path, public_url: str | None, trial: bool) -> Ways:
        contracts = read_contracts(home)
        if contracts and not public_url:
            log.warning("providers cannot lead visitors back", cure="GUIDE_PUBLIC_URL")
        return cls(contracts, Simulator(home), public_url or "", trial)

    @property
    def providers(self) -> Mapping[str, Provider]:
        return {
            sepay.NAME: sepay,
            payos.NAME: payos,
            vnpay.NAME: vnpay,
            momo.NAME: momo,
            simulator.NAME: self.simulator,
        }

    def offered(self, museum: Museum, dong: int) -> list[str]:
        """What is shown to choose from, the likeliest first."""
        if dong == 0:
            return [free.WAY]
        agreed = self._agreed(museum.slug)
        there = {
            vietqr.WAY: self._hears_of_transfers(agreed) or self.trial,
            vnpay.WAY: agreed.vnpay and self.public_url and vnpay.LEAST_DONG <= dong <= vnpay.MOST_DONG,
            momo.WAY: agreed.momo and self.public_url and momo.LEAST_DONG <= dong <= momo.MOST_DONG,
            counter.WAY: museum.sheet.tickets.pay_at_counter,
            simulator.WAY: self.trial,
        }
        return [way for way, is_there in there.items() if is_there]

    def accepted(self, museum: Museum, dong: int) -> list[str]:
        """What a program may choose: the simulator too, whose money comes only by whoever runs this house."""
        return [*self.offered(museum, dong), simulator.WAY]

    def payment(self, order: Due, way: str) -> Payment:
        """What the visitor is asked to do. The same order gives the same, as often as it is looked at."""
        agreed, link = self._agreed(order.museum), f"/orders/{order.code}/payment"
        if way == free.WAY:
            return free.payment(order)
        if way == counter.WAY:
            return counter.payment(order)
        if way == simulator.WAY:
            return simulator.payment(order, self.trial)
        if way == vietqr.WAY and agreed.vietqr and agreed.sepay:
            return vietqr.payment(agreed.vietqr, order)
        if way == vietqr.WAY and self.trial and not agreed.payos:
            return replace(vietqr.payment(simulator.PRETENDED, order), url=simulator.page_of(order.code), trial=True)
        return Payment(way, "link", order.total_dong, url=link)

    def page(self, order: Order, visitor: str, now: datetime) -> str:
        """The provider's page for an order that waits for its money; may go out to ask for one."""
        agreed, addresses = self._agreed(order.museum), self.addresses or {}
        if order.status != OrderStatus.HELD or order.expires_at <= now:
            raise NothingToPayOnline(code=order.code)
        if not self.throttle.allows(order.code):
            raise AskedTooOften
        if order.pay == vnpay.WAY and agreed.vnpay:
            return vnpay.page(agreed.vnpay, order, self._back(order, "vnpay"), visitor, now)
        if order.pay == momo.WAY and agreed.momo:
            notices = f"{self.public_url}/api/v1/payments/momo/notices"
            back = self._back(order, "momo")
            return momo.page(agreed.momo, order, back, notices, self.ask, now, addresses.get("momo", ""))
        if order.pay == vietqr.WAY and agreed.payos:
            api = addresses.get("payos", payos.API)
            return payos.page(agreed.payos, order, self._back(order, "payos"), self.ask, api)
        raise NothingToPayOnline(code=order.code)

    def _back(self, order: Due, provider: str) -> str:
        return f"{self.public_url}/orders/{order.code}/return/{provider}"

    def _agreed(self, museum: str) -> Contract:
        return self.contracts.get(museum, NOTHING)

    def _hears_of_transfers(self, agreed: Contract) -> bool:
        return bool((agreed.payos and self.public_url) or (agreed.vietqr and agreed.sepay))

"""A payment provider in small, so that a whole purchase can be tried without a contract and without money.

It signs its notices with a key of its own in GUIDE_HOME, and they come in by the way that every notice comes in by. So
its money only ever comes by the operator's command, or by the trial's page where GUIDE_TRIAL allows that.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from guide.tickets import codes
from guide.tickets.paying import reading
from guide.tickets.paying.contracts import BankAccount, Contracts
from guide.tickets.paying.payment import Answer, Arrived, Due, ForgedNotice, Outcome, Payment, Told, UnreadableNotice

NAME = WAY = "simulator"
KEY_FILE = "simulator.key"
SIGNATURE = "x-simulator-signature"
PRETENDED = BankAccount(bin="999999", account="0000000000", name="TAI KHOAN DUNG THU", bank="Ngân hàng dùng thử")
"""No bank has this number, so that no app can send money there."""


def page_of(code: str) -> str:
    return f"/orders/{code}/simulator"


def payment(order: Due, trial: bool) -> Payment:
    url = page_of(order.code) if trial else ""
    return Payment(WAY, "link" if trial else "none", order.total_dong, memo=order.code, url=url, trial=trial)


def choices(dong: int) -> dict[str, int]:
    """What one may try: the right amount, and two that are not."""
    return {"all": dong, "less": max(1, dong - 1_000), "more": dong + 1_000}


class Simulator:
    """Holds the key; is a `Provider`."""

    def __init__(self, home: Path) -> None:
        self._file = home / KEY_FILE

    def notice(self, code: str, dong: int, reference: str | None = None) -> Arrived:
        """What a provider would send for this payment."""
        told = {"order": code, "dong": dong, "reference": reference or secrets.token_hex(8)}
        body = json.dumps(told).encode()
        signed = reading.signature(self._key(), body.decode())
        return Arrived({SIGNATURE: signed}, (), body)

    def heard(self, contracts: Contracts, arrived: Arrived, now: datetime) -> Told | None:  # noqa: ARG002
        right = reading.signature(self._key(), arrived.body.decode("utf-8", "replace"))
        if not reading.same(arrived.headers.get(SIGNATURE), right):
            raise ForgedNotice
        sent = reading.an_object(arrived.body)
        dong, number = reading.whole_dong(sent.get("dong")), reading.reference(sent.get("reference"))
        if dong is None or number is None:
            return reading.unreadable(NAME, WAY, arrived.body, ())
        return Told(NAME, WAY, number, dong, _codes(sent.get("order")), ())

    def answer(self, outcome: Outcome | ForgedNotice | UnreadableNotice) -> Answer:
        if not isinstance(outcome, Outcome):
            raise outcome
        return Answer(200, {"became": outcome.became, "why": outcome.why, "repeated": outcome.repeated})

    def _key(self) -> SecretStr:
        """Made when it is first needed; of several that make it at once, one wins."""
        if not self._file.exists():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            side = self._file.with_name(f"{KEY_FILE}.{secrets.token_hex(4)}")
            side.touch(mode=0o600)
            side.write_text(secrets.token_hex(32))
            try:
                os.link(side, self._file)
            except FileExistsError:
                pass
            finally:
                side.unlink()
        return SecretStr(self._file.read_text().strip())


def _codes(order: object) -> tuple[str, ...]:
    code = codes.read(order) if isinstance(order, str) else None
    return (code,) if code else ()

"""SePay tells us of each transfer that reaches the museum's bank account, with the memo that the payer wrote.

It proves itself by the key agreed on (`Authorization: Apikey …`), or by a signature over the time and the body
(`X-SePay-Signature: sha256=…` over `{timestamp}.{body}`), which is younger than five minutes.
"""

from __future__ import annotations

from datetime import datetime

from guide.tickets.paying import reading
from guide.tickets.paying.contracts import Contracts, SePay
from guide.tickets.paying.memo import codes_in
from guide.tickets.paying.payment import Answer, Arrived, ForgedNotice, Outcome, Told, UnreadableNotice

NAME, WAY = "sepay", "vietqr"
FRESH_SECONDS = 300


def heard(contracts: Contracts, arrived: Arrived, now: datetime) -> Told | None:
    museums = reading.bearing_out(contracts, lambda agreed: _genuine(agreed.sepay, arrived, now))
    sent = reading.an_object(arrived.body)
    if sent.get("transferType") == "out":
        return None
    return _told(contracts, sent, arrived.body, museums)


def _genuine(agreed: SePay | None, arrived: Arrived, now: datetime) -> bool:
    if agreed is None:
        return False
    if agreed.secret is not None:
        at = arrived.headers.get("x-sepay-timestamp", "")
        message = f"{at}.{arrived.body.decode('utf-8', 'replace')}"
        signed = reading.same(
            arrived.headers.get("x-sepay-signature"), f"sha256={reading.signature(agreed.secret, message)}"
        )
        return signed and at.isdigit() and len(at) < 12 and abs(now.timestamp() - int(at)) <= FRESH_SECONDS
    assert agreed.api_key is not None
    return reading.same(arrived.headers.get("authorization"), f"Apikey {agreed.api_key.get_secret_value()}")


def _told(contracts: Contracts, sent: dict[str, object], body: bytes, museums: tuple[str, ...]) -> Told | None:
    dong, number = reading.whole_dong(sent.get("transferAmount")), reading.reference(sent.get("id"))
    if dong is None or number is None or sent.get("transferType") != "in":
        return reading.unreadable(NAME, WAY, body, museums)
    memo = reading.text(sent.get("content"))
    codes, ours = codes_in(memo), _holders(contracts, sent, museums)
    if not ours and not codes:
        return None  # another account of theirs, and nothing in the memo that is ours
    problem = None if ours else "other-account"
    return Told(NAME, WAY, number, dong, codes, ours or museums, problem=problem, memo=memo)


def _holders(contracts: Contracts, sent: dict[str, object], museums: tuple[str, ...]) -> tuple[str, ...]:
    """The museums whose account it reached; a virtual account stands for the one behind it."""
    reached = {sent.get("accountNumber"), sent.get("subAccount")}
    return tuple(museum for museum in museums if (held := contracts[museum].vietqr) and held.account in reached)


def answer(outcome: Outcome | ForgedNotice | UnreadableNotice) -> Answer:
    if not isinstance(outcome, Outcome):
        raise outcome
    return Answer(200, {"success": True})

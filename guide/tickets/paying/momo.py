"""MoMo v2: we ask for a payment page, signed, and hear in a signed notice (IPN) what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guide.tickets.paying import attempts, reading
from guide.tickets.paying.asking import Asking
from guide.tickets.paying.contracts import Contracts, MoMo
from guide.tickets.paying.memo import memo_of
from guide.tickets.paying.payment import (
    Answer,
    Arrived,
    Due,
    ForgedNotice,
    Outcome,
    ProviderAway,
    ProviderRefused,
    Told,
    UnreadableNotice,
)

NAME = WAY = "momo"
API = "https://payment.momo.vn"
SANDBOX = "https://test-payment.momo.vn"
LEAST_DONG, MOST_DONG = 1_000, 50_000_000
ASKED = (
    "amount", "extraData", "ipnUrl", "orderId", "orderInfo", "partnerCode", "redirectUrl", "requestId", "requestType",
)  # fmt: skip
TOLD = (
    "amount", "extraData", "message", "orderId", "orderInfo", "orderType", "partnerCode", "payType", "requestId",
    "responseTime", "resultCode", "transId",
)  # fmt: skip


def page(agreed: MoMo, order: Due, back: str, notices: str, ask: Asking, now: datetime, api: str = "") -> str:
    """The address of the page on which the visitor pays."""
    asked = request(agreed, order, back, notices, now)
    made = ask(NAME, f"{api or (SANDBOX if agreed.sandbox else API)}/v2/gateway/api/create", asked, {})
    if type(made.get("resultCode")) is not int:
        raise ProviderAway(provider=NAME)
    if made["resultCode"] != 0:
        raise ProviderRefused(provider=NAME)
    if isinstance(url := made.get("payUrl"), str) and url.startswith("https://"):
        return url
    raise ProviderAway(provider=NAME)


def request(agreed: MoMo, order: Due, back: str, notices: str, now: datetime) -> dict[str, object]:
    attempt = attempts.attempt_of(order.code, now)
    asked: dict[str, object] = {
        "partnerCode": agreed.partner_code,
        "requestId": attempt,
        "amount": order.total_dong,
        "orderId": attempt,
        "orderInfo": f"Ve tham quan {memo_of(order.code)}",
        "redirectUrl": back,
        "ipnUrl": notices,
        "requestType": "captureWallet",
        "extraData": "",
        "lang": "vi" if order.language.startswith("vi") else "en",
    }
    return asked | {"signature": signature(agreed, asked, ASKED)}


def signature(agreed: MoMo, fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    message = "&".join(f"{name}={fields.get(name, '')}" for name in names)
    return reading.signature(agreed.secret_key, f"accessKey={agreed.access_key.get_secret_value()}&{message}")


def heard(contracts: Contracts, arrived: Arrived, now: datetime) -> Told | None:  # noqa: ARG001  # signed, but not fresh
    sent = reading.an_object(arrived.body)
    museums = reading.bearing_out(contracts, lambda agreed: _genuine(agreed.momo, sent))
    return _told(sent, arrived.body, museums)


def _genuine(agreed: MoMo | None, sent: Mapping[str, object]) -> bool:
    if agreed is None or sent.get("partnerCode") != agreed.partner_code:
        return False
    return reading.same(sent.get("signature"), signature(agreed, sent, TOLD))


def _told(sent: dict[str, object], body: bytes, museums: tuple[str, ...]) -> Told:
    dong, number = reading.whole_dong(sent.get("amount")), reading.reference(sent.get("transId"))
    attempt, result = reading.reference(sent.get("orderId")), sent.get("resultCode")
    if dong is None or number is None or attempt is None or type(result) is not int:
        return reading.unreadable(NAME, WAY, body, museums)
    codes = attempts.code_of_attempt(attempt)
    if result != 0:
        return Told(NAME, WAY, f"failed:{attempt}:{result}"[:100], dong, codes, museums, paid=False)
    return Told(NAME, WAY, number, dong, codes, museums)


def answer(outcome: Outcome | ForgedNotice | UnreadableNotice) -> Answer:
    if not isinstance(outcome, Outcome):
        raise outcome
    return Answer(204)

"""payOS makes a payment page with a VietQR of its own, and tells us, signed, when the transfer has come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from guide.tickets.paying import attempts, reading
from guide.tickets.paying.asking import Asking
from guide.tickets.paying.contracts import Contracts, PayOS
from guide.tickets.paying.memo import codes_in, memo_of
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

NAME, WAY = "payos", "vietqr"
API = "https://api-merchant.payos.vn"
PAGE = "https://pay.payos.vn/web/"
SIGNED = ("amount", "cancelUrl", "description", "orderCode", "returnUrl")
THERE_ALREADY = "231"


def page(agreed: PayOS, order: Due, back: str, ask: Asking, api: str = API) -> str:
    """The address of the page on which the visitor pays; made once for an order, and found again afterwards."""
    headers = {"x-client-id": agreed.client_id, "x-api-key": agreed.api_key.get_secret_value()}
    made = ask(NAME, f"{api}/v2/payment-requests", request(agreed, order, back), headers)
    if made.get("code") == "00" and isinstance(data := made.get("data"), dict):
        return _address(data.get("checkoutUrl"))
    if str(made.get("code")) == THERE_ALREADY:
        known = ask(NAME, f"{api}/v2/payment-requests/{attempts.number_of(order.code)}", None, headers)
        data = known.get("data")
        if isinstance(data, dict) and data.get("status") == "PENDING" and reading.reference(data.get("id")):
            return f"{PAGE}{data['id']}"
    raise ProviderRefused(provider=NAME)


def request(agreed: PayOS, order: Due, back: str) -> dict[str, object]:
    asked: dict[str, object] = {
        "orderCode": attempts.number_of(order.code),
        "amount": order.total_dong,
        "description": memo_of(order.code),
        "returnUrl": back,
        "cancelUrl": back,
        "expiredAt": int(order.expires_at.timestamp()),
    }
    message = "&".join(f"{name}={asked[name]}" for name in SIGNED)
    return asked | {"signature": reading.signature(agreed.checksum_key, message)}


def _address(url: object) -> str:
    if isinstance(url, str) and url.startswith("https://"):
        return url
    raise ProviderAway(provider=NAME)


def heard(contracts: Contracts, arrived: Arrived, now: datetime) -> Told | None:  # noqa: ARG001  # it bears no time
    sent = reading.an_object(arrived.body)
    data = sent.get("data")
    if not isinstance(data, dict):
        raise UnreadableNotice
    museums = reading.bearing_out(contracts, lambda agreed: _genuine(agreed.payos, sent, data))
    return _told(data, arrived.body, museums)


def _genuine(agreed: PayOS | None, sent: Mapping[str, object], data: Mapping[str, object]) -> bool:
    if agreed is None:
        return False
    return reading.same(sent.get("signature"), reading.signature(agreed.checksum_key, signed_text(data)))


def signed_text(data: Mapping[str, object]) -> str:
    return "&".join(f"{name}={_plain(data[name])}" for name in sorted(data))


def _plain(value: object) -> str:
    """As their own libraries write a value before they sign it."""
    if value is None or value in ("null", "undefined"):
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _told(data: dict[str, object], body: bytes, museums: tuple[str, ...]) -> Told:
    dong, number = reading.whole_dong(data.get("amount")), reading.reference(data.get("reference"))
    link = reading.reference(data.get("paymentLinkId"))
    if dong is None or number is None or link is None:
        return reading.unreadable(NAME, WAY, body, museums)
    memo, named = reading.text(data.get("description")), data.get("orderCode")
    by_number = attempts.code_of_number(named) if type(named) is int and named > 0 else ()
    problem = None if data.get("currency", "VND") == "VND" else "currency"
    paid = data.get("code") == "00"
    return Told(NAME, WAY, f"{link}:{number}"[:100], dong, by_number or codes_in(memo), museums, paid, problem, memo)


def answer(outcome: Outcome | ForgedNotice | UnreadableNotice) -> Answer:
    if not isinstance(outcome, Outcome):
        raise outcome
    return Answer(200, {"success": True})

"""VNPay 2.1.0: the visitor is sent to a signed address, and a signed notice (IPN) tells us what became of it.

The page to which the visitor comes back proves nothing, and is not even read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote_plus

from guide.tickets.paying import attempts, reading
from guide.tickets.paying.contracts import Contracts, VNPay
from guide.tickets.paying.memo import memo_of
from guide.tickets.paying.payment import Answer, Arrived, Due, ForgedNotice, Outcome, Told, UnreadableNotice

NAME = WAY = "vnpay"
PAGE = "https://pay.vnpay.vn/vpcpay.html"
SANDBOX = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html"
LEAST_DONG, MOST_DONG = 5_000, 999_999_999
SIGNATURE = "vnp_SecureHash"
HUNDREDTHS = re.compile(r"[0-9]{1,14}00")
UNSIGNED = (SIGNATURE, "vnp_SecureHashType")


def page(agreed: VNPay, order: Due, back: str, visitor: str, now: datetime) -> str:
    """The address that the visitor is sent to."""
    asked = request(agreed, order, back, visitor, now)
    signed = signed_text(asked)
    address = SANDBOX if agreed.sandbox else PAGE
    return f"{address}?{signed}&{SIGNATURE}={reading.signature(agreed.hash_secret, signed, 'sha512')}"


def request(agreed: VNPay, order: Due, back: str, visitor: str, now: datetime) -> dict[str, str]:
    return {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": agreed.tmn_code,
        "vnp_Amount": str(order.total_dong * 100),
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": attempts.attempt_of(order.code, now),
        "vnp_OrderInfo": f"Ve tham quan {memo_of(order.code)}",
        "vnp_OrderType": "other",
        "vnp_Locale": "vn" if order.language.startswith("vi") else "en",
        "vnp_ReturnUrl": back,
        "vnp_IpAddr": visitor or "127.0.0.1",
        "vnp_CreateDate": _moment(now),
        "vnp_ExpireDate": _moment(order.expires_at),
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(attempts.VIETNAM):%Y%m%d%H%M%S}"


def signed_text(fields: Mapping[str, str]) -> str:
    return "&".join(f"{quote_plus(name)}={quote_plus(fields[name])}" for name in sorted(fields))


def heard(contracts: Contracts, arrived: Arrived, now: datetime) -> Told | None:  # noqa: ARG001  # it bears no time
    sent = {name: value for name, value in reading.each_once(arrived.query).items() if name.startswith("vnp_")}
    signed = signed_text({name: value for name, value in sent.items() if name not in UNSIGNED})
    museums = reading.bearing_out(contracts, lambda agreed: _genuine(agreed.vnpay, sent, signed))
    return _told(sent, signed, museums)


def _genuine(agreed: VNPay | None, sent: Mapping[str, str], signed: str) -> bool:
    if agreed is None or sent.get("vnp_TmnCode") != agreed.tmn_code:
        return False
    return reading.same(sent.get(SIGNATURE, "").lower(), reading.signature(agreed.hash_secret, signed, "sha512"))


def _told(sent: Mapping[str, str], signed: str, museums: tuple[str, ...]) -> Told:
    dong, attempt = _dong(sent.get("vnp_Amount", "")), reading.reference(sent.get("vnp_TxnRef"))
    number = reading.reference(sent.get("vnp_TransactionNo"))
    if dong is None or number is None or attempt is None:
        return reading.unreadable(NAME, WAY, signed.encode(), museums)
    codes, said = attempts.code_of_attempt(attempt), sent.get("vnp_ResponseCode", "")
    if (said, sent.get("vnp_TransactionStatus", said)) != ("00", "00"):
        return Told(NAME, WAY, f"failed:{attempt}:{said}"[:100], dong, codes, museums, paid=False)
    problem = None if sent.get("vnp_CurrCode", "VND") == "VND" else "currency"
    return Told(NAME, WAY, number, dong, codes, museums, problem=problem)


def _dong(hundredths: str) -> int | None:
    """They count in hundredths of a đồng, of which there are none."""
    return reading.whole_dong(int(hundredths) // 100) if HUNDREDTHS.fullmatch(hundredths) else None


def answer(outcome: Outcome | ForgedNotice | UnreadableNotice) -> Answer:
    code, message = _verdict(outcome)
    return Answer(200, {"RspCode": code, "Message": message})


def _verdict(outcome: Outcome | ForgedNotice | UnreadableNotice) -> tuple[str, str]:
    """They ask again after 01, 04, 97 and 99, and stop after 00 and 02: what we hold, we need not hear again."""
    if isinstance(outcome, ForgedNotice):
        return "97", "Invalid signature"
    if isinstance(outcome, UnreadableNotice):
        return "99", "Unknown error"
    if outcome.why in ("no-code", "unknown-order"):
        return "01", "Order not found"
    if outcome.why == "wrong-amount":
        return "04", "Invalid amount"
    if outcome.why == "unreadable":
        return "99", "Unknown error"
    if outcome.repeated:
        return "02", "Order already confirmed"
    return "00", "Confirm Success"

"""A small museum with contracts of every kind, and providers that send what theirs would send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select

from guide.database import Database
from guide.tickets.paying import attempts, momo, notices, payos, reading, vnpay
from guide.tickets.paying.contracts import Contract, Contracts
from guide.tickets.paying.memo import memo_of
from guide.tickets.paying.payment import Arrived, Outcome
from guide.tickets.paying.simulator import Simulator
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.ordering import place
from guide.tickets.tables import Order, Ticket
from tests.tickets import box_office
from tests.tickets.box_office import NOW, wish

T = TypeVar("T", bound=SQLModel)
MUSEUM = box_office.museum()
OTHER = box_office.museum("ben-tre")
MUSEUMS = {MUSEUM.slug: MUSEUM, OTHER.slug: OTHER}
AGREED = Contract.model_validate(
    {
        "vietqr": {"bin": "970436", "account": "0011001932418", "name": "LANG GOM"},
        "sepay": {"api_key": "sepay-key-of-lang-gom"},
        "payos": {"client_id": "lang-gom", "api_key": "payos-api-key", "checksum_key": "payos-checksum-key"},
        "vnpay": {"tmn_code": "LANGGOM1", "hash_secret": "vnpay-hash-secret", "sandbox": "true"},
        "momo": {"partner_code": "MOMOLG", "access_key": "momo-access", "secret_key": "momo-secret-key"},
    }
)
CONTRACTS: Contracts = {MUSEUM.slug: AGREED}
PRICE = 100_000
"""Two adults."""


def ways(home: Path, contracts: Contracts = CONTRACTS, **other: Any) -> Ways:
    return Ways(contracts, Simulator(home), "https://ve.example.vn", **other)


def sold(database: Database, now: datetime = NOW, museum: Any = MUSEUM, **other: Any) -> Order:
    """Two adults tomorrow at eight, held and not paid."""
    with database.writing() as session:
        return place(session, museum, wish(**other), now)


def heard(
    database: Database, provider: Any, arrived: Arrived, now: datetime = NOW, contracts: Contracts = CONTRACTS
) -> Outcome:
    told = provider.heard(contracts, arrived, now)
    assert told is not None
    with database.writing() as session:
        return notices.take(session, MUSEUMS, told, now)


def sepay_notice(code: str, dong: int = PRICE, number: int = 92704, **other: Any) -> Arrived:
    """After the example in SePay's documentation."""
    sent = {
        "id": number,
        "gateway": "Vietcombank",
        "transactionDate": "2026-11-24 09:02:37",
        "accountNumber": "0011001932418",
        "code": None,
        "content": f"MBVCB.3278907687.{memo_of(code)}.CT tu 0123499999 NGUYEN VAN A toi 0011001932418",
        "transferType": "in",
        "transferAmount": dong,
        "accumulated": 19_077_000,
        "subAccount": None,
        "referenceCode": "MBVCB.3278907687",
    }
    return Arrived({"authorization": "Apikey sepay-key-of-lang-gom"}, (), json.dumps(sent | other).encode())


def payos_notice(code: str, dong: int = PRICE, number: str = "TF230204212323", **other: Any) -> Arrived:
    data = {
        "orderCode": attempts.number_of(code),
        "amount": dong,
        "description": memo_of(code),
        "accountNumber": "12345678",
        "reference": number,
        "transactionDateTime": "2026-11-24 09:02:37",
        "currency": "VND",
        "paymentLinkId": "124c33293c43417ab7879e14c8d9eb18",
        "code": "00",
        "desc": "Thành công",
        "counterAccountName": None,
    } | other
    assert AGREED.payos
    signature = reading.signature(AGREED.payos.checksum_key, payos.signed_text(data))
    return Arrived({}, (), json.dumps({"code": "00", "success": True, "data": data, "signature": signature}).encode())


def vnpay_notice(code: str, dong: int = PRICE, number: str = "14226112", **other: str) -> Arrived:
    sent = {
        "vnp_Amount": str(dong * 100),
        "vnp_BankCode": "NCB",
        "vnp_BankTranNo": "VNP14226112",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": f"Ve tham quan {memo_of(code)}",
        "vnp_PayDate": "20261124090237",
        "vnp_ResponseCode": "00",
        "vnp_TmnCode": "LANGGOM1",
        "vnp_TransactionNo": number,
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": f"{code}090000000",
    } | other
    return Arrived({}, signed_by_vnpay(sent), b"")


def signed_by_vnpay(sent: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    assert AGREED.vnpay
    signature = reading.signature(AGREED.vnpay.hash_secret, vnpay.signed_text(sent), "sha512")
    return (*sent.items(), ("vnp_SecureHash", signature))


def momo_notice(code: str, dong: int = PRICE, number: int = 4_088_878_653, **other: Any) -> Arrived:
    sent = {
        "partnerCode": "MOMOLG",
        "orderId": f"{code}090000000",
        "requestId": f"{code}090000000",
        "amount": dong,
        "orderInfo": f"Ve tham quan {memo_of(code)}",
        "orderType": "momo_wallet",
        "transId": number,
        "resultCode": 0,
        "message": "Thành công.",
        "payType": "qr",
        "responseTime": 1_721_720_663_942,
        "extraData": "",
    } | other
    assert AGREED.momo
    return Arrived({}, (), json.dumps(sent | {"signature": momo.signature(AGREED.momo, sent, momo.TOLD)}).encode())


def status_of(database: Database, order: Order) -> str:
    with database.reading() as session:
        return session.exec(select(Order.status).where(col(Order.code) == order.code)).one()


def issued(database: Database, order: Order) -> int:
    with database.reading() as session:
        asked = select(Ticket).where(col(Ticket.order_code) == order.code, col(Ticket.issued_at).is_not(None))
        return len(session.exec(asked).all())


def every(database: Database, table: type[T]) -> list[T]:
    with database.reading() as session:
        return list(session.exec(select(table)))


LATER = NOW + timedelta(minutes=16)
"""When a hold that began now is over."""

"""VietQR: a transfer that the visitor's own bank app makes, found again by the order's code in its memo."""

from __future__ import annotations

from guide.tickets.paying import emv
from guide.tickets.paying.contracts import BankAccount
from guide.tickets.paying.memo import memo_of
from guide.tickets.paying.payment import Due, Payment

WAY = "vietqr"
BANKS = {
    "970403": "Sacombank",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970422": "MB",
    "970423": "TPBank",
    "970426": "MSB",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970448": "OCB",
    "970449": "LPBank",
}
"""So that a visitor who types finds the bank in the app's list; `bank` in the contract says any other."""


def payment(held: BankAccount, order: Due) -> Payment:
    memo = memo_of(order.code)
    return Payment(
        WAY,
        "qr",
        order.total_dong,
        memo=memo,
        emv=emv.transfer(held.bin, held.account, order.total_dong, memo),
        bank=held.bank or BANKS.get(held.bin, ""),
        bin=held.bin,
        account=held.account,
        name=held.name,
    )

"""Paying at the museum's counter: nothing to do on the phone but show the order's code there."""

from __future__ import annotations

from guide.tickets.paying.payment import Due, Payment

WAY = "counter"


def payment(order: Due) -> Payment:
    return Payment(WAY, "none", order.total_dong, memo=order.code)

"""Whatever is told, however often, in whatever order: tickets are issued once, and every đồng is somewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, delete

from guide.database import Database
from guide.tickets import ledger
from guide.tickets.paying import momo, notices, payos, sepay, vnpay
from guide.tickets.paying.payment import Arrived, ForgedNotice, Outcome, UnreadableNotice
from guide.tickets.selling import expiring
from guide.tickets.tables import Notice, Order, Refund
from tests.tickets.box_office import NOW
from tests.tickets.paying.world import (
    CONTRACTS,
    MUSEUM,
    MUSEUMS,
    PRICE,
    every,
    issued,
    momo_notice,
    payos_notice,
    sepay_notice,
    sold,
    vnpay_notice,
)

MAKERS: list[tuple[Any, Callable[..., Arrived]]] = [
    (sepay, sepay_notice),
    (payos, lambda code, dong, number: payos_notice(code, dong, f"TF{number}")),
    (vnpay, lambda code, dong, number: vnpay_notice(code, dong, str(number))),
    (momo, momo_notice),
]
TOLD = st.fixed_dictionaries(
    {
        "maker": st.integers(0, len(MAKERS) - 1),
        "order": st.integers(0, 2),
        "dong": st.sampled_from([PRICE, PRICE, PRICE, PRICE - 1, 2 * PRICE]),
        "number": st.integers(1, 4),
        "minutes": st.sampled_from([0, 1, 16, 300]),
        "forged": st.booleans(),
        "times": st.integers(1, 3),
    }
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOLD, max_size=12), st.randoms(use_true_random=False))
def test_tickets_are_issued_at_most_once_and_every_dong_is_settled_looked_at_or_owed(
    books: Database, told: list[dict[str, Any]], chance: Any
) -> None:
    empty(books)
    orders = [sold(books, slot=slot) for slot in ("08:00", "10:00", "14:00")]
    arriving = [one for one in told for _ in range(one["times"])]
    chance.shuffle(arriving)
    heard: dict[tuple[str, str, int], list[Outcome]] = {}

    for one in arriving:
        outcome, name = tell(books, orders, one)
        if outcome:
            heard.setdefault(name, []).append(outcome)

    assert all(issued(books, order) in (0, 2) for order in orders)
    assert all(len({(o.became, o.why) for o in outcomes}) == 1 for outcomes in heard.values()), "the same to each retry"
    kept = every(books, Notice)
    settled = sum(notice.dong for notice in kept if notice.became == "settled")
    owed = sum(refund.dong for refund in every(books, Refund))
    assert settled == sum(order.total_dong for order in every(books, Order) if order.status == "paid")
    assert owed == sum(notice.dong for notice in kept if notice.became == "refund")
    assert sum(notice.dong for notice in kept) == settled + owed + sum(
        notice.dong for notice in kept if notice.became == "review"
    )
    with books.reading() as session:
        balances = ledger.balances(session, MUSEUM.slug)
    assert sum(balances.values()) == 0
    assert balances.get(ledger.OWED, 0) == -owed


def tell(books: Database, orders: list[Order], one: dict[str, Any]) -> tuple[Outcome | None, tuple[str, str, int]]:
    provider, make = MAKERS[one["maker"]]
    order, now = orders[one["order"]], NOW + timedelta(minutes=one["minutes"])
    name = (provider.NAME, order.code, one["number"] * 10**9 + one["dong"])
    arrived = make(order.code, one["dong"], one["number"])
    if one["forged"]:
        arrived = forged(arrived)
    try:
        said = provider.heard(CONTRACTS, arrived, now)
    except (ForgedNotice, UnreadableNotice):
        assert one["forged"]
        return None, name
    assert not one["forged"]
    with books.writing() as session:
        expiring.release_expired(session, now)
        return notices.take(session, MUSEUMS, said, now), name


def forged(arrived: Arrived) -> Arrived:
    """Somebody without the key changes the amount, or guesses the key."""
    if arrived.query:
        return replace(arrived, query=tuple((n, "1" if n == "vnp_Amount" else v) for n, v in arrived.query))
    if arrived.headers:
        return replace(arrived, headers={"authorization": "Apikey guess"})
    sent = json.loads(arrived.body)
    (sent.get("data") or sent)["amount"] = 1
    return replace(arrived, body=json.dumps(sent).encode())


def empty(books: Database) -> None:
    with books.writing() as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.connection().execute(delete(table))

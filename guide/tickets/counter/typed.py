"""What is typed at the counter: amounts and counts as people write them, and what stands in the fields of a sale."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from guide.errors import Unusable

Form = Mapping[str, Sequence[str]]
COUNT = "count."
"""`count.adult` is how many adults."""
MOST_DONG = 1_000_000_000_000
MOST_CATEGORIES = 60
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Nobody works on another one; the calendar itself ends not far beyond."""
_PLAIN = re.compile(r"\d{1,13}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+", re.ASCII)
_COUNT = re.compile(r"\d{1,5}", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class NotAnAmount(Unusable):
    """An amount is whole đồng, with points between thousands or without."""


class NotACount(Unusable):
    """A count is a whole number, and not below nought."""


class NotADate(Unusable):
    """A day is written 2026-11-25."""


def said(form: Form, name: str) -> str:
    return (form.get(name) or [""])[0].strip()[:500]


def dong_typed(text: str) -> int | None:
    """1.250.000, 1250000 and 1 250 000 ₫ are one amount; nothing typed is none."""
    plain = text.strip().rstrip("₫đ").strip()
    if not plain:
        return None
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        raise NotAnAmount(typed=text[:30])
    dong = int(re.sub(r"\D", "", plain))
    if dong > MOST_DONG:
        raise NotAnAmount(typed=text[:30])
    return dong


def dong_needed(text: str) -> int:
    """An amount that must be said, be it nought."""
    dong = dong_typed(text)
    if dong is None:
        raise NotAnAmount(typed=text[:30])
    return dong


def count_typed(text: str) -> int:
    plain = text.strip()
    if plain and not _COUNT.fullmatch(plain):
        raise NotACount(typed=text[:30])
    return int(plain or 0)


def date_typed(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else date.min
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise NotADate(typed=text[:30])
    return day


@dataclass(frozen=True)
class Basket:
    """A sale as it stands in the fields."""

    key: str
    """Made with the page: the same page sent twice sells once."""
    day: date
    slot: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    donation_dong: int = 0
    given_dong: int | None = None
    as_group: bool = False

    @property
    def wanted(self) -> dict[str, int]:
        return {category: count for category, count in self.counts.items() if count}

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    def stepped(self, category: str, step: int) -> Basket:
        return replace(self, counts={**self.counts, category: max(0, self.counts.get(category, 0) + step)})


def empty(today: date) -> Basket:
    return Basket(secrets.token_urlsafe(18), today)


def basket_of(form: Form, today: date) -> Basket:
    """`more` and `less` are the buttons beside a count, `jump` those beside the day, `note` those beside the cash."""
    names = [name for name in form if name.startswith(COUNT)][:MOST_CATEGORIES]
    basket = Basket(
        key=said(form, "key") if _KEY.fullmatch(said(form, "key")) else secrets.token_urlsafe(18),
        day=date_typed(said(form, "jump") or said(form, "day"), today),
        slot=said(form, "slot")[:20] or None,
        counts={name.removeprefix(COUNT)[:60]: count_typed(said(form, name)) for name in names},
        donation_dong=dong_typed(said(form, "donation")) or 0,
        given_dong=dong_typed(said(form, "note") or said(form, "given")),
        as_group="together" in form,
    )
    if more := said(form, "more")[:60]:
        return basket.stepped(more, 1)
    return basket.stepped(less, -1) if (less := said(form, "less")[:60]) else basket

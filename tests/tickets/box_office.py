"""A small museum that sells: the pottery village, its entry times, prices and terms; and ways to buy there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from guide.tickets.selling.wishes import Wish
from guide.tours.catalogue import Museum, Part, Parts
from guide.tours.content import MuseumSheet
from guide.tours.editions import Manifest

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, nine in the morning at the museum."""
TOMORROW = date(2026, 11, 25)
SLOT = "08:00"
SELLS: dict[str, Any] = {
    "name": {"vi": "Làng Gốm", "en": "Pottery Village"},
    "languages": ["vi", "en"],
    "hours": {"tue-sun": ["07:30-11:30", "13:30-17:00"]},
    "closures": [{"from": "2026-12-10", "to": "2026-12-12"}],
    "free_days": [{"day": "12-02"}],
    "prices": [
        {"category": "adult", "dong": 50_000},
        {"category": "child", "dong": 0, "ages": [0, 15]},
        {"category": "student", "dong": 25_000, "student": True},
        {"category": "group", "dong": 40_000, "people": 10},
    ],
    "slots": [{"days": "tue-sun", "at": ["08:00", "10:00", "14:00"], "places": 40}],
}
UNDIVIDED = {name: value for name, value in SELLS.items() if name != "slots"}


def museum(slug: str = "lang-gom", sheet: dict[str, Any] = SELLS, **changed: Any) -> Museum:
    """As an edition holds it, without a database."""
    body = MuseumSheet.model_validate(sheet | changed).model_dump_json(by_alias=True, exclude_defaults=True)
    return Museum(Manifest(slug, {"museum": "0"}, {}), "0", Parts({"museum": Part("museum", body.encode())}))


def wish(counts: dict[str, int] | None = None, **other: Any) -> Wish:
    """Two adults, tomorrow at eight, by VietQR; or otherwise."""
    usual: dict[str, Any] = {"day": TOMORROW, "slot": SLOT, "language": "vi", "pay": "vietqr"}
    return Wish(counts={"adult": 2} if counts is None else counts, **(usual | other))

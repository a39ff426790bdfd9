"""Why something was refused, said as people at the counter write dates, amounts and categories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guide.errors import GuideError
from guide.tickets.letters.telling import Tongue
from guide.tours.prices import dong


def sentence(error: GuideError, tongue: Tongue) -> str:
    return tongue.say(f"errors.{error.code}", **dict(_facts(error, tongue)))


def _facts(error: GuideError, tongue: Tongue) -> Iterator[tuple[str, object]]:
    for name, fact in error.facts.items():
        if isinstance(fact, date):
            yield name, f"{fact:%d/%m/%Y}"
        elif isinstance(fact, int) and name.endswith("dong"):
            yield name, dong(fact, tongue.interface).removesuffix(" ₫")
        else:
            yield name, tongue.category(str(fact)) if name == "category" else fact

"""Prices are dated rules with their legal basis; pages, assistant and till read the same ones."""

from __future__ import annotations

from datetime import date

from guide.tours.content import MuseumSheet
from guide.tours.sale import Price


def prices_on(sheet: MuseumSheet, day: date) -> list[Price]:
    """The rules that hold on a day, as the museum ordered them."""
    return [price for price in sheet.prices if price.holds(day)]


def dong(amount: int, language: str) -> str:
    """50.000 ₫ in Vietnamese and the other languages that group with points, 50,000 ₫ in English and East Asia."""
    grouped = f"{amount:,}"
    if language.split("-")[0] in ("en", "zh", "ja", "ko", "th"):
        return f"{grouped} ₫"
    separator = "\u202f" if language.split("-")[0] in ("fr", "ru") else "."
    return f"{grouped.replace(',', separator)} ₫"

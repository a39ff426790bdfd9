"""Which day a question is about: today, tomorrow, on Monday, on 2 September."""

from __future__ import annotations

import re
from datetime import date, timedelta

from guide.language import base
from guide.tours.folding import folded

TODAY = {"vi": ("hom nay", "bay gio", "hien gio", "luc nay"), "en": ("today", "now", "right now", "currently")}
TOMORROW = {"vi": ("ngay mai", "mai"), "en": ("tomorrow",)}
AFTER_TOMORROW = {"vi": ("ngay kia", "ngay mot"), "en": ("day after tomorrow",)}
WEEKDAYS = {
    "vi": ("thu hai|thu 2|t2", "thu ba|thu 3|t3", "thu tu|thu 4|t4", "thu nam|thu 5|t5", "thu sau|thu 6|t6",
           "thu bay|thu 7|t7", "chu nhat|cn"),
    "en": ("mondays?", "tuesdays?", "wednesdays?", "thursdays?", "fridays?", "saturdays?", "sundays?"),
}  # fmt: skip
MONTHS = "january february march april may june july august september october november december".split()
FEASTS = {
    "vi": r"tet|giao thua|m[uo]ng (?:\d|mot|hai|ba|bon|nam)|(?:ngay|dip|nghi|may) le|giang sinh|noel|dau nam|ram",
    "en": r"tet|new years?|lunar|holidays?|christmas|easter",
}
NUMBERED = {"vi": r"ngay (\d{1,2}) thang (\d{1,2})", "en": rf"(\d{{1,2}}) (?:of )?({'|'.join(MONTHS)})"}
SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})(?![/\d])")
MONTH_FIRST = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}})")


def day_asked(question: str, language: str, today: date) -> date | None:
    """None where no day is named; a day of the week is the next one to come, today included."""
    tongue = base(language) if base(language) in WEEKDAYS else "en"
    plain = folded(question)
    return _named(plain, tongue, today) or _dated(question, plain, tongue, today) or _weekday(plain, tongue, today)


def on_a_feast(question: str, language: str) -> bool:
    """Is it about days that no calendar of ours tells: Tết, the holidays?"""
    return bool(re.search(rf"\b(?:{FEASTS.get(base(language), FEASTS['en'])})\b", folded(question)))


def _named(plain: str, tongue: str, today: date) -> date | None:
    for ahead, words in ((2, AFTER_TOMORROW), (1, TOMORROW), (0, TODAY)):
        if any(re.search(rf"\b{word}\b", plain) for word in words[tongue]):
            return today + timedelta(days=ahead)
    return None


def _weekday(plain: str, tongue: str, today: date) -> date | None:
    for weekday, words in enumerate(WEEKDAYS[tongue]):
        if re.search(rf"\b(?:{words})\b", plain):
            return today + timedelta(days=(weekday - today.weekday()) % 7)
    return None


def _dated(question: str, plain: str, tongue: str, today: date) -> date | None:
    if found := SLASHED.search(question):
        return _next(int(found[1]), int(found[2]), today)
    if found := re.search(NUMBERED[tongue], plain):
        month = int(found[2]) if found[2].isdigit() else MONTHS.index(found[2]) + 1
        return _next(int(found[1]), month, today)
    if tongue == "en" and (found := MONTH_FIRST.search(plain)):
        return _next(int(found[2]), MONTHS.index(found[1]) + 1, today)
    return None


def _next(day: int, month: int, today: date) -> date | None:
    """The next time this day of the year comes; None where there is no such day."""
    for year in range(today.year, today.year + 5):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None

"""The language that a question shows by its letters alone, whatever the page's language is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SCRIPTS = (
    ("ja", re.compile("[ぁ-ヿ]")),
    ("ko", re.compile("[가-힣ᄀ-ᇿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("th", re.compile("[ก-๛]")),
    ("lo", re.compile("[ກ-ໟ]")),
    ("km", re.compile("[ក-៹]")),
    ("ru", re.compile("[а-яёА-ЯЁ]")),
)
MARKS_OF_VIETNAMESE = "[đĐ]|[\u0309\u0323\u031b]|[\u0302\u0306][\u0300\u0301\u0303]"
"""In decomposed text."""


@lru_cache(64)
def language_guessed(question: str) -> str | None:
    """None where the letters are those of many languages."""
    for language, letters in SCRIPTS:
        if len(letters.findall(question)) >= max(2, sum(map(str.isalpha, question)) // 3):
            return language
    marked = unicodedata.normalize("NFD", question)
    shown = len(re.findall(MARKS_OF_VIETNAMESE, marked))
    return "vi" if shown >= 2 or (shown and len(question.split()) <= 4) else None

"""What visitors asked and the museum has not written: kept for its editor, with no person attached."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from guide.counters import LONGEST_KEY, Count, What
from guide.tours.folding import folded

WHERE_PEOPLE_ARE = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+"  # letters and places on the web
    r"|\+?\d[\d .()/-]{5,}\d"  # telephones, cards, papers
    r"|\b\d+[/.]?\d* (?:đường|phố|ngõ|ngách|hẻm|street|road|avenue|lane)\b.*",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    r"\b(?:(?:(?:tôi|mình|em|anh|chị|cháu|con|bố|mẹ|vợ|chồng) )?tên(?: tôi)?(?: là)?"
    r"|my name is|i am called|call me|je m'appelle)\s+.*",
    re.IGNORECASE,
)
ELLIPSIS = "…"
LEAST_WORDS = 2


@dataclass(frozen=True)
class Gap:
    question: str
    language: str
    times: int
    last: date


def scrubbed(question: str, known: Callable[[str], bool]) -> str | None:
    """The question without what looks like a person, a number or an address; None where too little is left.

    `known` tells whether the museum's texts have a word: a capital letter on any other may be somebody's name.
    """
    plain = INTRODUCED.sub(ELLIPSIS, WHERE_PEOPLE_ARE.sub(ELLIPSIS, question))
    words = plain.split()
    kept = [word if place == 0 or not _may_be_name(word, known) else ELLIPSIS for place, word in enumerate(words)]
    text = re.sub(rf"{ELLIPSIS}(?:\s*{ELLIPSIS})+", ELLIPSIS, " ".join(kept))[:LONGEST_KEY]
    return text if sum(word != ELLIPSIS for word in text.split()) >= LEAST_WORDS else None


def _may_be_name(word: str, known: Callable[[str], bool]) -> bool:
    bare = word.strip(".,!?;:\"'()[]…“”‘’")
    return bool(bare) and bare[0].isupper() and not known(folded(bare))


def gaps(session: Session, museum: str, since: date) -> list[Gap]:
    """The most asked first."""
    rows = session.exec(
        select(Count).where(Count.museum == museum, Count.what == What.NO_ANSWER.value, col(Count.day) >= since)
    )
    found: dict[tuple[str, str], Gap] = {}
    for row in rows:
        before = found.get((row.key, row.language), Gap(row.key, row.language, 0, row.day))
        last = max(before.last, row.day)
        found[row.key, row.language] = Gap(row.key, row.language, before.times + row.times, last)
    return sorted(found.values(), key=lambda gap: (-gap.times, -gap.last.toordinal(), gap.question))

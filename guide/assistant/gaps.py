"""What visitors asked and the museum has not written: kept for its editor, with no person attached."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

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
TITLES = frozenset(
    "anh chị em cô chú bác ông bà cụ cháu con cậu dì thím mợ bé bạn thầy bố mẹ má tôi mình tớ"
    " mr mrs ms miss dr madam uncle aunt am i'm monsieur madame m mme señor señora".split()
)
BARE_TITLES = TITLES.union(map(folded, TITLES))
"""As they are typed by who types no marks at all."""
SHORTENED = frozenset("mr. mrs. ms. dr. m. mme.".split())
BETWEEN = frozenset(("là", "la", "is"))
"""What may stand between a title and a name: "em là Lan"."""
ELLIPSIS = "…"
LEAST_WORDS = 2


@dataclass(frozen=True)
class Gap:
    question: str
    language: str
    times: int
    last: date


def scrubbed(question: str, known: Callable[[str], bool], longest: int = LONGEST_KEY) -> str | None:
    """The question without what looks like a person, a number or an address; None where too little is left.

    `known` tells whether the museum's texts have a word, folded: a capital letter on any other may be somebody's name;
    and of a title with the name behind it ("cô Sáu") whether they have just that.
    """
    composed = unicodedata.normalize("NFC", question).replace("’", "'")
    plain = INTRODUCED.sub(ELLIPSIS, WHERE_PEOPLE_ARE.sub(ELLIPSIS, composed))
    words = plain.split()
    called = set(_called(words, known))
    kept = [
        ELLIPSIS if place in called or (place and _may_be_name(word, known)) else word
        for place, word in enumerate(words)
    ]
    text = re.sub(rf"{ELLIPSIS}(?:\s*{ELLIPSIS})+", ELLIPSIS, " ".join(kept))[:longest]
    return text if sum(word != ELLIPSIS for word in text.split()) >= LEAST_WORDS else None


def _called(words: Sequence[str], known: Callable[[str], bool]) -> Iterator[int]:
    """Where persons are called by their names: "cháu Minh" is nobody of whom the museum tells as "Hồ Chí Minh"."""
    titles = BARE_TITLES if all(word.isascii() for word in words) else TITLES
    for place, word in enumerate(words):
        if _bare(word).casefold() in titles and (word[-1].isalpha() or word.casefold() in SHORTENED):
            first = place + 1 + (words[place + 1 : place + 2] != [] and words[place + 1].casefold() in BETWEEN)
            name = list(_run(words, first))
            if name and not known(" ".join((_bare(word), *(_bare(words[one]) for one in name)))):
                yield from name


def _run(words: Sequence[str], first: int) -> Iterator[int]:
    """Words with a capital, one after another, up to a stop or a comma."""
    for place in takewhile(lambda place: _bare(words[place])[:1].isupper(), range(first, len(words))):
        yield place
        if not words[place][-1].isalpha():
            return


def _may_be_name(word: str, known: Callable[[str], bool]) -> bool:
    bare = _bare(word)
    return bool(bare) and bare[0].isupper() and not known(folded(bare))


def _bare(word: str) -> str:
    return word.strip(".,!?;:\"'()[]…“”‘’")


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

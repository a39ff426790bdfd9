"""What a question takes for granted: a year, a name, a king. What the museum's texts do not have is not confirmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from guide.assistant.passages import Passage
from guide.language import base
from guide.tours.folding import folded

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
RANKS = {
    "vi": "vua|hoàng hậu|hoàng đế|công chúa|thái tử|tổng thống|giáo hoàng|nữ hoàng|thiên hoàng|sứ quân|tể tướng",
    "en": "king|queen|emperor|empress|princess|prince|president|pope|mandarin|sultan|tsar|duke|bishop",
    "fr": "roi|reine|empereur|imperatrice|princesse|prince|president|pape|duc|eveque",
}
"""Who somebody is said to be: "which king ordered the prison?" of a prison that a governor founded."""


def taken_for_granted(question: str, language: str, told: Sequence[Passage], around: Sequence[Passage]) -> list[str]:
    """What the question says that neither the quoted passages nor the rest of their stops do."""
    if not told:
        return []
    text = " ".join(_texts(told, around))
    plain, numbers = f" {folded(text)} ", {tidy_number(found) for found in NUMBER.findall(text)}
    missing = [found for found in NUMBER.findall(question) if tidy_number(found) not in numbers]
    if base(language) == base(told[0].language):
        missing += [found for found in _said_of_somebody(question, language) if f" {folded(found)} " not in plain]
    return missing


def _said_of_somebody(question: str, language: str) -> Iterator[str]:
    yield from _names(question)
    plain = folded(question)
    ranks = RANKS.get(base(language), "").split("|")
    yield from (rank for rank in ranks if rank and re.search(rf"\b{folded(rank)}\b", plain) and _meant(rank, question))


def _names(question: str) -> Iterator[str]:
    """Words in a row with a capital letter, but the word that opens the question."""
    _, *words = question.split()
    for capital, run in groupby(words, key=lambda word: word[:1].isupper() and not word.isupper()):
        if capital:
            yield " ".join(run)


def _meant(rank: str, question: str) -> bool:
    """Marks that were typed count: "vừa" is no "vua"."""
    composed = unicodedata.normalize("NFC", question).lower()
    return rank in composed or folded(composed) == composed


def _texts(told: Sequence[Passage], around: Sequence[Passage]) -> Iterator[str]:
    stops = {passage.stop for passage in told if passage.stop}
    for passage in (*told, *(one for one in around if one.stop in stops)):
        yield passage.title
        yield from (sentence.text for sentence in passage.sentences)
        yield from passage.names


def tidy_number(written: str) -> str:
    return written.replace(".", "").replace(",", "").lstrip("0")

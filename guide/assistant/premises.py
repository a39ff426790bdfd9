"""What a question takes for granted: a year, a name, a king. What the museum's texts do not have is not confirmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
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
    missing = NUMBER.findall(question)
    if base(language) == base(told[0].language):
        missing += _said_of_somebody(question, language)
    stops = {passage.stop for passage in told if passage.stop}
    for passages in (told, [one for one in around if one.stop in stops]):
        missing = _not_told(missing, passages) if missing else []
    return missing


def _said_of_somebody(question: str, language: str) -> Iterator[str]:
    yield from _names(question)
    plain = f" {folded(question)} "
    yield from (rank for rank, bare in _ranks(base(language)) if f" {bare} " in plain and _meant(rank, question))


@cache
def _ranks(tongue: str) -> list[tuple[str, str]]:
    """As they are written, and without marks."""
    return [(rank, folded(rank)) for rank in RANKS.get(tongue, "").split("|") if rank]


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


def _not_told(said: Iterable[str], passages: Iterable[Passage]) -> list[str]:
    text = " ".join(_texts(passages))
    plain, numbers = f" {folded(text)} ", {tidy_number(found) for found in NUMBER.findall(text)}
    return [one for one in said if f" {folded(one)} " not in plain and tidy_number(one) not in numbers]


def _texts(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        yield passage.title
        yield from (sentence.text for sentence in passage.sentences)
        yield from passage.names


def tidy_number(written: str) -> str:
    return written.replace(".", "").replace(",", "").lstrip("0")

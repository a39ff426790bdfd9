"""What must agree within a museum: numbers, codes, old names, tours, and answers with the facts they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from guide.publishing.files import Folder
from guide.publishing.sale import check_sale
from guide.tours.content import MuseumSheet, Question
from guide.tours.shapes import written

if TYPE_CHECKING:
    from guide.publishing.folder import MuseumFolder

FACTS = ("hours", "closures", "free_days", "prices", "facilities", "address", "contact")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+")
_CLOCK_TIME = re.compile(
    r"(?<!\d)([01]?\d|2[0-4])(?:(?::|h| h |g| giờ )([0-5]\d)\b|(?= (?:giờ|[ap]\.?m\b)))( giờ)?( chiều| tối| ?p\.?m\b)?",
    re.IGNORECASE,
)


def check_agreement(folder: Folder, museum: MuseumFolder) -> None:
    claims = sorted(_claims(museum))
    _check_unique(folder, claims)
    _check_former_names(folder, claims)
    _check_tours(folder, museum)
    _check_instead(folder, museum)
    check_sale(folder, museum.sheet)
    for language, questions in museum.faqs.items():
        _check_answers(folder, f"faq/{language}.yaml", questions, museum.sheet)


class Claim(NamedTuple):
    """What a stop claims for itself. Those that did not change come first: a mistake is the newcomer's."""

    read_now: bool
    slug: str
    number: int | None
    code: str | None
    formerly: tuple[str, ...]
    withdrawn: bool

    @property
    def file(self) -> str:
        return f"stops/{self.slug}/stop.yaml"


def _claims(museum: MuseumFolder) -> Iterator[Claim]:
    for slug, row in museum.unchanged.items():
        yield Claim(False, slug, row.number, row.code, row.formerly, False)
    for slug, stop in museum.stops.items():
        sheet = stop.sheet
        yield Claim(True, slug, sheet.number, sheet.code, tuple(sheet.formerly), sheet.withdrawn is not None)


def _check_unique(folder: Folder, claims: Sequence[Claim]) -> None:
    numbers: dict[int, str] = {}
    codes: dict[str, str] = {}
    for claim in claims:
        if claim.number is not None and (other := numbers.setdefault(claim.number, claim.slug)) != claim.slug:
            folder.mistake_in(claim.file, ("number",), "number-twice", value=claim.number, other=other)
        if claim.code is not None and (other := codes.setdefault(claim.code, claim.slug)) != claim.slug:
            folder.mistake_in(claim.file, ("code",), "code-twice", value=claim.code, other=other)


def _check_former_names(folder: Folder, claims: Sequence[Claim]) -> None:
    """A former name leads to the stop that claims it, also where a stop of that name was taken back."""
    here, claimed = {claim.slug for claim in claims if not claim.withdrawn}, dict[str, str]()
    for claim in claims:
        for place, name in enumerate(claim.formerly):
            if name in here:
                folder.mistake_in(claim.file, ("formerly", place), "former-name-in-use", name=name)
            elif (other := claimed.setdefault(name, claim.slug)) != claim.slug:
                folder.mistake_in(claim.file, ("formerly", place), "former-name-twice", name=name, other=other)


def _check_tours(folder: Folder, museum: MuseumFolder) -> None:
    here = set(museum.slugs())
    for slug, tour in museum.tours.items():
        for place, step in enumerate(tour.stops):
            if step.stop not in here:
                folder.mistake_in(f"tours/{slug}.yaml", ("stops", place, "stop"), "no-such-stop", stop=step.stop)


def _check_instead(folder: Folder, museum: MuseumFolder) -> None:
    here = set(museum.slugs())
    for stop in museum.stops.values():
        status = stop.sheet.status
        if status != "open" and status.closed.instead and status.closed.instead not in here:
            named = ("status", "closed", "instead")
            folder.mistake_in(stop.sheet_file, named, "no-such-stop", stop=status.closed.instead)


def _check_answers(folder: Folder, file: str, questions: list[Question], museum: MuseumSheet) -> None:
    for place, question in enumerate(questions):
        if question.about is None:
            continue
        fact = fact_about(museum, question.about)
        if fact is None:
            folder.mistake_in(file, (place, "about"), "no-such-fact", about=question.about)
        elif strange := numbers_in(question.answer) - numbers_in(fact):
            told = {"about": question.about, "numbers": ", ".join(sorted(strange)), "fact": fact}
            folder.mistake_in(file, (place, "answer"), "answer-differs", **told)


def fact_about(museum: MuseumSheet, about: str) -> str | None:
    """The fact as one line of text: `hours`, `prices.adult`, `facilities.toilet`, `address`, `contact.phone`."""
    room, _, name = about.partition(".")
    fact = written(museum).get(room) if room in FACTS else None
    if name and isinstance(fact, list):
        fact = [price for price in fact if price.get("category") == name]
    elif name:
        fact = fact.get(name) if isinstance(fact, dict) else None
    return " / ".join(_texts(fact)) or None


def _texts(fact: object) -> Iterator[str]:
    if isinstance(fact, dict | list):
        for part in fact.values() if isinstance(fact, dict) else fact:
            yield from _texts(part)
    elif fact is not None:
        yield str(fact)


def numbers_in(text: str) -> set[str]:
    """Numbers as values: 50.000, 50,000 and 50000 are one; 07 is 7; the 00 of 17:00 is no number of its own."""
    plain = _CLOCK_TIME.sub(_by_day_clock, text)
    return {str(int(re.sub(r"\D", "", found))) for found in _NUMBER.findall(plain)} - {"0"}


def _by_day_clock(time: re.Match[str]) -> str:
    """1:30 pm is 13 30, as 13:30 is."""
    hour = int(time[1]) + (12 if time[4] and int(time[1]) < 12 else 0)
    return f"{hour} {time[2]}" if time[2] and time[2] != "00" else str(hour)

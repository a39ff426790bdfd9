"""Small talk and practical matters: a greeting, a toilet, the hours; known before anything is looked for.

A question is about a matter when it holds one of the matter's phrases and nothing besides but the words that usually
stand around one. "Where is the toilet?" is; "Where did the prisoners wash?" is not, and goes to the museum's texts.
The phrases stand in one file a language, for an editor to read; they are understood with and without diacritics.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guide.assistant.matters.tongues import Tongue, Topic, tongue
from guide.assistant.matters.words import Company, Typed, company, typed
from guide.language import base
from guide.tours.folding import Word, folded

__all__ = ["SMALL_TALK", "Matter", "asks_of", "goes_on", "matter_in", "matter_of"]

SMALL_TALK = frozenset(
    "greeting thanks goodbye who able wellbeing joke praise sorry name yes weather time orders".split()
)
ON_SITE = frozenset("toilet parking wheelchair photo wifi contact eating luggage lost guide rules".split())
LONGEST_NAME = 4


@dataclass(frozen=True)
class Matter:
    topic: str
    rest: tuple[str, ...] = ()
    """Words that belong to something else: what is asked is then looked for first."""
    told: int = 0
    """How many words tell of it."""
    language: str = ""
    """In which it was understood."""

    @property
    def alone(self) -> bool:
        return not self.rest

    @property
    def nearly(self) -> bool:
        """Is it about this on site, but for one word? The price of anything else is not the museum's to tell."""
        return self.topic in ON_SITE and len(self.rest) == 1 and self.told > 1

    @property
    def small_talk(self) -> bool:
        return self.topic in SMALL_TALK


ONWARD = re.compile(r"(?:and|but|what about|how about|then|the|con|the con|vay|vay con|roi|et|mais|und|y) ")
"""How a question begins that goes on from the one before."""


def matter_in(question: str, languages: Iterable[str], names: Sequence[str] = ()) -> Matter | None:
    """In the first language in which the question is about nothing else; else as the first of all understands it."""
    found = [matter for language in languages if (matter := matter_of(question, language, names))]
    return next((matter for matter in found if matter.alone), next(iter(found), None))


def goes_on(question: str, previous: Sequence[str]) -> bool:
    """“And how much did it cost?” is about what was asked before, not about tickets."""
    return bool(previous) and bool(ONWARD.match(folded(question)))


def asks_of(matter: Matter, question: str, language: str, names: Iterable[str] = ()) -> bool:
    """Is this question, of the museum's own, about the same matter? A child's ticket is one with any ticket."""
    other = matter_of(question, language, names)
    if other is None or not (other.alone or other.nearly):
        return False
    return other.topic.partition(".")[0] == matter.topic.partition(".")[0]


def matter_of(question: str, language: str, names: Iterable[str] = ()) -> Matter | None:
    """`names` are the museum's own: "Is Bạch Dinh open today?" is about nothing but the hours."""
    files, asked = tongue(base(language)), typed(question)
    own = company(" ".join(names))
    covered = _covered(files, asked)
    found = [
        _about(topic, asked, covered[topic.name], _company(topic, files, own), language)
        for topic in files.topics
        if topic.name in covered
    ]
    return min(found, key=lambda one: (len(one.rest), -one.told), default=None)


def _company(topic: Topic, files: Tongue, own: Company) -> Company:
    """ "How are you, Robert Taylor?" is asked of him, and is no small talk."""
    known = topic.company if topic.strict else topic.company | files.around
    return known if topic.name in SMALL_TALK else known | own


def _covered(files: Tongue, asked: Typed) -> Mapping[str, set[int]]:
    """Where each topic's phrases stand in the question; nowhere, where something else is shown to be meant."""
    covered: defaultdict[str, set[int]] = defaultdict(set)
    found = list(files.found(asked))
    against = {phrase.topic for phrase, _ in found if phrase.against}
    for phrase, span in found:
        if phrase.topic not in against:
            covered[phrase.topic].update(span)
    return covered


def _about(topic: Topic, asked: Typed, covered: set[int], known: Company, language: str) -> Matter:
    rest = [
        place
        for place, word in enumerate(asked.words)
        if place not in covered and not _known(word, asked, known, topic.numbers)
    ]
    if topic.anything or (topic.names and not asked.asks and _is_name(rest, covered)):
        rest = []
    return Matter(topic.name, tuple(asked.words[place].written for place in rest), len(covered), language)


def _is_name(places: Sequence[int], covered: set[int]) -> bool:
    """A few words in a row, right before or behind what announces a name."""
    if not 0 < len(places) <= LONGEST_NAME or places[-1] - places[0] >= len(places):
        return False
    return places[0] - 1 in covered or places[-1] + 1 in covered


def _known(word: Word, asked: Typed, known: Company, numbers: bool) -> bool:
    if word.written in known.written or (numbers and word.folded.isdigit()):
        return True
    return not word.has_marks and not asked.marked and word.folded in known.folded

"""What was meant by "how old is the ston brige": a word that nobody writes is read as the museum's that is a slip away.

Only where neither the museum's texts nor the language at large have such a word, and where it differs inside: another
ending is another form. A short name is left as it is, since one name is easily taken for another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from guide.assistant.finding import asking, crossing
from guide.assistant.finding.restoring import Neighbours, at_large, bare
from guide.language import base
from guide.tours import folding
from guide.tours.vocabulary import Vocabulary

ENDINGS: Final = {"en": ("s", "es", "d", "ed", "ing", "r", "er", "ers", "ly")}
"""Of the languages in which slips are mended; in others words are left as they are."""
SHORTEST: Final = 4
SHORTEST_NAME: Final = 7
ONLY_ASKED_WITH: Final = 1.0


class Speller:
    def __init__(self, museum: Neighbours, language: str) -> None:
        self._museum = museum
        self._language = base(language)

    def mended(self, words: Sequence[folding.Word], typed: Sequence[str]) -> list[str]:
        """The words as they were meant; `typed` has their capitals."""
        names = [place > 0 and one[:1].isupper() for place, one in enumerate(typed)]
        return [self._meant(word, name=name) for word, name in zip(words, names, strict=True)]

    def _meant(self, word: folding.Word, *, name: bool) -> str:
        if len(word.folded) < (SHORTEST_NAME if name else SHORTEST) or not word.folded.isalpha():
            return word.written
        if any(map(self._is_written, _stems(word.folded, self._language))):
            return word.written
        near = [one for one in self._vocabulary.one_slip_from(word.folded) if _inside(word.folded, one)]
        best = max(near, key=lambda one: (self._worth[one], one), default=None)
        return self._written(best) if best else word.written

    def _is_written(self, folded: str) -> bool:
        """By the museum, by others in its language, or by the Vietnamese, whose names stand in every language here."""
        return folded in self._worth or crossing.writes(folded, self._language) or folded in at_large().by_bare

    def _written(self, folded: str) -> str:
        """As the museum writes it most often."""
        forms = self._museum.by_bare.get(folded, [])
        return max(forms, key=lambda one: float(self._museum.singles[self._museum.place(one)]), default=folded)

    @cached_property
    def _worth(self) -> Mapping[str, float]:
        """How often the museum writes each word, and those that one asks with."""
        found = defaultdict[str, float](float, dict.fromkeys(_asked_with(self._language), ONLY_ASKED_WITH))
        for word, place in self._museum.places.items():
            found[bare(word)] += float(self._museum.singles[place])
        return dict(found)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(word for word in self._worth if word.isalpha() and len(word) >= SHORTEST)


def _stems(folded: str, language: str) -> Iterator[str]:
    """The word, and what it may be a form of."""
    yield folded
    yield from (folded.removesuffix(one) for one in ENDINGS[language] if folded.endswith(one))


def _inside(typed: str, meant: str) -> bool:
    """They begin alike, and not only their ends differ."""
    at_the_end = meant.startswith(typed) or typed.startswith(meant) or meant == typed[:-1] + meant[-1]
    return typed[0] == meant[0] and not at_the_end


@cache
def _asked_with(language: str) -> frozenset[str]:
    return frozenset(word for phrase in asking.phrases(language) for word in phrase.split())

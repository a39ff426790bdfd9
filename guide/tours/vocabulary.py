"""The vocabulary of an index: which of the museum's own words a visitor may have meant."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import takewhile
from typing import Final

SHORTEST_SLIP: Final = 4
SHORTEST_INSIDE: Final = 4
MOST_GROWN: Final = 64


class Vocabulary:
    """All words are folded."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known = frozenset(words)

    def one_slip_from(self, word: str) -> list[str]:
        """A letter missing, added, mistaken or swapped with the next; of short words only swapped."""
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
        shortened = {before + after[1:] for before, after in cuts if after}
        mistaken = {before + letter + after[1:] for before, after in cuts if after for letter in self._letters}
        lengthened = {before + letter + after for before, after in cuts for letter in self._letters}
        changed = shortened | mistaken | lengthened if len(word) >= SHORTEST_SLIP else set()
        near = (swapped | changed) & self.known
        return sorted(near, key=lambda other: (other not in swapped, other[:1] != word[:1], other))

    def holding(self, part: str, *, inside: bool) -> list[str]:
        """Words that begin with the part, shortest first, then words that have it inside."""
        first = bisect_left(self._sorted, part)
        beginning = takewhile(lambda word: word.startswith(part), self._sorted[first : first + MOST_GROWN])
        grown = sorted((word for word in beginning if word != part), key=len)
        return [*grown, *self._with_inside(part)] if inside and len(part) >= SHORTEST_INSIDE else grown

    def _with_inside(self, part: str) -> list[str]:
        found, at = [], self._lines.find(part)
        while at >= 0:
            start, end = self._lines.rfind("\n", 0, at) + 1, self._lines.find("\n", at)
            if start < at:
                found.append(self._lines[start:end])
            at = self._lines.find(part, end)
        return sorted(found, key=len)

    def two_in_one(self, word: str) -> list[tuple[str, str]]:
        """Ways to read it as two words with the space left out."""
        cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        return [(before, after) for before, after in cuts if before in self.known and after in self.known]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.known)

    @cached_property
    def _lines(self) -> str:
        return "".join(f"{word}\n" for word in self._sorted)

    @cached_property
    def _letters(self) -> list[str]:
        return sorted(letter for letter in set(self._lines) if letter.isalpha())

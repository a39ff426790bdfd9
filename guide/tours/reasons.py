"""Reasons: a page can say "found by its other name: Nà Lừa", in which field each typed word was found, and how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guide.tours.folding import unspaced
from guide.tours.postings import BARE
from guide.tours.typed import How, Typed
from guide.tours.wanted import Reason


@dataclass(frozen=True)
class Why:
    """A field holds these of the typed words; `text` is the field's own where it is short."""

    field: str
    text: str
    words: tuple[str, ...]
    how: How


@dataclass(frozen=True)
class Match:
    """A typed word, or a piece of one, was found in the fields whose bits are set."""

    word: str
    how: How
    fields: int


def matches(typed: Sequence[Typed], reasons: Sequence[Reason], masks: Iterable[int]) -> list[Match]:
    """Of a word that was found in several ways, the first counts; every piece counts."""
    found: dict[tuple[int, str], Match] = {}
    for reason, mask in zip(reasons, masks, strict=True):
        if mask and (reason.place, reason.piece) not in found:
            word = typed[reason.place]
            as_typed: How = "exact" if mask & BARE and word.bare else "without-marks"
            match = Match(reason.piece or word.written, reason.how or as_typed, mask & ~BARE)
            found[reason.place, reason.piece] = match
    return list(found.values())


def told(found: list[Match], fields: Sequence[tuple[str, str]]) -> tuple[Why, ...]:
    """As few fields as tell it all: the one that holds most words first, then what is left."""
    whys: list[Why] = []
    while found:
        field = _fullest([match.fields for match in found])
        here = [match for match in found if match.fields >> field & 1]
        found = [match for match in found if not match.fields >> field & 1]
        whys += [Why(*fields[field], _joined(here, how), how) for how in dict.fromkeys(match.how for match in here)]
    return tuple(whys)


def _fullest(masks: list[int]) -> int:
    bits = range(max(masks).bit_length())
    return max(bits, key=lambda bit: sum(mask >> bit & 1 for mask in masks))


def _joined(found: list[Match], how: How) -> tuple[str, ...]:
    """Pieces that overlap grow together again: 监狱, 狱长 are 监狱长."""
    grown: list[str] = []
    for word in dict.fromkeys(match.word for match in found if match.how == how):
        if grown and unspaced(word) and grown[-1].endswith(word[:-1]) and len(word) > 1:
            grown[-1] += word[-1]
        else:
            grown.append(word)
    return tuple(grown)

"""Finding what has to be said otherwise than it is written: each rule looks only where its first sign stands."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

PIECE = re.compile("[^\\W\\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218b]+|\\d+|\\S")
LOOK_BACK = 64


class Part(NamedTuple):
    """A stretch of the text and what is said for it."""

    start: int
    end: int
    spoken: str
    doubt: str | None = None


Said = str | Sequence[Part] | None


@dataclass(frozen=True)
class Rule:
    """Where `pattern` matches and the words before match `after`, `say` answers, or declines with None."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], Said]
    after: re.Pattern[str] | None = None
    doubt: str | None = None

    def read(self, text: str, place: int) -> Sequence[Part] | None:
        match = self.pattern.match(text, place)
        if match is None or (self.after and not self.after.search(text[max(0, place - LOOK_BACK) : place])):
            return None
        said = self.say(match)
        if isinstance(said, str):
            return [Part(match.start(), match.end(), said, self.doubt)]
        return said


@dataclass(frozen=True)
class Rules:
    """A language's rules by the sign they begin with; in each row the first that answers is taken."""

    digits: tuple[Rule, ...] = ()
    capitals: tuple[Rule, ...] = ()
    words: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    marks: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)

    def at(self, piece: str) -> Iterator[Rule]:
        if piece[0].isdigit():
            yield from self.digits
        elif not piece[0].isalpha():
            yield from self.marks.get(piece, ())
        else:
            yield from self.words.get(piece.lower(), ())
            if not piece[0].islower():
                yield from self.capitals


def scan(text: str, first: Rules, rules: Rules) -> list[Part]:
    """Parts in order, without overlap; the museum's own words (`first`) go before the language's rules."""
    parts: list[Part] = []
    place = 0
    while piece := PIECE.search(text, place):
        place = piece.end()
        for found in readings(text, piece, (first, rules)):
            parts.extend(found)
            place = max(place, found[-1].end)
            break
    return parts


def readings(text: str, piece: re.Match[str], tables: Iterable[Rules]) -> Iterator[Sequence[Part]]:
    for table in tables:
        for rule in table.at(piece.group()):
            if found := rule.read(text, piece.start()):
                yield found


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def before(*endings: str) -> re.Pattern[str]:
    """What must stand right before a match, whatever its capitals."""
    return re.compile(rf"(?:{'|'.join(endings)})$", re.IGNORECASE)


def by_first(rules: Iterable[tuple[str, Rule]]) -> dict[str, tuple[Rule, ...]]:
    """Rows keyed by the first piece of what they are about."""
    table: dict[str, tuple[Rule, ...]] = {}
    for written, rule in rules:
        piece = PIECE.search(written)
        assert piece, written
        table[piece.group().lower()] = (*table.get(piece.group().lower(), ()), rule)
    return table


def group(match: re.Match[str], name: str | int, spoken: str, doubt: str | None = None) -> Part:
    return Part(match.start(name), match.end(name), spoken, doubt)


def previous(match: re.Match[str]) -> str:
    """The words before a match, as far as a rule may look."""
    return match.string[max(0, match.start() - LOOK_BACK) : match.start()]


def following(match: re.Match[str]) -> str:
    """The words after a match, as far as a rule may look."""
    return match.string[match.end() : match.end() + LOOK_BACK]


def merged(*tables: Mapping[str, tuple[Rule, ...]]) -> dict[str, tuple[Rule, ...]]:
    """Rows of several tables under one key, in the tables' order."""
    together: dict[str, tuple[Rule, ...]] = {}
    for table in tables:
        for first, rules in table.items():
            together[first] = (*together.get(first, ()), *rules)
    return together


def always(spoken: str) -> Callable[[re.Match[str]], str]:
    return lambda _: spoken

"""Numbers in a recording: the ear writes them down well, so another number heard is another number said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from guide.narration.following import Followed, HeardLetter, written
from guide.narration.reading import Word, read
from guide.narration.sounding import letters
from guide.tours.folding import unspaced

COUNTED = (*map(str, range(101)), "1000", "10000", "1000000", "100000000", "1805")
RANKED = {
    "en": [f"{n}{'th' if n in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}" for n in range(1, 32)],
    "fr": ["1er", *(f"{n}e" for n in range(2, 32))],
}
WITHIN = {"de": ("hundert", "tausend")}
"""What stands only within longer words."""
JOINTS = frozenset("and et y und".split())
CERTAIN = 0.8
"""How certain the ear must be of another number: in doubt it has misheard."""
GAP = re.compile(r"[\W_]+")


def misread(line: Followed, heard: Sequence[HeardLetter], language: str) -> Iterator[tuple[str, str]]:
    """Each number as it should be said, and what was heard in its place. One that was not understood is none."""
    at, reading = 0, line.told.reading
    for word in reading.words:
        at = max(at, reading.spoken.find(word.spoken, at))
        if _is_number(word, reading.text):
            stretch = _stretch(line, at, at + len(word.spoken), heard)
            wanted, found = _numbers(_spelt(word.spoken), language), _numbers(_spelt(written(stretch)), language)
            if wanted and found and wanted != found and _is_certain(stretch):
                yield word.spoken, written(stretch)
        at += len(word.spoken)


def _is_number(word: Word, text: str) -> bool:
    return any(character.isdecimal() for character in text[word.start : word.end])


def _stretch(line: Followed, begin: int, end: int, heard: Sequence[HeardLetter]) -> list[HeardLetter]:
    """Whole words between what was surely heard before and after; a word that lies half outside is no part of it."""
    sure = [
        (letter.place, at) for letter, at, known in zip(line.told.letters, line.places, line.sure, strict=True) if known
    ]
    first = max((at + 1 for place, at in sure if place < begin), default=line.said.start)
    after = min((at for place, at in sure if place >= end), default=line.said.stop)
    while first < after and not heard[first].opens:
        first += 1
    while first < after < len(heard) and not heard[after].opens:
        after -= 1
    return list(heard[first:after])


def _is_certain(stretch: Sequence[HeardLetter]) -> bool:
    """Where signs stand for words, a foreign letter among them is a word that the ear did not know."""
    foreign = any(map(unspaced, written(stretch))) and any(letter.sign.isascii() for letter in stretch if letter.sign)
    return not foreign and all(letter.probability >= CERTAIN for letter in stretch)


def _numbers(said: str, language: str) -> Counter[str]:
    together = "".join(said.split()) if any(map(unspaced, said)) else f" {said} "
    return Counter(_pattern(language).findall(together))


def _spelt(spoken: str) -> str:
    words = ("".join(letter.plain for letter in letters(word, "")) for word in GAP.split(spoken))
    return " ".join(word for word in words if word)


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    """The words that numbers are made of, as the reader of this language says them."""
    plain = language.split("-")[0]
    said = (_spelt(read(number, language).spoken) for number in (*COUNTED, *RANKED.get(plain, ())))
    words = {word for one in said for word in one.split()} - JOINTS | set(WITHIN.get(plain, ()))
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    if any(map(unspaced, words)):
        return re.compile(f"(?:{either})+")
    nothing = re.escape(_spelt(read("0", language).spoken))
    return re.compile(f"(?<= )(?!{nothing} )(?:{either})+(?= )")  # the ear writes 2 for "zero two"

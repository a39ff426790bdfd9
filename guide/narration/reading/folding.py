"""A text as the rules see it: one form for each digit, dash and letter, nothing invisible, places kept."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

UNUSUAL = re.compile(
    "[^\t\n\\x20-\\x7e\u00a0-\u00ac\u00ae-\u0377\u0384-\u052f\u1e00-\u1eff\u2012-\u2027\u2030-\u205e\u2070-\u207f\u2090-\u214f"
    "\u2190-\u21ff\u2200-\u22ff\u3001-\u312f\u3400-\u9fff\uac00-\ud7a3]"
)
FOLDED_BLOCKS = re.compile(
    "[\u2080-\u2089\u2460-\u2473\u2160-\u217f\ufb00-\ufb06\u3371-\u33df\uff03-\uff07\uff0b\uff0d-\uff19\uff1c\uff1e\uff20-\uff5e\U0001d400-\U0001d7ff]"
)
HYPHENS = "\u2010\u2011\ufe63\uff0d"


@dataclass(frozen=True)
class Folded:
    """`places[i]` is where the i-th folded character stands in the text; none where nothing moved."""

    text: str
    places: Sequence[int] | None = None

    def start(self, index: int) -> int:
        return index if self.places is None else self.places[index]

    def end(self, index: int) -> int:
        return index if self.places is None else self.places[index - 1] + 1


def fold(text: str, twins: Mapping[int, int | str | None]) -> Folded:
    """`twins` are look-alikes of a language's letters, one for one: the Icelandic Ð that stands for Đ."""
    if not UNUSUAL.search(text):
        return Folded(text.translate(twins) if twins else text)
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in fold_character(character) if UNUSUAL.match(character) else character:
            characters.append(one)
            places.append(place)
    return Folded("".join(characters).translate(twins), places)


def fold_character(character: str) -> str:
    if character in HYPHENS:
        return "-"
    if FOLDED_BLOCKS.match(character):
        return unicodedata.normalize("NFKC", character)
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if character.isspace():
        return " "
    return "" if category in ("Cc", "Cf", "Cs", "Cn", "Co") else character

"""Letters as they sound: two who write the same words otherwise are to agree.

No capitals, no tones, katakana as hiragana. A Chinese character is its syllable and a Japanese word its kana, since the
ear writes another character of the same sound now and then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import NamedTuple

from guide.tours.folding import LETTERS, unspaced

SOUNDED_BY = {"zh": "pypinyin", "ja": "pyopenjtalk"}
"""What tells the sound of a script that does not."""


class Letter(NamedTuple):
    plain: str
    place: int
    sign: str
    """What is written there: all of it with the first letter of its sound."""
    opens: bool
    """Whether a word begins with it; where no spaces are written, each sign is one."""


def can_sound(language: str) -> bool:
    return language not in SOUNDED_BY or find_spec(SOUNDED_BY[language]) is not None


def letters(spoken: str, language: str) -> list[Letter]:
    found: list[Letter] = []
    for place, sign, sound in _sounds(language)(spoken):
        opens = place == 0 or unspaced(sign[0]) or not spoken[place - 1].isalnum()
        for number, plain in enumerate(sound):
            found.append(Letter(plain, place, "" if number else sign, opens and not number))
    return found


Sounds = Callable[[str], Iterator[tuple[int, str, str]]]
"""Place, what is written there, and how it sounds."""


@cache
def _sounds(language: str) -> Sounds:
    plain = language.split("-")[0].lower()
    if plain not in SOUNDED_BY or not can_sound(plain):
        return _as_written
    return {"zh": _syllables, "ja": _kana}[plain]


def _as_written(spoken: str) -> Iterator[tuple[int, str, str]]:
    for place, sign in enumerate(spoken):
        yield place, sign, _plain(sign)


def _syllables(spoken: str) -> Iterator[tuple[int, str, str]]:
    from pypinyin import lazy_pinyin

    for place, sign in enumerate(spoken):
        yield place, sign, _plain("".join(lazy_pinyin(sign)) if unspaced(sign) else sign)


def _kana(spoken: str) -> Iterator[tuple[int, str, str]]:
    from pyopenjtalk import run_frontend

    words = run_frontend(spoken, use_vanilla=True)
    if sum(len(word["string"]) for word in words) != len(spoken):
        yield from _as_written(spoken)
        return
    place = 0
    for word in words:
        written = spoken[place : place + len(word["string"])]
        yield place, written, _plain(word["pron"]) or _plain(written)
        place += len(written)


@lru_cache(maxsize=1 << 13)
def _plain(sign: str) -> str:
    bare = "".join(LETTERS.get(part, part) for part in unicodedata.normalize("NFKD", sign).lower())
    return "".join(chr(ord(part) - 0x60) if "ァ" <= part <= "ヶ" else part for part in bare if part.isalnum())

"""Reading Chinese for Kokoro: words by jieba, their syllables by pypinyin, their sounds by misaki."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from tempfile import TemporaryDirectory
from typing import Any

from guide.narration.engines.kokoro_letters import FULL_STOPS, MARKS, latin
from guide.narration.engines.kokoro_letters_ja import KANA_RUN, kana
from guide.narration.engines.parts import Part

HAN = re.compile("[\\u3400-\\u9fff\\uf900-\\ufaff\\U00020000-\\U000323af〇]+")
STRETCH = re.compile(
    rf"(?P<han>{HAN.pattern})|(?P<kana>{KANA_RUN.pattern})|(?P<digits>[0-9０-９]+)|(?P<other>.)", re.DOTALL
)
DIGITS = str.maketrans("0123456789０１２３４５６７８９", "零一二三四五六七八九零一二三四五六七八九")
SOME = "mou3"
"""Is said for a character of which no sound is known: "some"."""
TONES = {"˧˩˧": "↓", "˧˥": "↗", "˥˩": "↘", "˥": "→", "ɻ\u0329": "ɨ", "ɹ\u0329": "ɨ", "\u032f": ""}


class Tongue:
    def __init__(self, foreign: Callable[[str], str]) -> None:
        import jieba
        import pypinyin

        jieba.setLogLevel(logging.ERROR)
        with TemporaryDirectory() as folder:  # it writes down what it read of its dictionary, and not elsewhere
            jieba.dt.tmp_dir = folder
            jieba.initialize()
        self._cut: Callable[[str], list[str]] = jieba.lcut
        self._read: Any = partial(pypinyin.lazy_pinyin, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
        self._foreign = foreign

    def parts(self, text: str) -> Iterator[Part]:
        for start, stretch, in_latin in latin(text):
            if in_latin:
                yield Part(start, self._foreign(stretch) + " ")
                continue
            for found in STRETCH.finditer(stretch):
                yield from self._stretch(start + found.start(), found)

    def _stretch(self, place: int, found: re.Match[str]) -> Iterator[Part]:
        written = found[0]
        if found["han"] or found["digits"]:
            yield from self._words(place, written.translate(DIGITS))
        elif found["kana"]:
            yield Part(place, kana(written) + " ")
        elif written.isalnum():
            yield Part(place, self._foreign(written) + " ")
        elif (mark := written.translate(FULL_STOPS)) in MARKS:
            yield Part(place, mark + " ")

    def _words(self, place: int, han: str) -> Iterator[Part]:
        for word in self._cut(han):
            syllables = self._syllables(word)
            for number, syllable in enumerate(syllables, start=1):
                yield Part(place, syllable + (" " if number == len(syllables) else ""))
                place += 1

    def _syllables(self, word: str) -> list[str]:
        """One for each character."""
        read = self._read(word, errors=list)
        if len(read) != len(word):
            read = [self._read(sign)[0] for sign in word]
        return [sounds(syllable) or sounds(SOME) for syllable in read]


@lru_cache(maxsize=2048)
def sounds(syllable: str) -> str:
    """Of pinyin with its tone's number; nothing where it is none."""
    from misaki.transcription import pinyin_to_ipa

    try:
        said = "".join(pinyin_to_ipa(syllable)[0])
    except (ValueError, KeyError, IndexError):
        return ""
    for old, new in TONES.items():
        said = said.replace(old, new)
    return said

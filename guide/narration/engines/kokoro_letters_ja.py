"""Reading Japanese for Kokoro: Open JTalk's words and their kana, each kana as the voice's phonemes write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from guide.narration.engines.kokoro_letters import FULL_STOPS, MARKS, latin
from guide.narration.engines.parts import Part

VOWELS = "アイウエオ"
ROWS = {
    "": "a i ɯ e o",
    "カキクケコ": "ka kʲi kɯ ke ko",
    "ガギグゲゴ": "ɡa ɡʲi ɡɯ ɡe ɡo",
    "サシスセソ": "sa ɕi sɨ se so",
    "ザジズゼゾ": "ʣa ʥi zɨ ʣe ʣo",
    "タチツテト": "ta ʨi ʦɨ te to",
    "ダヂヅデド": "da ʥi zɨ de do",
    "ナニヌネノ": "na ɲi nɯ ne no",
    "ハヒフヘホ": "ha çi ɸɯ he ho",
    "バビブベボ": "ba bʲi bɯ be bo",
    "パピプペポ": "pa pʲi pɯ pe po",
    "マミムメモ": "ma mʲi mɯ me mo",
    "ラリルレロ": "ɾa ɾʲi ɾɯ ɾe ɾo",
    "ヤユヨ": "ja jɯ jo",
    "ワヰヱヲヴヵヶ": "βa i e o vɯ ka ke",
    "ヷヸヹヺヮ": "va vʲi ve vo βa",
}
SMALL = {"ァ": "a", "ィ": "i", "ゥ": "ɯ", "ェ": "e", "ォ": "o", "ャ": "ja", "ュ": "jɯ", "ョ": "jo"}
AFTER_I = {"ャ": "a", "ュ": "ɨ", "ョ": "o", "ェ": "e"}
KANA = {
    kana: phonemes for row, told in ROWS.items() for kana, phonemes in zip(row or VOWELS, told.split(), strict=True)
} | SMALL
PAIRS = {
    "イェ": "je",
    "ウィ": "βi",
    "ウェ": "βe",
    "ウォ": "βo",
    "テュ": "tʲɨ",
    "デュ": "dʲɨ",
    "フュ": "ɸʲɨ",
    "フョ": "ɸʲo",
}
PAIRS |= {"クァ": "kᵝa", "グァ": "ɡᵝa", "クィ": "kᵝi", "クェ": "kᵝe", "クォ": "kᵝo", "トゥ": "tɯ", "ドゥ": "dɯ"}
PAIRS |= {"ヴァ": "va", "ヴィ": "vʲi", "ヴェ": "ve", "ヴォ": "vo", "ティ": "tʲi", "ディ": "dʲi"}
LONG, STOPPED, NASAL = "ー", "ッ", "ン"
NASALS = {"mpb": "m", "kɡ": "ŋ", "ɲʨʥ": "ɲ", "ntdɾz": "n"}
TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
KANA_RUN = re.compile("[ぁ-ゖァ-ヺー]+")
UNKNOWN = "フィラー"
"""What Open JTalk calls a word that is not in its dictionary."""


class Tongue:
    def __init__(self, foreign: Callable[[str], str]) -> None:
        import pyopenjtalk

        self._engine: Any = pyopenjtalk.run_frontend
        self._foreign = foreign

    def parts(self, text: str) -> Iterator[Part]:
        for start, stretch, in_latin in latin(text):
            found = [] if not stretch else self._tokens(stretch)
            if in_latin and any(unknown(token, stretch) for token, _ in found):
                yield Part(start, self._foreign(stretch) + " ")
                continue
            for token, place in found:
                if phonemes := self._said(token, stretch[place:]):
                    yield Part(start + place, phonemes)

    def _tokens(self, stretch: str) -> list[tuple[dict[str, Any], int]]:
        """Each with its place; one that the engine writes otherwise than the text stands where the last one ended."""
        full = stretch.translate(TO_FULL_WIDTH)
        found: list[tuple[dict[str, Any], int]] = []
        at = 0
        for token in self._words(stretch):
            place = full.find(token["string"], at)
            found.append((token, place if place >= 0 else min(at, len(full) - 1)))
            at = place + len(token["string"]) if place >= 0 else at
        return found

    def _words(self, stretch: str) -> list[dict[str, Any]]:
        """A rare character's sound is looked for in a dictionary that weighs too much to come along."""
        try:
            return list(self._engine(stretch, use_sudachi_kanji_yomi=False))
        except ModuleNotFoundError:
            return list(self._engine(stretch, use_vanilla=True))

    def _said(self, token: dict[str, Any], rest: str) -> str:
        """A word's kana, a mark as the voice knows it, and what has neither as another alphabet spells it."""
        mark = str(token["string"]).translate(FULL_STOPS)
        if token["mora_size"]:
            said = kana(token["pron"])
            return said if said.endswith("ʔ") else said + " "
        if all(sign in MARKS or sign.isspace() for sign in mark):
            return mark.strip() + " "
        spelt = rest[: len(token["string"])]
        return self._foreign(spelt) + " " if any(sign.isalnum() for sign in spelt) else ""


def unknown(token: dict[str, Any], word: str) -> bool:
    """A word that would be spelt letter by letter; one in capitals is meant to be."""
    return bool(token["pos"] == UNKNOWN or not token["mora_size"]) and not word.isupper()


def kana(pronounced: str) -> str:
    """As phonemes; "ン" sounds as what follows it."""
    signs = unicodedata.normalize("NFKC", pronounced).translate(TO_KATAKANA)
    moras = list(_moras("".join(sign for sign in signs if sign in KANA or sign in (LONG, STOPPED, NASAL))))
    said = ""
    for mora, after in zip(moras, (*moras[1:], ""), strict=True):
        said += nasal(after) if mora == NASAL else mora
    return said


def nasal(after: str) -> str:
    return next((said for firsts, said in NASALS.items() if after and after[0] in firsts), "ɴ")


def _moras(signs: str) -> Iterator[str]:
    at = 0
    while at < len(signs):
        pair = signs[at : at + 2]
        if joined := _pair(pair):
            yield joined
        else:
            yield {LONG: "ː", STOPPED: "ʔ", NASAL: NASAL}.get(signs[at]) or KANA[signs[at]]
        at += 2 if joined else 1


def _pair(pair: str) -> str | None:
    """A kana and the small one that changes it: "き" and "ょ" are one sound."""
    if pair in PAIRS or len(pair) < 2 or pair[1] not in SMALL:
        return PAIRS.get(pair)
    first = KANA.get(pair[0], "")
    if pair[1] in AFTER_I and first.endswith("i") and first != "i":
        return first[:-1] + AFTER_I[pair[1]]
    return first[:-1] + SMALL[pair[1]] if len(first) > 1 and pair[1] not in "ャュョ" else None

"""Reading letters as espeak-ng does, for Kokoro: whole languages, and single words that stand in a text of another."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from guide.narration.engines.kokoro_letters import FULL_STOPS, MARKS
from guide.narration.engines.parts import Part
from guide.narration.engines.piper_process import shared

SYNCHRONOUS, NO_EXIT, UTF8 = 2, 0x8000, 1
WITH_TIES = 0x02 | 0x80 | ord("^") << 8
"""In the phonetic alphabet, with a tie in sounds of two signs."""
SWITCHED = re.compile(r"\([^)]*\)")
CLAUSE = re.compile(rf"[{re.escape(MARKS)}\s]*(?:[{re.escape(MARKS)}]+(?=\s|$)|(?<!\S)[{re.escape(MARKS)}]+|\Z)\s*")
WORD = re.compile(r"\S+")
ELIDED = re.compile(r"(?<=\w['’])(\w+)['’](?=\w)")
"""Of a word with two apostrophes espeak-ng believes that it is English: "d'aujourd'hui"."""
VOICES = {"fr": "fr", "es": "es"}
ENGLISH, VIETNAMESE = "en-us", "vi"
VIETNAMESE_ONLY = re.compile("[đăơư\u0302\u0303\u0309\u0323]", re.IGNORECASE)
TIED = {"t^ʃ": "ʧ", "d^ʒ": "ʤ", "t^s": "ʦ", "d^z": "ʣ", "s^s": "S"}
GLIDES = {"a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y"}
IN_ENGLISH = {**TIED, **GLIDES, "ə^l": "ᵊl", "ɜː": "ɜɹ", "ɚ": "əɹ", "ɐ": "ə", "r": "ɹ", "x": "k", "e": "A", "ː": ""}
TONES = re.compile(r"[0-9ɜ](?![ːɹ])")


class Letters:
    def __init__(self, library: str, data: str) -> None:
        self._engine = ctypes.CDLL(library)
        self._engine.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._engine.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), NO_EXIT)
        self._voice = ""

    def said(self, voice: str, text: str) -> str:
        """In the phonetic alphabet, word by word."""
        self._take(voice)
        body = ctypes.create_string_buffer(text.encode())
        place = ctypes.c_void_p(ctypes.addressof(body))
        said: list[str] = []
        while place.value:
            clause = self._engine.espeak_TextToPhonemes(ctypes.byref(place), UTF8, WITH_TIES)
            said.append((clause or b"").decode())
        return SWITCHED.sub("", " ".join(said)).replace("-", "")

    def foreign(self, word: str) -> str:
        """A word in Latin letters where others are written: a Vietnamese name as Vietnamese, all else as English."""
        if VIETNAMESE_ONLY.search(unicodedata.normalize("NFD", word.replace("Đ", "đ"))):
            return TONES.sub("", replaced(self.said(VIETNAMESE, word), TIED)).strip()
        return replaced(self.said(ENGLISH, word), IN_ENGLISH).strip()

    def _take(self, voice: str) -> None:
        """A voice that it does not have would silently leave the one before speaking."""
        if voice != self._voice and self._engine.espeak_SetVoiceByName(voice.encode()):
            raise LookupError(voice)
        self._voice = voice


class Tongue:
    """A language that espeak-ng reads as a whole."""

    def __init__(self, letters: Letters, language: str) -> None:
        self._letters = letters
        self._voice = VOICES[language]

    def parts(self, text: str) -> Iterator[Part]:
        """Clause by clause: the marks between them are the voice's pauses."""
        place = 0
        for mark in CLAUSE.finditer(text):
            words = list(WORD.finditer(text, place, mark.start()))
            found = self._read(text[place : mark.start()], [word.group() for word in words])
            pause = "".join(mark.group().translate(FULL_STOPS).split())
            for number, (word, phonemes) in enumerate(zip(words, found, strict=True), start=1):
                yield Part(word.start(), phonemes.strip() + (pause if number == len(words) else "") + " ")
            if pause and not words:
                yield Part(mark.start(), pause + " ")
            place = mark.end()

    def _read(self, clause: str, words: list[str]) -> list[str]:
        """What the letters say, as they follow one another, shared out among the words."""
        if not words:
            return []
        said = self._phonemes(clause)
        firsts = shared(said, [self._phonemes(word) for word in words])
        return [said[first:after] for first, after in pairwise((*firsts, len(said)))]

    def _phonemes(self, text: str) -> str:
        return _phonemes(self._letters, self._voice, text)


@lru_cache(maxsize=4096)
def _phonemes(letters: Letters, voice: str, text: str) -> str:
    plain = ELIDED.sub(r"\1", text) if voice == "fr" else text
    return unicodedata.normalize("NFC", replaced(letters.said(voice, plain), {**TIED, **GLIDES}).strip())


def replaced(phonemes: str, signs: dict[str, str]) -> str:
    for old, new in sorted(signs.items(), key=lambda pair: -len(pair[0])):
        phonemes = phonemes.replace(old, new)
    return phonemes.replace("^", "")

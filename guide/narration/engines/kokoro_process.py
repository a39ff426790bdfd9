"""The process that holds Kokoro: it keeps the model warm and speaks one text after the other.

This file is run as a program: `python -I kokoro_process.py FOLDER HASHES LIBRARY DATA SECONDS IDLE`, where HASHES (as
JSON) are those of the files in the folder, LIBRARY and DATA espeak-ng's. Nothing is fetched.
"""

from __future__ import annotations

import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from guide.narration.engines import kokoro_letters_espeak, kokoro_letters_ja, kokoro_letters_zh
from guide.narration.engines.edges import pcm, within
from guide.narration.engines.kokoro_letters import Letters, known, tidied, with_sounds
from guide.narration.engines.network import Network
from guide.narration.engines.parts import Part, in_breaths
from guide.narration.engines.worker import Absent, checked, telling, work

RATE = 24_000
MODEL, VOCABULARY = "model.onnx", "vocab.json"
LENGTHS = b"/encoder/Gather_output_0"
"""What the model's own graph calls how long each phoneme lasts; it is not among its outputs."""
STEP = 600
"""Samples in one of the model's own steps."""
EARLIER = 3
"""Of these steps: by so much each phoneme is heard before the lengths add up to it."""
STYLES, STYLE = 510, 256
"""A voice is a row of numbers for each count of phonemes that are said at once."""
MOST_PHONEMES = 240
"""The network takes 510 at once, but hurries through so many, and forgets some."""
POLITE = 5


class Engine:
    def __init__(self, folder: Path, hashes: dict[str, str], library: str, data: str) -> None:
        os.nice(POLITE)
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        self._folder, self._hashes = folder, hashes
        self._network = Network(telling(checked(folder / MODEL, hashes[MODEL]), LENGTHS), large=True)
        self._ids: dict[str, int] = json.loads(checked(folder / VOCABULARY, hashes[VOCABULARY]))["vocab"]
        self._espeak = kokoro_letters_espeak.Letters(library, data)
        self._letters = lru_cache(self._letters_of)
        self._style = lru_cache(self._style_of)

    def speak(
        self, language: str, voice: str, pace: int, text: str, sounds: list[tuple[int, int, str]]
    ) -> tuple[int, list[int], bytes]:
        """Rate, places in the text and samples at which words begin, flat, and the sound."""
        words: list[int] = []
        said = b""
        for parts in in_breaths(self.parts(language, text, sounds), MOST_PHONEMES):
            sound, begins = self._spoken(parts, self._style(voice), pace / 100)
            for part, begin in zip(parts, begins, strict=True):
                if said_aloud(part) and (not words or part.place > words[-2]):
                    words += (part.place, len(said) // 2 + begin)
            said += sound
        return RATE, words, said

    def parts(self, language: str, text: str, sounds: list[tuple[int, int, str]]) -> list[Part]:
        signs = frozenset(self._ids)
        read = with_sounds(self._letters(language), text, sounds)
        return list(tidied(Part(part.place, known(part.phonemes, signs)) for part in read))

    def _letters_of(self, language: str) -> Letters:
        if language == "ja":
            return kokoro_letters_ja.Tongue(self._espeak.foreign)
        if language == "zh":
            return kokoro_letters_zh.Tongue(self._espeak.foreign)
        if language not in kokoro_letters_espeak.VOICES:
            raise Absent
        return kokoro_letters_espeak.Tongue(self._espeak, language)

    def _style_of(self, voice: str) -> Any:
        import numpy as np

        if (name := f"{voice}.bin") not in self._hashes:
            raise Absent
        return np.frombuffer(checked(self._folder / name, self._hashes[name]), "<f4").reshape(STYLES, STYLE)

    def _spoken(self, parts: list[Part], style: Any, speed: float) -> tuple[bytes, list[int]]:
        import numpy as np

        ids = [0, *(self._ids[sign] for part in parts for sign in part.phonemes), 0]
        asked = {
            "tokens": np.asarray([ids], np.int64),
            "style": style[len(ids) - 3 : len(ids) - 2],
            "speed": np.asarray([speed], np.float32),
        }
        sound, lengths = self._network.run(asked)
        firsts = np.cumsum([1, *(len(part.phonemes) for part in parts[:-1])])
        starts = np.concatenate([[0], np.cumsum(lengths)])[firsts] - EARLIER
        begin, end = within(sound, RATE)
        return pcm(sound[begin:end]), [int(min(max(0, start * STEP - begin), end - begin)) for start in starts]


def said_aloud(part: Part) -> bool:
    """Not a mark alone."""
    return any(sign.isalpha() for sign in part.phonemes)


def main(folder: str, hashes: str, library: str, data: str, seconds: str, idle: str) -> None:
    @lru_cache(maxsize=1)
    def engine() -> Engine:
        return Engine(Path(folder), json.loads(hashes), library, data)

    work(lambda **job: engine().speak(**job), float(seconds), float(idle))


if __name__ == "__main__":
    main(*sys.argv[1:])

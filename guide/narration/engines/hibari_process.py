"""The process that holds hibari: it keeps the voice "heart" warm and speaks one text after the other.

This file is run as a program: `python -I hibari_process.py MODEL SECONDS IDLE`. Nothing is fetched: the one model it
is given lies in the package.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.narration.engines.network import Network
from guide.narration.engines.parts import Part, in_breaths
from guide.narration.engines.worker import telling, work

RATE = 24_000
SEED = 0
WORD = re.compile(r"\S+")
LONGEST_WORD = 24
"""Letters: of a longer unknown word the engine would say only the beginning."""
MOST_PHONEMES = 400
LENGTHS = b"/Cast_32_output_0"
"""What the model's own graph calls how long each phoneme lasts; it is not among its outputs."""
EARLIER = 3
"""Of the model's own steps, 25 ms each: by so much each phoneme is heard before the lengths add up to it."""


class Engine:
    def __init__(self, model: str) -> None:
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        from hibari import dsp
        from hibari.g2p import G2P

        self._dsp = dsp
        self._letters = G2P()
        self.network = Network(telling(Path(model).read_bytes(), LENGTHS))
        self._ids: dict[str, int] = json.loads(Path(model).with_name("vocab.json").read_text("utf-8"))

    def speak(self, pace: int, text: str, sounds: list[tuple[int, int, str]]) -> tuple[list[int], bytes]:
        """Places in the text and samples at which words begin, flat, and the sound."""
        import numpy as np

        words: list[int] = []
        pcm = b""
        noise = np.random.default_rng(SEED)
        for parts in in_breaths(self.parts(text, sounds), MOST_PHONEMES):
            sound, begins = self._spoken(parts, pace / 100, noise)
            for part, begin in zip(parts, begins, strict=True):
                if not words or part.place > words[-2]:
                    words += (part.place, len(pcm) // 2 + begin)
            pcm += np.clip(np.rint(sound * 32767), -32767, 32767).astype("<i2").tobytes()
        return words, pcm

    def parts(self, text: str, sounds: list[tuple[int, int, str]]) -> list[Part]:
        """In order; a word whose sounds are known is not read from its letters."""
        found: list[Part] = []
        place = 0
        for start, end, phonemes in sounds:
            gap = " " if text[end : end + 1].isspace() else ""
            found += [*self._read(text[place:start], place), Part(start, phonemes + gap)]
            place = end
        return found + self._read(text[place:].rstrip(), place)

    def _read(self, text: str, place: int) -> list[Part]:
        """What the engine reads of each word; a word that it would skip is spelt."""
        said, places = sayable(text)
        found: list[Part] = []
        at = 0
        for token in self._letters.phonemize_tokens(self._letters.tokenize(said)):
            at = max(at, said.find(token.text, at))
            phonemes = "".join(letter for letter in token.phonemes or "" if letter in self._ids)
            word = place + places[min(at, len(places) - 1)]
            found.append(Part(word, phonemes + (" " if token.whitespace else "")))
            at += len(token.text)
        last = " " if text[-1:].isspace() else ""
        heard = [part for part in found if part.phonemes.strip()]
        return [*heard[:-1], *(replace(part, phonemes=part.phonemes.rstrip() + last) for part in heard[-1:])]

    def _spoken(self, parts: list[Part], speed: float, noise: Any) -> tuple[Any, list[int]]:
        import numpy as np

        ids = [0, *(self._ids[letter] for part in parts for letter in part.phonemes), 0]
        asked = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([speed], np.float32)}
        *spectrum, lengths = self.network.run(asked)
        sound = self._dsp.synth(*(rows[0] for rows in spectrum), noise)
        ends = np.maximum(0, np.cumsum(lengths.reshape(-1)) - EARLIER) * (len(sound) / lengths.sum())
        firsts = np.cumsum([0, *(len(part.phonemes) for part in parts[:-1])])
        return sound, [int(ends[first]) for first in firsts]


def sayable(text: str) -> tuple[str, list[int]]:
    """Word by word with single spaces, and for each character the place in the text where its word begins."""
    said = ""
    places: list[int] = []
    for word in WORD.finditer(text):
        written = " ".join(known(word.group())) + " "
        said += written
        places += [word.start()] * len(written)
    return said.rstrip(), places


def known(word: str) -> Iterator[str]:
    """What the engine can read of a word: letters of other scripts by their names, an endless word in pieces."""
    written = "".join(named(letter) if foreign(letter) else letter for letter in word).strip()
    for piece in written.split():
        yield from (piece[at : at + LONGEST_WORD] for at in range(0, len(piece), LONGEST_WORD))


def foreign(letter: str) -> bool:
    return letter.isalnum() and not unicodedata.name(letter, "").startswith(("LATIN", "DIGIT"))


def named(letter: str) -> str:
    """ "к" is said "ka", "½" is said "one half", and of a Chinese character only that it is one."""
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and plain.isascii():
        return plain
    name = unicodedata.name(letter, "letter").lower().removeprefix("vulgar fraction ")
    return f" {'character' if '-' in name else name.split(' letter ')[-1]} "


def main(model: str, seconds: str, idle: str) -> None:
    engine = Engine(model)
    work(lambda **job: (RATE, *engine.speak(**job)), float(seconds), float(idle), engine.network.rest)


if __name__ == "__main__":
    main(*sys.argv[1:])

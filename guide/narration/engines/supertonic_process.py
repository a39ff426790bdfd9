"""The process that holds Supertonic: it keeps the four networks warm and speaks one text after the other.

This file is run as a program: `python -I supertonic_process.py FOLDER HASHES SECONDS IDLE`, where HASHES (as JSON) are
those of the files in the folder. Nothing is fetched. The networks read letters. One says how long the whole will be;
one draws the sound out of noise, which is always the same noise, so that the same text is the same sound.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from guide.narration.engines.edges import pcm, within
from guide.narration.engines.hibari_process import named
from guide.narration.engines.network import Network
from guide.narration.engines.worker import Absent, checked, work

SEED = 0
SLOWEST, QUICKEST = 0.7, 2.0
POLITE = 5
WORD = re.compile(r"\S+")
WRITTEN_AS = str.maketrans("–‑—“”‘’´`«»„¯_[]|/#", '---""\'\'\'\'"""       ')
PAUSES = {",": 3.0, ";": 4.0, ":": 4.0, ".": 6.0, "!": 6.0, "?": 6.0}
"""As long as so many letters."""
SYLLABLE = 2.5
"""As long as so many letters is a sign that stands for a whole syllable."""


class Engine:
    def __init__(self, folder: Path, hashes: dict[str, str]) -> None:
        os.nice(POLITE)
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        self._folder, self._hashes = folder, hashes
        about = json.loads(self._file("tts.json"))
        self.rate = int(about["ae"]["sample_rate"])
        self._squeeze = int(about["ttl"]["chunk_compress_factor"])
        self._samples_a_step = int(about["ae"]["base_chunk_size"]) * self._squeeze
        self._rows = int(about["ttl"]["latent_dim"]) * self._squeeze
        self._numbers: list[int] = json.loads(self._file("unicode_indexer.json"))
        self._lasting = Network(self._file("duration_predictor.onnx"))
        self._letters = Network(self._file("text_encoder.onnx"))
        self._drawing = Network(self._file("vector_estimator.onnx"))
        self._sounding = Network(self._file("vocoder.onnx"))
        self._style = lru_cache(self._style_of)

    def speak(self, language: str, voice: str, pace: int, steps: int, text: str) -> tuple[int, list[int], bytes]:
        """Rate, places in the text and samples at which words begin, flat, and the sound."""
        words = list(self.words(text))
        if not words:
            return self.rate, [], b""
        told = f"<{language}>{' '.join(said for _, said in words)}</{language}>"
        speed = min(QUICKEST, max(SLOWEST, pace / 100))
        sound = self._spoken([self._numbers[ord(sign)] for sign in told], self._style(voice), speed, steps)
        begin, end = within(sound, self.rate)
        return self.rate, times(words, end - begin), pcm(sound[begin:end])

    def rest(self) -> None:
        for network in (self._lasting, self._letters, self._drawing, self._sounding):
            network.rest()

    def words(self, text: str) -> Iterator[tuple[int, str]]:
        """Each with its place, as the networks know it; what they do not know is named."""
        for word in WORD.finditer(text):
            signs = unicodedata.normalize("NFKD", word.group().translate(WRITTEN_AS))
            said = "".join(sign if self._knows(sign) else self._named(sign) for sign in signs).split()
            if said:
                yield word.start(), " ".join(said)

    def _knows(self, sign: str) -> bool:
        return ord(sign) < len(self._numbers) and self._numbers[ord(sign)] >= 0

    def _named(self, sign: str) -> str:
        return "".join(letter for letter in named(sign) if self._knows(letter)) if sign.isalnum() else " "

    def _spoken(self, numbers: list[int], style: dict[str, Any], speed: float, steps: int) -> Any:
        import numpy as np

        text = {"text_ids": np.asarray([numbers], np.int64), "text_mask": np.ones((1, 1, len(numbers)), np.float32)}
        seconds = float(self._lasting.run({**text, "style_dp": style["style_dp"]})[0].reshape(-1)[0]) / speed
        read = self._letters.run({**text, "style_ttl": style["style_ttl"]})[0]
        known = {"text_emb": read, "style_ttl": style["style_ttl"], "text_mask": text["text_mask"]}
        samples = max(1, int(seconds * self.rate))
        drawn = self._drawn(known, -(-samples // self._samples_a_step), steps)
        return self._sounding.run({"latent": drawn})[0].reshape(-1)[:samples]

    def _drawn(self, known: dict[str, Any], length: int, steps: int) -> Any:
        import numpy as np

        picture = np.random.default_rng(SEED).standard_normal((1, self._rows, length)).astype(np.float32)
        asked = {
            **known,
            "latent_mask": np.ones((1, 1, length), np.float32),
            "total_step": np.asarray([steps], np.float32),
        }
        for step in range(steps):
            now = {"noisy_latent": picture, "current_step": np.asarray([step], np.float32)}
            picture = self._drawing.run({**asked, **now})[0]
        return picture

    def _style_of(self, voice: str) -> dict[str, Any]:
        import numpy as np

        if (name := f"{voice}.json") not in self._hashes:
            raise Absent
        told = json.loads(self._file(name))
        return {
            part: np.asarray(told[part]["data"], np.float32).reshape(told[part]["dims"])
            for part in ("style_ttl", "style_dp")
        }

    def _file(self, name: str) -> bytes:
        return checked(self._folder / name, self._hashes[name])


def times(words: list[tuple[int, str]], samples: int) -> list[int]:
    """Only how long the whole lasts is known: it is shared out by letters and pauses."""
    weights = [weight(said) for _, said in words]
    found: list[int] = []
    before = 0.0
    for (place, _), own in zip(words, weights, strict=True):
        found += (place, int(samples * before / sum(weights)))
        before += own
    return found


def weight(said: str) -> float:
    letters = unicodedata.normalize("NFC", said)
    return 1 + sum(PAUSES.get(sign, SYLLABLE if ord(sign) >= 0x3040 else float(sign.isalnum())) for sign in letters)


def main(folder: str, hashes: str, seconds: str, idle: str) -> None:
    @lru_cache(maxsize=1)
    def engine() -> Engine:
        return Engine(Path(folder), json.loads(hashes))

    def rest() -> None:
        engine().rest()

    work(lambda **job: engine().speak(**job), float(seconds), float(idle), rest)


if __name__ == "__main__":
    main(*sys.argv[1:])

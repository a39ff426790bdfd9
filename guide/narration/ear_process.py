"""The process that holds the ear: it keeps Whisper warm and writes down what it hears, one piece after the other.

This file is run as a program: `python -I ear_process.py FOLDER SECONDS IDLE NAME=HASH…`. Nothing is fetched: the
model's files lie in the folder, and each must be the very one that was tried.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from guide.narration.engines.worker import checked, work

RATE = 16_000
THREADS = 1
MOST_TOKENS, NEVER_TWICE = 220, 10
"""What half a minute of speech may come to, and how many in a row cannot come again: else a sound that it makes nothing
of would have it stammer for a minute."""


class Engine:
    def __init__(self, folder: Path, hashes: dict[str, str]) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        files: dict[str, Any] = {name: checked(folder / name, sha256) for name, sha256 in hashes.items()}
        from faster_whisper import WhisperModel

        files["model.bin"] = io.BytesIO(files["model.bin"])
        self._whisper = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS, files=files, local_files_only=True
        )

    def listen(self, pcm: str, language: str | None, guess: bool) -> bytes:
        """The words with their times, and the language that it sounds like where that is to be guessed."""
        import numpy as np

        samples = np.frombuffer(base64.b64decode(pcm), "<i2").astype(np.float32) / 32768
        sounds_like, sure = language or "", 1.0
        if guess or language is None:
            sounds_like, sure, _ = self._whisper.detect_language(samples)
        words = [list(word) for word in self._words(samples, language or sounds_like)]
        return json.dumps({"language": sounds_like, "sure": sure, "words": words}).encode()

    def _words(self, samples: Any, language: str) -> Any:
        """The same each time: only the likeliest, and nothing taken over from what was heard before."""
        pieces, _ = self._whisper.transcribe(
            samples,
            language=language,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
            max_new_tokens=MOST_TOKENS,
            no_repeat_ngram_size=NEVER_TWICE,
        )
        for piece in pieces:
            for word in piece.words or ():
                yield word.word, float(word.start), float(word.end), round(float(word.probability), 3)


def main(folder: str, seconds: str, idle: str, *hashes: str) -> None:
    engine = lru_cache(lambda: Engine(Path(folder), dict(told.split("=") for told in hashes)))

    def answer(**job: Any) -> tuple[int, list[int], bytes]:
        heard = engine().listen(**job)
        return RATE, [], heard + b" " * (len(heard) % 2)

    work(answer, float(seconds), float(idle))


if __name__ == "__main__":
    main(*sys.argv[1:])

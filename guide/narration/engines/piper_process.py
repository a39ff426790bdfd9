"""The process that holds a Piper voice: it keeps the model warm and speaks one text after the other.

This file is run as a program: `python -I piper_process.py MODEL SHA256 ABOUT SHA256 SECONDS IDLE`. Nothing is fetched.
The letters are read by Piper's own espeak-ng; the network is run here, without noise, so that the same text is the
same sound, and so that it also tells how long each sound lasts.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from guide.narration.engines.network import Network
from guide.narration.engines.parts import Part, in_breaths
from guide.narration.engines.worker import Absent, checked, telling, work

WORD = re.compile(r"\S+")
SWITCHED = re.compile(r"\([^)]*\)")
"""How espeak-ng marks that a word is of another language."""
STRESS = "ˈˌ"
ENDS = ".?!"
NO_SOUND = f"{STRESS}{ENDS},:; "
MOST_PHONEMES = 300
STEP = 256
"""Samples in one of the model's own steps, where its description does not say otherwise."""
TOLD_AS = {"cmn": "zh", "yue": "zh", "nb": "no"}
BEGIN, PAD, END = "^", "_", "$"
CEIL, PUT_OUT, NAMED = b"\x22\x04Ceil", 0x12, 0x1A


class Engine:
    def __init__(self, model: bytes, about: dict[str, Any]) -> None:
        from piper import espeakbridge
        from piper.phonemize_espeak import ESPEAK_DATA_DIR

        if about.get("phoneme_type", "espeak") != "espeak":
            raise Absent
        self.rate = int(about["audio"]["sample_rate"])
        self.language = told_as(about["espeak"]["voice"])
        self._about = about
        self._symbols = symbols(about)
        self.network = Network(with_lengths(model))
        self._letters = espeakbridge
        espeakbridge.initialize(str(ESPEAK_DATA_DIR))
        espeakbridge.set_voice(about["espeak"]["voice"])

    def speak(
        self, language: str, voice: str, pace: int, text: str, sounds: list[tuple[int, int, str]]
    ) -> tuple[int, list[int], bytes]:
        """Rate, places in the text and samples at which words begin, flat, and the sound."""
        if told_as(language) != self.language:
            raise Absent
        words: list[int] = []
        pcm = b""
        for parts in in_breaths(self.parts(text, sounds), MOST_PHONEMES, ends_a_sentence):
            sound, begins = self._spoken(parts, pace / 100, voice)
            for part, begin in zip(parts, begins, strict=True):
                if not words or part.place > words[-2]:
                    words += (part.place, len(pcm) // 2 + begin)
            pcm += sound
        return self.rate, words, pcm

    def parts(self, text: str, sounds: list[tuple[int, int, str]]) -> list[Part]:
        """In order; a word whose sounds are known is not read from its letters."""
        found: list[Part] = []
        place = 0
        for start, end, ipa in sounds:
            if unsayable(ipa, self._about):
                continue
            found += self._read(text, place, start)
            pause = next((mark for mark in text[end : end + 1] if mark in f"{ENDS},:;"), "")
            found.append(Part(start, f"{unicodedata.normalize('NFD', ipa)}{pause} "))
            place = end + len(pause)
        found += self._read(text, place, len(text))
        return found

    def _read(self, text: str, start: int, end: int) -> list[Part]:
        """What the letters say, as they follow one another, shared out among the words."""
        words = list(WORD.finditer(text, start, end))
        if not words:
            return []
        said = self._phonemes(text[start:end])
        firsts = shared(said, [self._phonemes(word.group()) for word in words])
        lasts = (*firsts[1:], len(said))
        cut = (Part(word.start(), said[a:b]) for word, a, b in zip(words, firsts, lasts, strict=True))
        return [part for part in cut if part.phonemes.strip(NO_SOUND)]

    def _phonemes(self, text: str) -> str:
        said = ""
        for phonemes, pause, _ in self._letters.get_phonemes(text):
            said += f"{SWITCHED.sub('', phonemes)}{pause} "
        return unicodedata.normalize("NFD", said)

    def _spoken(self, parts: list[Part], speed: float, voice: str) -> tuple[bytes, list[int]]:
        import numpy as np

        ids, firsts = self._ids(parts)
        asked = {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray([0, 1 / speed, 0], np.float32),
        }
        if self._about.get("num_speakers", 1) > 1:
            asked["sid"] = np.asarray([self._about["speaker_id_map"].get(voice, 0)], np.int64)
        wave, *lengths = self.network.run(asked)
        pcm = np.clip(np.rint(wave.reshape(-1) * 32767), -32767, 32767).astype("<i2")
        steps = lengths[0].reshape(-1) if lengths else np.ones(len(ids))
        ends = np.concatenate([[0], np.cumsum(steps)]) * (len(pcm) / steps.sum())
        return pcm.tobytes(), [int(ends[first]) for first in firsts]

    def _ids(self, parts: list[Part]) -> tuple[list[int], list[int]]:
        """What the network reads, and where in it each part begins."""
        numbers = self._about["phoneme_id_map"]
        ids = [*numbers[BEGIN], *numbers[PAD]]
        firsts = []
        for part in parts:
            firsts.append(len(ids))
            said = part.phonemes if part is not parts[-1] else part.phonemes.rstrip()
            for symbol in self._symbols.findall(said):
                ids += [*numbers[symbol], *numbers[PAD]] if symbol in numbers else ()
        return [*ids, *numbers[END]], firsts


def told_as(voice: str) -> str:
    """The language of an espeak-ng voice, as museums write it."""
    base = re.split("[-_]", voice.lower())[0]
    return TOLD_AS.get(base, base)


def symbols(about: dict[str, Any]) -> re.Pattern[str]:
    """What the model takes for one sound: mostly a single sign, in some voices two vowels."""
    clusters = sorted(("".join(pair) for pair in about.get("vowel_clusters") or ()), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, clusters), "."]))


def unsayable(ipa: str, about: dict[str, Any]) -> str | None:
    """The first sign that the model does not know."""
    known = about["phoneme_id_map"]
    return next((sign for sign in unicodedata.normalize("NFD", ipa) if sign not in known), None)


def shared(said: str, alone: list[str]) -> list[int]:
    """Where in what is said each word begins, by what the words sound like alone."""
    heard = [place for place, sign in enumerate(said) if sign not in NO_SOUND]
    sounds = [[sign for sign in word if sign not in NO_SOUND] for word in alone]
    found = _matched([sign for word in sounds for sign in word], [said[place] for place in heard])
    starts: list[int] = []
    first = free = 0
    for word in sounds:
        known = [(step, found[first + step]) for step in range(len(word)) if first + step in found]
        starts.append(max(free, known[0][1] - known[0][0]) if known else free)
        free = known[-1][1] + 1 if known else free
        first += len(word)
    return _places(said, heard, starts, sounds)


def _matched(letters: list[str], heard: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, letters, heard, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _places(said: str, heard: list[int], starts: list[int], sounds: list[list[str]]) -> list[int]:
    """A word begins with its stress; one without a sound begins where the next does, the first at once."""
    places: list[int] = []
    after = len(said)
    for start, word in zip(reversed(starts), reversed(sounds), strict=True):
        if word and start < len(heard):
            after = min(after, heard[start])
            while after and said[after - 1] in STRESS:
                after -= 1
        places.append(after)
    return [0, *places[-2::-1]]


def ends_a_sentence(part: Part) -> bool:
    return part.phonemes.rstrip()[-1:] in ENDS


def with_lengths(model: bytes) -> bytes:
    """How long each sound lasts is what the network rounds up; nothing else in it is rounded."""
    rounded = [name for at in _places_of(CEIL, model) if (name := _output_before(model, at))]
    return telling(model, rounded[0]) if len(rounded) == 1 else model


def _places_of(sign: bytes, body: bytes) -> Iterator[int]:
    at = body.find(sign)
    while at >= 0:
        yield at
        at = body.find(sign, at + 1)


def _output_before(model: bytes, kind: int) -> bytes | None:
    """A node is written as inputs, output, name, kind, each with its length before it; the name may be missing."""
    for at in range(max(0, kind - 300), kind - 2):
        name = at + 2 + model[at + 1]
        named = name + 2 + model[name + 1] if name < kind and model[name] == NAMED else name
        if model[at] == PUT_OUT and named == kind:
            return model[at + 2 : name]
    return None


def main(model: str, model_hash: str, about: str, about_hash: str, seconds: str, idle: str) -> None:
    @lru_cache(maxsize=1)
    def engine() -> Engine:
        told = json.loads(checked(Path(about), about_hash))
        return Engine(checked(Path(model), model_hash), told)

    def rest() -> None:
        engine().network.rest()

    work(lambda **job: engine().speak(**job), float(seconds), float(idle), rest)


if __name__ == "__main__":
    main(*sys.argv[1:])

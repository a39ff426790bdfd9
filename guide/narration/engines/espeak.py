"""The voice that is always there: espeak-ng, honest about being a machine, in a process of its own."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import espeakng_loader

from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role

if TYPE_CHECKING:
    from guide.narration.sound import Sound

LONGEST_JOB = 2_000
SOUNDLESS = ("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Pi", "Pf")
WESTERN = frozenset(map(chr, range(0xC0, 0x100)))
VIETNAMESE = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)
BARRED = {"đ": "d", "Đ": "D", "Ð": "D"}
DATA = ("phondata", "phonindex", "phontab", "intonations")


class Espeak:
    def __init__(self, role: Role, speaker: Speaker) -> None:
        self.role = role
        self.name = f"espeak-ng · {role.voice}"
        self._speaker = speaker

    @cached_property
    def checksum(self) -> str:
        """Of the library, of the data this voice speaks from, and of how fast it is asked to speak."""
        voice, pace = self.role.voice, self.role.pace
        data = Path(espeakng_loader.get_data_path())
        rules = [path for path in sorted(data.glob("lang/**/*")) if path.name.lower() == voice.lower()]
        words = data / f"{voice.split('-')[0]}_dict"
        digest = hashlib.sha256(f"{version('espeakng-loader')} {voice} {pace}".encode())
        for file in (Path(espeakng_loader.get_library_path()), *(data / name for name in DATA), *rules, words):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:32]

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        text = speakable(spoken, self.role.language)
        offsets = cuts(text, LONGEST_JOB)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            said = self._speaker.speak(voice=self.role.voice, pace=self.role.pace, text=text[start:end])
            yield start, said.sound()


def espeak_speaker(longest_seconds: float = 20.0) -> Speaker:
    program = str(Path(__file__).with_name("espeak_process.py"))
    engine = (espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    return Speaker("espeak-ng", (sys.executable, "-I", "-S", program, *engine, str(longest_seconds)), longest_seconds)


def speakable(text: str, language: str) -> str:
    """Of the same length, so that offsets hold. What has no sound becomes a space.

    A letter with marks that are foreign to the voice loses them: it would spell "ễ" as "e, circumflex, tilde".
    """
    own = VIETNAMESE if language == "vi" else WESTERN
    return "".join(character if character in own else _said_as(character) for character in text)


def _said_as(character: str) -> str:
    plain = unicodedata.normalize("NFD", BARRED.get(character, character))[0]
    if plain.isascii() and plain.isalpha():
        return plain
    return " " if unicodedata.category(character) in SOUNDLESS else character


def cuts(text: str, longest: int) -> list[int]:
    """Where each job begins: after a space where there is one."""
    starts = [0]
    while len(text) - starts[-1] > longest:
        limit = starts[-1] + longest
        space = text.rfind(" ", starts[-1], limit)
        starts.append(space + 1 if space > starts[-1] else limit)
    return starts

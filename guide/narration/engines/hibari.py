"""The natural English voice that comes by package: hibari's "heart", in a process of its own."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from guide.narration.engines.breaths import breaths
from guide.narration.engines.espeak import speakable
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role
from guide.narration.reading.marking import taken

if TYPE_CHECKING:
    from guide.narration.sound import Sound

LANGUAGE = "en"
HEART = "heart"
"""The only voice that lies in the package: the others would be fetched."""
MODEL = "hibari/assets/hibari.onnx"
MODEL_HASH = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
RUNTIME = "onnxruntime"
MOST_WORDS = 22
"""Said at once; so the longest sentence begins to be heard in half the time that the whole of it takes."""
MANNER = "3"
"""Changes whenever the same text is handed to the engine otherwise."""
IDLE_SECONDS = 300.0
LETTERS = {
    "eɪ": "A",
    "aɪ": "I",
    "aʊ": "W",
    "oʊ": "O",
    "əʊ": "O",
    "ɔɪ": "Y",
    "tʃ": "ʧ",
    "dʒ": "ʤ",
    "t͡ʃ": "ʧ",
    "d͡ʒ": "ʤ",
    "ɝ": "ɜɹ",
    "ɚ": "əɹ",
    "ɐ": "ə",
    "ɒ": "ɑ",
    "r": "ɹ",
    "ʁ": "ɹ",
    "e": "A",
    "o": "O",
    "ɲ": "nj",
    "ʎ": "lj",
    "x": "h",
    "y": "u",
    "ø": "ɜ",
    "œ": "ɜ",
    "ɨ": "ɪ",
    "ɯ": "u",
    "ɤ": "ʌ",
    "ɓ": "b",
    "ɗ": "d",
    "ʈ": "t",
    "ɕ": "ʃ",
    "ʂ": "ʃ",
    "c": "k",
    "ɣ": "ɡ",
    "ː": "",
    "ˑ": "",
    "\u0361": "",
    "ʰ": "",
    "ʲ": "",
    "ʷ": "w",
    "a": "ɑ",
}
"""The voice's own letters for diphthongs, and the nearest English sound for one that English lacks."""
KNOWN = frozenset("AIOQSTWYᵊbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹɾʃʊʌʒʔʤʧˈˌθᵻ ")
TWINS = str.maketrans("’‘‒―", "''-—")  # a quotation mark is left out, an apostrophe is said


@dataclass(frozen=True)
class Heart:
    """The voice's model where it is installed, and the version of the package that it came in."""

    model: Path
    version: str


@lru_cache(maxsize=8)
def installed(package: str) -> Heart | None:
    """None where the package, what runs it, or the very model that was tried is not there."""
    try:
        found, _ = distribution(package), distribution(RUNTIME)
        model = Path(str(found.locate_file(MODEL)))
        known = hashlib.sha256(model.read_bytes()).hexdigest() == MODEL_HASH
    except (PackageNotFoundError, OSError):
        return None
    return Heart(model, found.version) if known else None


class Hibari:
    def __init__(self, heart: Heart, role: Role, speaker: Speaker) -> None:
        self.role = role
        self.name = f"hibari · {role.voice}"
        self._heart = heart
        self._speaker = speaker

    @cached_property
    def checksum(self) -> str:
        """Of the package, of the model, and of how fast it is asked to speak."""
        told = f"hibari {MANNER} {self._heart.version} {MODEL_HASH} {self.role.pace}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def wake(self) -> None:
        self._speaker.wake()

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        handed = taken(spoken)
        text = speakable(handed.text.translate(TWINS), LANGUAGE)
        offsets = breaths(text, MOST_WORDS)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            known = [(at, to, letters) for at, to, ipa in handed.within(start, end) if (letters := in_letters(ipa)[0])]
            yield start, self._speaker.speak(pace=self.role.pace, text=text[start:end], sounds=known).sound()

    def unsayable(self, phonemes: str) -> str | None:
        return in_letters(phonemes)[1]


def in_letters(phonemes: str) -> tuple[str | None, str | None]:
    """As the voice writes American English, or None and what it has no letter for."""
    said = unicodedata.normalize("NFC", phonemes)
    for sound, letter in LETTERS.items():
        said = said.replace(sound, letter)
    strange = next((sound for sound in said if sound not in KNOWN), None)
    return (said, None) if strange is None else (None, strange)


def hibari_speaker(model: Path, longest_seconds: float = 20.0, idle_seconds: float = IDLE_SECONDS) -> Speaker:
    program = str(Path(__file__).with_name("hibari_process.py"))
    command = (sys.executable, "-I", program, str(model), str(longest_seconds), str(idle_seconds))
    return Speaker(f"hibari · {HEART}", command, longest_seconds)

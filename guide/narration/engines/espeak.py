"""The voice that is always there: espeak-ng, honest about being a machine, in a process of its own."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import espeakng_loader

from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role
from guide.narration.reading.marking import taken

if TYPE_CHECKING:
    from guide.narration.sound import Sound

LONGEST_JOB = 2_000
MANNER = "2"
"""Changes whenever the same text is handed to the engine otherwise, or to an engine in another state."""
SOUNDLESS = ("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Pi", "Pf")
WESTERN = frozenset(map(chr, range(0xC0, 0x100)))
VIETNAMESE = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)
BARRED = {"đ": "d", "Đ": "D", "Ð": "D"}
STRESS = {"ˈ": "'", "ˌ": ","}
TONES = {
    "vi": {"ɜ": "3", "˧": "1", "˧˧": "1", "˨˩": "2", "˧˥": "3", "˧˩˧": "4", "˧ˀ˥": "5", "˨˩ˀ": "6", "˧ˀ˨": "6"}
    | {tone: tone for tone in "1234567"},
    "cmn": {"˥": "55", "˥˥": "55", "˧˥": "35", "˨˩˦": "214", "˥˩": "51"}
    | {tone: tone for tone in ("55", "35", "214", "51", "11", "21", "5", "2", "1", "3", "4")},
}
NEAR = dict(zip("ɹrʁeɛoɔaæɑuʊiɪɚɝɐʌəgɾɫː", "rɾrɛeɔoæaaʊuɪiəɜəaɐɡrl ", strict=True))
"""The nearest sound, where a voice lacks one; length alone is left out."""
LONGEST_SOUND = 4
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
        digest = hashlib.sha256(f"{MANNER} {version('espeakng-loader')} {voice} {pace}".encode())
        for file in (Path(espeakng_loader.get_library_path()), *(data / name for name in DATA), *rules, words):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:32]

    def wake(self) -> None:
        self._speaker.wake()

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        handed = taken(spoken)
        text = speakable(handed.text, self.role.language)
        offsets = cuts(text, LONGEST_JOB)
        for start, end in zip(offsets, (*offsets[1:], len(text)), strict=True):
            yield start, self._said(text[start:end], handed.within(start, end))

    def unsayable(self, phonemes: str) -> str | None:
        return in_signs(phonemes, self._signs)[1]

    def _said(self, text: str, sounds: list[tuple[int, int, str]]) -> Sound:
        role = self.role
        known = [(start, end, signs) for start, end, ipa in sounds if (signs := in_signs(ipa, self._signs)[0])]
        if not known:
            return self._speaker.speak(voice=role.voice, pace=role.pace, text=text, manner="text").sound()
        told = with_signs(text, known)
        sound = self._speaker.speak(voice=role.voice, pace=role.pace, text=told.text, manner="signs").sound()
        begins = dict(reversed([(told.place(at), seconds) for at, seconds in sound.words]))
        return replace(sound, words=tuple(sorted(begins.items())))

    @cached_property
    def _signs(self) -> dict[str, str]:
        """What this voice writes for the sounds of the phonetic alphabet, as the engine itself tells."""
        told = self._speaker.speak(voice=self.role.voice, pace=self.role.pace, text=" ", manner="ask signs")
        found: dict[str, str] = json.loads(bytes(told.pcm))
        return found | STRESS | TONES.get(self.role.voice, {})


@dataclass(frozen=True)
class Told:
    """A text with signs in it, and where its stretches begin there and in the text without."""

    text: str
    begins: tuple[tuple[int, int], ...]

    def place(self, at: int) -> int:
        begin, written = self.begins[bisect_right(self.begins, (at, len(self.text))) - 1]
        return written if self.text.startswith("[[", begin) else written + at - begin


def with_signs(text: str, known: list[tuple[int, int, str]]) -> Told:
    told, place = "", 0
    begins: list[tuple[int, int]] = []
    for start, end, signs in known:
        begins += ((len(told), place), (len(told) + start - place, start))
        told += f"{text[place:start].replace('[', ' ')}[[{signs}]]"
        place = end
    begins.append((len(told), place))
    return Told(told + text[place:].replace("[", " "), tuple(begins))


def in_signs(phonemes: str, signs: dict[str, str]) -> tuple[str | None, str | None]:
    """The voice's own signs, or None and what of the phonetic alphabet it has no sound for."""
    left = unicodedata.normalize("NFD", phonemes).replace(" ", "")
    said: list[str] = []
    while left:
        length = next((size for size in range(min(LONGEST_SOUND, len(left)), 0, -1) if left[:size] in signs), 0)
        if not length and left[0] not in NEAR:
            return None, left[0]
        near = NEAR.get(left[0], "") if not length else ""
        said.append(signs[left[:length]] if length else signs.get(near, ""))
        left = left[max(1, length) :]
    return "|".join(said).replace("'|", "'").replace(",|", ","), None


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

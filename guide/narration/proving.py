"""Whether a voice speaks: each says one sentence of its language before it is put in place, and when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guide.errors import NotReady
from guide.fetching import sha256_of
from guide.narration.engines.process import VoiceFailed
from guide.narration.engines.voice import Voice
from guide.narration.installed import Kept, folder_of
from guide.narration.voice_sheet import ModelSheet, Terms

if TYPE_CHECKING:
    from guide.narration.sound import Sound
    from guide.narration.voices import Voices

SENTENCES = {
    "vi": "Xin mời quý khách lắng nghe câu chuyện của bảo tàng.",
    "en": "Please listen to the story that this museum has to tell.",
    "fr": "Écoutez l'histoire que ce musée vous raconte.",
    "zh": "请您慢慢听这座博物馆讲述的故事。",
    "ja": "この博物館の物語を、どうぞお聞きください。",
    "ko": "이 박물관이 들려주는 이야기를 들어 보세요.",
    "de": "Hören Sie die Geschichte, die dieses Museum erzählt.",
    "es": "Escuche la historia que cuenta este museo.",
    "ru": "Послушайте историю, которую рассказывает этот музей.",
}
SHORTEST_SECONDS, LONGEST_SECONDS = 1.0, 12.0
"""A sentence that is over sooner was cut off, one that lasts longer is no speech."""
QUIETEST = 1_000
"""Of 32,767: a peak below this is silence."""


class VoiceUnproven(NotReady):
    """The voice said nothing that can be its sentence, so it is not put in place."""


@dataclass(frozen=True)
class Proof:
    """What came of asking a voice to speak; `problem` is empty where it did."""

    language: str
    voice: str
    seconds: float
    problem: str = ""


@dataclass(frozen=True)
class Inspected:
    """What came of reading an installed model; `problem` is empty where each file is what it was."""

    model: str
    licence: str
    terms: Terms
    problem: str = ""
    """`corrupt` or `missing`: this file; `renewed`: other files are wanted today; `unknown`: no model of ours."""
    file: str = ""


def prove(voice: Voice) -> Proof:
    """The problem is one of VoiceFailed's own, or `silent`, or `length`."""
    from guide.narration.sound import whole

    try:
        sound = whole(voice.pieces(SENTENCES[voice.role.language]))
    except VoiceFailed as failure:
        return Proof(voice.role.language, voice.name, 0.0, str(failure.facts["problem"]))
    return Proof(voice.role.language, voice.name, round(sound.seconds, 2), problem_of(sound))


def problem_of(sound: Sound) -> str:
    if not SHORTEST_SECONDS <= sound.seconds <= LONGEST_SECONDS:
        return "length"
    return "" if int(abs(sound.samples.astype(int)).max()) >= QUIETEST else "silent"


def inspect(voices: Voices, home: Path) -> Iterator[Inspected]:
    """Every installed model, each of its files by its whole hash."""
    for name in sorted(path.name for path in folder_of(home).glob("[!.]*")):
        found = voices.installed.get(name)
        model = voices.sheet.models.get(name)
        if found is None or model is None:
            yield Inspected(name, "–", Terms.OPEN, "unknown")
        else:
            yield Inspected(name, found.note.licence, found.note.terms, *_fault(found, model))


def prove_all(voices: Voices) -> Iterator[Proof]:
    """Every voice that is ready, in every language that it speaks."""
    for language in voices.sheet.voices:
        for voice in voices.ranked(language):
            yield prove(voice)


def _fault(kept: Kept, model: ModelSheet) -> tuple[str, str]:
    """The first that is wrong with it, and in which file."""
    if not kept.is_all_of(model):
        return "renewed", ""
    for out, sha256 in kept.hashes.items():
        path = kept.folder / out
        if not path.is_file():
            return "missing", out
        if sha256_of(path) != sha256:
            return "corrupt", out
    return "", ""

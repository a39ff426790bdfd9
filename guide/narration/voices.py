"""Who can speak which language: the voices there are, the best first, each with its engine and licence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from guide.errors import Unusable
from guide.narration.engines.espeak import Espeak, espeak_speaker
from guide.narration.engines.hibari import HEART, LANGUAGE, Hibari, hibari_speaker, installed
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role, Voice

ENGINES = ("espeak-ng", "hibari")


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EngineSheet(Strict):
    licence: str
    home: str
    package: str


class VoiceSheet(Strict):
    engine: str
    voice: str
    pace: int = Field(ge=50, le=450)


class VoicesSheet(Strict):
    engines: dict[str, EngineSheet]
    voices: dict[str, tuple[VoiceSheet, ...]]


@dataclass(frozen=True)
class Listed:
    """One line of what there is: who, for which language, under which licence."""

    language: str
    engine: str
    voice: str
    licence: str


class VoicesUnreadable(Unusable):
    """The list of voices cannot be read: which file, and what is wrong with it."""


class Voices:
    def __init__(self, sheet: VoicesSheet) -> None:
        self._sheet = sheet
        self._espeak = espeak_speaker()
        self._hibari: Speaker | None = None
        self._engines: dict[str, Callable[[str, VoiceSheet], Voice | None]] = {
            "espeak-ng": self._by_espeak,
            "hibari": self._by_hibari,
        }
        self._ready = {language: self._voices(language) for language in self._sheet.voices}

    @classmethod
    def load(cls, path: Path) -> Voices:
        return cls(_read(path))

    def best(self, language: str) -> Voice | None:
        """None: the language is text only. A regional tag finds its language's voice."""
        for tag in _wider(language):
            if voices := self._ready.get(tag):
                return voices[0]
        return None

    def listed(self) -> list[Listed]:
        return [
            Listed(language, sheet.engine, sheet.voice, self._sheet.engines[sheet.engine].licence)
            for language, sheets in self._sheet.voices.items()
            for sheet in sheets
        ]

    def close(self) -> None:
        self._espeak.close()
        if self._hibari:
            self._hibari.close()

    def _voices(self, language: str) -> tuple[Voice, ...]:
        """Those that are installed."""
        found = (self._engines[sheet.engine](language, sheet) for sheet in self._sheet.voices[language])
        return tuple(voice for voice in found if voice)

    def _by_espeak(self, language: str, sheet: VoiceSheet) -> Voice:
        return Espeak(Role(language, sheet.voice, sheet.pace), self._espeak)

    def _by_hibari(self, language: str, sheet: VoiceSheet) -> Voice | None:
        heart = installed(self._sheet.engines[sheet.engine].package)
        if heart is None:
            return None
        self._hibari = self._hibari or hibari_speaker(heart.model)
        return Hibari(heart, Role(language, sheet.voice, sheet.pace), self._hibari)


def _read(path: Path) -> VoicesSheet:
    try:
        sheet = VoicesSheet.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as problem:
        raise VoicesUnreadable(file=str(path), problem=str(problem)) from problem
    for mistake in _mistakes(sheet):
        raise VoicesUnreadable(file=str(path), problem=mistake)
    return sheet


def _mistakes(sheet: VoicesSheet) -> Iterator[str]:
    for language, sheets in sheet.voices.items():
        for voice in sheets:
            if voice.engine not in sheet.engines or voice.engine not in ENGINES:
                yield f"voices.{language}: no engine {voice.engine}"
            elif voice.engine == "hibari" and (language, voice.voice) != (LANGUAGE, HEART):
                yield f"voices.{language}: hibari has only the voice {HEART}, which speaks only {LANGUAGE}"


def _wider(language: str) -> list[str]:
    parts = language.replace("_", "-").split("-")
    return ["-".join((parts[0].lower(), *parts[1:end])) for end in range(len(parts), 0, -1)]

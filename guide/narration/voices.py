"""Who can speak which language: the voices there are, the best first, each with its engine and licence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from guide.errors import NotFound
from guide.narration.engines.voice import Voice
from guide.narration.hiring import Hire, Speakers, hire, key_of
from guide.narration.installed import Kept, folder_of, installed
from guide.narration.voice_sheet import Terms, VoiceSheet, VoicesSheet, VoicesUnreadable, read_sheet

__all__ = ["Listed", "NoVoiceOfThatName", "State", "Voices", "VoicesSheet", "VoicesUnreadable"]


Hired = tuple[VoiceSheet, Voice]


class NoVoiceOfThatName(NotFound):
    """Of those that are here, none of that name speaks the language."""


class State(StrEnum):
    HEARD = "heard"
    """The best there is: this is what a visitor hears."""
    MEANWHILE = "meanwhile"
    """Heard until a recording by the best one is made, which takes its time."""
    READY = "ready"
    CAN_BE_INSTALLED = "can-be-installed"
    LACKS_PACKAGE = "lacks-package"
    LACKS_RENEWAL = "lacks-renewal"
    """Other files are installed than those that are wanted today."""


@dataclass(frozen=True)
class Listed:
    """One line of what there is: who, for which language, under which licence, and whether it is heard."""

    language: str
    engine: str
    voice: str
    licence: str
    terms: Terms
    model: str | None
    bytes: int | None
    """Of what is fetched; None where it comes by package."""
    state: State


class Voices:
    def __init__(self, sheet: VoicesSheet, home: Path | None = None, hire: Hire = hire) -> None:
        self.sheet = sheet
        self.hire = hire
        self._home = home
        self._speakers = Speakers()
        self._turn = threading.Lock()
        self._seen = self._look()
        self._kept = installed(home)
        self._hired = self._hire_all()

    @classmethod
    def load(cls, path: Path, home: Path | None = None) -> Voices:
        """`home` is where installed voices are kept; without it only those that come by package speak."""
        return cls(read_sheet(path), home)

    def ranked(self, language: str) -> tuple[Voice, ...]:
        """Those that are installed, the best first; none: text only. A regional tag finds its language's voices."""
        return tuple(voice for _, voice in self._speaking(language))

    def named(self, language: str, wanted: str) -> Voice:
        """By its model, its engine, or the name that it has in a recording."""
        speaking = self._speaking(language)
        for told, voice in speaking:
            if wanted.casefold() in {name.casefold() for name in (told.model or "", told.engine, voice.name) if name}:
                return voice
        there = ", ".join(told.model or told.engine for told, _ in speaking)
        raise NoVoiceOfThatName(voice=wanted, language=language, there=there or "–")

    @property
    def installed(self) -> dict[str, Kept]:
        return dict(self._kept)

    def renew(self) -> bool:
        """Whether a voice was installed or removed since the last look, which costs one look at a folder."""
        with self._turn:
            if (seen := self._look()) == self._seen:
                return False
            self._seen = seen
            before, self._kept = (self._kept, _lines_of(self._hired)), installed(self._home)
            hired = self._hire_all()
            if before == (self._kept, _lines_of(hired)):
                return False
            self._hired = hired
            self._speakers.end(self._unneeded())
            return True

    def listed(self) -> list[Listed]:
        return [line for language in self.sheet.voices for line in self._lines(language)]

    def close(self) -> None:
        self._speakers.close()

    def _speaking(self, language: str) -> tuple[Hired, ...]:
        return next((self._hired[tag] for tag in wider(language) if self._hired.get(tag)), ())

    def _look(self) -> int | None:
        """When something last came or went in the folder of voices."""
        try:
            return folder_of(self._home).stat().st_mtime_ns if self._home else None
        except OSError:
            return None

    def _hire_all(self) -> dict[str, tuple[Hired, ...]]:
        return {language: tuple(self._hire(language)) for language in self.sheet.voices}

    def _hire(self, language: str) -> Iterator[Hired]:
        for told in self.sheet.voices[language]:
            if voice := self.hire(self.sheet, language, told, self._kept.get(told.model or ""), self._speakers):
                yield told, voice

    def _unneeded(self) -> set[str]:
        wanted = {key_of(kept) for kept in self._kept.values()}
        return {key for key in self._speakers.keys - wanted if "\n" in key}

    def _lines(self, language: str) -> Iterator[Listed]:
        ready = [told for told, _ in self._hired[language]]
        quick = next((told for told in ready if not told.slow), None)
        for told in self.sheet.voices[language]:
            if told not in ready:
                state = self._absence(told)
            elif told is ready[0]:
                state = State.HEARD
            else:
                state = State.MEANWHILE if told is quick else State.READY
            yield self._line(language, told, state)

    def _absence(self, told: VoiceSheet) -> State:
        if told.model is None:
            return State.LACKS_PACKAGE
        kept = self._kept.get(told.model)
        if kept is None:
            return State.CAN_BE_INSTALLED
        return State.LACKS_PACKAGE if kept.is_all_of(self.sheet.models[told.model]) else State.LACKS_RENEWAL

    def _line(self, language: str, told: VoiceSheet, state: State) -> Listed:
        model = self.sheet.models.get(told.model or "")
        terms, size = (model.terms, model.bytes) if model else (Terms.OPEN, None)
        licence = self.sheet.licence(told)
        return Listed(language, told.engine, told.voice, licence, terms, told.model, size, state)


def _lines_of(hired: dict[str, tuple[Hired, ...]]) -> dict[str, list[VoiceSheet]]:
    return {language: [told for told, _ in voices] for language, voices in hired.items()}


def wider(language: str) -> list[str]:
    """The tag, and what is left of it as it is cut shorter: zh-Hans-CN, zh-Hans, zh."""
    parts = language.replace("_", "-").split("-")
    return ["-".join((parts[0].lower(), *parts[1:end])) for end in range(len(parts), 0, -1)]

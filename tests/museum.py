"""A small world with names: the pottery village Làng Gốm and its three things, and a press to publish it with."""

from __future__ import annotations

import io
import math
import os
import shutil
import struct
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from guide.database import Database
from guide.publishing.export import export
from guide.publishing.mistakes import ContentMistakes
from guide.publishing.publish import Outcome, Press
from guide.tours import editions
from guide.tours.catalogue import Museum, read_museum

Files = Mapping[str, str | bytes]
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, nine in the morning at the museum."""

SMALLEST: Files = {
    "museum.yaml": "name: {vi: Làng Gốm}\nlanguages: [vi]\n",
    "stops/one/vi.md": "# Lò nung\n\nLò nung cháy ba ngày ba đêm.\n",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 40"><path d="M0 0h9v9z"/></svg>'
VILLAGE: Files = {
    "museum.yaml": """
        name: {vi: Làng Gốm, en: Pottery Village}
        languages: [vi, en]
        hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}
        prices: [{category: adult, dong: 50000}]
        facilities: {toilet: {vi: Cạnh cổng số 2}}
        floors: [{id: ground, name: {vi: Tầng trệt}, svg: ground.svg}]
        sources: {A: {title: Sách của làng}}
    """,
    "ground.svg": SVG,
    "stops/ban-xoay/stop.yaml": "images: [{file: wheel.svg, alt: {vi: Bàn xoay}}]\n",
    "stops/ban-xoay/wheel.svg": SVG,
    "stops/ban-xoay/vi.md": "# Bàn xoay\n\nBàn xoay quay bằng chân. Tay người thợ chỉ giữ đất.\n",
    "stops/ban-xoay/en.md": "# The wheel\n\nThe wheel is turned by foot.\n",
    "stops/cai-chum/vi.md": "# Cái chum\n\nChum đựng nước mưa.\n",
    "stops/lo-nung/vi.md": "# Lò nung\n\nLò nung cháy ba ngày ba đêm.\n",
    "stops/lo-nung/vi.child.md": "Lò này nóng hơn bếp nhà em một trăm lần.\n",
    "tours/mot-vong.yaml": """
        title: {vi: Một vòng}
        minutes: 20
        stops: [{stop: lo-nung}, {stop: ban-xoay, walk_minutes: 2}]
    """,
    "lexicon/vi.yaml": "- {word: kiln, say: kin}\n",
    "faq/vi.yaml": "- {ask: [Giá vé bao nhiêu?], answer: Vé người lớn 50.000 đồng., about: prices.adult}\n",
}


def write(root: Path, files: Files) -> Path:
    for name, body in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else dedent(body).lstrip().encode())
    return root


def tree(root: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def aged(root: Path) -> None:
    """As if everything had been written an hour ago, so that its times can be trusted."""
    then = (datetime.now(UTC).timestamp()) - 3600
    for path in (root, *root.rglob("*")):
        os.utime(path, (then, then))


def nothing(_: Museum) -> None:
    """Derive nothing."""


@dataclass
class Publishing:
    """A museum's folder and the press beside it."""

    folder: Path
    press: Press

    def __call__(self, files: Files | None = None, now: datetime = NOW, *, replace: bool = False) -> Outcome:
        if files is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            write(self.folder, files)
        return self.press.publish(self.folder, self.folder.name, now, nothing, replace=replace)

    def mistakes(self, files: Files | None = None, now: datetime = NOW) -> list[str]:
        """`file:line kind` of each mistake."""
        try:
            self(files, now)
        except ContentMistakes as error:
            return [f"{mistake.file}:{mistake.line} {mistake.kind}" for mistake in error.mistakes]
        return []

    @property
    def published(self) -> Museum | None:
        return current(self.press.database, self.folder.name)

    @property
    def museum(self) -> Museum:
        assert self.published is not None
        return self.published

    def export(self, folder: Path) -> Path:
        export(self.museum, self.press.storage, folder)
        return folder


def current(database: Database, museum: str) -> Museum | None:
    with database.reading() as session:
        manifest = editions.current(session, museum)
        return read_museum(session, manifest) if manifest else None


def hum(volume: int = 20_000) -> bytes:
    """Two seconds of a voice-like hum, as a person's recording would come."""
    rate = 22_050
    moments = [moment / rate for moment in range(rate * 2)]
    waves = [0.3 * math.sin(2 * math.pi * 180 * t) * (1 + math.sin(2 * math.pi * 3 * t)) for t in moments]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", int(value * volume)) for value in waves))
    return out.getvalue()


def silence() -> bytes:
    return hum(volume=0)

"""A museum that lets one website show it, beside one that lets nobody: served once for the whole module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish
from guide.clock import Clock
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from tests.flows.conftest import MUSEUM, TUESDAY_MORNING, write_museum
from tests.museum import SMALLEST

FRIEND, OTHER = "https://tinh.vn", "https://xa-la.vn"
WRITTEN = [FRIEND, "https://Bảo-Tồn.vn:443", "http://localhost:8080"]
"""As a museum writes them."""
WITHDRAWN = "withdrawn: {since: 2026-10-01, reason: {vi: Giếng đã lấp, en: The well was filled}}\nnumber: 104\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("widgets")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'guide.sqlite')}"
    settings = Settings(home=folder / "home", database_url=url, log_level="error", public_url="https://baotang.vn")
    shelf = Shelf({Clock: Clock(TUESDAY_MORNING)}).over(furnish(settings))
    sheet = MUSEUM["museum.yaml"].rstrip() + f"\n        embeds: {WRITTEN}\n"
    files = MUSEUM | {"museum.yaml": sheet, "stops/ao-sen/vi.md": "# Ao sen\n", "stops/ao-sen/stop.yaml": WITHDRAWN}
    for name, told in {"dao-xa": files, "lang-gom": SMALLEST}.items():
        root = write_museum(folder / name, {path: str(text) for path, text in told.items()})
        shelf[Press].publish(root, name, TUESDAY_MORNING, lambda _: None)
    with TestClient(create_app(shelf), headers={"accept-language": "en"}) as browser:
        yield browser

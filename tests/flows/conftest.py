"""A small house that is really open: one museum published from a folder, served through the front door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish
from guide.clock import Clock
from guide.publishing.deriving import Deriving
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues
from tests.conftest import SLOW_POSTGRESQL
from tests.museum import hum

TUESDAY_MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 9:00 at the museum

MUSEUM = {
    "museum.yaml": """
        name: {vi: Nhà tù Đảo Xa, en: Far Island Prison}
        languages: [vi, en, fr, rad]
        fallback: [en, vi]
        address: {vi: "1 Đường Biển, đặc khu Đảo Xa"}
        contact: {phone: "0254 123 4567"}
        hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}
        closures: [{from: 2026-12-01, to: 2026-12-05, reason: {vi: Sửa mái, en: The roof is repaired}}]
        free_days: [{day: 11-25, reason: {vi: Ngày Di sản văn hóa Việt Nam}}]
        prices:
          - {category: adult, dong: 50000}
          - {category: child, dong: 0, ages: [0, 15]}
        facilities: {toilet: {vi: Cạnh cổng}}
        sources: {A: {title: Sách của bảo tàng, trust: 3}, B: {title: Báo tỉnh, trust: 2}}
    """,
    "stops/cong-da/stop.yaml": """
        number: 101
        names: {other: [Cổng Nam, Bagne 1], places: [Phường Một]}
        object: {kind: {vi: Cổng, en: Gate}, rank: {vi: Di tích quốc gia, en: National relic}, period: {vi: thế kỷ XIX}}
        images: [{file: gate.svg, alt: {vi: Cổng đá, en: A stone gate}, credit: Bảo tàng}]
        facts:
          - about: {vi: Năm xây, en: Year built}
            values:
              - {value: 1862, text: {vi: Xây năm 1862, en: Built in 1862}, sources: [A]}
              - {value: 1871, text: {vi: Xây năm 1871, en: Built in 1871}, sources: [B]}
    """,
    "stops/cong-da/gate.svg": """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"><path d="M0 0h9v9z"/></svg>
    """,
    "stops/cong-da/vi.md": """
        # Cổng đá

        Cổng đá được dựng năm 1862. Hãy nhìn vòm cổng.

        Bên trong là sân nhỏ.
    """,
    "stops/cong-da/en.md": """
        # The stone gate

        The stone gate was built in 1862. Look at the arch.

        Inside is a small yard.
    """,
    "stops/cong-da/vi.child.md": "Cái cổng này già hơn ông bà của em.\n",
    "stops/cong-da/rad.md": "# Ƀăng boh tâo\n\nAnei jing ƀăng boh tâo.\n",
    "stops/gieng-co/stop.yaml": "number: 102\nformerly: [gieng-cu]\n",
    "stops/gieng-co/vi.md": "# Giếng cổ\n\nGiếng sâu mười mét.\n",
    "stops/nha-bep/stop.yaml": """
        number: 103
        status: {closed: {from: 2026-10-01, reason: {vi: Đang tu bổ, en: Under repair}}}
    """,
    "stops/nha-bep/vi.md": "# Nhà bếp\n\nNhà bếp nấu cơm cho cả đảo.\n",
    "stops/nha-bep/en.md": "# The kitchen\n\nIt cooked for the whole island.\n",
    "tours/mot-vong.yaml": """
        title: {vi: Một vòng 20 phút, en: A round of 20 minutes}
        minutes: 20
        stops: [{stop: cong-da}, {stop: nha-bep, walk_minutes: 2}, {stop: gieng-co, walk_minutes: 3, steps: 12}]
    """,
    "lexicon/vi.yaml": "- {word: Bagne, say: bác nhơ}\n",
    "faq/vi.yaml": "- {ask: [Giá vé bao nhiêu?], answer: Vé người lớn 50.000 đồng., about: prices.adult}\n",
}


def write_museum(root: Path, files: dict[str, str] = MUSEUM) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), "utf-8")
    return root


@dataclass
class House:
    """The open house, its museum's folder, and a way to publish what was changed there."""

    browser: TestClient
    shelf: Shelf
    folder: Path

    def publish(self) -> None:
        deriving = Deriving.of(self.shelf, lambda _: None)
        now = self.shelf[Clock].now()
        self.shelf[Press].publish(self.folder, self.folder.name, now, deriving.at_first)
        self.shelf[Catalogues].renew()


OpenHouse = Callable[[datetime], House]


@pytest.fixture(params=["sqlite", SLOW_POSTGRESQL])
def new_address(request: pytest.FixtureRequest) -> Callable[[], str]:
    """The house stands on either database; a visitor cannot tell."""
    found: Callable[[], str] = request.getfixturevalue(f"new_{request.param}")
    return found


@pytest.fixture
def open_house(tmp_path: Path, new_address: Callable[[], str]) -> Iterator[OpenHouse]:
    opened: list[TestClient] = []

    def open_at(now: datetime) -> House:
        shelf = Shelf({Clock: Clock(now)}).over(furnish(_settings(tmp_path, new_address())))
        browser = TestClient(create_app(shelf), headers={"accept": "text/html", "accept-language": "vi"})
        house = House(browser, shelf, write_museum(tmp_path / "dao-xa"))
        house.publish()
        opened.append(browser.__enter__())
        return house

    yield open_at
    for browser in opened:
        browser.__exit__(None, None, None)


def _settings(folder: Path, database_url: str) -> Settings:
    return Settings(home=folder / "home", database_url=database_url, log_level="error")


@pytest.fixture
def house(open_house: OpenHouse) -> House:
    return open_house(TUESDAY_MORNING)


@pytest.fixture
def recording() -> bytes:
    return hum()

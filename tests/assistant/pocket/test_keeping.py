"""The pocket's file: one for each edition and language, small enough to carry, served as any phone asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from guide.app import close, create_app, furnish
from guide.assistant.pocket.keeping import Pockets
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues
from tests.assistant.pocket.conftest import Reader
from tests.museum import nothing

CONTENT = Path(__file__).parents[3] / "content"
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
KILOBYTE = 1000
AS_MANY = 40

pytestmark = pytest.mark.slow


def forty_stops(folder: Path) -> Path:
    """Stops of all the sample museums in one, with the answers of one to what is often asked."""
    folder.mkdir(parents=True)
    (folder / "museum.yaml").write_text("name: {vi: Bốn mươi, en: Forty}\nlanguages: [vi, en]\nfallback: [en, vi]\n")
    stops = sorted(path for path in CONTENT.glob("*/stops/*") if (path / "en.md").exists())[:AS_MANY]
    for path in stops:
        (folder / "stops" / path.name).mkdir(parents=True)
        for language in ("vi", "en"):
            shutil.copy(path / f"{language}.md", folder / "stops" / path.name)
    return folder


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    home = tmp_path_factory.mktemp("forty")
    shelf = furnish(Settings(home=home / "home", log_level="error"))
    shelf[Press].publish(forty_stops(home / "forty"), "forty", NOW, nothing)
    shelf[Catalogues].renew()
    yield shelf
    close(shelf)


@pytest.fixture(scope="module")
def browser(house: Shelf) -> TestClient:
    return TestClient(create_app(house))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_forty_stops_fit_in_the_pocket(house: Shelf, reader: Reader, language: str) -> None:
    museum = house[Catalogues].current.museums["forty"]
    packed = house[Pockets].of(museum, language)

    assert len(museum.shown_stops) == AS_MANY
    assert len(packed.body) <= 300 * KILOBYTE
    told = reader.ask(
        packed.unpacked, [{"question": {"vi": "Ai quyết định lập nhà tù?", "en": "Who founded the prison?"}[language]}]
    )
    assert told[0]["citations"]


def test_it_is_made_once_and_the_same_for_all(house: Shelf) -> None:
    museum = house[Catalogues].current.museums["forty"]

    first = house[Pockets].of(museum, "en")
    again = house[Pockets].of(museum, "en-GB")

    assert (first.name, first.body) == (again.name, again.body)
    assert [path.name for path in house[Settings].home.glob("indexes/assistant/forty/en/pocket/*")] == [
        f"{first.name}.json.gz"
    ]


def test_a_phone_gets_it_packed_or_as_it_is_and_once(browser: TestClient) -> None:
    url = "/api/v1/museums/forty/pocket?lang=en"

    packed = browser.get(url, headers={"accept-encoding": "gzip"})
    plain = browser.get(url, headers={"accept-encoding": "identity"})
    again = browser.get(url, headers={"if-none-match": packed.headers["etag"]})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.json()["language"] == "en"
    assert again.status_code == 304


def test_a_language_without_texts_gets_the_one_that_its_pages_are_in(browser: TestClient) -> None:
    assert browser.get("/api/v1/museums/forty/pocket?lang=ko").json()["language"] == "en"


def test_an_unknown_museum_has_no_pocket(browser: TestClient) -> None:
    assert browser.get("/api/v1/museums/nowhere/pocket?lang=vi").status_code == 404

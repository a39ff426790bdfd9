"""A small house of voices: the real engine, the real codecs, a database and a folder that last one test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from guide.clock import Clock
from guide.database import Database
from guide.narration.ear import Ear
from guide.narration.library import Library
from guide.narration.scribe import Scribe
from guide.narration.tables import Recording
from guide.narration.voices import Voices
from guide.storage import Folder

from .persons import Person, a_person, an_ear

ROOT = Path(__file__).parent.parent.parent
TODAY = datetime(2025, 10, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def voices() -> Iterator[Voices]:
    voices = Voices.load(ROOT / "voices" / "voices.yaml")
    yield voices
    voices.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'guide.sqlite'}")
    SQLModel.metadata.create_all(database.engine, tables=[SQLModel.metadata.tables[Recording.__tablename__]])
    yield database
    database.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "home")


@pytest.fixture
def library(database: Database, folder: Folder, voices: Voices) -> Library:
    return Library(database, folder, voices, Clock(TODAY))


@pytest.fixture(scope="session")
def ear() -> Iterator[Ear]:
    with an_ear() as ear:
        yield ear


@pytest.fixture(scope="session")
def person() -> Iterator[Person]:
    with a_person() as person:
        yield person


@pytest.fixture(scope="session")
def scribe(ear: Ear, tmp_path_factory: pytest.TempPathFactory) -> Scribe:
    return Scribe(ear, Folder(tmp_path_factory.mktemp("heard")))

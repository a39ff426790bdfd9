"""An island that can be asked, made in a moment; and the sample museums as they are, for the long questions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.app import close, furnish
from guide.assistant.answer import Asked
from guide.assistant.answering import Assistant
from guide.assistant.desk import Desk
from guide.assistant.examination import Examination
from guide.assistant.minds import Minds
from guide.assistant.telling import Told
from guide.bell import Quiet
from guide.database import Database
from guide.narration.hearing import Hearing
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.storage import Folder
from guide.tours.catalogue import Catalogues, Museum
from tests.assistant.far_island import FAR_ISLAND
from tests.museum import NOW, current, nothing, write

CONTENT = Path(__file__).parents[2] / "content"
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", Path(__file__).parents[2] / ".venv" / "extras"))
UNDERSTOOD = ("con-dao", "robert-taylor", "pho-hien")
"""The museums whose every sentence a model reads for the tests: all of them would take it minutes."""


@dataclass(frozen=True)
class Island:
    """A museum and whoever answers for it."""

    museum: Museum
    minds: Minds
    desk: Desk

    @property
    def assistant(self) -> Assistant:
        return self.desk.assistant

    def ask(
        self,
        question: str,
        language: str = "vi",
        now: datetime = NOW,
        here: str | None = None,
        previous: tuple[str, ...] = (),
    ) -> Told:
        return self.desk.told(self.museum, Asked(question, language, now, here, previous))


@pytest.fixture(scope="session")
def island(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Island]:
    home = tmp_path_factory.mktemp("island")
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, home / 'guide.sqlite')}")
    folder = write(home / "dao-xa", FAR_ISLAND)
    Press(database, Folder(home), Quiet()).publish(folder, "dao-xa", NOW, nothing)
    museum = current(database, "dao-xa")
    assert museum is not None
    shelf = furnish(Settings(home=home / "house", log_level="error"))
    yield Island(museum, shelf[Minds], shelf[Desk])
    close(shelf)
    database.engine.dispose()


@pytest.fixture(scope="session")
def sample_museums(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """All of content/, understood by words alone."""
    yield from _opened(tmp_path_factory.mktemp("sample"), [path.name for path in sorted(CONTENT.iterdir())])


@pytest.fixture(scope="session")
def understood_museums(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Some of content/, understood by the model that `make test` prepares."""
    yield from understood(tmp_path_factory.mktemp("understood"), UNDERSTOOD)


def understood(home: Path, museums: Sequence[str]) -> Iterator[Shelf]:
    if not (EXTRAS / "models" / "chosen").exists():
        pytest.skip(f"no model is prepared in {EXTRAS / 'models'}; make test prepares it")
    (home / "models").symlink_to((EXTRAS / "models").resolve())
    yield from _opened(home, museums)


def _opened(home: Path, museums: Sequence[str]) -> Iterator[Shelf]:
    shelf = furnish(Settings(home=home, log_level="error"))
    for name in museums:
        shelf[Press].publish(CONTENT / name, name, NOW, nothing)
    shelf[Catalogues].renew()
    yield shelf
    close(shelf)


def examination(shelf: Shelf) -> Examination:
    return Examination(
        shelf[Catalogues].current.museums,
        shelf[Desk],
        shelf[Minds],
        shelf[Hearing],
        datetime(2026, 11, 24, 3, tzinfo=UTC),
    )

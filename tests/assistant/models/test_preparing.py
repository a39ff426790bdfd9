"""A model is put in place whole, or what was there before stays."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from guide.assistant.models import preparing
from guide.assistant.models.about import ABOUT, CHOSEN, chosen
from guide.assistant.models.embedder import Embedder
from guide.assistant.models.onnx_model import session
from guide.assistant.models.preparing import ModelHarms, ModelUnusable, prepare
from guide.assistant.models.sources import FolderModel, NoSuchModel
from guide.assistant.vectors import Within

HASH = "ab12" * 8
STOPPED = """
import os, signal, sys
from pathlib import Path
from guide.assistant.models.preparing import prepare
def note(step, /, **facts):
    if step == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
prepare(sys.argv[1], Path(sys.argv[2]), note)
"""
TEXTS = ["nhà tù", "chùa", "đền nhà tù chùa", "xyz"]


class Notes(list[str]):
    def __call__(self, step: str, /, **facts: object) -> None:
        self.append(step)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Another model is in use there."""
    models = tmp_path / "home" / "models"
    (models / HASH).mkdir(parents=True)
    (models / HASH / ABOUT).write_text("{}")
    (models / CHOSEN).write_text(HASH)
    return tmp_path / "home"


@pytest.mark.parametrize("step", ["fetching", "exporting"])
def test_killed_in_the_middle_the_model_before_is_still_in_use(step: str, tiny_folder: Path, home: Path) -> None:
    command = [sys.executable, "-c", STOPPED, str(tiny_folder), str(home), step]

    died = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})

    assert died.returncode == -signal.SIGKILL, died.stderr
    assert chosen(home / "models") == home / "models" / HASH
    assert not (home / "models" / FolderModel("tiny", tiny_folder).model).exists()


def test_what_a_killed_preparation_left_is_cleared_away(home: Path) -> None:
    (home / "models" / f"{preparing.ASIDE}x" / "graph").mkdir(parents=True)

    with pytest.raises(NoSuchModel):
        prepare("no such model", home, Notes())

    assert list((home / "models").glob(f"{preparing.ASIDE}*")) == []


@pytest.mark.parametrize("name", ["nowhere", "/nowhere/at/all", "."])
def test_what_is_neither_known_nor_a_models_folder_is_refused(name: str, home: Path) -> None:
    with pytest.raises(NoSuchModel):
        prepare(name, home, Notes())


def test_a_model_is_another_one_as_soon_as_a_file_that_decides_is_another(tiny_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_folder, tmp_path / "copy"))
    before = FolderModel("copy", folder).model
    (folder / "README.md").write_text("words")

    assert FolderModel("copy", folder).model == before == FolderModel("tiny", tiny_folder).model
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {}}')
    assert FolderModel("copy", folder).model != before


def test_a_folder_without_weights_is_no_model(home: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')

    with pytest.raises(NoSuchModel):
        prepare(str(tmp_path), home, Notes())


@pytest.mark.slow
def test_what_cannot_be_turned_into_a_graph_is_refused_with_the_librarys_last_word(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_text("no graph")

    with pytest.raises(ModelUnusable, match=r"problem=.*Error"):
        preparing._run("quantising.py", tmp_path / "model.onnx", tmp_path, model="tiny")


@pytest.mark.slow
def test_a_hub_that_does_not_answer_changes_nothing(home: Path) -> None:
    command = [sys.executable, "-c", STOPPED, "owner/model", str(home), "never"]
    nobody = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONPATH": str(Path.cwd())}

    failed = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **nobody})

    assert "HubUnreachable" in failed.stderr.splitlines()[-1]
    assert chosen(home / "models") == home / "models" / HASH


@pytest.mark.slow
def test_a_model_that_understands_nothing_is_refused(tiny_folder: Path, home: Path) -> None:
    notes = Notes()

    with pytest.raises(ModelHarms):
        prepare(str(tiny_folder), home, notes)

    assert notes == ["fetching", "exporting", "shrinking", "trying"]
    assert chosen(home / "models") == home / "models" / HASH


@pytest.mark.slow
def test_the_graph_says_what_the_original_says_with_its_own_pooling_and_the_runtimes_own_attention(
    tiny_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(tiny_folder, tmp_path / "model"))
    first_token = {"word_embedding_dimension": 32, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(first_token))
    (tmp_path / "out").mkdir()

    preparing._run("exporting.py", folder, tmp_path / "out", told=json.dumps(TEXTS), model="tiny")

    assert like_the_original(tmp_path / "out") >= 0.9999
    assert (
        steps_of(tmp_path / "out")["MultiHeadAttention"]
        == json.loads((folder / "config.json").read_text())["num_hidden_layers"]
    )
    assert steps_of(tmp_path / "out")["Softmax"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(("pooling", "told"), [("mean_tokens", ["vector", "states"]), ("cls_token", ["vector"])])
def test_what_each_token_means_is_told_where_a_vector_is_their_mean(
    pooling: str, told: list[str], tiny_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(tiny_folder, tmp_path / "model"))
    ways = {f"pooling_mode_{way}": way == pooling for way in ("cls_token", "mean_tokens")}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 32, **ways}))
    (tmp_path / "out").mkdir()

    preparing._run("exporting.py", folder, tmp_path / "out", told=json.dumps(TEXTS), model="tiny")

    assert [one.name for one in session(tmp_path / "out" / "model.onnx").get_outputs()] == told


def like_the_original(out: Path) -> float:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    graph = session(out / "model.onnx")
    found = [graph.run(None, {"numbers": np.array([tokenizer.encode(text).ids])})[0][0] for text in TEXTS]
    return float((np.load(out / "vectors.npy") * np.array(found)).sum(axis=1).min())


def steps_of(out: Path) -> Counter[str]:
    import onnx

    return Counter(node.op_type for node in onnx.load(out / "model.onnx").graph.node)


@pytest.mark.slow
def test_an_english_model_is_trusted_in_english_alone(english_folder: Path, tmp_path: Path) -> None:
    prepared = prepare(str(english_folder), tmp_path, Notes())

    assert prepared.about.trusted_languages == ("en",)
    assert prepared.about.likeness >= 0.95
    embedder = Embedder.open(prepared.folder)
    assert embedder.trusts("en-GB")
    assert not embedder.trusts("vi")
    assert not embedder.trusts("th")
    bell, ship = (Within((said, "It weighs three tons."), 1) for said in ("The great bell rang.", "The ship sank."))
    near = embedder.embed_passages([bell, ship]) @ embedder.embed_queries(["How heavy is the bell?"])[0]
    assert near.argmax() == 0

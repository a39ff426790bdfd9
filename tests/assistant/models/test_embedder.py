"""The real model, as it serves: it needs what `make test` prepares."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guide.assistant.models import onnx_model, tokens, unigram
from guide.assistant.models.about import ABOUT, ModelUnreadable
from guide.assistant.models.embedder import Embedder
from guide.assistant.models.onnx_model import OnnxModel
from guide.assistant.vectors import Within
from tests.assistant.models.conftest import EXTRAS

ROOT = Path(__file__).parent.parent.parent.parent
SAYS = "Nhà tù được người Pháp xây dựng năm 1862."
ASKS = ["Ai xây nhà tù này?", "Who built this prison?", "谁建了这座监狱？", "ใครสร้างเรือนจำนี้"]
OTHERS = ["Bảo tàng nghỉ vào thứ hai.", "The bell was cast in bronze.", "Vé người lớn năm mươi nghìn đồng."]


def test_a_model_that_lost_its_files_is_refused_and_opening_costs_nothing(tmp_path: Path) -> None:
    with pytest.raises(ModelUnreadable):
        Embedder.open(tmp_path)
    told = '{"name":"x","model":"x","dimensions":2,"longest":8,"before_query":"","before_passage":"","likeness":1,'
    (tmp_path / ABOUT).write_text(told + '"recall":{},"trusted_languages":[]}')

    embedder = Embedder.open(tmp_path)

    assert embedder.embed_queries(["", " \n"]).tolist() == [[0, 0], [0, 0]]
    with pytest.raises(ModelUnreadable):
        embedder.embed_queries(["question"])


@pytest.mark.slow
@pytest.mark.parametrize("asks", ASKS)
def test_a_question_finds_its_passage_across_languages(asks: str, multilingual: Embedder) -> None:
    near = multilingual.embed_queries([asks]) @ multilingual.embed_passages([SAYS, *OTHERS]).T

    assert near.argmax() == 0


@pytest.mark.slow
def test_a_sentence_means_what_it_means_where_it_stands(multilingual: Embedder) -> None:
    heavy = "Nó nặng hơn ba tấn."
    bell = Within(("Chuông lớn được đúc năm 1710.", heavy), 1)
    ship = Within(("Con tàu chìm ngoài khơi Cù Lao Chàm.", heavy), 1)

    near = multilingual.embed_passages([bell, ship, heavy]) @ multilingual.embed_queries(["Chuông nặng bao nhiêu?"])[0]

    assert near.argmax() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "parts", [(SAYS, *OTHERS), ("这座监狱建于1862年。", "它在1975年关闭。"), ("Một\u00a0hai  ba", "!", "Bốn")]
)
def test_a_part_is_the_mean_of_its_own_pieces_and_of_no_others(parts: tuple[str, ...], multilingual: Embedder) -> None:
    model = multilingual._loaded()
    read = model._read(multilingual.about.before_passage + Within(parts, 0).whole)
    assert read.states is not None
    spans = [len(model._pieces(part)) for part in parts]
    ends = np.cumsum([len(read.numbers) - model._tail - sum(spans), *spans])
    by_hand = [read.states[start:end].mean(axis=0) for start, end in pairwise(ends)]

    told = multilingual.embed_passages([Within(parts, nth) for nth in range(len(parts))])

    assert told == pytest.approx(np.array([one / np.linalg.norm(one) for one in by_hand]), abs=1e-5)


@pytest.mark.slow
def test_what_is_beyond_the_longest_text_is_read_alone(multilingual: Embedder) -> None:
    parts = (" ".join([SAYS] * 60), *OTHERS)

    beyond = multilingual.embed_passages([Within(parts, nth) for nth in (1, 2, 3)])

    assert (beyond == multilingual.embed_passages(OTHERS)).all()


@pytest.mark.slow
def test_vectors_are_like_the_originals_and_of_length_one(multilingual: Embedder) -> None:
    vectors = multilingual.embed_queries([*ASKS, "?", "x" * 10_000, "中" * 10_000, "</s>", "\ud800"])

    assert multilingual.about.likeness >= 0.99
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.slow
def test_a_question_that_was_just_asked_is_not_read_again(
    multilingual: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = multilingual.embed_queries(ASKS)

    monkeypatch.delattr(type(multilingual), "_loaded")

    assert (multilingual.embed_queries(ASKS) == before).all()
    with pytest.raises(AttributeError):
        multilingual.embed_queries(["Ai xây chùa này?"])


@pytest.fixture
def two_cores(multilingual: Embedder, monkeypatch: pytest.MonkeyPatch) -> OnnxModel:
    """The real model, wherever the tests run."""
    monkeypatch.setattr(onnx_model, "_cores", lambda: 2)
    return OnnxModel(EXTRAS / "models" / multilingual.model, multilingual.about.longest)


@pytest.mark.slow
def test_what_was_read_aside_is_not_read_again(two_cores: OnnxModel, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [two_cores.vector(text) for text in ASKS]
    two_cores.vector(SAYS)
    monkeypatch.setattr(two_cores, "_session", OnlyAside(two_cores._session))

    for text, vector in zip(ASKS, alone, strict=True):
        with two_cores.reading(text):
            assert (two_cores.vector(text) == vector).all()
    with pytest.raises(AssertionError), two_cores.reading(SAYS):
        two_cores.vector(OTHERS[0])


class OnlyAside:
    def __init__(self, session: Any) -> None:
        self.run_async = session.run_async

    def run(self, *_: object) -> None:
        raise AssertionError("it was read at once")


@pytest.mark.slow
def test_what_nobody_asks_for_is_left_unread(two_cores: OnnxModel) -> None:
    """Unless the machine stands still for as long as a page is read."""
    assert any(is_left(two_cores, " ".join([SAYS] * 60)) for _ in range(5))


def is_left(model: OnnxModel, text: str) -> bool:
    with model.reading(text) as aside:
        assert aside
    return aside.found.result() is None


@pytest.mark.slow
def test_what_was_left_unread_is_read_when_it_is_asked_for_after_all(two_cores: OnnxModel) -> None:
    text = " ".join([SAYS] * 60)
    alone = two_cores.vector(text)
    two_cores.vector(SAYS)
    with two_cores.reading(text):
        pass

    assert (two_cores.vector(text) == alone).all()


@pytest.mark.slow
def test_one_text_is_read_aside_at_a_time(two_cores: OnnxModel) -> None:
    with two_cores.reading(SAYS) as first, two_cores.reading(ASKS[0]) as second:
        assert first
        assert second is None

    with two_cores.reading(ASKS[0]) as again:
        assert again


@pytest.mark.slow
def test_who_fails_meanwhile_leaves_the_turn_to_the_next(two_cores: OnnxModel) -> None:
    with pytest.raises(ZeroDivisionError), two_cores.reading(SAYS):
        raise ZeroDivisionError

    with two_cores.reading(ASKS[0]) as again:
        assert again


@pytest.mark.slow
def test_on_one_core_nothing_is_read_aside(
    multilingual: Embedder, two_cores: OnnxModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_model, "_cores", lambda: 1)
    model = OnnxModel(EXTRAS / "models" / multilingual.model, multilingual.about.longest)

    with model.reading(ASKS[0]) as aside:
        assert aside is None
        assert (model.vector(ASKS[0]) == two_cores.vector(ASKS[0])).all()


@pytest.mark.slow
def test_it_is_trusted_in_every_language_that_was_tried(multilingual: Embedder) -> None:
    assert set(multilingual.about.trusted_languages) == set(multilingual.about.recall)


@pytest.mark.slow
def test_a_vector_depends_on_its_text_alone_whoever_asks_beside(multilingual: Embedder) -> None:
    alone = [multilingual.embed_queries([text])[0].tolist() for text in ASKS]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda _: multilingual.embed_queries(ASKS).tolist(), range(8)))

    assert all(vectors == alone for vectors in together)


@pytest.mark.slow
def test_the_real_table_cuts_as_the_library_does(multilingual: Embedder) -> None:
    folder = EXTRAS / "models" / multilingual.model
    library, table = of_the_library(folder), tokens.opened(folder, 512)
    texts = [line for path in sorted((ROOT / "content").rglob("*.md")) for line in path.read_text("utf-8").split("\n")]

    assert [line for line in texts if table(line) != library.encode(line).ids] == []


def of_the_library(folder: Path) -> Any:
    from tokenizers import Tokenizer, models

    tokenizer = Tokenizer.from_file(str(folder / tokens.TOKENIZER))
    pieces = unigram.Pieces(folder / tokens.PIECES)
    tokenizer.model = models.Unigram(list(pieces.scored()), pieces.unknown, byte_fallback=False)
    return tokenizer


@pytest.mark.slow
def test_a_process_that_asks_holds_little_and_never_loads_torch(multilingual: Embedder) -> None:
    program = """
import sys
from pathlib import Path
from guide.assistant.models.embedder import Embedder
embedder = Embedder.open(Path(sys.argv[1]))
assert "onnxruntime" not in sys.modules
embedder.embed_queries(["Ai xây nhà tù này?"] * 20)
assert not {"torch", "sentence_transformers", "transformers"} & set(sys.modules)
held = dict(line.split(":") for line in open("/proc/self/status") if line.startswith("RssAnon"))
print(int(held["RssAnon"].split()[0]) // 1024)
"""
    command = [sys.executable, "-c", program, str(EXTRAS / "models" / multilingual.model)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(done.stdout) <= 150

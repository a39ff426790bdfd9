"""What means the same lies close, and what was embedded once is not embedded again."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from guide.assistant.vectors import AT_ONCE, OLDER_KEPT, Matrix, Text, Vectors, Within, fingerprint

TEXTS = ["a golden bell", "a prison on an island", "the prison was closed"]


class WordCounter:
    """Like are texts with like words. It counts what it was asked."""

    dimensions = 64

    def __init__(self, model: str = "words") -> None:
        self.model = model
        self.asked: list[Text] = []

    def embed_passages(self, texts: Sequence[Text], /) -> Matrix:
        """A part has half of its words from what is said around it."""
        self.asked += texts
        return np.array([self.vector(f"{one.part} {one.whole}" if isinstance(one, Within) else one) for one in texts])

    def vector(self, text: str) -> Matrix:
        vector = np.zeros(self.dimensions, np.float32)
        for word in text.split():
            vector[int.from_bytes(hashlib.sha256((self.model + word).encode()).digest()[:4]) % self.dimensions] += 1
        return vector / np.linalg.norm(vector)


class Drawn:
    """Vectors as near to one another as a model's are."""

    model, dimensions = "drawn", 384

    def embed_passages(self, texts: Sequence[Text], /) -> Matrix:
        vectors = np.array([np.random.default_rng([*str(text).encode()]).normal(0.5, 1, 384) for text in texts])
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_the_nearest_comes_first(tmp_path: Path) -> None:
    words = WordCounter()
    vectors = Vectors.build(TEXTS, words, tmp_path)

    assert vectors.nearest(words.vector("a prison on a hill"), 1) == [1]
    assert vectors.nearest(words.vector("a golden bell"), 10)[0] == 0
    assert len(vectors.nearest(words.vector("a golden bell"), 10)) == len(vectors) == 3


def test_of_many_hardly_one_that_lies_near_is_overlooked(tmp_path: Path) -> None:
    drawn = Drawn()
    texts = [f"text {number}" for number in range(2_000)]
    vectors, asked = Vectors.build(texts, drawn, tmp_path), drawn.embed_passages(["asked"])[0]
    nearest = np.argsort(-(drawn.embed_passages(texts) @ asked))

    found = vectors.nearest(asked, 128)

    assert set(nearest[:100]) <= set(found)


def test_how_near_they_are_is_told_to_the_last_digit(tmp_path: Path) -> None:
    words = WordCounter()
    vectors = Vectors.build(TEXTS, words, tmp_path)
    asked = words.vector("the prison")
    by_hand = [float(words.vector(text) @ asked) for text in TEXTS]

    assert vectors.cosines(asked, np.array([2, 0])) == pytest.approx([by_hand[2], by_hand[0]])


def test_a_sentence_is_another_one_in_another_place(tmp_path: Path) -> None:
    closed, words = "it was closed", WordCounter()
    texts = [closed, Within(("the prison opened", closed), 1), Within(("the bell tower opened", closed), 1)]

    vectors = Vectors.build(texts, words, tmp_path)

    alone, of_the_prison, of_the_tower = vectors.cosines(words.vector("was the prison closed"), np.arange(3))
    assert of_the_prison > of_the_tower
    assert alone not in (of_the_prison, of_the_tower)


def test_a_part_of_a_text_is_not_found_by_itself(tmp_path: Path) -> None:
    words, parts = WordCounter(), ("a golden bell", "it rang")
    vectors = Vectors.build([" ".join(parts), TEXTS[1], Within(parts, 1)], words, tmp_path)

    assert vectors.nearest(words.vector("it rang"), 3).tolist() == [0, 1]


def test_a_text_and_its_parts_are_read_one_after_another(tmp_path: Path) -> None:
    words, parts = WordCounter(), ("a golden bell", "it rang")
    texts = [" ".join(parts), TEXTS[1], Within(parts, 0), Within((TEXTS[1],), 0), Within(parts, 1)]

    vectors = Vectors.build(texts, words, tmp_path)

    assert words.asked == [texts[0], texts[2], texts[4], texts[1], texts[3]]
    assert vectors.cosines(words.vector(TEXTS[1]), np.array([1])) == pytest.approx(1)


def test_what_lies_there_is_opened_and_nothing_embedded(tmp_path: Path) -> None:
    Vectors.build(TEXTS, WordCounter(), tmp_path)
    words = WordCounter()

    vectors = Vectors.build(TEXTS, words, tmp_path)

    assert words.asked == []
    assert vectors.nearest(words.vector(TEXTS[0]), 1) == [0]


def test_of_a_changed_museum_only_new_sentences_are_embedded(tmp_path: Path) -> None:
    Vectors.build(TEXTS, WordCounter(), tmp_path)
    words = WordCounter()
    changed = ["a silver bell", *TEXTS[1:], TEXTS[2]]

    vectors = Vectors.build(changed, words, tmp_path)

    assert words.asked == ["a silver bell"]
    assert vectors.cosines(words.vector("a silver bell"), np.array([0])) == pytest.approx(1)
    assert vectors.cosines(words.vector(TEXTS[2]), np.array([2, 3])) == pytest.approx([1, 1])


def test_another_model_embeds_all_anew_and_the_index_in_use_stays(tmp_path: Path) -> None:
    in_use = Vectors.build(TEXTS, WordCounter(), tmp_path)
    other = WordCounter("other words")

    vectors = Vectors.build(TEXTS, other, tmp_path)

    assert other.asked == TEXTS
    assert (in_use.model, vectors.model) == ("words", "other words")
    assert in_use.nearest(WordCounter().vector("a golden bell"), 1) == [0]


def test_old_indexes_are_cleared_away_but_for_the_last(tmp_path: Path) -> None:
    for number in range(6):
        Vectors.build([f"text {number}", *TEXTS[1:]], WordCounter(), tmp_path)

    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == OLDER_KEPT + 1


def test_a_museum_without_a_word_has_an_index_without_a_row(tmp_path: Path) -> None:
    vectors = Vectors.build([], WordCounter(), tmp_path)

    assert len(vectors.nearest(WordCounter().vector("a"), 3)) == 0
    assert len(vectors.cosines(WordCounter().vector("a"), np.zeros(0, np.intp))) == 0


@pytest.mark.parametrize(
    ("model", "names", "found"),
    [("other", [b"n"], 1), ("words", [b"o"], 1), ("words", [], 0), ("words", [b"n"], 0)],
)
def test_an_index_is_another_for_another_model_or_text(model: str, names: list[bytes], found: int) -> None:
    assert fingerprint(model, names, found) != fingerprint("words", [b"n"], 1)


KILLED = """
import os, signal, sys
from pathlib import Path
from guide.assistant.vectors import Vectors
from tests.assistant.test_vectors import WordCounter
class Dies(WordCounter):
    def embed_passages(self, texts, /):
        if len(self.asked) >= int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)
texts = [f"text {number}" for number in range(int(sys.argv[3]))]
Vectors.build(texts, Dies(), Path(sys.argv[1]))
"""


def test_what_a_killed_process_had_embedded_is_not_embedded_again(tmp_path: Path) -> None:
    texts = [f"text {number}" for number in range(3 * AT_ONCE)]
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(2 * AT_ONCE), str(len(texts))]
    died = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert died.returncode == -signal.SIGKILL, died.stderr
    journal = next(tmp_path.glob("*.journal"))
    journal.write_bytes(journal.read_bytes() + b"half a record")
    words = WordCounter()

    vectors = Vectors.build(texts, words, tmp_path)

    assert words.asked == texts[2 * AT_ONCE :]
    assert vectors.cosines(words.vector("text 7"), np.array([7])) == pytest.approx(1)
    assert list(tmp_path.glob("*.journal")) == []

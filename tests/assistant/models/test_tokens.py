"""A text becomes the numbers that the model was taught with, whoever cuts it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from guide.assistant.models import carrier, tokens, unpacking
from guide.assistant.models.tokens import Numbers
from tests.assistant.models import carried

LONGEST = 24


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = carried.write(tmp_path_factory.mktemp("carrier") / "model.bin")
    return unpacking.tokenizer(carrier.opened(file))


@pytest.fixture(scope="module")
def table(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Numbers:
    folder = tmp_path_factory.mktemp("table")
    library.save(str(folder / "whole.json"))
    tokens.lay_out(folder / "whole.json", folder)
    return tokens.opened(folder, LONGEST)


TRICKY = [
    "",
    " ",
    "nhà tù",
    "  nhà \t tù  ",
    "nhà",  # joined from two code points
    "nhahahah",
    "🪷🪷 xyz nhà",
    "中文 chùa",
    "▁nhà▁",
    "ﬁ\u0007\u200b",
]


@pytest.mark.parametrize("text", TRICKY)
def test_the_table_cuts_as_the_library_does(text: str, table: Numbers, library: Any) -> None:
    assert table(text) == library.encode(text).ids


def test_the_table_cuts_whatever_comes_as_the_library_does(table: Numbers, library: Any) -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices("nhàtùac ▁x🪷đềchùa", k=chance.randrange(12))) for _ in range(500)]

    assert [table(text) for text in texts] == [library.encode(text).ids for text in texts]


def test_a_long_text_is_cut_and_keeps_its_end(table: Numbers) -> None:
    numbers = table("nhà tù " * 500)

    assert len(numbers) == LONGEST
    assert (numbers[0], numbers[-1]) == (0, 2)


def test_no_visitor_can_type_what_steers_the_model(table: Numbers) -> None:
    assert not {0, 1, 2} & set(table("</s><s><pad> nhà")[1:-1])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ﬁ ½ Ⅻ ㎞ ﾊﾝ", "fi 1⁄2 XII km ハン"),
        ("8:00～17:00", "8:00～17:00"),
        ("８：００", "8:00"),
        ("a\u200bb\u0000\u0007c\td", "a b\u0000c d"),
        ("e\u0302\u0301", "ế"),
        ("x   y", "x y"),
    ],
)
def test_characters_are_read_as_the_models_own_table_has_them(written: str, read: str) -> None:
    assert unpacking.normalizer().normalize_str(written) == read

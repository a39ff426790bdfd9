"""The carried model is read to the last number, or refused."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from guide.assistant.models import carrier
from guide.assistant.models.about import digest
from guide.assistant.models.carrier import CarrierUnreadable
from guide.assistant.models.sources import MULTILINGUAL, CarriedModel
from guide.fetching import Courier, Wanted, WrongChecksum
from tests.assistant.models import carried


def test_a_weight_is_its_nibble_less_eight_times_the_scale_of_its_block(tmp_path: Path) -> None:
    _, count, raw = carried.tensor("emb.word", len(carried.PIECES) * carried.HIDDEN, 7)
    by_hand = [
        ((byte & 15 if low else byte >> 4) - 8) * struct.unpack_from("<e", raw, start)[0]
        for start in range(0, len(raw), 18)
        for low in (True, False)
        for byte in raw[start + 2 : start + 18]
    ]
    model = carrier.opened(carried.write(tmp_path / "model.bin", seed=7))

    weights = model.weights("emb.word", len(carried.PIECES), carried.HIDDEN)

    assert count == len(by_hand)
    assert weights.reshape(-1).tolist() == np.array(by_hand, np.float32).tolist()


def test_pieces_scores_and_characters_come_as_they_are(tmp_path: Path) -> None:
    model = carrier.opened(carried.write(tmp_path / "model.bin"))

    assert [piece for piece, _ in model.pieces.scored] == carried.PIECES
    assert [score for _, score in model.pieces.scored] == carried.SCORES
    assert (model.pieces.first, model.pieces.last, model.pieces.padding, model.pieces.unknown) == (0, 2, 1, 3)
    assert model.characters == carried.CHARACTERS


@pytest.mark.parametrize(
    ("named", "spoilt"),
    [
        ("another kind", lambda body: b"GGUF" + body[4:]),
        ("another version", lambda body: body[:4] + b"\x02" + body[5:]),
        ("cut off in its head", lambda body: body[:300]),
        ("cut off in its weights", lambda body: body[:-1]),
        ("empty", lambda body: b""),
        ("a count beyond the file", lambda body: body[:44] + b"\xff\xff\xff\x7f" + body[48:]),
    ],
)
def test_a_file_that_is_not_the_model_is_refused(named: str, spoilt: object, tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(spoilt(carried.carrier()))  # type: ignore[operator]

    with pytest.raises(CarrierUnreadable):
        carrier.opened(file)


def test_a_carrier_with_another_hash_is_refused_and_nothing_stays(tmp_path: Path) -> None:
    file = carried.write(tmp_path / "model.bin")
    aside = tmp_path / "models" / "aside"
    aside.mkdir(parents=True)
    source = CarriedModel("tiny", "MIT", Wanted(f"file:{file}", "0" * 64))

    with Courier() as courier, pytest.raises(WrongChecksum):
        source.lay_out(aside, courier)

    assert [path for path in (tmp_path / "models").rglob("*") if path.is_file()] == []


def test_the_name_of_a_carried_model_is_known_before_it_is_fetched() -> None:
    assert MULTILINGUAL.model == digest("2", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f")

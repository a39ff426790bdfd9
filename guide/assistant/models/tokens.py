"""A text as the numbers that a model reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from guide.assistant.models import unigram
from guide.assistant.models.unigram import Pieces

TOKENIZER: Final = "tokenizer.json"
PIECES: Final = "pieces.bin"
NO_PIECES: Final = [["?", 0.0]]
Numbers = Callable[[str], list[int]]


def lay_out(tokenizer: Path, folder: Path) -> None:
    """As it is; but where words are cut into the likeliest pieces, the pieces go into a table of their own."""
    told = json.loads(tokenizer.read_text("utf-8"))
    if takes_a_table(told):
        model = told["model"]
        unigram.pack(model["vocab"], model["unk_id"], steering(told), folder / PIECES)
        told |= {"added_tokens": [], "model": {"type": "Unigram", "unk_id": 0, "vocab": NO_PIECES}}
    (folder / TOKENIZER).write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def takes_a_table(told: dict[str, Any]) -> bool:
    model = told["model"]
    return bool(model["type"] == "Unigram" and not model.get("byte_fallback") and told["pre_tokenizer"])


def steering(told: dict[str, Any]) -> set[str]:
    """Beginning, end and their like: real pieces have scores below nought."""
    added = {token["content"] for token in told["added_tokens"]}
    return added | {piece for piece, score in told["model"]["vocab"] if score >= 0}


def opened(folder: Path, longest: int) -> Numbers:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if (folder / PIECES).is_file():
        return ByTable(tokenizer, Pieces(folder / PIECES), longest)
    tokenizer.enable_truncation(longest)
    return lambda text: list(tokenizer.encode(text).ids)


class ByTable:
    """The library makes words of a text, the table makes pieces of the words."""

    def __init__(self, tokenizer: Any, pieces: Pieces, longest: int) -> None:
        self._tokenizer = tokenizer
        self._pieces = pieces
        framed = tokenizer.encode("x")
        inside = framed.special_tokens_mask.index(0)
        steering = [n for n, steers in zip(framed.ids, framed.special_tokens_mask, strict=True) if steers]
        self._before, self._after = steering[:inside], steering[inside:]
        self._room = longest - len(steering)

    def __call__(self, text: str) -> list[int]:
        numbers: list[int] = []
        for word in self._words(text):
            numbers += self._pieces.cut(word)
            if len(numbers) >= self._room:
                break
        return [*self._before, *numbers[: self._room], *self._after]

    def _words(self, text: str) -> list[str]:
        normalizer = self._tokenizer.normalizer
        plain = normalizer.normalize_str(text) if normalizer else text
        return [word for word, _ in self._tokenizer.pre_tokenizer.pre_tokenize_str(plain)]

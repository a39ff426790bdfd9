"""The program that turns a sentence-transformers folder into a graph: torch is loaded here, and nowhere else.

This file is run as a program: `python -I exporting.py FOLDER OUT`. It reads a list of texts (JSON) on standard input
and writes into OUT: `model.onnx` (token numbers in, a vector of length one out, with the model's own pooling inside),
`tokenizer.json`, `told.json` and `vectors.npy`, what the original makes of the texts. Where a vector is the mean of
what each token came to mean, the graph gives these states too.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

LONGEST = 512
ATTENDING = {"BertSelfAttention", "RobertaSelfAttention", "XLMRobertaSelfAttention"}
"""Layers that attend alike; others are exported as they are written."""


def export(folder: Path, out: Path, texts: list[str]) -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import numpy as np
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", model_kwargs={"attn_implementation": "eager"})
    longest = min(model.max_seq_length or LONGEST, LONGEST)
    model.tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))
    told = {"longest": longest, "prompts": {name: text for name, text in model.prompts.items() if text}}
    (out / "told.json").write_text(json.dumps(told), "utf-8")
    vectors = [model.encode(text, prompt="", normalize_embeddings=True) for text in texts]
    np.save(out / "vectors.npy", np.asarray(vectors, np.float32))
    attend_at_once(model)
    write_graph(model, out / "model.onnx")


def attend_at_once(model: Any) -> None:
    """One product where a layer makes three, and one step of the runtime where a dozen small ones attend."""
    import torch

    class Attention(torch.autograd.Function):
        @staticmethod
        def forward(_: Any, *given: Any) -> torch.Tensor:
            *three, heads = given
            query, key, value = (one.unflatten(-1, (heads, -1)).transpose(1, 2) for one in three)
            attended = torch.nn.functional.scaled_dot_product_attention(query, key, value)
            return attended.transpose(1, 2).flatten(2)

        @staticmethod
        def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
            attended = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
            attended.setType(query.type())
            return attended

    class AtOnce(torch.nn.Module):
        def __init__(self, layer: Any) -> None:
            super().__init__()
            three = (layer.query, layer.key, layer.value)
            self.heads = layer.num_attention_heads
            self.widths = [one.out_features for one in three]
            self.all = torch.nn.Linear(layer.query.in_features, sum(self.widths))
            self.all.weight.data = torch.cat([one.weight.data for one in three])
            self.all.bias.data = torch.cat([one.bias.data for one in three])

        def forward(self, hidden: torch.Tensor, *_: Any, **__: Any) -> tuple[Any, None]:
            three = self.all(hidden).split(self.widths, -1)
            return Attention.apply(*three, self.heads), None  # type: ignore[no-untyped-call]

    for block in list(model.modules()):
        for name, layer in list(block.named_children()):
            if type(layer).__name__ in ATTENDING:
                setattr(block, name, AtOnce(layer))


def write_graph(model: Any, path: Path) -> None:
    """Texts are asked one at a time and without padding, so that a vector depends on its text alone: no mask."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, numbers: torch.Tensor) -> tuple[torch.Tensor, ...]:
            told = self.model({"input_ids": numbers})
            vector = torch.nn.functional.normalize(told["sentence_embedding"], dim=1)
            return (vector, told["token_embeddings"]) if by_mean else (vector,)

    numbers = torch.tensor([[0, 5, 6, 7, 8, 9, 10, 2]])
    with torch.no_grad():
        by_mean = is_mean(model.eval()({"input_ids": numbers}))
        told = ["vector", "states"] if by_mean else ["vector"]
        names: dict[str, Any] = {"input_names": ["numbers"], "output_names": told}
        lengths = {name: {1: "length"} for name in ("numbers", *told[1:])}
        torch.onnx.export(
            Whole().eval(), (numbers,), str(path), dynamo=False, opset_version=17, dynamic_axes=lengths, **names
        )


def is_mean(told: Any) -> bool:
    """Is a text's vector the mean of what its tokens came to mean?"""
    import torch

    vector, states = told["sentence_embedding"], told.get("token_embeddings")
    if states is None or states.shape[-1] != vector.shape[-1]:
        return False
    mean, vector = (torch.nn.functional.normalize(one, dim=1) for one in (states.mean(1), vector))
    return torch.allclose(mean, vector, atol=1e-5)


def main(folder: str, out: str) -> None:
    warnings.simplefilter("ignore")  # they speak to those who write exporters
    export(Path(folder), Path(out), json.load(sys.stdin))


if __name__ == "__main__":
    main(*sys.argv[1:])

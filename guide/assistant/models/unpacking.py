"""The carried model is laid out as the folder that sentence-transformers opens, so that every model goes one way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from guide.assistant.models.carrier import Carried, Weights

NAMES: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""A layer's tensors: what the file calls them, and what the architecture calls them."""
MODULES: Final = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
PROMPTS: Final = {"query": "query: ", "passage": "passage: "}
DROPPED: Final = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x{8f}\x{9f}]"
BLANK: Final = r"[\t\n\x0c\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"
WIDE_TILDE, KEPT = "～", "\ufdd1"
"""The one character that NFKC would replace and the model's table does not; it stands between hours in Japanese."""


def unpack(carried: Carried, folder: Path) -> None:
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "2_Normalize").mkdir()
    save_file(tensors(carried), folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in papers(carried).items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    tokenizer(carried).save(str(folder / "tokenizer.json"))


def tensors(carried: Carried) -> dict[str, Weights]:
    sizes = carried.sizes
    found = {
        "embeddings.word_embeddings.weight": carried.weights("emb.word", sizes.vocabulary, sizes.hidden),
        "embeddings.position_embeddings.weight": carried.weights("emb.pos", sizes.positions, sizes.hidden),
        "embeddings.token_type_embeddings.weight": carried.weights("emb.type", sizes.types, sizes.hidden),
        "embeddings.LayerNorm.weight": carried.weights("emb.ln.w", sizes.hidden),
        "embeddings.LayerNorm.bias": carried.weights("emb.ln.b", sizes.hidden),
    }
    for layer in range(sizes.layers):
        for short, name in NAMES.items():
            there = f"encoder.layer.{layer}.{name}"
            found[f"{there}.bias"] = carried.weights(f"l{layer}.{short}.b", -1)
            found[f"{there}.weight"] = _matrix(carried, f"l{layer}.{short}")
    return found


def _matrix(carried: Carried, name: str) -> Weights:
    if name.endswith("ln"):
        return carried.weights(f"{name}.w", -1)
    return carried.weights(f"{name}.w", carried.tensors[f"{name}.b"].count, -1)


def papers(carried: Carried) -> dict[str, Any]:
    """What the folder says about itself, file by file."""
    pieces = carried.pieces.scored
    special = {
        "bos_token": pieces[carried.pieces.first][0],
        "cls_token": pieces[carried.pieces.first][0],
        "eos_token": pieces[carried.pieces.last][0],
        "sep_token": pieces[carried.pieces.last][0],
        "pad_token": pieces[carried.pieces.padding][0],
        "unk_token": pieces[carried.pieces.unknown][0],
    }
    positions = carried.sizes.positions
    kinds = enumerate(MODULES.items())
    return {
        "config.json": architecture(carried),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": positions,
            **special,
        },
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "default_prompt_name": None},
        "1_Pooling/config.json": {"word_embedding_dimension": carried.sizes.hidden, "pooling_mode_mean_tokens": True},
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (path, kind) in kinds
        ],
    }


def architecture(carried: Carried) -> dict[str, Any]:
    sizes = carried.sizes
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "layer_norm_eps": sizes.epsilon,
        "pad_token_id": carried.pieces.padding,
        "dtype": "float32",
    }


def tokenizer(carried: Carried) -> Any:
    """Characters as the model's table has them, blanks as `▁`, and the likeliest pieces."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    pieces = carried.pieces
    built = Tokenizer(models.Unigram(pieces.scored, pieces.unknown, byte_fallback=False))
    built.normalizer = normalizer()
    built.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    first, last = pieces.scored[pieces.first][0], pieces.scored[pieces.last][0]
    ends = [(first, pieces.first), (last, pieces.last)]
    built.post_processor = processors.TemplateProcessing(f"{first} $A {last}", f"{first} $A {last} $B {last}", ends)
    return built


def normalizer() -> Any:
    """What the model's own table does: NFKC but for one character, blanks made plain, what is not written left out."""
    from tokenizers import Regex, normalizers

    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(DROPPED), ""),
            normalizers.Replace(Regex(BLANK), " "),
            normalizers.Replace(WIDE_TILDE, KEPT),
            normalizers.NFKC(),
            normalizers.Replace(KEPT, WIDE_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )

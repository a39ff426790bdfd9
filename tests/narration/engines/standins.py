"""Four small networks that ask for and give what Supertonic's do: what they say is a hum, but all the way is gone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

RATE, CHUNK, SQUEEZE, ROWS = 44_100, 512, 6, 24
MARKED = "đĐ .,!?;:-<>/'\"\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
LETTERS = ascii_letters + digits + MARKED
HANGUL = [chr(code) for code in range(0x1100, 0x1200)]
FLOAT, WHOLE = TensorProto.FLOAT, TensorProto.INT64


def folder_of(place: Path) -> dict[str, str]:
    """Writes a model there, and tells the hashes of its files."""
    place.mkdir(parents=True, exist_ok=True)
    for name, graph in (
        ("duration_predictor", lasting()),
        ("text_encoder", letters()),
        ("vector_estimator", drawing()),
        ("vocoder", sounding()),
    ):
        save(graph, place / f"{name}.onnx")
    numbers = [-1] * 0x10000
    for number, sign in enumerate([*LETTERS, *HANGUL]):
        numbers[ord(sign)] = number
    about = {"ae": {"sample_rate": RATE, "base_chunk_size": CHUNK}}
    about["ttl"] = {"chunk_compress_factor": SQUEEZE, "latent_dim": ROWS}
    for name, told in {"tts": about, "unicode_indexer": numbers, "F1": style(1.0), "M1": style(2.0)}.items():
        (place / f"{name}.json").write_text(json.dumps(told))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in place.iterdir()}


def style(value: float) -> dict[str, Any]:
    return {
        name: {"dims": [1, rows, columns], "data": [[[value] * columns] * rows]}
        for name, rows, columns in (("style_ttl", 50, 256), ("style_dp", 8, 16))
    }


def lasting() -> Any:
    """Sixty milliseconds a letter."""
    nodes = [
        helper.make_node("ReduceSum", ["text_mask"], ["letters"], keepdims=0),
        helper.make_node("Mul", ["letters", "each"], ["seconds"]),
        helper.make_node("Unsqueeze", ["seconds", "first"], ["duration"]),
    ]
    asked = {"text_ids": (WHOLE, [1, "T"]), "style_dp": (FLOAT, [1, 8, 16]), "text_mask": (FLOAT, [1, 1, "T"])}
    return made(nodes, asked, ("duration", [1]), {"each": np.float32(0.06), "first": np.int64([0])})


def letters() -> Any:
    nodes = [
        helper.make_node("Cast", ["text_ids"], ["numbers"], to=FLOAT),
        helper.make_node("Unsqueeze", ["numbers", "second"], ["row"]),
        helper.make_node("Mul", ["row", "text_mask"], ["masked"]),
        helper.make_node("ReduceMean", ["style_ttl"], ["manner"], keepdims=0),
        helper.make_node("Mul", ["masked", "manner"], ["text_emb"]),
    ]
    asked = {"text_ids": (WHOLE, [1, "T"]), "style_ttl": (FLOAT, [1, 50, 256]), "text_mask": (FLOAT, [1, 1, "T"])}
    return made(nodes, asked, ("text_emb", [1, 1, "T"]), {"second": np.int64([1])})


def drawing() -> Any:
    """Each step leaves half of the noise and adds what the text is."""
    nodes = [
        helper.make_node("ReduceMean", ["text_emb"], ["told"], keepdims=0),
        helper.make_node("Div", ["told", "total_step"], ["share"]),
        helper.make_node("Mul", ["noisy_latent", "half"], ["quieter"]),
        helper.make_node("Add", ["quieter", "share"], ["drawn"]),
        helper.make_node("Mul", ["drawn", "latent_mask"], ["denoised_latent"]),
    ]
    asked = {
        "noisy_latent": (FLOAT, [1, ROWS * SQUEEZE, "L"]),
        "text_emb": (FLOAT, [1, 1, "T"]),
        "style_ttl": (FLOAT, [1, 50, 256]),
        "latent_mask": (FLOAT, [1, 1, "L"]),
        "text_mask": (FLOAT, [1, 1, "T"]),
        "current_step": (FLOAT, [1]),
        "total_step": (FLOAT, [1]),
    }
    return made(nodes, asked, ("denoised_latent", [1, ROWS * SQUEEZE, "L"]), {"half": np.float32(0.5)})


def sounding() -> Any:
    steps = np.arange(CHUNK * SQUEEZE) / RATE
    hum = np.stack([np.sin(2 * np.pi * (110 + row) * steps) for row in range(ROWS * SQUEEZE)]).astype(np.float32)
    nodes = [
        helper.make_node("Transpose", ["latent"], ["columns"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["columns", "hum"], ["sound"]),
        helper.make_node("Tanh", ["sound"], ["bounded"]),
        helper.make_node("Reshape", ["bounded", "flat"], ["wav"]),
    ]
    asked = {"latent": (FLOAT, [1, ROWS * SQUEEZE, "L"])}
    return made(nodes, asked, ("wav", [1, "S"]), {"hum": hum / 40, "flat": np.int64([1, -1])})


def made(nodes: list[Any], asked: dict[str, Any], given: tuple[str, list[Any]], known: dict[str, Any]) -> Any:
    inputs = [helper.make_tensor_value_info(name, *shape) for name, shape in asked.items()]
    outputs = [helper.make_tensor_value_info(given[0], FLOAT, given[1])]
    constants = [numpy_helper.from_array(np.asarray(value), name) for name, value in known.items()]
    graph = helper.make_graph(nodes, given[0], inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def spoilt(place: Path, hashes: dict[str, str], name: str, change: Callable[[bytes], bytes]) -> dict[str, str]:
    """The same model, but for one file; the hashes are of what lies there now."""
    body = change((place / name).read_bytes())
    (place / name).write_bytes(body)
    return {**hashes, name: hashlib.sha256(body).hexdigest()}

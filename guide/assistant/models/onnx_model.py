"""A prepared model in memory: its weights are mapped from the file, and one thread answers one question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from guide.assistant.models import tokens
from guide.assistant.models.about import GRAPH, ModelUnreadable

SLOWER: Final = ["SkipLayerNormFusion"]
"""Of what the runtime makes of a graph: adding and levelling in one step takes twice as long as in two."""
LETTERS_A_TOKEN: Final = 16
"""More than any token has on the whole: what is beyond so many letters could not be among the tokens that are read."""
Vectors = npt.NDArray[np.float32]


class OnnxModel:
    def __init__(self, folder: Path, longest: int) -> None:
        self._letters = longest * LETTERS_A_TOKEN
        try:
            self._numbers = tokens.opened(folder, longest)
            self._session = session(folder / GRAPH)
        except Exception as problem:  # both libraries raise classes of their own, and bare Exception
            raise ModelUnreadable(model=folder.name, problem=type(problem).__name__) from problem

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.concatenate([self._session.run(None, {"numbers": self._asked(text)})[0] for text in texts])

    def _asked(self, text: str) -> npt.NDArray[np.int64]:
        written = text[: self._letters].encode("utf-8", "replace").decode()
        return np.array([self._numbers(written)], np.int64)


def session(graph: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # what a long text once needed would be held for good
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    alone = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(graph, options, providers=alone, disabled_optimizers=SLOWER)

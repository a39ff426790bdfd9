"""What each passage and sentence of a museum means, side by side, so that a question finds those that lie near.

An index is a folder under the fingerprint of its model and texts: made aside, then renamed, read in place by all
processes. Every vector is there as it is, and in whole numbers of eight bits: these tell which lie nearest with a
quarter of the reading, those how near. A text that an earlier index of the same model holds is not embedded again; what
a killed process had embedded is kept in a journal. Of the index in use nothing is ever changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, Self

import numpy as np
import numpy.typing as npt

FORMAT: Final = "2"
INDEX, COARSE, TEXTS, MODEL = "index.faiss", "coarse.faiss", "texts.bin", "model"
ASIDE: Final = ".making-"
AT_ONCE: Final = 64
"""Texts that are embedded before the journal is written."""
NAME: Final = 16
"""Bytes of a text's hash."""
OLDER_KEPT: Final = 2
"""Indexes beside the newest: other processes may still open the one before."""
BETWEEN: Final = "\x1f"
LARGEST: Final = 127
"""Of a number in eight bits with its sign."""
LEAST: Final = 1e-6
Matrix = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Within:
    """A part of a text as it is meant where it stands: read with all that is said around it."""

    parts: tuple[str, ...]
    nth: int

    @property
    def whole(self) -> str:
        return " ".join(self.parts)

    @property
    def part(self) -> str:
        return self.parts[self.nth]


Text = str | Within


class Embeds(Protocol):
    @property
    def model(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    def embed_passages(self, texts: Sequence[Text], /) -> Matrix: ...


class Vectors:
    """One index. Any number of threads may search it."""

    def __init__(self, folder: Path) -> None:
        self.model = (folder / MODEL).read_text("ascii")
        self._index, self._coarse = _opened(folder / INDEX), _opened(folder / COARSE)

    @classmethod
    def build(cls, texts: Sequence[Text], embedder: Embeds, kept: Path) -> Self:
        """The index of these texts: the one that lies in `kept`, or a new one made from what lies there.

        Parts of texts come last: what may be found are the texts before them.
        """
        names = [_name(text) for text in texts]
        found = sum(not isinstance(text, Within) for text in texts)
        folder = kept / fingerprint(embedder.model, names, found)
        if not folder.is_dir():
            with _alone(kept):
                if not folder.is_dir():
                    _make(folder, dict(zip(names, texts, strict=True)), names, embedder, found)
        return cls(folder)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Matrix, count: int) -> Places:
        """The places of the texts that lie nearest, about in the order of their cosines."""
        if not (count := min(count, self._coarse.ntotal)):
            return np.zeros(0, np.intp)
        _, found = self._coarse.search(_coarsely(vector[None]), count)
        places: Places = found[0]
        return places

    def cosines(self, vector: Matrix, places: Places) -> Matrix:
        found: Matrix = self._index.reconstruct_batch(places) @ vector
        return found


def fingerprint(model: str, names: Sequence[bytes], found: int) -> str:
    """`found`: how many of them may be found."""
    told = json.dumps([FORMAT, model, b"".join(names).hex(), found])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _name(text: Text) -> bytes:
    told = BETWEEN.join([str(text.nth), *text.parts]) if isinstance(text, Within) else text
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:NAME]


def _together(texts: Mapping[bytes, Text]) -> dict[bytes, Text]:
    """A text and its parts one after another: they are read at once."""
    whole = {name: text.whole if isinstance(text, Within) else text for name, text in texts.items()}
    turns = {text: turn for turn, text in enumerate(dict.fromkeys(whole.values()))}
    return {name: texts[name] for name in sorted(texts, key=lambda name: turns[whole[name]])}


def _make(folder: Path, texts: Mapping[bytes, Text], names: Sequence[bytes], embedder: Embeds, found: int) -> None:
    kept = folder.parent
    journal = Journal(kept / f"{embedder.model}.journal", embedder.dimensions)
    known = _known(kept, embedder) | journal.read()
    missing = {name: text for name, text in texts.items() if name not in known}
    known |= journal.write_up(_together(missing), embedder)
    matrix = np.array([known[name] for name in names], np.float32).reshape(len(names), embedder.dimensions)
    _write(folder, names, matrix, embedder.model, found)
    journal.close()
    _clear(kept, folder)


def _known(kept: Path, embedder: Embeds) -> dict[bytes, Matrix]:
    """What the latest index of the same model holds."""
    for folder in _by_age(kept):
        if (folder / MODEL).read_text("ascii") == embedder.model:
            raw = (folder / TEXTS).read_bytes()
            names = [raw[start : start + NAME] for start in range(0, len(raw), NAME)]
            return dict(zip(names, _matrix(_opened(folder / INDEX)), strict=True))
    return {}


def _write(folder: Path, names: Sequence[bytes], matrix: Matrix, model: str, found: int) -> None:
    faiss = _faiss()
    index = faiss.IndexFlatIP(matrix.shape[1])
    index.add(matrix)
    whole_numbers = faiss.ScalarQuantizer.QT_8bit_direct_signed
    coarse = faiss.IndexScalarQuantizer(matrix.shape[1], whole_numbers, faiss.METRIC_INNER_PRODUCT)
    coarse.add(_coarsely(matrix[:found]))
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder.parent))
    faiss.write_index(index, str(aside / INDEX))
    faiss.write_index(coarse, str(aside / COARSE))
    (aside / TEXTS).write_bytes(b"".join(names))
    (aside / MODEL).write_text(model, "ascii")
    _settle(aside)
    aside.rename(folder)


def _coarsely(vectors: Matrix) -> Matrix:
    """In whole numbers, the largest of them all as large as it may be."""
    largest = float(np.abs(vectors).max(initial=0.0))
    whole: Matrix = np.rint(vectors * np.float32(LARGEST / max(largest, LEAST)))
    return whole


def _settle(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _clear(kept: Path, newest: Path) -> None:
    older = [folder for folder in _by_age(kept) if folder != newest]
    for folder in older[OLDER_KEPT:]:
        shutil.rmtree(folder)


def _by_age(kept: Path) -> list[Path]:
    """The newest first."""
    folders = (path for path in kept.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(folders, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _opened(path: Path) -> Any:
    faiss = _faiss()
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)  # in place: the processes of a server share it


def _faiss() -> Any:
    """Loaded when first needed, with one thread for one question: a server has threads enough."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import faiss

    return faiss


def _matrix(index: Any) -> Matrix:
    """A copy, row by row as the keys are."""
    rows: Matrix = index.reconstruct_n(0, index.ntotal)
    return rows


@contextmanager
def _alone(kept: Path) -> Iterator[None]:
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in kept.glob(f"{ASIDE}*"):
            shutil.rmtree(left)
        yield


class Journal:
    """What was embedded and stands in no index yet: a text's hash and its vector, one after another."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path = path
        self._record = np.dtype([("name", f"V{NAME}"), ("vector", "<f4", dimensions)])

    def read(self) -> dict[bytes, Matrix]:
        raw = self._path.read_bytes() if self._path.is_file() else b""
        whole = len(raw) // self._record.itemsize * self._record.itemsize
        records = np.frombuffer(raw[:whole], self._record)
        return {record["name"].tobytes(): record["vector"] for record in records}

    def write_up(self, texts: Mapping[bytes, Text], embedder: Embeds) -> dict[bytes, Matrix]:
        found: dict[bytes, Matrix] = {}
        names = list(texts)
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            vectors = embedder.embed_passages([texts[name] for name in some])
            self._append(some, vectors)
            found |= zip(some, vectors, strict=True)
        return found

    def close(self) -> None:
        self._path.unlink(missing_ok=True)

    def _append(self, names: Sequence[bytes], vectors: Matrix) -> None:
        with self._path.open("ab") as file:
            file.truncate(file.tell() // self._record.itemsize * self._record.itemsize)
            for name, vector in zip(names, vectors, strict=True):
                file.write(name + vector.astype("<f4").tobytes())

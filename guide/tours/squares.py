"""A square to scan, drawn as one path, so that no hairline shows between its modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class Square:
    modules: tuple[tuple[bool, ...], ...]
    """Rows of dark and light, the quiet zone around them included."""
    path: str
    """For the `d` of a path in a box as wide as `side`."""

    @property
    def side(self) -> int:
        return len(self.modules)

    @property
    def svg(self) -> str:
        box = f"0 0 {self.side} {self.side}"
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path d="{self.path}"/></svg>'


@lru_cache(maxsize=256)
def square(text: str, correction: int = ERROR_CORRECT_M) -> Square:
    """Digits alone are written as numbers, three to ten bits, so that the modules stay large."""
    code = qrcode.QRCode(error_correction=correction, border=QUIET_MODULES)
    code.add_data(text, optimize=0 if text.isascii() and text.isdigit() else 20)
    modules = tuple(tuple(row) for row in code.get_matrix())
    return Square(modules, _path(modules))


def _path(modules: tuple[tuple[bool, ...], ...]) -> str:
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(modules) for x, length in _runs(row))


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules starts, and how long it is."""
    start = None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None

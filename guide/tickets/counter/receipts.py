"""Receipts: one port for whatever a museum must hand out by law, and a sandbox that is none of it and says so.

An invoice or a fee receipt is made by a provider whom the tax office knows; this house claims no compliance. The
sandbox writes numbered slips, each marked as a sample, so that the way of a slip can be tried without a contract.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

NOT_A_RECEIPT = "PHIẾU MẪU – không có giá trị thay hóa đơn, biên lai"


@dataclass(frozen=True)
class Receipt:
    """What was paid, and nothing of who paid it."""

    museum: str
    order_code: str
    at: datetime
    """In the museum's time."""
    lines: Sequence[tuple[str, int, int]]
    """What, how many, for how many đồng together."""
    total_dong: int


@dataclass(frozen=True)
class Slip:
    number: str
    text: str


class Receipts(Protocol):
    """The same order brings the same slip, however often it is asked for."""

    def write(self, receipt: Receipt) -> Slip: ...

    def written(self, order_code: str) -> Slip | None: ...


@dataclass(frozen=True)
class SampleSlips:
    """Slips in a folder, numbered without a gap, each with the line that it is worth nothing to the tax office."""

    folder: Path

    def write(self, receipt: Receipt) -> Slip:
        with self._alone():
            if earlier := self.written(receipt.order_code):
                return earlier
            number = f"{len(list(self.folder.glob('*.txt'))) + 1:06}"
            text = "\n".join(_lines(receipt, number)) + "\n"
            (self.folder / f"{number}-{receipt.order_code}.txt").write_text(text, "utf-8")
        return Slip(number, text)

    def written(self, order_code: str) -> Slip | None:
        file = next(self.folder.glob(f"*-{order_code}.txt"), None)
        return Slip(file.stem.partition("-")[0], file.read_text("utf-8")) if file else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time on this machine, so that no number is given twice."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _lines(receipt: Receipt, number: str) -> Iterator[str]:
    yield NOT_A_RECEIPT
    yield f"Số {number} · {receipt.at:%d/%m/%Y %H:%M}"
    yield receipt.museum
    yield f"Đơn {receipt.order_code}"
    for name, count, dong in receipt.lines:
        yield f"{count} × {name}: {_grouped(dong)}"
    yield f"Tổng cộng: {_grouped(receipt.total_dong)}"
    yield NOT_A_RECEIPT


def _grouped(dong: int) -> str:
    return f"{dong:,}".replace(",", ".") + " ₫"

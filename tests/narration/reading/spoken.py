"""How two spoken forms are compared: pauses, capitals and hyphens apart, and the spellings that sound the same."""

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

SAME = (
    ("mươi bốn", "mươi tư"),
    ("mồng", "mùng"),
    ("kỉ", "kỷ"),
    ("metre", "meter"),
    ("litre", "liter"),
    ("per cent", "percent"),
)


def folded(spoken: str) -> str:
    text = re.sub(r"[^\w\s']", " ", unicodedata.normalize("NFC", spoken).lower())
    text = " ".join(text.replace("'", "").split())
    for one, other in SAME:
        text = text.replace(one, other)
    return text


class Case(NamedTuple):
    """One line of a frozen set: what is written, and every way of saying it that is right."""

    category: str
    written: str
    right: tuple[str, ...]


def cases(file: Path) -> list[Case]:
    found: list[Case] = []
    category = ""
    for line in file.read_text("utf-8").split("\n"):
        written, arrow, right = line.partition(" => ")
        if line.startswith("# "):
            category = line[2:]
        elif arrow and not line.startswith(";"):
            found.append(Case(category, written, tuple(right.split(" | "))))
    return found

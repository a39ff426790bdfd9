"""What is wrong with a file that was handed in to be looked at, in a word that the messages know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Flaw:
    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)
    line: int = 1

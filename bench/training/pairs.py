"""The parallel sentences that tables are trained on: tab-separated files of language, text, language, text."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

HUMAN = frozenset(
    """alt-vi-ja bilara-suttas flores-sib200 fvdp-viet-anh fvdp-anh-viet-part global-mmlu-lite ntrex128
    shattered-pixel-dungeon talpco tatoeba tuxpaint-stamps unicode-cldr wesnoth xcopa enwiktionary-glossary""".split()
)
"""Everyday, historical or descriptive texts and dictionaries, by people; the rest is about software or by machine."""


def pairs(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Source, language, text, language, text."""
    for path in sorted(folder.glob("*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                one, text, other, translated = line.rstrip("\n").split("\t")
                yield path.name.partition(".")[0], one, text, other, translated


def texts(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Source and text, once in each source."""
    seen: set[tuple[str, str]] = set()
    for source, one, text, other, translated in pairs(folder):
        for tongue, found in ((one, text), (other, translated)):
            if tongue == language and (source, found) not in seen:
                seen.add((source, found))
                yield source, found

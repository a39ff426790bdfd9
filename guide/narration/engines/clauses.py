"""Where a voice may take a breath in a text without spaces: after a mark, and never after a mere word."""

from __future__ import annotations

import re

RUN = re.compile(r"[^。！？；，、：,;:!?…—]*[。！？；，、：,;:!?…—」』》）”]*")


def clauses(text: str, most: int) -> list[int]:
    """Where each part begins; parts of about the same length, of which the first is soon said."""
    aim = len(text) / max(1, -(-len(text) // most))
    starts, last = [0], 0
    for end in (run.end() for run in RUN.finditer(text)):
        while end - starts[-1] > most:
            starts.append(last if last > starts[-1] else starts[-1] + most)
        if aim <= end - starts[-1] and end < len(text):
            starts.append(end)
        last = end
    return starts

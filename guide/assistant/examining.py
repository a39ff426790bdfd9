"""A file of questions with what is expected of their answers, one JSON object a line.

Either `expect` says it ({"stop": …, "contains": …}, {"refused": true}, {"matter": topic}, {"disputed": true},
{"verbatim": true}), and `stop` is where the visitor stands; or the plain fields do: `stop` is the stop that has the
answer, `answer` its words, `refused` that there is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from guide.errors import Unusable


class NotAQuestion(Unusable):
    """A line of the file is no question that can be asked."""


@dataclass(frozen=True)
class Examined:
    """A question, and what a right answer to it is."""

    question: str
    language: str
    museum: str | None = None
    here: str | None = None
    previous: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    """Any of them has the answer."""
    contains: tuple[str, ...] = ()
    """The sentence with the answer holds one of these."""
    refused: bool = False
    matter: str | None = None
    disputed: bool = False
    kind: str = ""

    @property
    def answerable(self) -> bool:
        """Is there an answer in the museum's texts?"""
        return bool(self.stops or self.contains)


def read_questions(lines: Iterable[str]) -> Iterator[Examined]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _question(line, number)


def _question(line: str, number: int) -> Examined:
    try:
        row = json.loads(line)
        return _expecting(row) if "expect" in row else _plainly(row)
    except (ValueError, KeyError, TypeError) as missing:
        raise NotAQuestion(line=number, why=str(missing)) from missing


def _expecting(row: dict[str, Any]) -> Examined:
    expected = row["expect"]
    return Examined(
        row["question"],
        row["language"],
        row.get("museum"),
        row.get("stop"),
        _many(row.get("previous")),
        frozenset(_many(expected.get("stop"))),
        _many(expected.get("contains")),
        bool(expected.get("refused")),
        expected.get("matter"),
        bool(expected.get("disputed")),
        row.get("kind", ""),
    )


def _plainly(row: dict[str, Any]) -> Examined:
    return Examined(
        row["question"],
        row["language"],
        row.get("museum"),
        previous=_many(row.get("previous")),
        stops=frozenset(_many(row.get("stop"))),
        contains=_many(row.get("answer") or row.get("sentence")),
        refused=bool(row.get("refused")),
        kind=row.get("kind", ""),
    )


def _many(told: str | list[str] | None) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told or ())

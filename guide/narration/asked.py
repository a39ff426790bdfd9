"""What an address of `/media` says its sound is of, so that it can be made: only what is published is ever spoken.

`museum/stop/language`: a stop. `museum/stop/language/3`: one of its sentences, while the stop is being recorded.
`museum/language/stop:3,stop:4`: an answer made of such sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_SENTENCES = 12
"""An answer is heard in a breath or two."""
_NAME = r"[a-z0-9-]{1,60}"
_TAG = r"[A-Za-z0-9-]{2,35}"
_STOP = re.compile(rf"({_NAME})/({_NAME})/({_TAG})(?:/(\d{{1,4}}))?")
_ANSWER = re.compile(rf"({_NAME})/({_TAG})/({_NAME}:\d{{1,4}}(?:,{_NAME}:\d{{1,4}}){{0,{MOST_SENTENCES - 1}}})")


@dataclass(frozen=True)
class OfStop:
    museum: str
    stop: str
    language: str


@dataclass(frozen=True)
class OfSentence:
    museum: str
    stop: str
    language: str
    sentence: int


@dataclass(frozen=True)
class Quoted:
    """A sentence of a stop, by its number."""

    stop: str
    sentence: int


@dataclass(frozen=True)
class OfAnswer:
    museum: str
    language: str
    quoted: tuple[Quoted, ...]


Asked = OfStop | OfSentence | OfAnswer


def asked(of: str) -> Asked | None:
    if found := _STOP.fullmatch(of):
        museum, stop, language, sentence = found.groups()
        return OfSentence(museum, stop, language, int(sentence)) if sentence else OfStop(museum, stop, language)
    if found := _ANSWER.fullmatch(of):
        museum, language, listed = found.groups()
        pairs = (one.split(":") for one in listed.split(","))
        return OfAnswer(museum, language, tuple(Quoted(stop, int(number)) for stop, number in pairs))
    return None


def told(of: Asked) -> str:
    """As it stands in the address."""
    if isinstance(of, OfStop):
        return f"{of.museum}/{of.stop}/{of.language}"
    if isinstance(of, OfSentence):
        return f"{of.museum}/{of.stop}/{of.language}/{of.sentence}"
    return f"{of.museum}/{of.language}/{','.join(f'{one.stop}:{one.sentence}' for one in of.quoted)}"

"""A mistake in what a museum wrote: where it is, what it is, and the cure; said in the editor's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guide.errors import Unusable
from guide.language import Messages


@dataclass(frozen=True)
class Mistake:
    """`kind` names a sentence in the messages, `facts` fill it."""

    file: str
    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)
    line: int = 1

    def said(self, messages: Messages, language: str) -> str:
        return f"{self.file}:{self.line}: {messages.say(language, f'mistakes.{self.kind}', **self.facts)}"


class ContentMistakes(Unusable):
    """The content has mistakes; nothing of it was taken in."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(count=len(mistakes))
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line, mistake.kind)))

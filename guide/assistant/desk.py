"""Every door asks here. What could not be answered is noted for the museum's editor, and nobody with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from guide.assistant.answer import Asked
from guide.assistant.answering import Assistant
from guide.assistant.gaps import scrubbed
from guide.assistant.telling import Teller, Told
from guide.clock import day_in
from guide.counters import Counters, Happening, What
from guide.errors import GuideError
from guide.throttle import Throttle
from guide.tours.catalogue import Museum

PER_MINUTE, AT_ONCE = 30, 12
"""Questions of one asker: enough for a school class behind one address that takes turns."""


class TooManyQuestions(GuideError):
    """More questions at once than visitors ask."""

    status = 429


@dataclass(frozen=True)
class Desk:
    assistant: Assistant
    teller: Teller
    counters: Counters
    throttle: Throttle = field(default_factory=lambda: Throttle(PER_MINUTE, AT_ONCE))

    def expect(self, asker: str) -> None:
        """Before the answer: one who asks too often is asked to wait."""
        if not self.throttle.allows(asker):
            raise TooManyQuestions

    def answer(self, museum: Museum, asked: Asked) -> Told:
        told = self.told(museum, asked)
        if told.refused:
            self._note(museum, asked)
        return told

    def told(self, museum: Museum, asked: Asked) -> Told:
        """Without a note: whoever tries the assistant out is no visitor."""
        return self.teller.told(museum, asked, self.assistant.answer(museum, asked))

    def _note(self, museum: Museum, asked: Asked) -> None:
        language = museum.sheet.source_language
        known = self.assistant.mind(museum, language).has
        if question := scrubbed(asked.question, known):
            day = day_in(museum.sheet.time_zone, asked.now)
            self.counters.note(Happening(museum.slug, day, What.NO_ANSWER, question, asked.language[:20]))

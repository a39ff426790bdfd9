"""An answer as it leaves the house: one text in the asker's language, and a citation for everything quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from guide.assistant.answer import Answer, Asked, Part, Quoted, Said
from guide.language import Messages
from guide.narration import asked as spoken_of
from guide.narration.hearing import Hearing
from guide.tours.catalogue import Museum


@dataclass(frozen=True)
class Citation:
    kind: str
    stop: str | None
    language: str
    sentence: str
    url: str
    start_seconds: float | None
    score: float


@dataclass(frozen=True)
class ToldPart:
    """Our own words, or a sentence of the museum's with its citation and the title that is shown below it."""

    text: str
    citation: Citation | None = None
    title: str = ""


@dataclass(frozen=True)
class Told:
    parts: tuple[ToldPart, ...]
    refused: bool
    near: tuple[str, ...]
    suggestions: tuple[str, ...]
    understood: str | None
    audio: str | None = None
    """Where the quoted sentences are heard, by the museum's own voice."""

    @property
    def answer(self) -> str:
        return " ".join(part.text for part in self.parts)

    @property
    def citations(self) -> list[Citation]:
        """The most fitting first."""
        cited = [part.citation for part in self.parts if part.citation]
        return sorted(cited, key=lambda citation: -citation.score)


Starts = Mapping[tuple[str | None, str], Mapping[int, float]]
"""Of stops in a language, when each sentence is heard."""


@dataclass(frozen=True)
class Teller:
    messages: Messages
    hearing: Hearing

    def told(self, museum: Museum, asked: Asked, answer: Answer) -> Told:
        spoken = {(quote.passage.stop, quote.passage.language) for quote in answer.quotes if _is_spoken(quote)}
        starts = {(stop, language): self._starts(museum, stop or "", language) for stop, language in spoken}
        return Told(
            parts=_titled_once([self._part(asked.language, part, starts) for part in answer.parts]),
            refused=answer.refused,
            near=answer.near,
            suggestions=tuple(
                suggested if isinstance(suggested, str) else self.say(asked.language, suggested)
                for suggested in answer.suggestions
            ),
            understood=answer.understood,
            audio=self._audio(museum, answer),
        )

    def say(self, language: str, said: Said) -> str:
        return self.messages.say(language, said.key, **self._filled(language, said))

    def _part(self, language: str, part: Part, starts: Starts) -> ToldPart:
        if isinstance(part, Said):
            return ToldPart(self.say(language, part))
        return ToldPart(part.sentence.text, _cited(part, starts), part.passage.title)

    def _starts(self, museum: Museum, slug: str, language: str) -> Mapping[int, float]:
        stop = museum.stop(slug)
        return self.hearing.starts(museum, stop, language) if stop else {}

    def _audio(self, museum: Museum, answer: Answer) -> str | None:
        """Spoken when it is asked for; only sentences of stops, which are spoken as they are in the narration."""
        quotes = [part for part in answer.parts if isinstance(part, Quoted)]
        languages = {quote.passage.language for quote in quotes}
        if len(languages) != 1 or not all(map(_is_spoken, quotes)):
            return None
        language = languages.pop()
        spoken = tuple(spoken_of.Quoted(quote.passage.stop or "", quote.sentence.number) for quote in quotes)
        sound = self.hearing.answer(museum, language, spoken)
        if sound is None:
            return None
        of = "" if sound.ready else f"?of={spoken_of.told(spoken_of.OfAnswer(museum.slug, language, spoken))}"
        return f"/media/{sound.name}.mp3{of}"

    def _filled(self, language: str, said: Said) -> Mapping[str, object]:
        """A fact that begins with @ is itself a key of the messages."""
        return {
            name: self.messages.say(language, fact[1:]) if isinstance(fact, str) and fact.startswith("@") else fact
            for name, fact in said.facts.items()
        }


def _cited(quote: Quoted, starts: Starts) -> Citation:
    passage, number = quote.passage, quote.sentence.number
    spoken = _is_spoken(quote)
    return Citation(
        kind=passage.kind,
        stop=passage.stop,
        language=passage.language,
        sentence=quote.sentence.text,
        url=f"{passage.url}#s{number}" if spoken else passage.url,
        start_seconds=starts[passage.stop, passage.language].get(number) if spoken else None,
        score=round(quote.score, 4),
    )


def _titled_once(parts: Sequence[ToldPart]) -> tuple[ToldPart, ...]:
    """Sentences in a row that stand under one title show it below the last of them."""
    after = [*(part.title for part in parts[1:]), ""]
    return tuple(
        replace(part, title="") if part.title == title else part for part, title in zip(parts, after, strict=True)
    )


def _is_spoken(quote: Quoted) -> bool:
    return quote.passage.kind == "stop"


def as_data(question: str, told: Told) -> dict[str, Any]:
    """As the API and `guide ask --json` give it."""
    return {
        "question": question,
        "answer": told.answer,
        "parts": [_part(part) for part in told.parts],
        "refused": told.refused,
        "citations": [asdict(citation) for citation in told.citations],
        "near": list(told.near),
        "suggestions": list(told.suggestions),
        "understood": told.understood,
        "audio": told.audio,
    }


def _part(part: ToldPart) -> dict[str, str | None]:
    cited = part.citation
    url, language = (cited.url, cited.language) if cited else (None, None)
    return {"text": part.text, "url": url, "title": part.title, "language": language}

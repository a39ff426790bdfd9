"""What is written and what is heard, word by word, so that a caption lights up the word being said."""

from dataclasses import dataclass
from functools import cached_property

from guide.narration.reading.marking import written


@dataclass(frozen=True)
class Word:
    """One displayed word; `spoken` may be several words, or empty where a neighbour says it too."""

    start: int
    end: int
    spoken: str
    doubt: str | None = None
    told: str | None = None
    """What is spoken with a lexicon's sounds marked in it (`marking.py`), where there are any."""


@dataclass(frozen=True)
class Entry:
    """One line of a museum's lexicon: how a word is said here."""

    word: str
    say: str | None = None
    phonemes: str | None = None
    case: bool = False
    priority: int = 0
    """The higher goes first, then the longer word."""


@dataclass(frozen=True)
class Reading:
    """A text in NFC and its displayed words in order."""

    text: str
    words: tuple[Word, ...]

    @property
    def spoken(self) -> str:
        """As it is shown to an editor; places that voices tell are places in it."""
        return written(self.told)

    @cached_property
    def told(self) -> str:
        """What a voice is handed."""
        said: list[str] = []
        end = 0
        for word in self.words:
            if word.spoken:
                if said and self.text[end : word.start].strip() != self.text[end : word.start]:
                    said.append(" ")
                said.append(word.told or word.spoken)
                end = word.end
        return "".join(said)

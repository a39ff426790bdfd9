"""What is written and what is heard, word by word, so that a caption lights up the word being said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One displayed word; `spoken` may be several words, or empty where a neighbour says it too."""

    start: int
    end: int
    spoken: str
    doubt: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a museum's lexicon: how a word is said here."""

    word: str
    say: str | None = None
    phonemes: str | None = None
    case: bool = False


@dataclass(frozen=True)
class Reading:
    """A text in NFC and its displayed words in order."""

    text: str
    words: tuple[Word, ...]

    @property
    def spoken(self) -> str:
        said: list[str] = []
        end = 0
        for word in self.words:
            if word.spoken:
                if said and self.text[end : word.start].strip() != self.text[end : word.start]:
                    said.append(" ")
                said.append(word.spoken)
                end = word.end
        return "".join(said)

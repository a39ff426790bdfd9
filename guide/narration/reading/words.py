"""Cutting a text into its displayed words and giving each what is said for it, pauses included."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from guide.narration.reading.folding import Folded
from guide.narration.reading.marking import CLOSE, OPEN
from guide.narration.reading.scan import Part
from guide.narration.reading.shapes import Word

LETTER = "[^\\W\\d_\u00b2\u00b3\u00b9\u2070-\u209f]"
PLAIN = re.compile(rf"{LETTER}+(?:[-'’]{LETTER}+)*(?:[.,!?;:…]*)")
OPENING, CLOSING = "([{（［〔【", ")]}）］〕】"
QUOTES = '"“”„‟«»‹›「」『』〈〉《》`´¨‘‚‛'
APOSTROPHES = "'’ʼ"
DASHES = "-–—―‒"
NAMES_JOINED = re.compile(r"\s[-–]\s+(?=[^\W\d_a-zà-ỹ])")
NAME_ENDS = re.compile(r"(?:^|\s)[^\W\d_a-zà-ỹ][^\W\d_]*\s$")
PAUSES = ".,!?;:…。，、！？：；،؟؛۔।॥"
ENDS = ".!?…。！？؟۔।॥"
HYPHENED = re.compile(rf"(?<=[\w{CLOSE}])(?: - | -|- )(?=[\w{OPEN}])")
FAR_BACK = 12
POSSESSIVE = re.compile(r"\s['’]s\b")
SPOKEN_MARKS = re.compile(rf" ?([{re.escape(PAUSES)}](?: ?[{re.escape(PAUSES)}])*)")


def whole_runs(text: str) -> Iterator[tuple[int, int]]:
    for run in re.finditer(r"\S+", text):
        yield run.start(), run.end()


@dataclass(frozen=True)
class Manner:
    """How a language treats what is no word: its names for signs, its comma, whether words stand apart."""

    signs: Mapping[str, str] = field(default_factory=dict)
    comma: str = ","
    gap: str = " "
    names_joined: bool = False
    twins: Mapping[int, int | str | None] = field(default_factory=dict)
    cut: Callable[[str], Iterator[tuple[int, int]]] = whole_runs


def displayed(folded: Folded, parts: list[Part], manner: Manner) -> tuple[Word, ...]:
    words: list[Word] = []
    next_part = 0
    for start, end in manner.cut(folded.text):
        while next_part < len(parts) and parts[next_part].end <= start:
            next_part += 1
        inside = parts_within(parts, next_part, end)
        said = spoken(folded.text, start, end, inside, manner)
        doubt = next((part.doubt for part in inside if part.doubt), None)
        said = hand_back_pause(words, said)
        words.append(Word(folded.start(start), folded.end(end), said, doubt))
    return at_the_end(words, folded.text, manner)


def at_the_end(words: list[Word], text: str, manner: Manner) -> tuple[Word, ...]:
    """A bracket that closes a text is no pause."""
    if words and text.rstrip()[-1] in CLOSING and words[-1].spoken.endswith(manner.comma):
        words[-1] = replace(words[-1], spoken=words[-1].spoken.removesuffix(manner.comma))
    return tuple(words)


def parts_within(parts: list[Part], first: int, end: int) -> list[Part]:
    found = []
    for index in range(first, len(parts)):
        if parts[index].start >= end:
            break
        found.append(parts[index])
    return found


def spoken(text: str, start: int, end: int, parts: list[Part], manner: Manner) -> str:
    if not parts:
        word = text[start:end]
        return word if PLAIN.fullmatch(word) else tidy(plain(text, start, end, manner), manner)
    pieces: list[str] = []
    place = start
    for part in parts:
        if part.start > place:
            pieces.append(plain(text, place, part.start, manner))
        pieces.append(part.spoken + full_stop(text, part) if part.start >= start else "")
        place = max(place, part.end)
    if place < end:
        pieces.append(plain(text, place, end, manner))
    return tidy(manner.gap.join(piece for piece in pieces if piece), manner)


def full_stop(text: str, part: Part) -> str:
    """An abbreviation's dot that also ended the text still ends it."""
    ends = part.end > part.start and text[part.end - 1] == "." and not text[part.end : part.end + 8].strip("\"'”’)] ")
    return "." if ends and part.spoken and part.spoken[-1] not in PAUSES else ""


def plain(text: str, start: int, end: int, manner: Manner) -> str:
    """What no rule claimed, without the signs that a voice would spell out."""
    chunk = text[start:end]
    if chunk.isalpha():
        return chunk
    said = []
    for place in range(start, end):
        character = text[place]
        said.append(character if character.isalpha() or character.isdecimal() else sign(text, place, manner))
    return "".join(said)


def sign(text: str, place: int, manner: Manner) -> str:
    character = text[place]
    if character in manner.signs:
        return f" {manner.signs[character]} "
    if character in PAUSES:
        return character
    if character in OPENING or character in CLOSING:
        return manner.comma
    if character in APOSTROPHES or character in DASHES:
        if (
            manner.names_joined
            and NAMES_JOINED.match(text, max(0, place - 1))
            and NAME_ENDS.search(text[max(0, place - 24) : place])
        ):
            return " "
        return joint(text, place, manner)
    if character in QUOTES:
        return ""
    return character if unicodedata.category(character)[0] == "M" else " "


def joint(text: str, place: int, manner: Manner) -> str:
    """An apostrophe or hyphen inside a word stays, a dash between words is a pause."""
    left, right = text[place - 1 : place], text[place + 1 : place + 2]
    if left.isalnum() and right.isalnum():
        return text[place] if text[place] in "-'’ʼ" else " "
    if text[place] in APOSTROPHES:
        return "'" if left.isalpha() and left == "s" else ""
    alone = not left.strip() and not right.strip()
    return manner.comma if alone or text[place] in "—―" else " "


def tidy(said: str, manner: Manner) -> str:
    close = " ".join(said.split())
    words = " ".join(SPOKEN_MARKS.sub(lambda run: strongest(run.group(1), manner), close).split())
    return HYPHENED.sub("-", POSSESSIVE.sub("'s", words))


def strongest(run: str, manner: Manner) -> str:
    """Of several pauses in a row one is heard: an end of sentence before a comma."""
    marks = "".join(run.split())
    ends = "".join(mark for mark in marks if mark in ENDS)
    return (ends or marks[0]) + manner.gap


def hand_back_pause(words: list[Word], said: str) -> str:
    """A pause before a word belongs to the word before it."""
    if not said or said[0] not in PAUSES:
        return said
    rest = said.lstrip(PAUSES + " ")
    mark = said[: len(said) - len(rest)].strip()
    index = next((i for i in range(len(words) - 1, max(-1, len(words) - FAR_BACK), -1) if words[i].spoken), None)
    if index is not None and words[index].spoken[-1] not in PAUSES:
        words[index] = replace(words[index], spoken=words[index].spoken + mark)
    return rest

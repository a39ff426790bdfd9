"""A sentence is one thing everywhere: each text is cut once; captions, highlights and citations speak of its numbers.

Number 0 is the title. The text is NFC and plain: Markdown is read and left behind before cutting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["code", "fence", "reference"])
"""An indented line is a line, not a program: nothing that was written may go unheard."""
_MAY_BE_MARKED = re.compile(r"[\\`*_\[\]<&\0\r]|^[ \t]*(?:[#>=+-]|\d+[.)])", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
"""Most texts are plain: of them Markdown makes nothing but paragraphs."""
AT_HAND = 512
"""Texts that were lately cut: a page, its sound, an answer and its check all read the same."""
_WIDE_STOPS = "。！？｡．"
_END = re.compile(rf"(?:[.!?…؟۔।॥។]+|[{_WIDE_STOPS}]+)(?P<closed>(?: ?»|[”’\"')\]』」）])*)")
_WIDE_END = re.compile(rf"[{_WIDE_STOPS}]")
_QUOTED_ON = re.compile("[ぁ-ゖ]")
"""In Japanese the sentence goes on after a quotation: 「…。」と…"""
_SHORTENED = {
    "vi": "tp q p th ths ts gs pgs bs ks tr h tx tt nxb vd st kh",
    "en": "mr mrs ms dr prof st vol fig ca c jr sr gen col capt lt",
    "fr": "mme mlle dr st ste av env ex",
    "de": "dr prof st nr bzw ca jh hl",
    "es": "sr sra dr dra ud pág av",
    "ru": "г гг в вв им ул св",
}
_BEFORE_A_NUMBER = frozenset("no nr no n số pp p art tr".split())
_CENTURIES = frozenset("kỷ century siècle siglo jahrhundert век thứ".split())
_COUNTED_WITH_A_POINT = frozenset("de da nb nn no fi cs sk hu".split())
"""Languages that write the third as 3."""
_ONE_NUMBER = re.compile(r"\d{1,2}")
_POINTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
"""e.g, z.B, U.S, т.е"""
_MAY_END = frozenset("v.v т.д т.п a.m p.m".split())
"""Pointed too, and yet a sentence often ends with them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    number: int
    text: str
    paragraph: int
    """0 for the title, then 1, 2, … so that voices and pages pause and break in the same places."""


@lru_cache(AT_HAND)
def sentences(title: str, body: str, language: str) -> tuple[Sentence, ...]:
    found = [Sentence(0, plain(title), 0)]
    for number, paragraph in enumerate(paragraphs(body), start=1):
        for text in cut(paragraph, language):
            found.append(Sentence(len(found), text, number))
    return tuple(found)


def plain(markdown: str) -> str:
    return " ".join(paragraphs(markdown))


def paragraphs(markdown: str) -> list[str]:
    """The words of each block of a Markdown text, in order, without its marks."""
    written = unicodedata.normalize("NFC", markdown)
    blocks = _blocks(_MARKDOWN.parse(written)) if _MAY_BE_MARKED.search(written) else _BLANK.split(written)
    texts = (" ".join(text.split()) for text in blocks)
    return [text for text in texts if text]


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """A number that a list begins with is kept: it may be the year that the paragraph is about."""
    number = ""
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline":
            yield number + "".join(_words(child) for child in token.children or ())
            number = ""


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline", "image") else ""


def cut(paragraph: str, language: str) -> list[str]:
    """Cut at stops that end a sentence: not after an abbreviation, an initial, a number's point, or inside a name."""
    pieces, start = [], 0
    for stop in _END.finditer(paragraph):
        if _ends_here(paragraph, stop, language.split("-")[0]):
            pieces.append(paragraph[start : stop.end()].strip())
            start = stop.end()
    return [piece for piece in (*pieces, paragraph[start:].strip()) if piece]


def _ends_here(text: str, stop: re.Match[str], language: str) -> bool:
    after = text[stop.end() :]
    if _WIDE_END.match(stop[0]):
        return not (stop["closed"] and _QUOTED_ON.match(after))
    following = after.lstrip()
    if after and (after == following or following[0].islower()):
        return False
    return not following or stop[0] != "." or not _goes_on(text[: stop.start()], following, language)


def _goes_on(before: str, following: str, language: str) -> bool:
    """Whether the point belongs to the word before it."""
    earlier, word = _last_words(before)
    if _ONE_NUMBER.fullmatch(word):
        return language in _COUNTED_WITH_A_POINT or not earlier
    if word.isdigit():
        return not earlier
    if word.lower() in _BEFORE_A_NUMBER and following[0].isdigit():
        return True
    if len(word) == 1 and word.isupper():
        return earlier.lower() not in _CENTURIES
    if _POINTED.fullmatch(word):
        return word.lower() not in _MAY_END
    return word.lower() in _SHORTENED.get(language, "").split()


def _last_words(before: str) -> tuple[str, str]:
    words = re.split(r"[\s(“„\"'«‘]+", before)
    return (words[-2] if len(words) > 1 else ""), words[-1]

"""The order's code in a transfer's memo: what we ask the payer to write, and how it is found in what a bank made of it.

Banks add words before and after, drop or put in spaces and hyphens, and change capitals. After our sign `SEN` a code is
read across spaces; without the sign only where it stands alone. What is found is a candidate with a right check
character; whether there is such an order is asked of the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from guide.tickets import codes
from guide.tours.codes import ALPHABET

SIGN = "SEN"
LONGEST = 1000
_SIGNED = re.compile(rf"(?=S[\s\-]?E[\s\-]?N[\W_]*((?:[{ALPHABET}][\s\-_]*){{{codes.LENGTH}}}))")
_WORDS = re.compile(r"[A-Z0-9]+")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[A-Z]")


def memo_of(code: str) -> str:
    """Fit for the 25 characters that a QR code's memo may have."""
    return f"{SIGN} {code}"


def codes_in(memo: str) -> tuple[str, ...]:
    """The codes that a memo may mean, each once; those behind our sign, or else those that stand alone."""
    text = unicodedata.normalize("NFKC", memo[:LONGEST]).upper()
    signed = [_tight(found) for found in _SIGNED.findall(text)]
    found = [code for code in signed if codes.is_code(code)] or list(_alone(text))
    return tuple(dict.fromkeys(found))


def _tight(text: str) -> str:
    return re.sub(r"[\s\-_]+", "", text)


def _alone(text: str) -> Iterator[str]:
    """Whole words that make up a code together; a real word has no digit, a bank's number no letter."""
    words = _WORDS.findall(text)
    for first in range(len(words)):
        joined = ""
        for word in words[first:]:
            joined += word
            if len(joined) >= codes.LENGTH:
                break
        if codes.is_code(joined) and _DIGIT.search(joined) and _LETTER.search(joined):
            yield joined

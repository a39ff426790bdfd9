"""Where a voice may take a breath: a long sentence is handed over in parts, and the first of them is heard soon."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_WORDS = 25
MOST_LETTERS = 300
WORD = re.compile(r"\S+")
CLAUSE_ENDS = ",;:!?…—"
ABBREVIATED = re.compile(r"(?:[A-ZĐ]|(?i:[bcdfghjklmnpqrstvwxzđ]){2,4})\.")


def breaths(text: str, most_words: int = MOST_WORDS, most_letters: int = MOST_LETTERS) -> list[int]:
    """Where each part begins: after a clause where one ends near enough, so that no part is a lone word."""
    words = [word for run in WORD.finditer(text) for word in _cut(run.group(), run.start(), most_letters)]
    starts = [0]
    first = 0
    while (left := len(words) - first) > most_words or _letters(words, first) > most_letters:
        parts = max(-(-left // most_words), -(-_letters(words, first) // most_letters), 2)
        first += _next(words[first : first + most_words + 1], -(-left // parts), most_letters)
        starts.append(words[first][0])
    return starts


def unabbreviated(text: str) -> str:
    """Of the same length: the dot of an abbreviation would end the sentence."""
    end = len(text.rstrip())
    return WORD.sub(lambda word: _undotted(word.group()) if word.end() < end else word.group(), text)


def _undotted(word: str) -> str:
    return word[:-1] + " " if ABBREVIATED.fullmatch(word) else word


def _cut(word: str, start: int, longest: int) -> Iterator[tuple[int, str]]:
    for at in range(0, len(word), longest):
        yield start + at, word[at : at + longest]


def _letters(words: list[tuple[int, str]], first: int) -> int:
    return words[-1][0] + len(words[-1][1]) - words[first][0] if first < len(words) else 0


def _next(words: list[tuple[int, str]], aim: int, longest: int) -> int:
    """How many words the next part takes: up to the clause's end that is nearest to what is aimed at."""
    fitting = [count for count in range(1, len(words)) if words[count][0] - words[0][0] <= longest]
    most = max(fitting, default=1)
    clauses = [count for count in fitting if 2 * count >= aim and _ends(words[count - 1][1])]
    return min(clauses, key=lambda count: abs(count - aim), default=min(aim, most))


def _ends(word: str) -> bool:
    return word[-1] in CLAUSE_ENDS or (word[-1] == "." and not ABBREVIATED.fullmatch(word))

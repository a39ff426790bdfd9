"""Which language a reader gets, and the product's own words in it.

The words stand in `messages/<language>/`, a file a room, for a translator to edit: nested keys, `{names}` in braces. A
language without a word of its own falls back to English, then to the key itself, which a test forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FALLBACK = "en"
MOST_WISHES = 20
_WISH = re.compile(r"\s*(?P<tag>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d*)?)\s*)?")
RIGHT_TO_LEFT = frozenset("ar dv fa he ps ur yi".split())


def base(tag: str) -> str:
    return tag.split("-", 1)[0].lower()


def match(asked: str, offered: Iterable[str]) -> str | None:
    """`zh-CN` finds `zh`, and `zh` finds `zh-Hant` where there is nothing nearer."""
    wanted = asked.lower().split("-")
    near = [tag for tag in offered if base(tag) == wanted[0]]
    return max(near, key=lambda tag: _alike(wanted, tag.lower().split("-")), default=None)


def _alike(wanted: list[str], tag: list[str]) -> tuple[int, int]:
    """How many parts two tags begin alike with; of two that do so equally, the plainer tag is nearer."""
    alike = [one == other for one, other in zip(wanted, tag, strict=False)]
    return ([*alike, False].index(False), -len(tag))


def accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, best first."""
    wishes = [_WISH.fullmatch(part) for part in header.split(",")[:MOST_WISHES]]
    weighted = [(float(wish["weight"] or 1), wish["tag"]) for wish in wishes if wish]
    return [tag for weight, tag in sorted(weighted, key=lambda wish: -wish[0]) if weight > 0]


def choose(wishes: Iterable[str], offered: Iterable[str], otherwise: str) -> str:
    tags = list(offered)
    return next((found for wish in wishes if (found := match(wish, tags))), otherwise)


@dataclass(frozen=True)
class Messages:
    """The product's own words, by language and dotted key."""

    words: Mapping[str, Mapping[str, str]]
    languages: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "languages", tuple(sorted(self.words)))

    @classmethod
    def load(cls, folder: Path) -> Messages:
        languages = sorted(path for path in folder.iterdir() if path.is_dir())
        return cls({language.name: dict(_words(language)) for language in languages})

    def spoken_in(self, language: str, fallbacks: Iterable[str] = ()) -> str:
        """The interface language for a reader of `language`, which may have no interface of its own."""
        return choose([language, *fallbacks], self.languages, FALLBACK)

    def say(self, language: str, key: str, /, **facts: object) -> str:
        pattern = self.find(language, key)
        told = {name: self._told(language, name, fact) for name, fact in facts.items()}
        return pattern.format_map(told) if pattern else key

    def _told(self, language: str, name: str, fact: object) -> str:
        """A day as it is written in the language; an amount, which is called `…dong`, grouped as there."""
        if isinstance(fact, date) and not isinstance(fact, datetime):
            return self.day(language, fact)
        return grouped(fact, language) if isinstance(fact, int) and name.endswith("dong") else str(fact)

    def day(self, language: str, day: date) -> str:
        """24/11/2026 within a Vietnamese sentence, 24 November 2026 in an English one."""
        if match(language, self.languages) == "vi":
            return f"{day:%d/%m/%Y}"
        return self.say(
            language, "days.date", day=day.day, month=self.say(language, f"days.month.{day.month}"), year=day.year
        )

    def find(self, language: str, key: str) -> str | None:
        interface = match(language, self.languages) or FALLBACK
        return self.words[interface].get(key) or self.words[FALLBACK].get(key)


def grouped(number: int, language: str) -> str:
    """50.000 in Vietnamese and the other languages that group with points, 50,000 in English and East Asia."""
    told = f"{number:,}"
    if base(language) in ("en", "zh", "ja", "ko", "th"):
        return told
    return told.replace(",", "\u202f" if base(language) in ("fr", "ru") else ".")


@cache
def shipped_messages() -> Messages:
    return Messages.load(Path(__file__).parent / "messages")


def _words(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.yaml")):
        yield from _flat(yaml.safe_load(file.read_text("utf-8")))


def _flat(tree: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        path = f"{above}.{key}" if above else str(key)
        if isinstance(value, dict):
            yield from _flat(value, path)
        else:
            yield path, str(value)


def endonym(tag: str) -> str:
    """A language by its own name; a tag that we do not know names itself."""
    return ENDONYMS.get(tag) or ENDONYMS.get(base(tag)) or tag


ENDONYMS = {
    "ar": "العربية",
    "bdq": "Bahnar",
    "cjm": "Chăm",
    "cmo": "M’Nông",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "he": "עברית",
    "hmn": "Hmoob",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "jra": "Jrai",
    "km": "ខ្មែរ",
    "ko": "한국어",
    "lo": "ລາວ",
    "pt": "Português",
    "rad": "Êđê",
    "ru": "Русский",
    "sed": "Xơ Đăng",
    "th": "ไทย",
    "tyz": "Tày",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "zh-Hant": "繁體中文",
}

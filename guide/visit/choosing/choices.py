"""How a visitor wants to read: larger letters, an easier telling, more contrast, less motion, more room in the lines.

The phone remembers it in a cookie that names nobody, `text-large.version-easy`. A page carries it on its root element
as `data-text="large" data-version="easy"`, and differs in nothing else: so a kept copy suits whoever opens it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from markupsafe import Markup

COOKIE = "choices"
OFFERED: Mapping[str, tuple[str, ...]] = {
    "text": ("large", "larger", "largest"),
    "version": ("easy", "child"),
    "contrast": ("more",),
    "motion": ("calm",),
    "spacing": ("wide",),
}


@dataclass(frozen=True)
class Choices:
    """What differs from the page as it is; an empty word is a choice that was not made."""

    text: str = ""
    version: str = ""
    contrast: str = ""
    motion: str = ""
    spacing: str = ""

    @property
    def made(self) -> dict[str, str]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    @property
    def cookie(self) -> str:
        return ".".join(f"{name}-{value}" for name, value in self.made.items())

    @property
    def attributes(self) -> Markup:
        """For the page's root element."""
        return Markup().join(Markup(' data-{}="{}"').format(name, value) for name, value in self.made.items())


def remembered(cookie: str) -> Choices:
    """What the phone says; words that we do not know are passed over."""
    return _chosen(dict(pair.split("-", 1) for pair in cookie.split(".") if "-" in pair))


def typed(form: Mapping[str, Sequence[str]]) -> Choices:
    return Choices() if "reset" in form else _chosen({name: values[0] for name, values in form.items() if values})


def _chosen(said: Mapping[str, str]) -> Choices:
    return Choices(**{name: said[name] for name, offered in OFFERED.items() if said.get(name) in offered})


def way_back(came_from: str, host: str) -> str:
    """The page that the visitor was on, where it is one of ours; else the first page."""
    try:
        there = urlsplit(came_from)
    except ValueError:
        return "/"
    ours = there.scheme in ("http", "https", "") and there.netloc in (host, "") and came_from.isprintable()
    inside = there.path.startswith("/") and not there.path.startswith("//") and "\\" not in came_from
    path = there.path + (f"?{there.query}" if there.query else "")
    return path if ours and inside and there.path != "/choices" else "/"

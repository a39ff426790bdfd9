"""Where things are on the web; the one place that spells an address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from guide.narration.asked import OfSentence, OfStop, told


def home(language: str) -> str:
    return f"/?lang={language}"


def museum(slug: str, language: str) -> str:
    return f"/{slug}?lang={language}"


def stop(museum: str, slug: str, language: str) -> str:
    return f"/{museum}/stops/{slug}?lang={language}"


def tour(museum: str, slug: str, language: str) -> str:
    return f"/{museum}/tours/{slug}?lang={language}"


def step(museum: str, slug: str, tour: str | None, language: str) -> str:
    """A stop, on a walk when there is one."""
    return stop(museum, slug, language) + (f"&tour={quote(tour)}" if tour else "")


def search(museum: str, language: str, **chosen: str) -> str:
    asked = {name: value for name, value in chosen.items() if value}
    return f"/{museum}/search?{urlencode({**asked, 'lang': language})}"


def ask(museum: str, language: str, question: str = "", stop: str = "") -> str:
    asked = {name: value for name, value in (("q", question), ("stop", stop)) if value}
    return f"/{museum}/ask?{urlencode({**asked, 'lang': language})}"


def card(museum: str, slug: str, language: str) -> str:
    return f"/{museum}/stops/{slug}/card.png?lang={language}"


def code(code: str) -> str:
    return f"/q/{code}"


def media(name: str) -> str:
    return f"/media/{name.removeprefix('media/')}"


def narration(name: str, ending: str, museum: str, stop: str, language: str, *, ready: bool) -> str:
    """A recording that is not made yet is asked for with the stop it is of, so that it can be made."""
    of = "" if ready else f"?of={told(OfStop(museum, stop, language))}"
    return f"/media/{name}.{ending}{of}"


def sentences(names: Iterable[tuple[int, str]], museum: str, stop: str, language: str) -> dict[int, str]:
    """Each sentence's own recording, by its number."""
    return {
        number: f"/media/{name}.mp3?of={told(OfSentence(museum, stop, language, number))}" for number, name in names
    }

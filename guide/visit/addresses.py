"""Where things are on the web; the one place that spells an address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from guide.narration.asked import OfSentence, OfStop, told


def home(language: str) -> str:
    return f"/?lang={language}"


def choices(language: str) -> str:
    return f"/choices?lang={language}"


def museum(slug: str, language: str) -> str:
    return f"/{slug}?lang={language}"


def museum_further(slug: str, page: int, language: str) -> str:
    """The museum's page where its stops go on."""
    return f"/{slug}?page={page}&lang={language}"


def take(museum: str, language: str) -> str:
    return f"/{museum}/take?lang={language}"


def unlisted(museum: str, language: str) -> str:
    """What a phone without a network shows for a number or a code that it did not take along."""
    return f"/{museum}/unlisted?lang={language}"


def offline(language: str) -> str:
    return f"/offline?lang={language}"


def pack(museum: str, language: str) -> str:
    return f"/api/v1/museums/{museum}/pack?lang={language}"


def stop(museum: str, slug: str, language: str) -> str:
    return f"/{museum}/stops/{slug}?lang={language}"


def tour(museum: str, slug: str, language: str) -> str:
    return f"/{museum}/tours/{slug}?lang={language}"


def step(museum: str, slug: str, tour: str | None, language: str) -> str:
    """A stop, on a walk when there is one."""
    return on_walk(museum, slug, language, tour_asked(tour) if tour else "")


def on_walk(museum: str, slug: str, language: str, asked: str) -> str:
    """A stop, with what the address says of the walk that is followed."""
    return stop(museum, slug, language) + (f"&{asked}" if asked else "")


def tour_asked(tour: str) -> str:
    return f"tour={quote(tour)}"


def walk(museum: str, language: str, asked: str = "") -> str:
    """Where a walk is composed, and where one that was composed is shown again."""
    return f"/{museum}/walk?lang={language}" + (f"&{asked}" if asked else "")


def pocket(museum: str, language: str) -> str:
    return f"/api/v1/museums/{museum}/pocket?lang={language}"


def findable(museum: str, language: str) -> str:
    return f"/api/v1/museums/{museum}/findable?lang={language}"


def terrain(museum: str, language: str) -> str:
    return f"/api/v1/museums/{museum}/terrain?lang={language}"


def search(museum: str, language: str, **chosen: str) -> str:
    asked = {name: value for name, value in chosen.items() if value}
    return f"/{museum}/search?{urlencode({**asked, 'lang': language})}"


def ask(museum: str, language: str, question: str = "", stop: str = "") -> str:
    asked = {name: value for name, value in (("q", question), ("stop", stop)) if value}
    return f"/{museum}/ask?{urlencode({**asked, 'lang': language})}"


def map_of(museum: str, language: str, **chosen: str) -> str:
    """`stop`: where one stands; `tour` or `walk`: which way is drawn."""
    return f"/{museum}/map?{asked(**chosen)}lang={language}"


def asked(**chosen: str) -> str:
    """What an address says before its language; what is empty is left out."""
    found = urlencode({name: value for name, value in chosen.items() if value})
    return f"{found}&" if found else ""


def card(museum: str, slug: str, language: str) -> str:
    return f"/{museum}/stops/{slug}/card.png?lang={language}"


def artwork(museum: str, slug: str) -> str:
    """A stop's picture for a locked phone."""
    return f"/{museum}/stops/{slug}/artwork.png"


def tour_track(museum: str, tour: str, language: str) -> str:
    """A walk as one file."""
    return f"/{museum}/tours/{tour}/track.mp3?lang={language}"


def walk_track(museum: str, walk: str, language: str) -> str:
    return f"/{museum}/track.mp3?walk={walk}&lang={language}"


def code(code: str) -> str:
    return f"/q/{code}"


def seen(museum: str, slug: str, number: int, language: str, asked: str = "") -> str:
    """Something to look at closely, with what the address says of the walk that is followed."""
    return f"/{museum}/stops/{slug}/seeing/{number}?lang={language}" + (f"&{asked}" if asked else "")


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

"""The museum's page opens with today: open until when, or closed and why; then the walks and the stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guide.clock import day_in
from guide.storage import Storage
from guide.tours.calendar import Today, today
from guide.tours.catalogue import Museum
from guide.tours.content import Contact, Tour
from guide.tours.prices import dong, own_name, prices_on
from guide.visit import addresses
from guide.visit.cards import StopCard, stop_card
from guide.visit.frame import Reader, Told
from guide.visit.places.where import Places, places

STOPS_A_PAGE = 60


@dataclass(frozen=True)
class ShownPrice:
    category: str
    name: Told
    """The museum's own; ours stands for it where it has none."""
    price: str
    free: bool
    ages: tuple[int, ...]
    basis: Told


@dataclass(frozen=True)
class Facility:
    name: str
    text: Told


@dataclass(frozen=True)
class TourCard:
    url: str
    title: Told
    minutes: int
    stops: int
    steps: int


@dataclass(frozen=True)
class MuseumPage:
    slug: str
    name: Told
    about: Told
    today: Today
    closure_reason: Told
    free_reason: Told
    hours: tuple[tuple[str, tuple[str, ...]], ...]
    prices: tuple[ShownPrice, ...]
    sells: bool
    """Tickets, here and now."""
    address: Told
    contact: Contact | None
    facilities: tuple[Facility, ...]
    tours: tuple[TourCard, ...]
    stops: tuple[StopCard, ...]
    page: int
    pages: int
    search_url: str
    places: Places | None


def museum_page(museum: Museum, reader: Reader, now: datetime, storage: Storage, page: int = 1) -> MuseumPage:
    sheet, state = museum.sheet, today(museum.sheet, now)
    pages = max(1, -(-len(museum.shown_stops) // STOPS_A_PAGE))
    page = min(max(page, 1), pages)
    shown = museum.shown_stops[(page - 1) * STOPS_A_PAGE : page * STOPS_A_PAGE]
    return MuseumPage(
        slug=museum.slug,
        name=reader.told(museum, sheet.name),
        about=reader.told(museum, sheet.about),
        today=state,
        closure_reason=reader.told(museum, state.closure.reason if state.closure else None),
        free_reason=reader.told(museum, state.free.reason if state.free else None),
        hours=tuple((days, tuple(spans)) for days, spans in (sheet.hours or {}).items()),
        prices=tuple(_prices(museum, reader, state.day)),
        sells=sheet.tickets.online and bool(sheet.prices),
        address=reader.told(museum, sheet.address),
        contact=sheet.contact,
        facilities=tuple(_facilities(museum, reader)),
        tours=tuple(tour_card(museum, slug, tour, reader) for slug, tour in by_minutes(museum)),
        stops=tuple(stop_card(museum, stop, reader, state.day, storage) for stop in shown),
        page=page,
        pages=pages,
        search_url=f"/{museum.slug}/search",
        places=places(museum, reader, state.day),
    )


def by_minutes(museum: Museum) -> list[tuple[str, Tour]]:
    return sorted(museum.tours.items(), key=lambda item: (item[1].minutes, item[0]))


def tour_card(museum: Museum, slug: str, tour: Tour, reader: Reader) -> TourCard:
    url = addresses.tour(museum.slug, slug, reader.language)
    steps = sum(step.steps for step in tour.stops)
    return TourCard(url, reader.told(museum, tour.title), tour.minutes, len(tour.stops), steps)


def _prices(museum: Museum, reader: Reader, day: date) -> Sequence[ShownPrice]:
    return [
        ShownPrice(
            price.category,
            reader.told(museum, own_name(museum, price.category)),
            dong(price.dong, reader.interface),
            price.dong == 0,
            tuple(price.ages or ()),
            reader.told(museum, price.basis),
        )
        for price in prices_on(museum.sheet, day)
    ]


def _facilities(museum: Museum, reader: Reader) -> Sequence[Facility]:
    found = museum.sheet.facilities or ()
    return [Facility(name, reader.told(museum, text)) for name, text in found if text]


@dataclass(frozen=True)
class TourStep:
    card: StopCard
    walk_minutes: float
    steps: int
    open: bool


@dataclass(frozen=True)
class TourPage:
    title: Told
    about: Told
    minutes: int
    steps: tuple[TourStep, ...]
    start_url: str | None


def tour_page(museum: Museum, slug: str, tour: Tour, reader: Reader, now: datetime, storage: Storage) -> TourPage:
    day = day_in(museum.sheet.time_zone, now)
    walked = []
    for step in tour.stops:
        stop = museum.stop(step.stop)
        if stop is None or stop.withdrawn:
            continue
        url = addresses.step(museum.slug, stop.slug, slug, reader.language)
        card = stop_card(museum, stop, reader, day, storage, url)
        walked.append(TourStep(card, step.walk_minutes, step.steps, not card.closed))
    start = next((step.card.url for step in walked if step.open), None)
    return TourPage(
        reader.told(museum, tour.title), reader.told(museum, tour.about), tour.minutes, tuple(walked), start
    )


@dataclass(frozen=True)
class MuseumCard:
    url: str
    name: Told
    address: Told
    today: Today
    stops: int
    picture: StopCard | None


def museum_card(museum: Museum, reader: Reader, now: datetime, storage: Storage) -> MuseumCard:
    state = today(museum.sheet, now)
    first = next((stop for stop in museum.shown_stops if stop.images), None)
    return MuseumCard(
        addresses.museum(museum.slug, reader.language),
        reader.told(museum, museum.sheet.name),
        reader.told(museum, museum.sheet.address),
        state,
        len(museum.shown_stops),
        stop_card(museum, first, reader, state.day, storage) if first else None,
    )

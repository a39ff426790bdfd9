"""A stop's page: the play button first, then the words as they are spoken, then what is known and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from guide.narration.hearing import Sound
from guide.storage import Storage
from guide.tours.calendar import stop_closure
from guide.tours.catalogue import Museum
from guide.tours.content import VARIANTS, Closure, Stop, Text, Withdrawn
from guide.tours.sentences import Sentence, paragraphs, sentences
from guide.visit import addresses
from guide.visit.cards import ShownFact, ShownPicture, StopCard, shown_facts, shown_pictures, stop_card
from guide.visit.frame import Reader, Told
from guide.visit.places.where import Where, where
from guide.visit.seeing.cards import SeenCard, seen_cards
from guide.visit.walking.composed import dotted
from guide.visit.walking.followed import Followed


@dataclass(frozen=True)
class ShownSentence:
    """Becomes `<span id="s3" data-sentence="3" data-start data-end>`."""

    number: int
    text: str
    start: float | None = None
    end: float | None = None
    alone: str | None = None
    """Its own recording, to be heard until the whole is made."""


@dataclass(frozen=True)
class Player:
    mp3: str
    webm: str
    captions: str
    voice: str
    human: bool
    ready: bool
    by_sentence: bool
    """It takes a while to be ready, and its sentences can be heard meanwhile."""
    seconds: float | None
    next_url: str | None
    artwork: str | None


@dataclass(frozen=True)
class ClosedNotice:
    reason: Told
    since: date | None
    until: date | None
    instead: StopCard | None


@dataclass(frozen=True)
class Detail:
    """One line about the object: `name` is its key in the messages."""

    name: str
    value: Told
    url: str | None = None


@dataclass(frozen=True)
class Variant:
    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class WalkStep:
    """Where the stop stands on the walk that the visitor follows."""

    title: Told
    url: str
    place: int
    length: int
    asked: str
    """How addresses say the walk."""
    composed: bool
    """For this visitor, who may plan it anew from here."""
    seen: str = ""
    """The numbers of what was seen on it, this stop among them."""
    wish: str = ""


@dataclass(frozen=True)
class StopPage:
    museum: str
    slug: str
    number: int
    code: str
    title: ShownSentence
    language: str
    elsewhere: bool
    """The text is in another language than the one asked for."""
    paragraphs: tuple[tuple[ShownSentence, ...], ...]
    player: Player | None
    closed: ClosedNotice | None
    withdrawn: Withdrawn | None
    withdrawn_reason: Told
    pictures: tuple[ShownPicture, ...]
    details: tuple[Detail, ...]
    other_names: tuple[str, ...]
    old_places: tuple[str, ...]
    facts: tuple[ShownFact, ...]
    variants: tuple[Variant, ...]
    walk: WalkStep | None
    before: StopCard | None
    after: StopCard | None
    step_free: bool | None
    machine_translated: bool
    stale_translation: bool
    where: Where | None
    seeing: tuple[SeenCard, ...]


def stop_page(
    museum: Museum,
    stop: Stop,
    reader: Reader,
    sound: Sound | None,
    day: date,
    storage: Storage,
    on: Followed | None = None,
) -> StopPage:
    stop = tombstone(stop) if stop.withdrawn else stop
    text, language = museum.text(stop, reader.language)
    cues = {number: (start, end) for number, start, end in sound.cues} if sound else {}
    alone = addresses.sentences(sound.first, museum.slug, stop.slug, language) if sound else {}
    shown = [_shown(sentence, cues, alone) for sentence in sentences(text.title, text.body, language)]
    cut = sentences(text.title, text.body, language)
    cards = [
        stop_card(museum, s, reader, day, storage, on.step(museum.slug, s.slug, reader.language) if on else "")
        if s
        else None
        for s in _neighbours(museum, stop, on)
    ]
    translation = stop.translations.get(language)
    return StopPage(
        museum=museum.slug,
        slug=stop.slug,
        number=stop.number,
        code=stop.code,
        title=shown[0],
        language=language,
        elsewhere=Told("x", language, reader.language).elsewhere,
        paragraphs=tuple(
            tuple(shown[sentence.number] for sentence in group)
            for _, group in groupby(cut[1:], key=lambda sentence: sentence.paragraph)
        ),
        player=_player(museum, stop, language, sound, cards[1]),
        closed=_closed(museum, stop, reader, day, storage),
        withdrawn=stop.withdrawn,
        withdrawn_reason=reader.told(museum, stop.withdrawn.reason if stop.withdrawn else None),
        pictures=tuple(shown_pictures(museum, stop, stop.images, reader, storage)),
        details=tuple(_details(museum, stop, reader)),
        other_names=tuple(stop.names.other),
        old_places=tuple(stop.names.places),
        facts=tuple(shown_facts(museum, stop.facts, reader)),
        variants=tuple(_variants(stop, language)),
        walk=_walk(stop, on),
        before=cards[0],
        after=cards[1],
        step_free=stop.step_free,
        machine_translated=bool(translation and translation.by == "machine"),
        stale_translation=bool(translation and translation.of != museum.source_hash(stop)),
        where=where(museum, stop, reader, day, storage, on.asked if on else ""),
        seeing=seen_cards(museum, stop, reader, storage, on.asked if on else ""),
    )


def tombstone(stop: Stop) -> Stop:
    """What is left of a stop that was taken back: its title, its number, and why."""
    titles = {language: Text(title=text.title) for language, text in stop.texts.items()}
    bare = Stop(slug=stop.slug, number=stop.number, code=stop.code, texts=titles)
    return bare.model_copy(update={"withdrawn": stop.withdrawn})


def _shown(sentence: Sentence, cues: dict[int, tuple[float, float]], alone: dict[int, str]) -> ShownSentence:
    start, end = cues.get(sentence.number, (None, None))
    return ShownSentence(sentence.number, sentence.text, start, end, alone.get(sentence.number))


def _player(museum: Museum, stop: Stop, language: str, sound: Sound | None, after: StopCard | None) -> Player | None:
    if sound is None:
        return None
    mp3, webm, vtt = (
        addresses.narration(sound.name, ending, museum.slug, stop.slug, language, ready=sound.ready)
        for ending in ("mp3", "webm", "vtt")
    )
    next_url = after.url if after else None
    first, art = bool(sound.first), addresses.artwork(museum.slug, stop.slug) if stop.images else None
    return Player(mp3, webm, vtt, sound.voice, sound.human, sound.ready, first, sound.seconds, next_url, art)


def _neighbours(museum: Museum, stop: Stop, on: Followed | None) -> tuple[Stop | None, Stop | None]:
    """What comes before and after: on the walk that is followed, else in the order of the numbers."""
    if on:
        place = on.line.index(stop.slug)
        slugs = (on.line[place - 1] if place else None, on.line[place + 1] if place + 1 < len(on.line) else None)
        return _there(museum, slugs[0]), _there(museum, slugs[1])
    line_of_stops, at = museum.shown_stops, museum.places_in_line.get(stop.slug)
    if at is None:
        return None, None
    return (line_of_stops[at - 1] if at else None), (line_of_stops[at + 1] if at + 1 < len(line_of_stops) else None)


def _there(museum: Museum, slug: str | None) -> Stop | None:
    return museum.stop(slug) if slug else None


def _closed(museum: Museum, stop: Stop, reader: Reader, day: date, storage: Storage) -> ClosedNotice | None:
    closure = stop_closure(stop, day)
    if closure is None:
        return None
    instead = _instead(museum, stop, closure, day)
    card = stop_card(museum, instead, reader, day, storage) if instead else None
    return ClosedNotice(reader.told(museum, closure.reason), closure.since, closure.until, card)


def _instead(museum: Museum, stop: Stop, closure: Closure, day: date) -> Stop | None:
    """What the museum names; else the nearest open stop by number."""
    named = museum.stop(getattr(closure, "instead", None) or "")
    others = [other for other in museum.shown_stops if other.slug != stop.slug and not stop_closure(other, day)]
    return named or min(others, key=lambda other: abs(other.number - stop.number), default=None)


def _details(museum: Museum, stop: Stop, reader: Reader) -> Sequence[Detail]:
    told = {name: reader.told(museum, value) for name, value in stop.object if value is not None}
    faceted = ("kind", "rank", "period", "material")
    return [
        Detail(
            name,
            value,
            addresses.search(museum.slug, reader.language, **{name: value.text}) if name in faceted else None,
        )
        for name, value in told.items()
    ]


def _variants(stop: Stop, language: str) -> Sequence[Variant]:
    there = stop.variants.get(language, {})
    return [Variant(name, tuple(paragraphs(there[name].body))) for name in VARIANTS if name in there]


def _walk(stop: Stop, on: Followed | None) -> WalkStep | None:
    if on is None:
        return None
    place, made = on.line.index(stop.slug) + 1, on.composed
    if made is None:
        return WalkStep(on.title, on.url, place, len(on.line), on.asked, composed=False)
    seen = dotted(made.seen_at(stop.number))
    return WalkStep(on.title, on.url, place, len(on.line), on.asked, composed=True, seen=seen, wish=made.wish)

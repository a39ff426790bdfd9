"""The catalogue in memory: renewed soon after a pointer moves, swapped whole, and sharing what did not change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from guide.bell import Quiet
from guide.tours import editions
from guide.tours.catalogue import Catalogues, Museum
from tests.museum import SMALLEST, VILLAGE, Publishing

NEW_KILN = {**VILLAGE, "stops/lo-nung/vi.md": "# Lò mới\n"}


@pytest.fixture
def catalogues(publishing: Publishing) -> Catalogues:
    return Catalogues(publishing.press.database, Quiet())


@pytest.fixture
def looking(catalogues: Catalogues) -> Iterator[Catalogues]:
    catalogues.keep_looking()
    yield catalogues
    catalogues.stop_looking()


def village(catalogues: Catalogues) -> Museum:
    return catalogues.renew().museums["lang-gom"]


def title(museum: Museum, slug: str = "lo-nung") -> str:
    stop = museum.stop(slug)
    assert stop is not None
    return stop.texts["vi"].title


def seconds_until(true: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < 20
        threading.Event().wait(0.01)
    return time.monotonic() - began


def test_a_new_edition_is_seen_within_two_seconds(publishing: Publishing, looking: Catalogues) -> None:
    publishing(VILLAGE)
    assert seconds_until(lambda: "lang-gom" in looking.current.museums) < 2
    publishing(NEW_KILN)
    assert seconds_until(lambda: title(looking.current.museums["lang-gom"]) == "Lò mới") < 2


def test_going_back_is_seen_as_well(publishing: Publishing, catalogues: Catalogues) -> None:
    first = publishing(VILLAGE).edition
    publishing(NEW_KILN)
    assert title(village(catalogues)) == "Lò mới"

    with publishing.press.database.writing() as session:
        editions.point(session, "lang-gom", first)

    assert title(village(catalogues)) == "Lò nung"


def test_unchanged_documents_are_shared_and_changed_ones_are_not(
    publishing: Publishing, catalogues: Catalogues
) -> None:
    publishing(VILLAGE)
    before = village(catalogues)
    assert len(before.stops) == 3
    publishing(NEW_KILN)

    after = village(catalogues)

    assert after is not before
    assert {path for path in before.parts if after.parts[path] is before.parts[path]} == {
        path for path in before.parts if path != "stops/lo-nung"
    }


def test_sharing_reads_nothing_that_nobody_asked_for(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing(VILLAGE)
    before = village(catalogues)
    publishing(NEW_KILN)

    after = village(catalogues)

    assert after.parts.part("stops/cai-chum") is before.parts.part("stops/cai-chum")
    assert after.parts["stops/cai-chum"] is before.parts["stops/cai-chum"]


def test_when_nothing_moved_the_catalogue_is_the_same(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing(VILLAGE)

    assert catalogues.renew() is catalogues.renew()


def test_another_museums_edition_leaves_this_museum_as_it_is(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing(VILLAGE)
    before = village(catalogues)
    Publishing(publishing.folder.with_name("bach-dinh"), publishing.press)(SMALLEST)

    assert village(catalogues) is before
    assert set(catalogues.current.museums) == {"lang-gom", "bach-dinh"}


def test_who_holds_a_museum_keeps_it_whole_while_another_is_shown(
    publishing: Publishing, catalogues: Catalogues
) -> None:
    publishing(VILLAGE)
    held = village(catalogues)
    publishing({**SMALLEST, "stops/lo-nung/vi.md": "# Lò mới\n"})
    village(catalogues)

    assert [stop.slug for stop in held.shown_stops] == ["ban-xoay", "cai-chum", "lo-nung"]
    assert title(held) == "Lò nung"


def test_a_database_that_is_away_for_a_while_ends_nothing(
    publishing: Publishing, catalogues: Catalogues, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing(VILLAGE)
    away = threading.Event()
    monkeypatch.setattr(Catalogues, "LOOK_SECONDS", 0.01)

    def failing() -> None:
        away.set()
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(catalogues, "renew", failing)
        catalogues.keep_looking()
        assert away.wait(10)

    assert seconds_until(lambda: "lang-gom" in catalogues.current.museums) < 10
    catalogues.stop_looking()


def test_many_readers_at_once_see_one_edition_or_the_other(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing(VILLAGE)
    catalogues.renew()
    leaving, seen = threading.Event(), set[tuple[str, ...]]()

    def read() -> None:
        while not leaving.is_set():
            museum = catalogues.current.museums["lang-gom"]
            seen.add(tuple(stop.texts["vi"].title for stop in museum.stops))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        publishing(
            {path: text.replace("# ", f"# {number} ") if path.endswith("vi.md") else text for path, text in TEXTS}
        )
        catalogues.renew()
    leaving.set()
    for thread in threads:
        thread.join(10)

    assert all(len({title[0] for title in titles}) == 1 or not titles[0][0].isdigit() for titles in seen)
    assert catalogues.current.museums["lang-gom"].stops[0].texts["vi"].title.startswith("4 ")


TEXTS = [(path, text) for path, text in VILLAGE.items() if isinstance(text, str)]


def test_stops_are_found_by_name_number_code_and_former_name(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing({**VILLAGE, "stops/cai-chum/stop.yaml": "formerly: [chum-cu]\n"})
    museum = village(catalogues)
    jar = museum.stop("cai-chum")
    assert jar is not None

    assert museum.numbered(jar.number) is jar
    assert museum.renamed("chum-cu") is jar
    assert catalogues.current.coded(jar.code) == (museum, jar)
    assert museum.stop("chum-cu") is None
    assert museum.numbered(999) is None
    assert catalogues.current.coded("2222222") is None


FALLBACKS = [
    ("en", "en", "The wheel"),
    ("en-GB", "en", "The wheel"),
    ("fr", "en", "The wheel"),
    ("vi", "vi", "Bàn xoay"),
]


@pytest.mark.parametrize(("asked", "found", "expected"), FALLBACKS)
def test_a_text_falls_back_through_the_museums_chain_and_says_its_language(
    publishing: Publishing, catalogues: Catalogues, asked: str, found: str, expected: str
) -> None:
    sheet = str(VILLAGE["museum.yaml"]).replace("[vi, en]", "[vi, en]\n        fallback: [en, vi]")
    publishing({**VILLAGE, "museum.yaml": sheet})
    museum = village(catalogues)
    wheel, kiln = museum.stop("ban-xoay"), museum.stop("lo-nung")
    assert wheel is not None
    assert kiln is not None

    text, language = museum.text(wheel, asked)

    assert (text.title, language) == (expected, found)
    assert museum.text(kiln, asked)[1] == "vi"


def test_words_are_never_blank_while_any_language_has_them(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing(VILLAGE)
    museum = village(catalogues)

    assert museum.say({"rad": "Ƀuôn"}, "fr") == "Ƀuôn"
    assert museum.say("54/VHQĐ", "fr") == "54/VHQĐ"
    assert museum.say(None, "fr") == museum.say({}, "fr") == ""


def test_a_translation_can_tell_that_its_source_moved_on(publishing: Publishing, catalogues: Catalogues) -> None:
    publishing(VILLAGE)
    museum = village(catalogues)
    before, wheel = museum.source_hash(museum.stops[0]), museum.version(museum.stops[0])
    publishing({**VILLAGE, "stops/ban-xoay/en.md": "# Wheel\n"})
    translated = village(catalogues)
    publishing({**VILLAGE, "stops/ban-xoay/vi.md": "# Bàn xoay mới\n"})
    rewritten = village(catalogues)

    assert translated.source_hash(translated.stops[0]) == before
    assert translated.version(translated.stops[0]) != wheel
    assert rewritten.source_hash(rewritten.stops[0]) != before

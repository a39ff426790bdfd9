"""An edition is named by what is in it, its documents are kept once, and a museum points at one of its editions."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from guide.database import Database
from guide.tours import editions
from guide.tours.content import LexiconEntry, MuseumSheet
from guide.tours.editions import Manifest
from tests.museum import NOW

SHEET = MuseumSheet.model_validate({"name": {"vi": "Làng Gốm"}, "languages": ["vi"]})


def test_equal_museums_have_equal_editions_in_whatever_order_they_were_put_together() -> None:
    one = Manifest("lang-gom", {"museum": "a", "stops/x": "b"}, {"f": "1", "g": "2"})
    other = Manifest("lang-gom", {"stops/x": "b", "museum": "a"}, {"g": "2", "f": "1"})

    assert one.hash == other.hash


DIFFERENT = [
    Manifest("bach-dinh", {"museum": "a"}),
    Manifest("lang-gom", {"museum": "b"}),
    Manifest("lang-gom", {"museum": "a", "stops/x": "b"}),
    Manifest("lang-gom", {"museum": "a"}, {"f": "1"}),
]


@pytest.mark.parametrize("other", DIFFERENT)
def test_whatever_differs_makes_another_edition(other: Manifest) -> None:
    assert other.hash != Manifest("lang-gom", {"museum": "a"}).hash


def test_a_document_is_named_by_its_bytes_and_its_letters_stand_as_they_are() -> None:
    name, body = editions.document(SHEET)

    assert body == '{"languages":["vi"],"name":{"vi":"Làng Gốm"}}'.encode()
    assert name == editions.document(MuseumSheet.model_validate(SHEET.model_dump()))[0]
    assert editions.document([LexiconEntry(word="a", say="b")])[1] == b'[{"say":"b","word":"a"}]'


def test_documents_are_kept_once(database: Database) -> None:
    bodies = {f"{number:04}": b"x" for number in range(1200)}

    with database.writing() as session:
        assert editions.keep(session, bodies) == 1200
    with database.writing() as session:
        assert editions.keep(session, {**bodies, "new": b"y"}) == 1
    with database.reading() as session:
        assert editions.bodies(session, [*bodies, "new", "never", "new"]) == {**bodies, "new": b"y"}


def kept(database: Database, *manifests: Manifest) -> None:
    with database.writing() as session:
        for manifest in manifests:
            editions.keep_manifest(session, manifest, NOW)


FIRST, SECOND = Manifest("lang-gom", {"museum": "a"}), Manifest("lang-gom", {"museum": "b"})


def test_a_museum_points_at_one_edition_and_may_go_back(database: Database) -> None:
    kept(database, FIRST, SECOND, FIRST)

    for manifest in (FIRST, SECOND, FIRST):
        with database.writing() as session:
            editions.point(session, "lang-gom", manifest.hash)
        with database.reading() as session:
            assert editions.current(session, "lang-gom") == manifest
            assert editions.pointers(session) == {"lang-gom": manifest.hash}
            assert editions.current(session, "bach-dinh") is None


def test_a_pointer_moves_only_from_where_it_was_seen(database: Database) -> None:
    kept(database, FIRST, SECOND)
    with database.writing() as session:
        assert editions.move_pointer(session, "lang-gom", None, FIRST.hash)
        assert not editions.move_pointer(session, "lang-gom", None, SECOND.hash)
        assert not editions.move_pointer(session, "lang-gom", SECOND.hash, SECOND.hash)
        assert editions.move_pointer(session, "lang-gom", FIRST.hash, SECOND.hash)

    with database.reading() as session:
        assert editions.pointers(session) == {"lang-gom": SECOND.hash}


def test_a_museum_cannot_point_at_an_edition_that_is_not_kept(database: Database) -> None:
    def pointing() -> None:
        with database.writing() as session:
            editions.point(session, "lang-gom", "nowhere")

    with pytest.raises(IntegrityError):
        pointing()

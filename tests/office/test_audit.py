"""The audit: what was done stays told, and whoever rewrites it breaks the chain."""

from __future__ import annotations

import ast
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import Database
from guide.language import shipped_messages
from guide.office import audit, sealing
from guide.office.roles import Role
from guide.office.sealing import Sealer, seal, seal_of, verify
from guide.office.tables import AuditHead, AuditLine
from tests.killing import boundaries, killed_before
from tests.office.conftest import MORNING, Office

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent


def note(database: Database, count: int = 10, first: int = 0, museum: str = "dao-xa") -> None:
    for number in range(first, first + count):
        with database.writing() as session:
            at = MORNING + timedelta(seconds=number)
            audit.note(session, at, museum, "person:lan@example.vn", "order.refunded", f"K7M{number}", dong=50_000)


@pytest.fixture
def sealed(database: Database) -> Database:
    note(database)
    assert seal(database) == 10
    return database


def chain(database: Database) -> sealing.Chain:
    with database.reading() as session:
        return verify(session)


def places(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.scalars(sa.select(AuditLine.place).order_by(col(AuditLine.id))))


class TestSealing:
    def test_gives_every_line_its_place_and_the_chain_holds(self, sealed: Database) -> None:
        assert places(sealed) == list(range(1, 11))
        assert chain(sealed).holds
        assert chain(sealed).length == 10

    def test_goes_on_where_it_ended(self, sealed: Database) -> None:
        note(sealed, 3, first=10)

        assert seal(sealed) == 3
        assert seal(sealed) == 0
        assert (chain(sealed).holds, chain(sealed).length) == (True, 13)

    def test_takes_many_lines_in_turns(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealing, "AT_ONCE", 4)
        monkeypatch.setattr(sealing, "LOOKED_AT_ONCE", 3)
        note(database, 11)

        assert seal(database) == 11
        assert chain(database).holds

    def test_passes_over_no_line_that_is_committed_late(self, database: Database) -> None:
        """On PostgreSQL a line with a lower id may be committed after a higher one has been sealed."""
        note(database, 1)
        with database.writing() as session:
            session.execute(sa.insert(AuditLine).values(_row(5_000_000, "LATER")))
        seal(database)
        with database.writing() as session:
            session.execute(sa.insert(AuditLine).values(_row(4_000_000, "EARLIER")))

        assert seal(database) == 1
        assert places(database) == [1, 3, 2]
        assert chain(database).holds

    def test_by_many_at_once_makes_one_chain(self, database: Database) -> None:
        note(database, 40)
        together = threading.Barrier(5)
        counts: list[int] = []

        def act(first: int) -> None:
            together.wait()
            for number in range(5):
                note(database, 2, first=first + 2 * number)
                counts.append(seal(database))

        threads = [threading.Thread(target=act, args=(100 * number,)) for number in range(1, 6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        counts.append(seal(database))

        assert sum(counts) == 90
        assert sorted(place for place in places(database) if place) == list(range(1, 91))
        assert chain(database).holds

    def test_killed_in_between_leaves_the_chain_as_it_was(
        self, sealed: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note(sealed, 5, first=10)
        put_on = sealing._put_on

        def killed(session: Session, length: int, seals: list[dict[str, object]]) -> int:
            put_on(session, length, seals)
            raise KeyboardInterrupt

        monkeypatch.setattr(sealing, "_put_on", killed)
        with pytest.raises(KeyboardInterrupt):
            seal(sealed)
        monkeypatch.setattr(sealing, "_put_on", put_on)

        assert (chain(sealed).holds, chain(sealed).length) == (True, 10)
        assert seal(sealed) == 5

    def test_killed_with_minus_nine_before_any_statement_goes_on_afterwards(self, database: Database) -> None:
        url = database.engine.url.render_as_string(hide_password=False)
        for number in boundaries():
            note(database, 3, first=3 * number)
            was_killed = killed_before(number, url, seal)
            left = chain(database)
            seal(database)

            assert left.holds
            assert (chain(database).holds, chain(database).length) == (True, 3 * number)
            if not was_killed:
                break

    def test_by_two_would_give_a_place_twice_but_for_the_head(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note(database, 2)
        lines = [{"line": 1, "new_place": 1, "new_seal": "a"}]

        def put_on() -> int:
            with database.writing() as session:
                return sealing._put_on(session, 0, lines)

        assert [put_on(), put_on()] == [1, 0]
        monkeypatch.setattr(sealing, "changed", lambda session, statement: 1)
        assert put_on() == 1

    def test_happens_by_itself(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Sealer, "EVERY_SECONDS", 0.01)
        note(database, 1)
        sealer = Sealer(database)
        sealer.keep_sealing()
        waited = threading.Event()
        for _ in range(500):
            if places(database) == [1]:
                break
            waited.wait(0.01)
        sealer.stop()

        assert places(database) == [1]
        assert not [thread for thread in threading.enumerate() if thread.name == "sealer"]


def _row(number: int, about: str) -> dict[str, object]:
    told = {"at": MORNING, "museum": "dao-xa", "who": "command", "did": "x", "detail": "", "about": about}
    return {"id": number} | told


def run(database: Database, statement: sa.Executable) -> None:
    with database.writing() as session:
        session.execute(statement)


def at(place: int) -> sa.ColumnElement[bool]:
    return col(AuditLine.place) == place


def swap(database: Database) -> None:
    for statement in (
        sa.update(AuditLine).where(at(4)).values(place=99),
        sa.update(AuditLine).where(at(7)).values(place=4),
        sa.update(AuditLine).where(at(99)).values(place=7),
    ):
        run(database, statement)


def swap_with_seals(database: Database) -> None:
    with database.reading() as session:
        four, seven = (session.scalars(sa.select(AuditLine.seal).where(at(place))).one() for place in (4, 7))
    swap(database)
    run(database, sa.update(AuditLine).where(at(4)).values(seal=four))
    run(database, sa.update(AuditLine).where(at(7)).values(seal=seven))


def put_one_in(database: Database) -> None:
    for place in range(10, 5, -1):
        run(database, sa.update(AuditLine).where(at(place)).values(place=place + 1))
    run(database, sa.insert(AuditLine).values(_row(9_000_000, "FORGED") | {"place": 6, "seal": "0" * 64}))


def add_at_the_end(database: Database) -> None:
    with database.reading() as session:
        before = session.scalars(sa.select(AuditLine.seal).where(at(10))).one()
    line = AuditLine(**_row(9_000_000, "FORGED"))
    run(
        database,
        sa.insert(AuditLine).values(_row(9_000_000, "FORGED") | {"place": 11, "seal": seal_of(before or "", 11, line)}),
    )


def rewrite_the_rest(database: Database) -> None:
    """Somebody who knows how seals are made makes them anew from the third line on, but not the head."""
    run(database, sa.update(AuditLine).where(at(3)).values(about="REWRITTEN"))
    with database.reading() as session:
        lines = session.scalars(sa.select(AuditLine).order_by(col(AuditLine.place))).all()
    before = lines[1].seal or ""
    for line in lines[2:]:
        before = seal_of(before, line.place or 0, line)
        run(database, sa.update(AuditLine).where(at(line.place or 0)).values(seal=before))


class TestWhoeverRewritesIt:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("at", MORNING + timedelta(days=1)),
            ("museum", "lang-gom"),
            ("who", "person:minh@example.vn"),
            ("did", "order.placed"),
            ("about", "K7M5"),
            ("detail", '{"dong": 5000}'),
            ("seal", "0" * 64),
            ("seal", None),
        ],
    )
    def test_by_changing_a_line_breaks_the_chain_there(self, sealed: Database, column: str, value: object) -> None:
        run(sealed, sa.update(AuditLine).where(at(4)).values({column: value}))

        assert chain(sealed).broken_at == 4

    @pytest.mark.parametrize("place", [1, 4, 10])
    def test_by_removing_a_line_breaks_it_there(self, sealed: Database, place: int) -> None:
        run(sealed, sa.delete(AuditLine).where(at(place)))

        assert chain(sealed).broken_at == place

    def test_by_removing_the_last_ones_breaks_it_there(self, sealed: Database) -> None:
        run(sealed, sa.delete(AuditLine).where(col(AuditLine.place) > 7))

        assert chain(sealed).broken_at == 8

    def test_by_removing_all_breaks_it_at_the_first(self, sealed: Database) -> None:
        run(sealed, sa.delete(AuditLine))

        assert chain(sealed).broken_at == 1

    def test_by_putting_a_line_in_breaks_it_there(self, sealed: Database) -> None:
        put_one_in(sealed)

        assert chain(sealed).broken_at == 6

    def test_by_adding_one_at_the_end_with_a_right_seal_breaks_it_there(self, sealed: Database) -> None:
        add_at_the_end(sealed)

        assert chain(sealed).broken_at == 11

    def test_by_swapping_two_lines_breaks_it_at_the_first(self, sealed: Database) -> None:
        swap(sealed)

        assert chain(sealed).broken_at == 4

    def test_by_swapping_two_lines_and_leaving_the_seals_breaks_it_there(self, sealed: Database) -> None:
        swap_with_seals(sealed)

        assert chain(sealed).broken_at == 4

    def test_by_taking_a_line_out_of_the_chain_breaks_it_there(self, sealed: Database) -> None:
        run(sealed, sa.update(AuditLine).where(at(4)).values(place=None, seal=None))

        assert chain(sealed).broken_at == 4

    def test_by_making_all_seals_anew_breaks_it_at_the_end(self, sealed: Database) -> None:
        rewrite_the_rest(sealed)

        assert chain(sealed).broken_at == 10

    def test_by_moving_the_head_breaks_it_at_the_end(self, sealed: Database) -> None:
        run(sealed, sa.update(AuditHead).values(length=9))

        assert chain(sealed).broken_at in (9, 10)

    def test_is_not_saved_by_sealing_what_comes_after(self, sealed: Database) -> None:
        run(sealed, sa.update(AuditLine).where(at(4)).values(about="CHANGED"))
        note(sealed, 5, first=10)
        seal(sealed)

        assert chain(sealed).broken_at == 4

    def test_that_nobody_did_it_is_seen_while_others_write(self, sealed: Database) -> None:
        """The end moves while it is read."""
        stop = threading.Event()

        def write() -> None:
            number = 10
            while not stop.is_set():
                note(sealed, 1, first=number)
                seal(sealed)
                number += 1

        writing = threading.Thread(target=write)
        writing.start()
        broken = [chain(sealed).broken_at for _ in range(60)]
        stop.set()
        writing.join()

        assert set(broken) == {None}


def dids() -> set[str]:
    """What is noted anywhere, where it stands as it is."""
    calls = (node for path in (ROOT / "guide").rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    notes = [call for call in calls if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "note"]
    told = [call.args[4] for call in notes if len(call.args) > 4]
    return {part.value for did in told for part in ast.walk(did) if isinstance(part, ast.Constant)}


def test_everything_that_is_noted_is_shown_in_words() -> None:
    known, words = dids(), shipped_messages().words

    assert len(known) > 8
    for language in ("vi", "en"):
        assert [did for did in sorted(known) if f"office.did.{did}" not in words[language]] == []


class TestTheAuditPage:
    def test_tells_the_newest_first_and_that_the_chain_holds(self, office: Office) -> None:
        note(office.database, 3)
        seal(office.database)
        office.at_work(Role.ADMIN)

        page = office.get("/office/dao-xa/audit").text

        assert "liền mạch, 3 dòng" in page
        assert page.index("K7M2") < page.index("K7M1") < page.index("K7M0")
        assert "09:00" in page

    def test_says_where_the_chain_is_broken(self, office: Office) -> None:
        note(office.database, 5)
        seal(office.database)
        run(office.database, sa.update(AuditLine).where(at(2)).values(about="CHANGED"))
        office.at_work(Role.ADMIN)

        assert "đứt ở dòng 2" in office.get("/office/dao-xa/audit").text

    def test_shows_a_page_at_a_time(self, office: Office) -> None:
        note(office.database, 60)
        office.at_work(Role.ADMIN)

        first = office.get("/office/dao-xa/audit").text
        assert "chờ niêm phong" in first
        assert ">K7M59<" in first
        assert ">K7M9<" not in first
        older = first.split("?before=")[1].split('"')[0]
        assert ">K7M9<" in office.get(f"/office/dao-xa/audit?before={older}").text

    def test_shows_nothing_of_another_museum(self, office: Office) -> None:
        note(office.database, 1, museum="lang-gom")
        office.at_work(Role.ADMIN)

        assert "K7M0" not in office.get("/office/dao-xa/audit").text

    def test_shows_the_house_itself_to_who_keeps_it_all(self, office: Office) -> None:
        office.add("lan@example.vn", Role.DESK)
        office.sign_in("lan@example.vn")

        office.browser.cookies.clear()
        office.at_work(Role.ADMIN)
        assert "Đăng nhập" not in office.get("/office/dao-xa/audit").text
        office.at_work(Role.ADMIN, museum="*")
        assert "<b>Đăng nhập</b>" in office.get("/office/dao-xa/audit").text

    @pytest.mark.parametrize(
        "told", ["not json", "[1, 2]", '{"a": [1, 2], "b": {"c": 1}}', "<script>alert(1)</script>"]
    )
    def test_shows_what_was_meddled_with_as_text(self, office: Office, told: str) -> None:
        note(office.database, 1)
        run(office.database, sa.update(AuditLine).values(detail=told))
        office.at_work(Role.ADMIN)

        answer = office.get("/office/dao-xa/audit")

        assert answer.status_code == 200
        assert "<script>alert" not in answer.text

    @pytest.mark.parametrize("before", ["-1", "0", "99999999999999999999", "x", "🐘"])
    def test_takes_any_place_to_begin_from(self, office: Office, before: str) -> None:
        office.at_work(Role.ADMIN)

        assert office.get(f"/office/dao-xa/audit?before={before}").status_code in (200, 422)

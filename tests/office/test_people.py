"""People come by an invitation that works once, do what they were given to do, and are taken leave of."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from guide.database import Database
from guide.office import people
from guide.office.people import LINK_LASTS, Introduction
from guide.office.roles import Role
from guide.office.tables import AuditLine, Person, Post, SignedIn
from tests.office.conftest import MORNING, PASSWORD, Office
from tests.office.staff import AtWork

pytestmark = pytest.mark.slow

MINH = "minh@example.vn"
NEW = "gió mùa đông bắc"


@pytest.fixture
def admin(office: Office) -> AtWork:
    return office.at_work(Role.ADMIN)


def invite(office: Office, admin: AtWork, museum: str = "dao-xa", **form: object) -> tuple[int, str]:
    told = {"csrf": admin.csrf, "email": MINH, "name": "Lê Văn Minh", "role": ["desk"]} | form
    answer = office.post(f"/office/{museum}/people", told)
    return answer.status_code, answer.text


def link_on(page: str) -> str:
    found = re.search(r'value="http://testserver(/office/invitation/[\w-]+)"', page)
    assert found, page
    return found[1]


def person(office: Office, email: str = MINH) -> Person:
    with office.database.reading() as session:
        return session.scalars(sa.select(Person).where(Person.email == email)).one()


def roles_of(office: Office, email: str = MINH) -> set[tuple[str, str]]:
    with office.database.reading() as session:
        posts = session.scalars(sa.select(Post).join(Person).where(Person.email == email)).all()
    return {(post.museum, post.role) for post in posts}


class TestAnInvitation:
    def test_makes_somebody_who_chooses_a_password_and_is_at_work(self, office: Office, admin: AtWork) -> None:
        link = link_on(invite(office, admin)[1])
        office.browser.cookies.clear()

        page = office.get(link)
        assert "Chào Lê Văn Minh" in page.text
        answer = office.post(link, {"new": NEW})

        assert (answer.status_code, answer.headers["location"]) == (303, "/office")
        assert "/counter/dao-xa" in office.get("/office").text
        assert office.sign_in(MINH, NEW).status_code == 303

    def test_works_once(self, office: Office, admin: AtWork) -> None:
        link = link_on(invite(office, admin)[1])

        assert office.post(link, {"new": NEW}).status_code == 303
        assert office.post(link, {"new": "một mật khẩu khác"}).status_code == 410
        assert office.get(link).status_code == 410
        assert office.sign_in(MINH, NEW).status_code == 303

    def test_works_for_a_week(self, office: Office, admin: AtWork) -> None:
        link = link_on(invite(office, admin)[1])

        office.later(LINK_LASTS - timedelta(seconds=1))
        assert office.get(link).status_code == 200
        office.later(timedelta(seconds=1))
        answer = office.post(link, {"new": NEW})
        assert answer.status_code == 410
        assert "quá bảy ngày" in answer.text

    def test_is_replaced_by_a_newer_one(self, office: Office, admin: AtWork) -> None:
        first = link_on(invite(office, admin)[1])
        renewed = office.post(f"/office/dao-xa/people/{person(office).id}/link", {"csrf": admin.csrf})
        second = link_on(renewed.text)

        assert office.get(first).status_code == 410
        assert office.get(second).status_code == 200

    def test_is_kept_as_a_hash_alone(self, office: Office, admin: AtWork) -> None:
        word = link_on(invite(office, admin)[1]).rpartition("/")[2]

        assert person(office).invited_hash != word
        with office.database.reading() as session:
            assert not [line for line in session.scalars(sa.select(AuditLine)) if word in line.detail]

    @pytest.mark.parametrize("weak", ["", "ngắn", MINH, "Lê Văn Minh", "x" * 10_000])
    def test_asks_for_a_password_that_is_worth_something(self, office: Office, admin: AtWork, weak: str) -> None:
        link = link_on(invite(office, admin)[1])

        answer = office.post(link, {"new": weak})

        assert answer.status_code == 422
        assert "Chào Lê Văn Minh" in answer.text
        assert office.post(link, {"new": NEW}).status_code == 303

    def test_is_not_accepted_by_another_site(self, office: Office, admin: AtWork) -> None:
        link = link_on(invite(office, admin)[1])

        assert office.post(link, {"new": NEW}, {"origin": "https://evil.example"}).status_code == 403

    @pytest.mark.parametrize("word", ["x", "🐘", "%00", "a" * 2000, "..%2f..%2foffice"])
    def test_that_was_never_made_is_told_so_kindly(self, office: Office, word: str) -> None:
        assert office.get(f"/office/invitation/{word}").status_code in (404, 410)

    @pytest.mark.parametrize(
        "name", ["🐘 Voi Con", "Trần Thị Lan", "Y Bih Aleo", "O'Neill", "👩‍👩‍👧‍👦", "<b>đậm</b>", "N" * 100]
    )
    def test_may_be_for_anybody_whatever_their_name(self, office: Office, admin: AtWork, name: str) -> None:
        status, page = invite(office, admin, name=f"  {name}  ")

        assert status == 200
        assert person(office).name == name
        assert "<b>đậm" not in page

    @pytest.mark.parametrize(
        ("form", "told"),
        [
            ({"name": ""}, "Xin ghi tên"),
            ({"name": "N" * 10_000}, "Xin ghi tên"),
            ({"name": "a\u202eb"}, "Xin ghi tên"),
            ({"email": ""}, "Địa chỉ thư này không đúng"),
            ({"email": "minh"}, "Địa chỉ thư này không đúng"),
            ({"email": "🐘"}, "Địa chỉ thư này không đúng"),
            ({"email": "a@b.vn,c@d.vn"}, "Địa chỉ thư này không đúng"),
            ({"email": "a@b.vn\nBcc: c@d.vn"}, "Địa chỉ thư này không đúng"),
            ({"email": "q?bcc=z@m.vn"}, "Địa chỉ thư này không đúng"),
            ({"email": "q&cc=z@m.vn"}, "Địa chỉ thư này không đúng"),
            ({"email": "q%0abcc@m.vn"}, "Địa chỉ thư này không đúng"),
            ({"email": '"q z"@m.vn'}, "Địa chỉ thư này không đúng"),
            ({"email": "a" * 10_000 + "@b.vn"}, "Địa chỉ thư này không đúng"),
            ({"role": []}, "Xin chọn ít nhất một việc"),
            ({"role": ["king"]}, "Xin chọn ít nhất một việc"),
        ],
    )
    def test_that_makes_no_sense_is_refused_with_a_reason(
        self, office: Office, admin: AtWork, form: dict[str, object], told: str
    ) -> None:
        status, page = invite(office, admin, **form)

        assert status == 422
        assert told in page
        with office.database.reading() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1

    def test_opened_by_two_at_once_makes_one_password(self, database: Database) -> None:
        with database.writing() as session:
            word = people.invite(
                session, Introduction(MINH, "Minh"), "dao-xa", frozenset({Role.DESK}), "command", MORNING
            )
        assert word
        joined: list[str] = []
        together = threading.Barrier(4)

        def accept(hashed: str) -> Callable[[], None]:
            def act() -> None:
                together.wait()
                try:
                    with database.writing() as session:
                        people.accept(session, word, hashed, MORNING)
                    joined.append(hashed)
                except people.LinkIsOld:
                    pass

            return act

        run_together([accept(f"hash {number}") for number in range(4)])

        with database.reading() as session:
            kept = session.scalars(sa.select(Person)).one()
        assert [kept.password_hash] == joined

    def test_of_one_person_twice_at_once_makes_one_person(self, database: Database) -> None:
        together = threading.Barrier(4)

        def act() -> None:
            together.wait()
            with database.writing() as session:
                who = Introduction(MINH, "Minh")
                people.invite(session, who, "dao-xa", frozenset({Role.DESK}), "command", MORNING)

        run_together([act] * 4)

        with database.reading() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def run_together(acts: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestRoles:
    def change(self, office: Office, admin: AtWork, email: str, *roles: str) -> int:
        form = {"csrf": admin.csrf, "role": list(roles)}
        return office.post(f"/office/dao-xa/people/{person(office, email).id}/roles", form).status_code

    def test_change_what_somebody_may_do_from_the_next_page_on(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)

        assert self.change(office, admin, MINH, "gate") == 303
        assert roles_of(office) == {("dao-xa", "gate")}
        office.browser.cookies.clear()
        office.sign_in(MINH)
        assert "/counter/dao-xa" not in office.get("/office").text

    def test_at_another_museum_stay(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)
        with office.database.writing() as session:
            session.add(Post(person_id=person(office).id, museum="lang-gom", role="admin"))

        assert self.change(office, admin, MINH) == 303
        assert roles_of(office) == {("lang-gom", "admin")}
        assert person(office).left_at is None
        assert office.sign_in(MINH).status_code == 303

    def test_of_somebody_at_another_museum_are_not_ours_to_change(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK, museum="lang-gom")

        assert self.change(office, admin, MINH, "gate") == 404
        assert roles_of(office) == {("lang-gom", "desk")}

    def test_the_last_administrator_stays_one(self, office: Office, admin: AtWork) -> None:
        with office.database.writing() as session:
            session.execute(sa.update(Person).values(password_hash="chosen"))

        assert self.change(office, admin, admin.email, "desk") == 409
        assert self.change(office, admin, admin.email) == 409
        office.add(MINH, Role.ADMIN)
        assert self.change(office, admin, admin.email, "desk") == 303

    def test_one_who_has_not_accepted_yet_does_not_count_as_an_administrator(
        self, office: Office, admin: AtWork
    ) -> None:
        invite(office, admin, role=["admin"])

        assert self.change(office, admin, admin.email, "desk") == 409

    def test_two_administrators_cannot_take_leave_of_each_other_at_once(self, office: Office) -> None:
        both = ("mot@example.vn", "hai@example.vn")
        for email in both:
            office.add(email, Role.ADMIN)
        one, other = (person(office, email).id for email in both)
        together = threading.Barrier(2)
        refused: list[str] = []

        def leave(who: object) -> Callable[[], None]:
            def act() -> None:
                together.wait()
                try:
                    with office.database.writing() as session:
                        people.set_roles(session, who, "dao-xa", frozenset(), "command", MORNING)  # type: ignore[arg-type]
                except people.LastAdmin:
                    refused.append("refused")

            return act

        run_together([leave(one), leave(other)])

        assert refused == ["refused"]


class TestAnEnding:
    def end(self, office: Office, admin: AtWork, email: str = MINH) -> int:
        form = {"csrf": admin.csrf}
        return office.post(f"/office/dao-xa/people/{person(office, email).id}/ending", form).status_code

    def test_signs_them_out_at_once_and_keeps_them_out(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)
        office.sign_in(MINH)
        with office.database.writing() as session:
            people.set_roles(session, person(office).id, "dao-xa", frozenset(), admin.email, office.now)

        assert office.get("/office").status_code == 303
        assert office.sign_in(MINH).status_code == 401
        with office.database.reading() as session:
            assert session.scalars(sa.select(SignedIn).join(Person).where(Person.email == MINH)).all() == []

    def test_takes_them_off_the_list(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)
        assert MINH in office.get("/office/dao-xa/people").text

        assert self.end(office, admin) == 303
        assert MINH not in office.get("/office/dao-xa/people").text

    def test_ends_an_invitation_too(self, office: Office, admin: AtWork) -> None:
        link = link_on(invite(office, admin)[1])

        assert self.end(office, admin) == 303
        assert office.get(link).status_code == 410

    def test_does_not_keep_them_from_coming_back_with_a_new_password(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)
        self.end(office, admin)

        link = link_on(invite(office, admin, name="Lê Văn Minh (cũ)")[1])
        assert office.sign_in(MINH).status_code == 401
        assert office.post(link, {"new": NEW}).status_code == 303

    def test_leaves_a_line_that_says_who_ended_whose_work(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)
        self.end(office, admin)

        with office.database.reading() as session:
            line = session.scalars(sa.select(AuditLine).where(AuditLine.did == "person.left")).one()
        assert (line.who, line.about, line.museum) == (f"person:{admin.email}", f"person:{MINH}", "dao-xa")


class TestNobodyTakesOverAnother:
    """Who keeps the people of one museum must not come to sign in as somebody of another."""

    def test_somebody_with_a_password_gets_the_roles_and_no_link(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.ADMIN, museum="lang-gom")

        _, page = invite(office, admin)

        assert "/office/invitation/" not in page
        assert "đã có tài khoản" in page
        assert roles_of(office) == {("lang-gom", "admin"), ("dao-xa", "desk")}
        assert office.sign_in(MINH).status_code == 303

    def test_no_new_link_for_somebody_who_works_elsewhere_too(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.ADMIN, museum="lang-gom")
        invite(office, admin)

        answer = office.post(f"/office/dao-xa/people/{person(office).id}/link", {"csrf": admin.csrf})

        assert "/office/invitation/" not in answer.text
        assert f"guide staff invite --email {MINH}" in answer.text
        assert "đã có tài khoản" not in answer.text
        assert person(office).invited_hash is None

    def test_no_link_for_one_whom_another_museum_has_just_invited(self, office: Office, admin: AtWork) -> None:
        theirs = link_on(invite(office, admin)[1])
        other = office.at_work(Role.ADMIN, museum="lang-gom")

        _, page = invite(office, other, museum="lang-gom")

        assert "/office/invitation/" not in page
        assert f"guide staff invite --email {MINH}" in page
        assert office.get(theirs).status_code == 410

    def test_an_old_link_does_not_grow_with_what_is_given_later(self, office: Office, admin: AtWork) -> None:
        """Who made it would choose a password and keep the other museum's people."""
        theirs = link_on(invite(office, admin)[1])
        other = office.at_work(Role.ADMIN, museum="lang-gom")

        invite(office, other, museum="lang-gom", role=["admin"])

        assert office.post(theirs, {"new": NEW}).status_code == 410
        assert person(office).password_hash is None

    def test_a_command_that_gives_a_role_ends_the_link_that_a_museum_made(self, office: Office, admin: AtWork) -> None:
        theirs = link_on(invite(office, admin)[1])

        with office.database.writing() as session:
            who, roles = Introduction(MINH, "Minh"), frozenset({Role.ADMIN})
            word = people.invite(session, who, "*", roles, "command", office.now)

        assert office.get(theirs).status_code == 410
        assert office.get(f"/office/invitation/{word}").status_code == 200

    def test_a_role_more_ends_the_open_link_and_a_role_less_does_not(self, office: Office, admin: AtWork) -> None:
        link = link_on(invite(office, admin, role=["desk", "gate"])[1])
        roles = f"/office/dao-xa/people/{person(office).id}/roles"

        office.post(roles, {"csrf": admin.csrf, "role": ["desk"]})
        assert office.get(link).status_code == 200
        office.post(roles, {"csrf": admin.csrf, "role": ["desk", "admin"]})
        assert office.get(link).status_code == 410

    def test_to_ask_for_a_link_that_is_not_ours_to_make_ends_the_one_that_was_open(
        self, office: Office, admin: AtWork
    ) -> None:
        invite(office, admin)
        with office.database.writing() as session:
            session.add(Post(person_id=person(office).id, museum="lang-gom", role="desk"))

        office.post(f"/office/dao-xa/people/{person(office).id}/link", {"csrf": admin.csrf})

        assert person(office).invited_hash is None

    def test_a_lost_password_is_renewed_by_their_own_museum(self, office: Office, admin: AtWork) -> None:
        office.add(MINH, Role.DESK)

        answer = office.post(f"/office/dao-xa/people/{person(office).id}/link", {"csrf": admin.csrf})

        assert office.sign_in(MINH, PASSWORD).status_code == 303
        assert office.post(link_on(answer.text), {"new": NEW}).status_code == 303
        assert office.sign_in(MINH, PASSWORD).status_code == 401


def test_the_longest_address_can_be_invited_and_is_at_work(office: Office, admin: AtWork) -> None:
    long = f"{'m' * 60}@{'.'.join(['d' * 60, 'e' * 60])}.{'f' * 14}.vn"

    status, page = invite(office, admin, email=long)
    joined = office.post(link_on(page), {"new": NEW})

    assert (len(long), status, joined.status_code) == (200, 200, 303)


def test_an_address_that_a_link_would_read_otherwise_stands_encoded(office: Office, admin: AtWork) -> None:
    _, page = invite(office, admin, email="o'brien#1+x@m.vn")

    assert 'href="mailto:o%27brien%231%2Bx%40m.vn?subject=' in page


@pytest.mark.parametrize("form", [{"name": "Lê\0 Minh"}, {"email": "minh\0@example.vn"}, {"ro\0le": ["desk"]}])
def test_nobody_types_a_nul(office: Office, admin: AtWork, form: dict[str, object]) -> None:
    assert invite(office, admin, **form)[0] == 200
    assert "\0" not in person(office).name + person(office).email


def test_a_name_is_shown_as_text_and_never_as_a_page(office: Office, admin: AtWork) -> None:
    office.add(MINH, Role.DESK, name='"><script>alert(1)</script>')

    assert "<script>alert" not in office.get("/office/dao-xa/people").text


def test_the_people_of_one_museum_do_not_see_those_of_another(office: Office, admin: AtWork) -> None:
    office.add(MINH, Role.DESK, museum="lang-gom")
    office.add("ha@example.vn", Role.DESK)

    page = office.get("/office/dao-xa/people").text

    assert MINH not in page
    assert "ha@example.vn" in page

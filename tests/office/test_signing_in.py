"""Signing in: with the right password, in one browser, for half a day; and nobody guesses for long."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from guide.office.passwords import IN_ALL, LONGEST, Passwords
from guide.office.roles import Role
from guide.office.signing_in import NAME_BURST, PERSON_BURST, SigningIn, TooManyTries, WrongSignIn, house_of
from guide.office.tables import AuditLine, Person, SignedIn
from guide.office.tokens import hashed
from tests.office.conftest import HERE, PASSWORD, Office
from tests.office.staff import hold

LAN = "lan@example.vn"


@pytest.fixture
def lan(office: Office) -> Office:
    office.add(LAN, Role.DESK)
    return office


def csrf_on(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found
    return found[1]


class TestWhoKnowsThePassword:
    def test_comes_in_and_is_greeted(self, lan: Office) -> None:
        answer = lan.sign_in(LAN)

        assert (answer.status_code, answer.headers["location"]) == (303, "/office")
        page = lan.get("/office")
        assert "Chào Trần Thị Lan" in page.text
        assert "Nhà tù Đảo Xa" in page.text
        assert "/counter/dao-xa" in page.text
        assert "/office/dao-xa/people" not in page.text

    def test_may_write_the_address_in_capitals_and_the_marks_by_another_keyboard(self, lan: Office) -> None:
        import unicodedata

        decomposed = unicodedata.normalize("NFD", PASSWORD)

        assert decomposed != PASSWORD
        assert lan.sign_in(" LAN@Example.VN ", decomposed).status_code == 303

    def test_gets_a_cookie_that_no_script_reads_and_no_other_site_brings(self, lan: Office) -> None:
        cookie = lan.sign_in(LAN).headers["set-cookie"].lower()

        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "max-age=43200" in cookie
        assert "secure" not in cookie

    def test_gets_one_that_never_leaves_https_where_it_came_by_https(self, lan: Office) -> None:
        form = {"email": LAN, "password": PASSWORD}
        answer = lan.post("/office/sign-in", form, {"origin": "https://testserver"})

        assert "secure" in answer.headers["set-cookie"].lower()

    def test_only_the_hash_of_the_token_is_kept(self, lan: Office) -> None:
        lan.sign_in(LAN)

        token = lan.browser.cookies["office"]
        with lan.database.reading() as session:
            kept = session.scalars(sa.select(SignedIn)).one()
        assert kept.token_hash == hashed(token) != token

    def test_is_led_back_to_where_they_wanted_to_go(self, lan: Office) -> None:
        stranger = lan.get("/office/dao-xa/people?x=1")
        assert stranger.headers["location"] == "/office/sign-in?then=/office/dao-xa/people%3Fx%3D1"
        assert 'value="/office/dao-xa/people?x=1"' in lan.get(stranger.headers["location"]).text

        assert lan.sign_in(LAN, then="/office/dao-xa/people?x=1").headers["location"] == "/office/dao-xa/people?x=1"

    @pytest.mark.parametrize(
        "away", ["https://evil.example", "//evil.example", "/\\evil.example", "/\n/evil.example", "", "/office/sign-in"]
    )
    def test_is_not_led_away_from_the_house(self, lan: Office, away: str) -> None:
        assert lan.sign_in(LAN, then=away).headers["location"] == "/office"

    def test_has_a_fresh_token_each_time_and_the_one_before_is_dead(self, lan: Office) -> None:
        lan.sign_in(LAN)
        before = lan.browser.cookies["office"]
        lan.sign_in(LAN)
        after = lan.browser.cookies["office"]

        assert before != after
        hold(lan.browser, before)
        assert lan.get("/office").status_code == 303
        with lan.database.reading() as session:
            assert session.scalars(sa.select(SignedIn.token_hash)).all() == [hashed(after)]

    def test_is_in_the_audit(self, lan: Office) -> None:
        lan.sign_in(LAN)

        with lan.database.reading() as session:
            lines = session.scalars(sa.select(AuditLine).where(AuditLine.did == "person.signed-in")).all()
        assert [line.who for line in lines] == [f"person:{LAN}"]


class TestWhoDoesNot:
    @pytest.mark.parametrize(
        ("email", "password"),
        [
            (LAN, "không phải mật khẩu"),
            (LAN, ""),
            (LAN, "x" * 10_000),
            (LAN, "🐘🌊🎋" * 5),
            (LAN, "\0" * 12),
            ("nobody@example.vn", PASSWORD),
            ("", ""),
            ("🐘", PASSWORD),
            ("a\0@example.vn", PASSWORD),
            ("x" * 10_000, PASSWORD),
            (f"{LAN},nobody@example.vn", PASSWORD),
        ],
    )
    def test_is_told_the_same_whatever_was_wrong(self, lan: Office, email: str, password: str) -> None:
        answer = lan.sign_in(email, password)

        assert answer.status_code == 401
        assert "Địa chỉ hoặc mật khẩu không đúng" in answer.text
        assert "set-cookie" not in answer.headers

    def test_is_told_it_no_sooner_where_the_address_is_unknown(self, lan: Office) -> None:
        checked: list[str] = []

        class Counting(Passwords):
            def match(self, password: str, kept: str | None) -> bool:
                checked.append("checked")
                return super().match(password, kept)

        lan.put(SigningIn, SigningIn(lan.database, Counting(1, 8, 1)))
        lan.sign_in("nobody@example.vn", "không phải mật khẩu")

        assert checked == ["checked"]

    def test_waits_after_some_tries_and_is_told_how_long(self, lan: Office) -> None:
        tries = [lan.sign_in(LAN, "không phải mật khẩu").status_code for _ in range(PERSON_BURST)]
        answer = lan.sign_in(LAN)

        assert set(tries) == {401}
        assert answer.status_code == 429
        assert re.search(r"Xin đợi \d+ giây", answer.text)

    def test_does_not_make_others_wait(self, lan: Office) -> None:
        office = lan
        office.add("minh@example.vn", Role.GATE)
        for _ in range(PERSON_BURST + 1):
            office.sign_in(LAN, "không phải mật khẩu")

        assert office.sign_in("minh@example.vn").status_code == 303

    def test_does_not_keep_the_person_out_from_elsewhere(self, lan: Office) -> None:
        signing_in = SigningIn(lan.database, Passwords(1, 8, 1))
        for _ in range(PERSON_BURST):
            with pytest.raises(WrongSignIn):
                signing_in.sign_in(LAN, "không phải mật khẩu", "203.0.113.9", lan.now)

        with pytest.raises(TooManyTries):
            signing_in.sign_in(LAN, PASSWORD, "203.0.113.9", lan.now)
        assert signing_in.sign_in(LAN, PASSWORD, "198.51.100.7", lan.now)

    def test_cannot_guess_from_many_places_for_long(self, lan: Office) -> None:
        signing_in = SigningIn(lan.database, Passwords(1, 8, 1))
        refused = 0
        for number in range(NAME_BURST + 10):
            with pytest.raises((WrongSignIn, TooManyTries)) as told:
                signing_in.sign_in(LAN, "không phải mật khẩu", f"203.0.113.{number}", lan.now)
            refused += told.type is TooManyTries

        assert refused >= 8

    def test_cannot_try_one_word_on_everybody(self, lan: Office) -> None:
        codes = [lan.sign_in(f"person{number}@example.vn").status_code for number in range(32)]

        assert codes[:30] == [401] * 30
        assert codes[30:] == [429] * 2

    def test_a_right_password_clears_what_went_wrong_before(self, lan: Office) -> None:
        for _ in range(3):
            for _ in range(PERSON_BURST - 2):
                lan.sign_in(LAN, "không phải mật khẩu")
            assert lan.sign_in(LAN).status_code == 303

    def test_one_who_was_only_invited_has_no_password_that_fits(self, office: Office) -> None:
        with office.database.writing() as session:
            session.add(Person(email="moi@example.vn", name="Mới", made_at=office.now))

        assert office.sign_in("moi@example.vn", "").status_code == 401

    def test_and_comes_with_many_others_takes_no_thread_from_visitors(self, lan: Office) -> None:
        slow = Passwords(1, 8, 1)
        for _ in range(IN_ALL):
            slow._hall.acquire()
        lan.put(SigningIn, SigningIn(lan.database, slow))

        answer = lan.sign_in(LAN)

        assert answer.status_code == 503
        assert "Xin thử lại sau ít giây" in answer.text

    @pytest.mark.parametrize(
        ("address", "house"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("2001:db8:1:2:3:4:5:6", house_of("2001:db8:1:2::1")),
            ("testclient", "testclient"),
        ],
    )
    def test_a_household_is_counted_as_one(self, address: str, house: str) -> None:
        assert house_of(address) == house


class TestHowLong:
    def test_half_a_day(self, lan: Office) -> None:
        lan.sign_in(LAN)

        lan.later(timedelta(hours=11, minutes=59))
        assert lan.get("/office").status_code == 200
        lan.later(timedelta(minutes=1))
        assert lan.get("/office").status_code == 303

    def test_until_signing_out(self, lan: Office) -> None:
        lan.sign_in(LAN)
        token = lan.browser.cookies["office"]

        answer = lan.post("/office/sign-out", {"csrf": csrf_on(lan.get("/office").text)})

        assert answer.status_code == 303
        assert "office" not in lan.browser.cookies
        hold(lan.browser, token)
        assert lan.get("/office").status_code == 303

    def test_a_program_is_told_in_its_own_way(self, lan: Office) -> None:
        answer = lan.get("/office", headers={"accept": "application/json"})

        assert (answer.status_code, answer.json()["error"]) == (401, "NotSignedIn")

    def test_a_form_sent_too_late_leads_back_to_the_page_it_stood_on(self, lan: Office) -> None:
        referer = {"referer": "http://testserver/office/dao-xa/people"}
        answer = lan.post("/office/dao-xa/people", {}, referer)

        assert answer.headers["location"] == "/office/sign-in?then=/office/dao-xa/people"


class TestAnotherSite:
    """It can make a browser send a form, with the cookie even; it cannot know what stands in ours."""

    @pytest.mark.parametrize(
        ("csrf", "headers", "status"),
        [
            ("right", HERE, 303),
            ("right", {}, 303),
            ("right", {"origin": "https://evil.example"}, 403),
            ("right", {"origin": "null"}, 403),
            ("right", {"origin": "http://testserver.evil.example"}, 403),
            ("right", {"origin": "http://testserver:8001"}, 403),
            ("right", {"origin": "file://"}, 403),
            ("right", {"origin": "foo:"}, 403),
            ("right", {"origin": "http://[testserver"}, 403),
            ("right", {"origin": ""}, 403),
            ("right", {"sec-fetch-site": "cross-site"}, 403),
            ("right", {"sec-fetch-site": "same-origin"}, 303),
            ("wrong", HERE, 403),
            ("", HERE, 403),
            ("trần", {}, 403),
        ],
    )
    def test_cannot_act_in_anybodys_name(self, lan: Office, csrf: str, headers: dict[str, str], status: int) -> None:
        lan.sign_in(LAN)
        told = csrf_on(lan.get("/office").text) if csrf == "right" else csrf

        answer = lan.browser.post("/office/sign-out", data={"csrf": told}, headers=headers, follow_redirects=False)

        assert answer.status_code == status
        assert (lan.get("/office").status_code == 200) == (status == 403)

    def test_cannot_sign_a_browser_in_as_somebody_else(self, lan: Office) -> None:
        answer = lan.post("/office/sign-in", {"email": LAN, "password": PASSWORD}, {"origin": "https://evil.example"})

        assert answer.status_code == 403

    def test_a_form_of_the_session_before_is_refused(self, lan: Office) -> None:
        lan.sign_in(LAN)
        old = csrf_on(lan.get("/office").text)
        lan.sign_in(LAN)

        assert lan.post("/office/sign-out", {"csrf": old}).status_code == 403

    def test_a_program_brings_the_token_in_a_header(self, office: Office) -> None:
        lan = office.at_work(Role.DESK)

        assert office.post("/office/sign-out", {}, {"x-csrf": lan.csrf}).status_code == 303


class TestANewPassword:
    NEW = "gió mùa đông bắc"

    def change(self, office: Office, old: str = PASSWORD, new: str = NEW) -> int:
        csrf = csrf_on(office.get("/office/password").text)
        return office.post("/office/password", {"csrf": csrf, "old": old, "new": new}).status_code

    def test_ends_every_other_session_and_keeps_this_browser_signed_in(self, lan: Office) -> None:
        lan.sign_in(LAN)
        elsewhere = lan.browser.cookies["office"]
        lan.browser.cookies.clear()
        lan.sign_in(LAN)

        assert self.change(lan) == 303
        assert lan.get("/office").status_code == 200
        hold(lan.browser, elsewhere)
        assert lan.get("/office").status_code == 303
        assert lan.sign_in(LAN).status_code == 401
        assert lan.sign_in(LAN, self.NEW).status_code == 303

    def test_needs_the_old_one(self, lan: Office) -> None:
        lan.sign_in(LAN)

        assert self.change(lan, old="không phải mật khẩu") == 401
        assert lan.sign_in(LAN).status_code == 303

    @pytest.mark.parametrize(
        "weak", ["ngắn", "aaaaaaaaaaaaaa", "121212121212", LAN, "Trần Thị Lan", "d" * 3 + "à" * (LONGEST + 1)]
    )
    def test_is_not_one_that_is_easily_guessed(self, lan: Office, weak: str) -> None:
        lan.sign_in(LAN)

        assert self.change(lan, new=weak) == 422
        assert lan.sign_in(LAN).status_code == 303

    @pytest.mark.parametrize("good", ["🐘🌊🎋🏮🛶 đi chơi", "correct horse", "x" * 100 + "abcd"])
    def test_may_be_any_sentence(self, lan: Office, good: str) -> None:
        lan.sign_in(LAN)

        assert self.change(lan, new=good) == 303
        assert lan.sign_in(LAN, good).status_code == 303


def test_staff_pages_are_kept_by_nobody(lan: Office) -> None:
    lan.sign_in(LAN)

    for path in ("/office", "/office/sign-in", "/office/password"):
        assert lan.get(path).headers["cache-control"] == "no-store"


def test_english_is_spoken_too(lan: Office) -> None:
    assert "For people who work at a museum" in lan.get("/office/sign-in?lang=en").text
    assert "not right" in lan.sign_in(LAN, "wrong").text

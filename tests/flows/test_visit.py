"""What a visitor meets, through the front door and without JavaScript."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import select

from guide.counters import Count, Counters
from guide.database import Database
from tests.flows.conftest import House, OpenHouse

FREE_DAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
LUNCH = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
ROOF = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)


def text(html: str) -> str:
    """What a reader sees, as one line."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


class TestTheStop:
    def test_the_sound_stands_in_the_page_as_served(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da").text

        assert 'id="play"' in page
        assert re.search(r'<audio[^>]+src="/media/[0-9a-f]{32}\.mp3', page)

    def test_each_sentence_can_be_pointed_at(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da").text

        for number, said in enumerate(
            ["Cổng đá", "Cổng đá được dựng năm 1862.", "Hãy nhìn vòm cổng.", "Bên trong là sân nhỏ."]
        ):
            assert re.search(rf'id="s{number}"[^>]*data-sentence="{number}"[^>]*>{re.escape(said)}', page), said

    def test_the_transcript_the_facts_and_their_sources_are_on_the_page(self, house: House) -> None:
        seen = text(house.browser.get("/dao-xa/stops/cong-da").text)

        for words in (
            "Xây năm 1862",
            "Xây năm 1871",
            "Sách của bảo tàng",
            "Báo tỉnh",
            "Cổng Nam",
            "Di tích quốc gia",
            "Cái cổng này già hơn",
        ):
            assert words in seen

    def test_every_picture_says_what_it_shows(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da?lang=en").text

        pictures = re.findall(r"<img\b[^>]*>", page)

        assert any('alt="A stone gate"' in picture for picture in pictures)
        assert all(" alt=" in picture for picture in pictures)

    def test_a_closed_stop_says_why_and_what_instead(self, house: House) -> None:
        seen = text(house.browser.get("/dao-xa/stops/nha-bep").text)

        assert "Đang tu bổ" in seen
        assert "Giếng cổ" in seen

    def test_a_stop_on_a_walk_leads_along_the_walk(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da?tour=mot-vong").text

        assert "/dao-xa/stops/nha-bep?lang=vi&amp;tour=mot-vong" in page

    def test_an_unknown_stop_is_a_kind_page_and_a_404(self, house: House) -> None:
        answer = house.browser.get("/dao-xa/stops/khong-co")

        assert answer.status_code == 404
        assert "Không tìm thấy điểm" in text(answer.text)


class TestLanguages:
    def test_the_address_wins_over_the_choice_and_the_choice_over_the_phone(self, house: House) -> None:
        phone = {"accept-language": "vi"}

        assert "The stone gate" in house.browser.get("/dao-xa/stops/cong-da?lang=en", headers=phone).text
        assert "The stone gate" in house.browser.get("/dao-xa/stops/cong-da", headers=phone).text, "remembered"
        assert 'lang="vi"' in house.browser.get("/dao-xa/stops/cong-da?lang=vi", headers=phone).text

    @pytest.mark.parametrize(
        ("header", "title"), [("en-GB,en;q=0.9", "The stone gate"), ("ko", "The stone gate"), ("vi-VN", "Cổng đá")]
    )
    def test_the_phones_language_decides_first(self, house: House, header: str, title: str) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da", headers={"accept-language": header}).text

        assert re.search(rf"<h1[^>]*>\s*<span[^>]*>{title}", page)

    def test_a_missing_text_falls_back_and_says_so(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/gieng-co?lang=en").text

        assert re.search(r'<h1[^>]*lang="vi"', page)
        assert "Vietnamese" in text(page) or "Tiếng Việt" in text(page)

    def test_a_language_without_voice_or_interface_is_a_full_language(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da", headers={"accept-language": "rad"}).text

        assert "Anei jing ƀăng boh tâo." in page
        assert '<html lang="en"' in page, "the interface falls back along the museum's chain"
        assert re.search(r'<main[^>]*lang="rad"|<h1[^>]*lang="rad"|<article[^>]*lang="rad"', page)
        assert 'id="play"' not in page
        assert "Êđê" in text(page)

    def test_a_person_who_recorded_it_is_heard_in_a_language_no_engine_speaks(
        self, house: House, recording: bytes
    ) -> None:
        (house.folder / "stops/cong-da/rad.wav").write_bytes(recording)
        house.publish()

        page = house.browser.get("/dao-xa/stops/cong-da?lang=rad").text
        source = re.search(r'<audio[^>]+src="([^"]+)"', page)
        sound = house.browser.get(source[1].replace("&amp;", "&")) if source else None

        assert sound is not None
        assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/mpeg")

    def test_each_page_names_its_other_languages(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da").text

        for tag in ("vi", "en", "fr", "rad"):
            assert re.search(
                rf'<link rel="alternate" hreflang="{tag}" href="[^"]+/dao-xa/stops/cong-da\?lang={tag}"', page
            ), tag

    def test_changing_the_language_keeps_the_walk_and_the_search(self, house: House) -> None:
        stop = house.browser.get("/dao-xa/stops/cong-da?tour=mot-vong").text
        search = house.browser.get("/dao-xa/search?q=cong+da&kind=Cổng").text

        assert "/dao-xa/stops/cong-da?tour=mot-vong&amp;lang=en" in stop
        assert "/dao-xa/search?q=cong%20da&amp;lang=en" in search, "shelves have other names in other languages"

    @pytest.mark.parametrize("asked", ["xx", "ko", "de-DE"])
    def test_only_a_language_that_was_shown_is_remembered(self, house: House, asked: str) -> None:
        assert "set-cookie" not in house.browser.get(f"/dao-xa?lang={asked}").headers

    def test_a_tampered_language_cookie_is_ignored(self, house: House) -> None:
        house.browser.cookies.set("lang", "<script>")

        answer = house.browser.get("/dao-xa")

        assert answer.status_code == 200
        assert '<script>"' not in answer.text


class TestTheMuseum:
    @pytest.mark.parametrize(
        ("now", "words"),
        [
            (datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "11:30"),
            (LUNCH, "13:30"),
            (ROOF, "Sửa mái"),
            (FREE_DAY, "Ngày Di sản văn hóa Việt Nam"),
        ],
    )
    def test_the_page_opens_with_today(self, open_house: OpenHouse, now: datetime, words: str) -> None:
        page = open_house(now).browser.get("/dao-xa").text

        assert words in text(page)[:900]

    def test_prices_address_telephone_and_facilities_are_told(self, house: House) -> None:
        page = house.browser.get("/dao-xa").text

        for words in ("50.000", "1 Đường Biển, đặc khu Đảo Xa", "Cạnh cổng"):
            assert words in text(page)
        assert re.search(r'href="tel:[^"]*254', page)

    @pytest.mark.parametrize("typed", ["101", " 101 ", "1 01"])
    def test_a_typed_number_leads_to_the_stop(self, house: House, typed: str) -> None:
        answer = house.browser.get("/dao-xa/go", params={"number": typed}, follow_redirects=False)

        assert (answer.status_code, answer.headers["location"]) == (302, "/dao-xa/stops/cong-da?lang=vi")

    def test_a_wrong_number_says_so(self, house: House) -> None:
        answer = house.browser.get("/dao-xa/go?number=999")

        assert answer.status_code == 404
        assert "999" in text(answer.text)

    def test_a_walk_tells_its_steps_and_passes_over_nothing(self, house: House) -> None:
        seen = text(house.browser.get("/dao-xa/tours/mot-vong").text)

        for words in ("Một vòng 20 phút", "Cổng đá", "Nhà bếp", "Giếng cổ", "12"):
            assert words in seen


class TestCodes:
    def code(self, house: House) -> str:
        return str(house.browser.get("/api/v1/museums/dao-xa/stops/cong-da").json()["code"])

    def test_a_scanned_label_leads_to_the_stop_in_the_phones_language(self, house: House) -> None:
        answer = house.browser.get(f"/q/{self.code(house)}", headers={"accept-language": "en"}, follow_redirects=False)

        assert (answer.status_code, answer.headers["location"]) == (302, "/dao-xa/stops/cong-da?lang=en")

    def test_a_code_may_be_typed_in_small_letters_with_gaps(self, house: House) -> None:
        code = self.code(house).lower()

        answer = house.browser.get(f"/q/{code[:3]}%20{code[3:]}", follow_redirects=False)

        assert answer.status_code == 302

    def test_a_renamed_stop_is_found_by_its_old_address_and_its_printed_code(self, house: House) -> None:
        code = self.code(house)
        (house.folder / "stops/cong-da").rename(house.folder / "stops/cong-chinh")
        sheet = house.folder / "stops/cong-chinh/stop.yaml"
        sheet.write_text("formerly: [cong-da]\n" + sheet.read_text("utf-8"), "utf-8")
        (house.folder / "tours/mot-vong.yaml").unlink()
        house.publish()

        moved = house.browser.get("/dao-xa/stops/cong-da", follow_redirects=False)
        scanned = house.browser.get(f"/q/{code}", follow_redirects=False)

        assert (moved.status_code, moved.headers["location"]) == (301, "/dao-xa/stops/cong-chinh?lang=vi")
        assert scanned.headers["location"] == "/dao-xa/stops/cong-chinh?lang=vi"
        assert "no-cache" in moved.headers["cache-control"], "another reader has another language"

    def test_a_withdrawn_stop_shows_a_tombstone(self, house: House) -> None:
        code = self.code(house)
        for file in (house.folder / "stops/cong-da").iterdir():
            file.unlink()
        (house.folder / "stops/cong-da").rmdir()
        (house.folder / "tours/mot-vong.yaml").unlink()
        house.publish()

        answer = house.browser.get(f"/q/{code}")

        assert answer.status_code == 410
        assert "Cổng đá" in text(answer.text)
        assert "được dựng năm 1862" not in answer.text
        assert "/dao-xa/stops/cong-da" not in house.browser.get("/dao-xa").text

    def test_an_unknown_code_is_a_kind_page(self, house: House) -> None:
        answer = house.browser.get("/q/2222222")

        assert answer.status_code == 404
        assert "2222222" in text(answer.text)


@pytest.mark.slow
class TestSearch:
    @pytest.mark.parametrize(
        ("query", "slug"),
        [
            ("cổng đá", "cong-da"),
            ("cong da", "cong-da"),
            ("coongr ddas", "cong-da"),
            ("bagne", "cong-da"),
            ("phuong mot", "cong-da"),
            ("giengs coor", "gieng-co"),
            ("nha bep", "nha-bep"),
            ("stone gate", "cong-da"),
        ],
    )
    def test_it_finds_without_diacritics_with_slips_and_by_other_names(
        self, house: House, query: str, slug: str
    ) -> None:
        page = house.browser.get("/dao-xa/search", params={"q": query}).text

        found = re.findall(r"/dao-xa/stops/([a-z-]+)", page)

        assert found
        assert found[0] == slug

    def test_it_says_why(self, house: House) -> None:
        assert "Cổng Nam" in text(house.browser.get("/dao-xa/search?q=cong+nam").text)
        assert (
            house.browser.get("/api/v1/museums/dao-xa/search?q=phuong+mot").json()[0]["why"][0]["field"] == "old-place"
        )

    def test_shelves_narrow_what_is_shown(self, house: House) -> None:
        page = house.browser.get("/dao-xa/search", params={"kind": "Cổng"}).text

        assert "/dao-xa/stops/cong-da" in page
        assert "/dao-xa/stops/gieng-co" not in page

    def test_nothing_found_is_said_and_counted(self, house: House) -> None:
        answer = house.browser.get("/dao-xa/search?q=xyzzyqq")
        house.shelf[Counters].stop_writing()  # else it may be writing some of it just now

        assert answer.status_code == 200
        with house.shelf[Database].reading() as session:
            assert [row.key for row in session.exec(select(Count).where(Count.what == "nothing-found"))] == ["xyzzyqq"]

    @pytest.mark.parametrize("query", ["", "   ", "?!…", "😀", "a" * 5000, "'; DROP TABLE count;--", "\x00"])
    def test_odd_questions_get_a_page(self, house: House, query: str) -> None:
        assert house.browser.get("/dao-xa/search", params={"q": query}).status_code == 200


class TestSharedLinks:
    def test_a_shared_stop_has_a_picture_a_title_and_words(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da").text
        picture = re.search(r'<meta property="og:image" content="http://testserver([^"]+)"', page)

        assert '<meta property="og:title" content="Cổng đá' in page
        assert picture
        drawn = house.browser.get(picture[1].replace("&amp;", "&"))
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")
        assert drawn.content.startswith(b"\x89PNG")

    def test_search_engines_read_what_it_is(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da").text
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

        assert data
        assert json.loads(data[1])["name"] == "Cổng đá"

    def test_the_sitemap_names_every_page_in_every_language(self, house: House) -> None:
        tree = ET.fromstring(house.browser.get("/sitemap.xml").text)
        places = [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

        assert "http://testserver/dao-xa/stops/gieng-co?lang=vi" in places
        assert len(places) == 1 + 1 + 3
        assert "sitemap.xml" in house.browser.get("/robots.txt").text


class TestCounting:
    def test_what_happens_is_counted_and_nobody_is_remembered(self, house: House) -> None:
        for _ in range(3):
            house.browser.get("/dao-xa/stops/cong-da?lang=vi")
        house.browser.get("/dao-xa/101", follow_redirects=False)
        sent = {"what": "play", "key": "cong-da", "language": "vi"}
        assert house.browser.post("/api/v1/museums/dao-xa/counts", json=sent).status_code == 204
        house.shelf[Counters].stop_writing()  # else it may be writing some of it just now

        with house.shelf[Database].reading() as session:
            counted = {(row.what, row.key): row.times for row in session.exec(select(Count))}

        assert counted == {("page", "cong-da"): 3, ("scan", "cong-da"): 1, ("play", "cong-da"): 1}

    @pytest.mark.parametrize(
        "sent",
        [
            {"what": "scan", "key": "cong-da", "language": "vi"},
            {"what": "play", "key": "no-such", "language": "vi"},
            {"what": "play"},
            [],
            {"what": "play", "key": "cong-da", "language": "vi", "who": "me"},
        ],
    )
    def test_only_what_a_page_may_say_is_counted(self, house: House, sent: object) -> None:
        assert house.browser.post("/api/v1/museums/dao-xa/counts", json=sent).status_code in (404, 422)


def test_a_running_server_shows_a_new_edition_by_itself(house: House) -> None:
    assert "Hãy nhìn vòm cổng." in house.browser.get("/dao-xa/stops/cong-da").text
    (house.folder / "stops/cong-da/vi.md").write_text("# Cổng đá\n\nMột câu mới.\n", "utf-8")

    house.publish()

    assert "Một câu mới." in house.browser.get("/dao-xa/stops/cong-da").text

"""Choosing how to read: a form and a cookie, on every page, and nothing that somebody else could put there."""

from __future__ import annotations

import re

import pytest

from guide.visit.choosing.choices import Choices, remembered, typed, way_back
from tests.flows.conftest import House

STOP = "/dao-xa/stops/cong-da?lang=vi"
LARGE = {"cookie": "choices=text-largest.version-child"}


def root(page: str) -> str:
    found = re.search(r"<html[^>]*>", page)
    assert found
    return found[0]


def test_what_the_phone_remembers_is_what_was_chosen() -> None:
    chosen = typed({"text": ["large"], "version": ["easy"], "contrast": ["more"], "back": ["/"]})

    assert chosen == Choices(text="large", version="easy", contrast="more")
    assert remembered(chosen.cookie) == chosen
    assert typed({"text": ["large"], "reset": ["1"]}) == Choices()


@pytest.mark.parametrize(
    "cookie", ["", "text-huge", "nonsense", 'text-"><script>', "...", "-", "text-large-x", "größe-x"]
)
def test_what_nobody_offers_is_passed_over(cookie: str) -> None:
    assert remembered(cookie) == Choices()


def test_the_root_element_says_it_and_nothing_else() -> None:
    assert Choices(text="large", motion="calm").attributes == ' data-text="large" data-motion="calm"'
    assert Choices().attributes == ""


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://here/dao-xa/stops/a?lang=vi&tour=b", "/dao-xa/stops/a?lang=vi&tour=b"),
        ("/dao-xa?lang=vi", "/dao-xa?lang=vi"),
        ("https://elsewhere/dao-xa", "/"),
        ("//elsewhere/dao-xa", "/"),
        ("/\\elsewhere", "/"),
        ("http://here//elsewhere", "/"),
        ("http://here/choices?lang=vi", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_nowhere_else(came_from: str, back: str) -> None:
    assert way_back(came_from, "here") == back


def test_without_scripts_the_form_is_enough_and_leads_back(house: House) -> None:
    page = house.browser.get("/choices?lang=vi", headers={"referer": f"http://testserver{STOP}"}).text
    back = re.search(r'name="back" value="([^"]*)"', page)
    assert back
    form = {"text": "largest", "version": "child", "back": back[1].replace("&amp;", "&")}

    answer = house.browser.post("/choices", data=form, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == STOP
    assert "choices=text-largest.version-child" in answer.headers["set-cookie"]
    assert "httponly" not in answer.headers["set-cookie"].lower(), "a kept page has only its script to read it"
    assert 'data-text="largest" data-version="child"' in root(house.browser.get(STOP).text)


def test_the_page_shows_what_is_chosen_now(house: House) -> None:
    page = house.browser.get("/choices?lang=en", headers=LARGE).text

    checked = re.findall(r'name="(\w+)" value="(\w*)" checked', page)

    assert checked == [("text", "largest"), ("version", "child")]


def test_two_phones_with_other_choices_get_other_pages(house: House) -> None:
    plain, large, again = (house.browser.get(STOP, headers=h).text for h in ({}, LARGE, {}))

    assert "data-text" not in root(plain)
    assert 'data-text="largest"' in root(large)
    assert again == plain


def test_a_page_differs_by_choices_in_its_root_alone(house: House) -> None:
    """So a copy that was kept for one visitor suits another, once its script has looked."""
    plain, large = (house.browser.get(STOP, headers=headers).text for headers in ({}, LARGE))

    assert large.replace(root(large), root(plain)) == plain


def test_a_version_leads_and_the_full_telling_stays_below_it(house: House) -> None:
    page = house.browser.get(STOP).text

    version, full, telling = (page.index(part) for part in ("version is-child", 'class="full"', 'id="s1"'))

    assert version < full < telling
    assert "Giọng kể đọc lời kể đầy đủ" in page[version:full]


def test_a_stop_without_versions_shows_nothing_of_them(house: House) -> None:
    page = house.browser.get("/dao-xa/stops/gieng-co?lang=vi", headers=LARGE).text

    assert 'class="version' not in page
    assert 'class="full"' not in page
    assert "Giếng sâu mười mét." in page


def test_every_page_leads_to_the_choices(house: House) -> None:
    for path in ("/dao-xa", STOP, "/dao-xa/tickets", "/offline", "/dao-xa/ask", "/dao-xa/search"):
        assert house.browser.get(path).text.count('href="/choices?lang=vi"') == 2, path


def test_looking_at_the_choices_is_kept_for_nobody_else(house: House) -> None:
    page = house.browser.get("/choices?lang=vi", headers={"referer": f"http://testserver{STOP}"})

    assert page.headers["cache-control"] == "private, no-cache"
    assert "/dao-xa" not in house.browser.get("/choices?lang=vi").text

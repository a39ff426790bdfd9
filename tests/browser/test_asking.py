"""Asking on a phone: by touch, by keys alone, without scripts, in light and dark, and as narrow as phones come."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone, Phone
from tests.browser.test_access import RULES

ASK = "/dao-xa/ask?lang=vi"
DEEP = "Giếng sâu bao nhiêu mét?"
TYPED = {"vi": "gieng sau bao nhieu met", "en": "When was the stone gate bult?"}
"""Without marks, and with a slip: how it was understood is shown too."""
ADDRESSES = count(1)
UNKNOWN = "Ai là tổng thống nước Pháp hiện nay và ông ấy thích ăn món gì nhất vào mỗi buổi sáng?"


@pytest.fixture
def new_phone(new_phone: NewPhone) -> NewPhone:
    """Each from another address: all of them together ask more than one visitor may."""

    def make(**options: Any) -> Phone:
        return new_phone(extra_http_headers={"X-Forwarded-For": f"192.0.2.{next(ADDRESSES)}"}, **options)

    return make


def opened(phone: Phone, path: str = ASK) -> Page:
    """Once its scripts are there; before, the form is sent as it is."""
    page = phone.open(path)
    page.wait_for_function("() => Boolean(customElements.get('guide-ask'))")
    return page


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.press("#question", "Enter")
    expect(page.locator(".asked", has_text=question)).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_there_is_no_barrier_before_or_after_asking(new_phone: NewPhone, scheme: str, language: str) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page = opened(phone, f"/dao-xa/ask?lang={language}")
    asked = [None, TYPED[language], UNKNOWN]

    for question in asked:
        if question:
            ask(page, question)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{question}: {found.generate_report()}"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_it_fits_the_narrowest_phone(new_phone: NewPhone, scripts: bool) -> None:
    phone = new_phone(viewport={"width": 320, "height": 640}, java_script_enabled=scripts)
    page = opened(phone) if scripts else phone.open(ASK)

    for question in (DEEP, UNKNOWN, "m" * 300):
        page.fill("#question", question)
        page.press("#question", "Enter")
        expect(page.locator(".asked").last).to_contain_text(question)
        page.wait_for_load_state()  # without scripts it is another page, and its dress may still come
        widest = max(box["x"] + box["width"] for one in page.locator("main *").all() if (box := one.bounding_box()))
        assert widest <= 320.5, question


def test_an_answer_joins_the_thread_and_the_page_stays(phone: Phone) -> None:
    page = opened(phone)
    ask(page, DEEP)
    ask(page, TYPED["vi"])

    answer = page.locator(".asked").first.locator("blockquote")

    expect(answer).to_contain_text("Giếng sâu mười mét.")
    expect(page.locator(".understood")).to_contain_text("giếng sâu bao nhiêu mét")
    assert page.url.endswith(ASK)
    assert (phone.strangers, phone.complaints) == ([], [])


def test_a_quotation_leads_to_the_sentence_where_it_stands(phone: Phone) -> None:
    page = opened(phone)
    ask(page, DEEP)

    page.locator(".asked blockquote a").click()
    page.wait_for_url("**/stops/gieng-co?lang=vi#s1")

    expect(page.locator("#s1")).to_be_in_viewport()
    expect(page.locator("#s1")).to_contain_text("Giếng sâu mười mét.")


def test_the_phone_remembers_what_was_asked_until_the_visit_ends(phone: Phone) -> None:
    page = opened(phone)
    ask(page, DEEP)

    page.reload()

    expect(page.locator(".asked")).to_have_count(1)
    expect(page.locator(".asked")).to_contain_text("Giếng sâu mười mét.")
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('asked')).length") == 0


def test_what_one_visitor_asks_without_scripts_no_other_sees(new_phone: NewPhone) -> None:
    one, other = (new_phone(java_script_enabled=False).open(ASK) for _ in range(2))
    one.fill("#question", DEEP)
    one.locator("form.ask button").click()
    expect(one.locator(".asked")).to_have_count(1)

    other.reload()

    expect(other.locator(".asked")).to_have_count(0)


def test_keys_alone_are_enough(new_phone: NewPhone) -> None:
    page = opened(new_phone(has_touch=False, viewport={"width": 900, "height": 700}))
    while page.evaluate("document.activeElement.id") != "question":
        page.keyboard.press("Tab")
    page.keyboard.type(DEEP)
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_contain_text("Giếng sâu mười mét.", timeout=15_000)

    seen = page.evaluate("document.activeElement.id")
    page.keyboard.press("Shift+Tab")
    there = page.evaluate("document.activeElement.outerHTML")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")

    assert seen == "question"
    assert "gieng-co" in there or "<audio" in there
    assert ring != "none"


def test_a_question_that_is_offered_is_asked_by_a_tap(phone: Phone) -> None:
    page = opened(phone)
    ask(page, DEEP)
    chip = page.locator(".next .chip").first
    offered = chip.inner_text()

    chip.tap()

    expect(page.locator(".asked .question").last).to_contain_text(offered)
    assert page.url.endswith(ASK)


def test_without_scripts_the_form_is_sent_and_the_thread_goes_on(new_phone: NewPhone) -> None:
    page = new_phone(java_script_enabled=False).open(ASK)
    page.fill("#question", "Cổng đá dựng năm nào?")
    page.locator("form.ask button").click()
    expect(page.locator(".asked blockquote").first).to_contain_text("1862")

    page.fill("#question", DEEP)
    page.locator("form.ask button").click()

    expect(page.locator(".asked .question")).to_contain_text(DEEP)
    expect(page.locator(".asked blockquote")).to_contain_text("Giếng sâu mười mét.")
    remembered = page.locator("input[name=previous]")
    assert [one.get_attribute("value") for one in remembered.all()] == ["Cổng đá dựng năm nào?", DEEP]
    expect(page.locator("details#faq-0 summary")).to_have_text("Giá vé bao nhiêu?")


def test_where_the_network_is_gone_it_is_said_and_nothing_is_lost(phone: Phone) -> None:
    page = opened(phone)
    phone.context.set_offline(True)
    page.fill("#question", DEEP)
    page.press("#question", "Enter")

    expect(page.locator("guide-ask:not([busy]) form.ask [role=status]")).not_to_be_empty()
    assert page.input_value("#question") == DEEP

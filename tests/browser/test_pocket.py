"""Asking and searching without a network: the phone answers from the museum that was taken along."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Phone
from tests.browser.test_taking import go, phone, ready_to_take, take, wire
from tests.browser.wire import Wire

__all__ = ["phone", "wire"]

ASK, SEARCH = "/dao-xa/ask?lang=vi", "/dao-xa/search?lang=vi&q=gieng+co"
DEEP, DEEP_BARE, AND_WHO = "Giếng sâu bao nhiêu mét?", "gieng sau bao nhieu met", "Ai đào nó?"
CITED, LAST = ".asked:last-child blockquote a", ".asked:last-child"
ANSWERS = 90_000
"""The pocket opens once, on a machine that has other things to do."""
SERVED = """async path => {
  const answer = await fetch(path, {headers: {'x-taking-along': '1'}});
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return [...page.querySelectorAll('.cards a.card')].map(link => link.getAttribute('href'));
}"""
"""What the server itself finds: the worker gives it three seconds, and then a kept page."""


def ask(page: Page, question: str) -> list[str | None]:
    """What the answer cites."""
    page.wait_for_function("() => Boolean(customElements.get('guide-ask'))")
    before = page.locator(".asked").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    expect(page.locator(".asked")).to_have_count(before + 1, timeout=ANSWERS)
    return addresses(page, CITED)


def addresses(page: Page, links: str) -> list[str | None]:
    return [link.get_attribute("href") for link in page.locator(links).all()]


def test_a_thread_goes_on_without_a_network_as_the_server_would_have_answered(phone: Phone, wire: Wire) -> None:
    page = ready_to_take(phone)
    take(page)
    go(page, phone, ASK)
    from_server = [ask(page, DEEP), ask(page, AND_WHO)]
    page.evaluate("sessionStorage.clear()")
    go(page, phone, ASK)
    ask(page, DEEP)

    wire.cut()
    follow_up, typed_bare = ask(page, AND_WHO), ask(page, DEEP_BARE)

    assert [typed_bare, follow_up] == from_server
    assert any("/lib/pocket/worker.js" in worker.url for worker in page.workers), "it answers beside the page"
    expect(page.locator(LAST)).to_contain_text("đã lưu trong máy")
    expect(page.locator(LAST)).to_contain_text("giếng sâu bao nhiêu mét")
    page.locator(CITED).first.click()
    expect(page.locator(":target")).to_be_visible()


def test_a_stop_is_asked_about_and_stops_are_searched_without_a_network(phone: Phone, wire: Wire) -> None:
    page = ready_to_take(phone)
    take(page)
    from_server = page.evaluate(SERVED, SEARCH)

    wire.cut()
    go(page, phone, SEARCH.replace("q=gieng+co", "q=gieng++co"))

    expect(page.locator(".count")).to_contain_text("đã lưu trong máy", timeout=ANSWERS)
    assert from_server
    assert addresses(page, ".cards a.card") == from_server
    expect(page.locator(".cards .why").first).to_contain_text("gõ không dấu")
    go(page, phone, "/dao-xa/stops/gieng-co?lang=vi")
    page.fill("#question", "Sâu bao nhiêu mét?")
    page.press("#question", "Enter")
    expect(page.locator(CITED)).to_have_attribute("href", "/dao-xa/stops/gieng-co?lang=vi#s1", timeout=ANSWERS)


def test_without_a_network_and_without_a_pack_the_page_says_so_kindly(phone: Phone, wire: Wire) -> None:
    page = phone.open(ASK)
    page.wait_for_function("() => Boolean(customElements.get('guide-ask'))")

    wire.cut()
    page.fill("#question", DEEP)
    page.press("#question", "Enter")

    expect(page.locator("guide-ask form.ask > [role=status]")).to_contain_text("Mang theo")
    expect(page.locator("#question")).to_have_value(DEEP)

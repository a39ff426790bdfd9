"""Buying on a phone: by keyboard, in the dark, on a small screen; and the tickets come by themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from textwrap import dedent
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone, Phone, Site, open_site, promised
from tests.browser.gates import zone_of_noon
from tests.browser.test_access import RULES

SELLS = """
    name: {vi: Nhà tù Đảo Xa, en: Far Island Prison}
    languages: [vi, en]
    address: {vi: "1 Đường Biển, đặc khu Đảo Xa", en: "1 Sea Road, Far Island"}
    hours: {daily: ["00:00-23:59"]}
    slots: [{days: daily, at: ["00:00", "23:00", "23:30"], places: 40}]
    tickets: {donations: true}
    sources: {A: {title: Sách của bảo tàng, trust: 3}, B: {title: Báo tỉnh, trust: 2}}
    prices:
      - {category: adult, dong: 50000, basis: {vi: Nghị quyết số 12, en: Resolution 12}}
      - {category: student, dong: 25000, student: true, evidence: {vi: thẻ sinh viên, en: student card}}
      - {category: child, dong: 0, ages: [0, 15]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A museum that sells, and plays the bank; it is noon there, and one can still come at eleven tonight."""
    sheet = f"{dedent(SELLS).lstrip()}time_zone: {zone_of_noon(datetime.now(UTC))}\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUIDE_TRIAL", "true")
        with open_site(tmp_path_factory.mktemp("shop")) as opened:
            for other in ("faq/vi.yaml", "stops/cong-da/rad.md"):
                (opened.folder / other).unlink()
            (opened.folder / "museum.yaml").write_text(sheet, "utf-8")
            opened.show()
            yield opened


def order(site: Site, **other: object) -> str:
    """As a program would, for some days ahead, so that a test can begin where it wants to."""
    with urlopen(f"{site.url}/api/v1/museums/dao-xa/slots", timeout=60) as answer:
        slot = json.load(answer)[30]
    tickets = [{"category": "adult", "count": 2}, {"category": "student", "count": 1}]
    body = {"day": slot["id"][:10], "slot": slot["id"], "tickets": tickets, "language": "vi", "pay": "vietqr", **other}
    wanted = Request(
        f"{site.url}/api/v1/museums/dao-xa/orders", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urlopen(wanted, timeout=60) as answer:
        return str(json.load(answer)["code"])


def pay(site: Site, code: str) -> None:
    with urlopen(f"{site.url}/orders/{code}/simulator", urlencode({"pay": "all"}).encode(), timeout=60):
        pass


def paid(site: Site) -> str:
    code = order(site)
    pay(site, code)
    return code


def dressed(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('link[href*=\"late.css\"]')?.sheet")


def wait_until_kept(page: Page) -> None:
    promised(page, "() => caches.match(location.href).then(Boolean)")


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def code_of(page: Page) -> str:
    page.wait_for_url(re.compile(r"/orders/"))
    found = re.search(r"/orders/(\w{10})", page.url)
    assert found
    return found[1]


def test_a_visitor_buys_with_the_keyboard_alone_and_sees_the_sum_grow(phone: Phone, site: Site) -> None:
    page = phone.open("/dao-xa/tickets?lang=vi")
    page.wait_for_selector("guide-basket[ready]")

    tab_to(page, "[name=slot]")
    page.keyboard.press("Space")
    tab_to(page, "#count-adult ~ .more")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text("100.000 ₫")
    tab_to(page, "#count-student")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text("125.000 ₫")
    tab_to(page, ".go")
    page.keyboard.press("Enter")

    code_of(page)
    expect(page.locator("h1")).to_have_text("Chỗ của bạn đang được giữ")
    assert phone.strangers == phone.complaints == []


def test_the_time_counts_down_and_the_tickets_come_without_a_reload(phone: Phone, site: Site) -> None:
    code = order(site)
    page = phone.open(f"/orders/{code}?lang=vi")
    page.evaluate("globalThis.stayed = true")
    expect(page.locator("#left")).to_have_text(re.compile(r"^1[45]:\d\d$"))
    first = page.locator("#left").inner_text()
    expect(page.locator("#left")).not_to_have_text(first)

    pay(site, code)

    expect(page.locator(".ticket .square")).to_have_count(3, timeout=60_000)
    expect(page.locator(".said")).to_have_text("Đã nhận được tiền. Vé của bạn ở ngay đây.")
    assert page.title().startswith("Vé của bạn")
    assert page.evaluate("globalThis.stayed && document.activeElement.tagName") == "H1"
    assert phone.strangers == phone.complaints == []


LISTENED_TO = """button => {
  globalThis.said = [];
  new MutationObserver(() => said.push(button.innerText)).observe(button, { childList: true });
}"""
"""What it says for two seconds only is heard, whoever looks late."""


def test_what_a_bank_wants_typed_can_be_copied(new_phone: NewPhone, site: Site) -> None:
    phone = new_phone(permissions=["clipboard-read", "clipboard-write"])
    code = order(site)
    page = phone.open(f"/orders/{code}?lang=vi")
    button = page.get_by_role("button", name="Chép: Nội dung chuyển khoản")

    button.evaluate(LISTENED_TO)
    button.click()

    page.wait_for_function("() => globalThis.said.includes('Đã chép')")
    assert page.evaluate("navigator.clipboard.readText()") == f"SEN {code}"
    expect(button).to_have_text("Chép")


def test_a_page_that_nobody_looks_at_does_not_ask(phone: Phone, site: Site) -> None:
    asked: list[str] = []
    page = phone.context.new_page()
    page.add_init_script("Object.defineProperty(document, 'hidden', { get: () => true })")
    page.on("request", lambda request: asked.append(request.url) if "/api/v1/orders" in request.url else None)

    page.goto(f"{site.url}/orders/{order(site)}")
    page.wait_for_selector("guide-order[watching]")
    page.wait_for_timeout(5000)

    assert asked == []


def test_a_double_tap_buys_once(phone: Phone, site: Site) -> None:
    page = phone.open("/dao-xa/tickets?lang=vi")
    page.wait_for_selector("guide-basket[ready]")
    page.locator(".times label").last.click()
    page.locator("#count-child ~ .more").click()
    slot = page.locator("[name=slot]:checked").get_attribute("value")
    before = free(site, str(slot))

    page.locator(".go").dblclick()

    code_of(page)
    assert free(site, str(slot)) == before - 1


def free(site: Site, slot: str) -> int:
    with urlopen(f"{site.url}/api/v1/museums/dao-xa/slots", timeout=60) as answer:
        return next(int(line["free"]) for line in json.load(answer) if line["id"] == slot)


def test_another_day_comes_without_losing_what_was_typed(phone: Phone) -> None:
    page = phone.open("/dao-xa/tickets?lang=vi")
    page.wait_for_selector("guide-basket[ready]")
    page.fill("#address", "lan@vidu.vn")
    page.locator("#count-adult ~ .more").click()
    page.locator(".times label").last.click()

    page.locator(".days a").nth(2).click()

    expect(page.locator(".days a").nth(2)).to_have_attribute("aria-current", "date")
    assert page.input_value("#address") == "lan@vidu.vn"
    assert page.input_value("#count-adult") == "1"
    assert page.evaluate("document.activeElement.matches('.days [aria-current]')")
    expect(page.locator("#total")).to_have_text("50.000 ₫")


def test_a_free_basket_asks_for_no_payment(phone: Phone) -> None:
    page = phone.open("/dao-xa/tickets?lang=vi")
    page.wait_for_selector("guide-basket[ready]")

    page.locator("#count-child ~ .more").click()
    expect(page.locator("#pay")).to_be_hidden()
    expect(page.locator(".go")).to_have_text("Nhận vé")
    page.locator("#count-adult ~ .more").click()

    expect(page.locator("#pay")).to_be_visible()


def handed_on(site: Site) -> tuple[str, int]:
    code = paid(site)
    with urlopen(f"{site.url}/orders/{code}", timeout=60) as answer:
        ticket = re.findall(r'name="ticket" value="(\w+)"', answer.read().decode())[0]
    with urlopen(f"{site.url}/orders/{code}/links", urlencode({"ticket": ticket}).encode(), timeout=60) as answer:
        return re.findall(r"(/orders/handed/[\w-]+)<", answer.read().decode())[0], 1


@pytest.mark.parametrize("whose", ["the buyer's", "whom it was handed to"])
def test_tickets_that_were_seen_once_are_there_without_a_network(phone: Phone, site: Site, whose: str) -> None:
    address, count = handed_on(site) if whose != "the buyer's" else (f"/orders/{paid(site)}", 3)
    page = phone.open("/dao-xa?lang=vi")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{site.url}{address}?lang=vi")
    wait_until_kept(page)

    phone.context.set_offline(True)
    page.reload()

    expect(page.locator(".ticket .square")).to_have_count(count)
    phone.context.set_offline(False)


def test_printed_it_is_tickets_and_nothing_to_tap(phone: Phone, site: Site) -> None:
    page = phone.open(f"/orders/{paid(site)}?lang=vi")
    page.wait_for_selector("[data-print]:not([hidden])")

    page.emulate_media(media="print")

    expect(page.locator(".ticket .square").first).to_be_visible()
    for hidden in (".doing", ".top", ".keep", ".ticket details"):
        expect(page.locator(hidden).first).to_be_hidden()


@pytest.fixture(scope="module")
def pages(site: Site) -> tuple[str, ...]:
    held, done, cancelled = order(site), paid(site), order(site)
    counter = order(site, pay="counter")
    with urlopen(f"{site.url}/orders/{cancelled}/basket", b"", timeout=60):
        pass
    waiting = (f"/orders/{held}", f"/orders/{counter}", f"/orders/{cancelled}")
    return ("/dao-xa/tickets", *waiting, f"/orders/{done}", f"/orders/{done}/day", f"/orders/{done}/cancellation")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_of_buying_has_a_barrier(
    new_phone: NewPhone, pages: tuple[str, ...], scheme: str, language: str
) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)

    for path in pages:
        page = phone.open(f"{path}?lang={language}")
        dressed(page)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        page.close()


def test_no_page_of_buying_is_wider_than_a_small_phone(new_phone: NewPhone, pages: tuple[str, ...]) -> None:
    phone = new_phone(viewport={"width": 320, "height": 640})

    for path in pages:
        page = phone.open(path)
        dressed(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.close()


def test_a_refusal_can_be_seen_by_a_screen_reader_and_has_no_barrier(new_phone: NewPhone) -> None:
    phone = new_phone(bypass_csp=True)
    page = phone.open("/dao-xa/tickets?lang=vi")
    page.wait_for_selector("guide-basket[ready]")
    page.locator(".times label").last.click()
    page.locator("#count-adult").fill("0")

    page.locator(".go").click()

    expect(page.locator("#problems")).to_be_visible()
    dressed(page)
    assert Axe().run(page, options=RULES).violations_count == 0

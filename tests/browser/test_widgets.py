"""Widgets on somebody else's website, however that website treats them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPhone, Phone, Site, free_port, open_site
from tests.browser.host_pages import Host, open_host, strict
from tests.browser.pages import on_any_day
from tests.browser.test_access import RULES
from tests.flows.conftest import write_museum

WITHDRAWN = "withdrawn: {since: 2026-10-01, reason: {vi: Ao đã lấp, en: The pond was filled}}"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with open_host(free_port()) as host:
        yield host


@pytest.fixture(scope="module")
def stranger() -> Iterator[Host]:
    with open_host(free_port()) as host:
        yield host


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Site]:
    """A museum that lets `host` show it, and nobody else."""
    with open_site(tmp_path_factory.mktemp("site")) as opened:
        sheet = opened.folder / "museum.yaml"
        sheet.write_text(f'{on_any_day(sheet.read_text("utf-8"))}embeds: ["{host.url}"]\n', "utf-8")
        withdrawn = {"stops/ao-sen/vi.md": "# Ao sen\n", "stops/ao-sen/stop.yaml": f"number: 104\n{WITHDRAWN}\n"}
        write_museum(opened.folder, withdrawn)
        opened.show()
        yield opened


def widget(name: str, site: Site, museum: str = "dao-xa", **attributes: str) -> str:
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<guide-{name} museum="{museum}"{told}><a href="{site.url}/dao-xa">The museum</a></guide-{name}>'


def scripts(site: Site, more: str = "") -> str:
    return f'<script type="module" src="{site.url}/widgets/define.js{more}"></script>'


ALL = (("stop", {"stop": "cong-da"}), ("ask", {}), ("tickets", {}))


def every(site: Site, **attributes: str) -> str:
    return "".join(widget(name, site, **own, **attributes) for name, own in ALL)


def shown(page: Page, name: str) -> Locator:
    return page.locator(f"guide-{name} .card")


def slowly(page: Page) -> None:
    """A sentence is heard for some seconds; a slow machine that looks late would find the next, or none."""
    page.locator("guide-stop audio").evaluate("one => { one.defaultPlaybackRate = one.playbackRate = 0.1; }")


@pytest.fixture
def visitor(new_phone: NewPhone) -> Phone:
    return new_phone()


def opened(phone: Phone, url: str) -> Page:
    """A page of another origin; whatever it complains of is told."""
    page = phone.context.new_page()
    page.on("console", lambda said: phone.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: phone.complaints.append(str(error)))
    page.goto(url)
    return page


@pytest.fixture
def hostile(host: Host, site: Site) -> Iterator[str]:
    """Everything at once: CSS against all, a strict policy, a framework at work, two versions of the script."""
    head = '<link rel="stylesheet" href="/hostile.css"><meta name=viewport content="width=device-width">'
    body = f"<section>{every(site)}</section><section></section>{scripts(site)}{scripts(site, '?v=older')}"
    host.policy = strict(site.url)
    yield host.page(body + '<script type="module" src="/framework.js"></script>', head)
    host.policy = ""


def test_a_hostile_page_changes_nothing_inside(visitor: Phone, hostile: str) -> None:
    page = opened(visitor, hostile)
    page.wait_for_selector("html[data-settled]", state="attached")

    for name, _ in ALL:
        expect(shown(page, name)).to_have_count(1)
        expect(shown(page, name).locator("h3")).to_be_visible()
    letters = page.evaluate(
        "() => { const { shadowRoot } = document.querySelector('guide-stop');"
        "const style = getComputedStyle(shadowRoot.querySelector('p span'));"
        "return [style.fontSize, style.letterSpacing, style.textTransform, style.direction, style.color]; }"
    )
    assert letters == ["16px", "normal", "none", "ltr", "rgb(43, 35, 32)"]
    assert visitor.complaints == []


def test_a_stop_is_heard_there_and_read_along(visitor: Phone, hostile: str) -> None:
    page = opened(visitor, hostile)
    page.wait_for_selector("html[data-settled]", state="attached")
    page.evaluate("document.addEventListener('guide-played', ({detail}) => { globalThis.heard = detail; })")
    card = shown(page, "stop")
    slowly(page)

    card.get_by_role("button", name="Listen").click()

    expect(card.get_by_role("button", name="Pause")).to_be_visible()
    expect(card.locator(".spoken")).to_have_count(1)
    card.get_by_text("Inside is a small yard.").click()
    expect(card.locator(".spoken")).to_have_text("Inside is a small yard.")
    assert page.evaluate("heard") == {"museum": "dao-xa", "stop": "cong-da", "language": "en"}
    assert visitor.complaints == []


def test_a_question_is_answered_there_with_links_to_the_museum(visitor: Phone, hostile: str, site: Site) -> None:
    page = opened(visitor, hostile)
    page.wait_for_selector("html[data-settled]", state="attached")
    page.evaluate("document.addEventListener('guide-asked', ({detail}) => { globalThis.asked = detail; })")
    card = shown(page, "ask")

    card.get_by_label("Your question").fill("When was the stone gate built?")
    card.get_by_label("Your question").press("Enter")

    quote = card.locator("blockquote a").first
    expect(quote).to_contain_text("1862", timeout=30_000)
    assert str(quote.get_attribute("href")).startswith(f"{site.url}/dao-xa/stops/cong-da?lang=en#s")
    told = page.evaluate("asked")
    assert (told["refused"], told["museum"]) == (False, "dao-xa")
    assert "When was" not in str(told)
    assert visitor.complaints == []


def test_tickets_lead_to_the_museum_with_what_was_chosen_filled_in(visitor: Phone, hostile: str, site: Site) -> None:
    page = opened(visitor, hostile)
    page.wait_for_selector("html[data-settled]", state="attached")
    card = shown(page, "tickets")
    day = card.locator("input[name=day]:not(:disabled)").last
    chosen = str(day.get_attribute("value"))

    day.check(force=True)
    card.get_by_role("button", name="One more, Adults").click()
    card.get_by_role("button", name="One more, Adults").click()

    expect(card.locator("[part=total]")).to_have_text("Total: 100,000 ₫")
    card.get_by_role("link", name="Buy on the museum’s website").click()
    page.wait_for_url(f"{site.url}/dao-xa/tickets?*")
    assert f"day={chosen}" in page.url
    expect(page.locator("#count-adult")).to_have_value("2")


def test_a_website_without_permission_keeps_its_link_and_is_told_why(
    visitor: Phone, stranger: Host, site: Site
) -> None:
    page = opened(visitor, stranger.page(every(site, language="vi") + scripts(site)))

    for name, _ in ALL:
        expect(page.locator(f"guide-{name} [role=status]")).to_have_text(
            "Bảo tàng chưa cho phép trang web này hiển thị nội dung."
        )
        expect(page.locator(f"guide-{name} a")).to_be_visible()
        expect(shown(page, name)).to_have_count(0)


def test_where_the_museum_cannot_be_reached_the_link_stays_until_it_can(visitor: Phone, host: Host, site: Site) -> None:
    url = host.page(widget("stop", site, stop="cong-da") + scripts(site))
    visitor.context.route(f"{site.url}/api/**", lambda route: route.abort())
    visitor.context.route(f"{site.url}/widgets/guide-widget.js", lambda route: route.abort())
    page = opened(visitor, url)
    expect(page.locator("guide-stop [role=status]")).to_have_text("The museum cannot be reached right now.")
    expect(page.locator("guide-stop a")).to_be_visible()

    visitor.context.unroute(f"{site.url}/api/**")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(shown(page, "stop")).to_be_visible()


def test_without_scripts_the_link_is_there(new_phone: NewPhone, host: Host, site: Site) -> None:
    page = opened(new_phone(java_script_enabled=False), host.page(widget("stop", site, stop="cong-da") + scripts(site)))

    expect(page.locator("guide-stop a")).to_be_visible()


def test_what_is_not_there_or_closed_or_withdrawn_says_so(visitor: Phone, host: Host, site: Site) -> None:
    three = "".join(widget("stop", site, stop=stop) for stop in ("khong-co", "nha-bep", "ao-sen"))
    page = opened(visitor, host.page(three + scripts(site)))

    expect(page.locator("guide-stop [role=status]").first).to_contain_text("“khong-co”")
    expect(page.locator("guide-stop").first.locator("a")).to_have_text("The museum")
    expect(page.locator("guide-stop").nth(1).locator("[part=notice]")).to_contain_text("Under repair")
    expect(page.locator("guide-stop").nth(2).locator("[part=notice]")).to_contain_text("The pond was filled")
    expect(page.locator("guide-stop").nth(2).get_by_role("button")).to_have_count(0)


def test_its_look_is_the_websites_to_choose(visitor: Phone, host: Host, site: Site) -> None:
    style = (
        "<style>:root { color-scheme: dark; --guide-accent: rgb(0, 80, 90) }"
        "guide-stop::part(title) { font-style: italic }</style>"
    )
    page = opened(visitor, host.page(widget("stop", site, stop="cong-da") + scripts(site), style))
    card = shown(page, "stop")
    expect(card).to_be_visible()

    looks = card.evaluate(
        "(card) => [card, ...card.querySelectorAll('.play, h3')].map((one) => getComputedStyle(one))"
        ".map(({ backgroundColor, fontStyle }) => [backgroundColor, fontStyle])"
    )

    assert looks == [["rgb(40, 32, 27)", "normal"], ["rgba(0, 0, 0, 0)", "italic"], ["rgb(0, 80, 90)", "normal"]]


def test_a_clone_is_a_widget_of_its_own(visitor: Phone, host: Host, site: Site) -> None:
    page = opened(visitor, host.page(widget("stop", site, stop="cong-da") + scripts(site)))
    expect(shown(page, "stop")).to_have_count(1)

    page.evaluate("document.body.append(document.querySelector('guide-stop').cloneNode(true))")

    expect(shown(page, "stop")).to_have_count(2)


def test_changed_attributes_show_something_else(visitor: Phone, host: Host, site: Site) -> None:
    page = opened(visitor, host.page(widget("stop", site, stop="cong-da") + scripts(site)))
    expect(shown(page, "stop").locator("h3")).to_have_text("The stone gate")

    page.evaluate("Object.assign(document.querySelector('guide-stop'), {}).setAttribute('language', 'vi')")

    expect(shown(page, "stop").locator("h3")).to_have_text("Cổng đá")


def test_nothing_is_kept_and_no_third_party_is_asked(visitor: Phone, hostile: str, host: Host, site: Site) -> None:
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    page = opened(visitor, hostile)
    expect(shown(page, "tickets")).to_be_visible()
    page.wait_for_selector("html[data-settled]", state="attached")
    slowly(page)
    shown(page, "stop").get_by_role("button", name="Listen").first.click()
    expect(shown(page, "stop").locator(".spoken")).to_have_count(1)

    assert {re.match(r"https?://[^/]+", url).group() for url in asked if url.startswith("http")} == {host.url, site.url}  # type: ignore[union-attr]  # each has a host
    assert visitor.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_there_is_no_barrier_in_a_widget(
    new_phone: NewPhone, host: Host, site: Site, scheme: str, language: str
) -> None:
    head = f"<style>:root {{ color-scheme: {scheme} }} body {{ background: Canvas }}</style>"
    head += '<meta name=viewport content="width=device-width">'
    body = f"<main><h1>Host</h1><h2>Museum</h2>{every(site)}{scripts(site)}</main>"
    phone = new_phone(color_scheme=scheme, viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = opened(phone, host.page(body, head, language))
    for name, _ in ALL:
        expect(shown(page, name)).to_be_visible()

    found = Axe().run(page, options=RULES)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_museums_pages_are_framed_where_it_allows_and_nowhere_else(
    visitor: Phone, host: Host, stranger: Host, site: Site
) -> None:
    frame = f'<iframe src="{site.url}/dao-xa/stops/cong-da?lang=en"></iframe>'
    within = opened(visitor, host.page(frame))
    elsewhere = opened(visitor, stranger.page(frame))

    expect(within.frame_locator("iframe").locator("#play")).to_be_visible()
    expect(elsewhere.frame_locator("iframe").locator("#play")).to_have_count(0)


@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_the_page_of_examples_shows_all_of_them_alive(new_phone: NewPhone, scheme: str, language: str) -> None:
    phone = new_phone(color_scheme=scheme, bypass_csp=True)
    page = phone.open(f"/widgets/?lang={language}")
    for name, _ in ALL:
        expect(shown(page, name)).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")

    found = Axe().run(page, options=RULES)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (phone.strangers, phone.complaints) == ([], [])

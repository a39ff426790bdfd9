"""For everyone: the whole way by ear and by keyboard alone, from right to left, and as each visitor chose to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import CONTROLLED, NewPhone, Phone, Site, promised
from tests.browser.pages import Whole

STOP = "/dao-xa/stops/cong-da"
PLAYS = "() => document.querySelector('audio').currentTime > 0.2"
SETTLED = "() => document.querySelector('link[href*=\"late.css\"]')?.sheet"
BEGUN = """() => {
  const first = +document.getElementById('s1').dataset.start, spoken = document.querySelector('.spoken');
  return spoken && +spoken.dataset.sentence > 0 && document.getElementById('sound').currentTime >= first;
}"""
FOCUSED = """() => {
  const here = document.activeElement, ringed = here.matches('input.aside') ? here.nextElementSibling : here;
  const { outlineStyle, outlineWidth } = getComputedStyle(ringed), { width, height } = ringed.getBoundingClientRect();
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 1 && height > 1;
  return { seen, what: here.outerHTML.slice(0, 90) };
}"""
Node = dict[str, Any]


@pytest.fixture(scope="module")
def site(whole: Whole) -> Site:
    return whole.site


def opened(phone: Phone, path: str) -> Page:
    page = phone.open(path)
    page.wait_for_function(SETTLED)
    return page


# By ear


class Heard:
    """What a screen reader is told of a page, in the order in which it stands."""

    def __init__(self, page: Page) -> None:
        self._ear: CDPSession = page.context.new_cdp_session(page)
        self._ear.send("Accessibility.enable")

    def nodes(self) -> list[Node]:
        told = self._ear.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in told}
        return [_plain(node) for node in _in_order(told[0], by_id) if not node.get("ignored")]

    def all(self, role: str) -> list[Node]:
        return [node for node in self.nodes() if node["role"] == role]

    def names(self, role: str) -> list[str]:
        return [node["name"] for node in self.all(role)]

    def one(self, role: str, name: str) -> Node:
        (found,) = [node for node in self.all(role) if name in node["name"]]
        return found


def _in_order(node: Node, by_id: dict[str, Node]) -> list[Node]:
    below = [by_id[child] for child in node.get("childIds", []) if child in by_id]
    return [node, *(one for child in below for one in _in_order(child, by_id))]


def _plain(node: Node) -> Node:
    states = {state["name"]: state["value"].get("value") for state in node.get("properties", [])}
    return {"role": node["role"]["value"], "name": node.get("name", {}).get("value", ""), **states}


def in_this_order(heard: list[str], *wanted: str) -> None:
    places = [next((at for at, name in enumerate(heard) if name.startswith(word)), -1) for word in wanted]
    assert -1 not in places, dict(zip(wanted, places, strict=True))
    assert places == sorted(places)


def test_the_first_page_and_the_museum_are_told_in_order(new_phone: NewPhone) -> None:
    page = opened(new_phone(), "/?lang=vi")
    heard = Heard(page)
    assert heard.names("banner") == heard.names("main") == heard.names("contentinfo") == [""]
    assert [one["name"] for one in heard.all("heading") if one.get("level") == 1] == ["Quét mã, rồi nghe kể"]
    in_this_order(heard.names("link"), "Đến nội dung chính", "Sen Guide", "Đọc theo cách của bạn", "Nhà tù Đảo Xa")

    page.get_by_role("link", name="Nhà tù Đảo Xa").click()
    page.wait_for_url("**/dao-xa?lang=vi")
    page.wait_for_function(SETTLED)
    heard = Heard(page)

    assert [one["name"] for one in heard.all("heading") if one.get("level") == 1] == ["Nhà tù Đảo Xa"]
    assert heard.one("textbox", "Gõ số trên nhãn")
    assert heard.one("searchbox", "Tìm trong bảo tàng")
    assert heard.one("textbox", "Hỏi bảo tàng")
    in_this_order(heard.names("link"), "Đến nội dung chính", "Mua vé", "20 phút", "Điểm số 101")


def test_a_stop_is_heard_before_it_is_played_and_says_how_it_goes(new_phone: NewPhone) -> None:
    page = opened(new_phone(), f"{STOP}?lang=vi")
    page.wait_for_function("() => customElements.get('guide-player')")
    heard = Heard(page)
    names = [f"{one['role']} {one['name']}" for one in heard.nodes()]

    in_this_order(
        names, "heading Cổng đá", "button Nghe kể", "slider Vị trí trong bài", "button −15 giây", "button +15 giây"
    )
    assert heard.one("combobox", "Tốc độ")

    page.evaluate("document.querySelector('audio').loop = true")  # however late it is looked at, it plays
    page.get_by_role("button", name="Nghe kể").click()
    page.wait_for_function(PLAYS, timeout=60_000)

    assert heard.one("button", "Tạm dừng")
    assert " trên " in page.get_by_role("slider").first.get_attribute("aria-valuetext")
    assert {one.get("live") for one in heard.all("status")} == {"polite"}, (
        "what is being prepared, or failed, is said without being looked for"
    )


def test_each_part_is_told_in_its_own_language(new_phone: NewPhone) -> None:
    """A voice that reads English as Vietnamese is not understood."""
    page = opened(new_phone(locale="en-GB"), "/dao-xa/stops/gieng-co?lang=en")

    assert page.get_attribute("html", "lang") == "en"
    assert page.locator("h1").get_attribute("lang") == "vi"
    assert page.locator(".telling").last.get_attribute("lang") == "vi"
    languages = [link.get_attribute("lang") for link in page.locator(".tongues li a").all()]
    assert languages == ["vi", "en", "ar", "rad"]


def test_an_answer_is_said_when_it_comes_and_can_be_followed(new_phone: NewPhone) -> None:
    page = opened(new_phone(), "/dao-xa/ask?lang=vi")
    page.wait_for_function("() => Boolean(customElements.get('guide-ask'))")
    page.get_by_role("textbox", name="Câu hỏi của bạn").fill("Cổng đá được dựng năm nào?")
    page.keyboard.press("Enter")
    expect(page.locator(".answer").first).to_contain_text("1862", timeout=20_000)
    heard = Heard(page)

    logs = [one for one in heard.nodes() if one["role"] in ("log", "status") and one.get("live") == "polite"]
    assert logs, "a reader who does not see it is told of the answer"
    assert any("1862" in name for name in heard.names("link"))


def test_a_ticket_is_told_with_its_code(new_phone: NewPhone, whole: Whole) -> None:
    heard = Heard(opened(new_phone(), f"/orders/{whole.codes.code}?lang=vi"))

    assert len([one for one in heard.all("heading") if one.get("level") == 1]) == 1
    assert any(name.startswith("Mã vé để quét") for name in [*heard.names("image"), *heard.names("img")])


@pytest.mark.parametrize("path", ["/dao-xa", STOP, "/dao-xa/ask", "/dao-xa/tickets", "/choices"])
def test_one_key_skips_to_the_content(new_phone: NewPhone, path: str) -> None:
    page = opened(new_phone(), f"{path}?lang=vi")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


# By keyboard


def walked_to(page: Page, there: str, most: int = 60) -> None:
    """Tab after Tab until it is reached; wherever the focus is meanwhile, it can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        assert now["seen"], f"focus is not to be seen on {now['what']}"
        if page.evaluate("there => document.activeElement.matches(there)", there):
            return
    raise AssertionError(f"{there} is not reached in {most} steps on {page.url}")


def test_the_whole_way_needs_no_pointer(new_phone: NewPhone) -> None:
    page = opened(new_phone(has_touch=False), "/?lang=vi")
    walked_to(page, 'a.museum[href^="/dao-xa"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/dao-xa?lang=vi")
    walked_to(page, "#number")
    page.keyboard.type("101")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stops/cong-da?lang=vi")

    walked_to(page, "#play")
    page.keyboard.press("Space")
    page.wait_for_function(PLAYS, timeout=60_000)
    walked_to(page, "guide-player input[type=range]")
    page.wait_for_function("() => document.getElementById('s2').dataset.start")
    page.keyboard.press("PageDown")
    page.wait_for_function(BEGUN)
    walked_to(page, "#question")
    page.keyboard.type("Cổng đá được dựng năm nào?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dao-xa/ask?**")
    expect(page.locator(".answer").first).to_contain_text("1862", timeout=20_000)
    walked_to(page, '.answer a[href*="#s"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/stops/cong-da?**#s*")


def test_no_page_holds_the_focus(new_phone: NewPhone, whole: Whole) -> None:
    """From the first to the last and out again, never twice at the same place before the end."""
    page = new_phone(has_touch=False).context.new_page()
    for path in (f"{STOP}?lang=vi", "/dao-xa/map?lang=vi", "/dao-xa/walk?lang=vi", "/dao-xa/tickets?lang=vi"):
        page.goto(whole.site.url + path)
        page.wait_for_function(SETTLED)
        page.evaluate("document.body.tabIndex = -1; document.body.focus()")
        seen = []
        while len(seen) < 120:
            page.keyboard.press("Tab")
            here = page.evaluate(PLACE)
            if seen and here == seen[-1]:  # a field for a date has parts
                continue
            if here == NOWHERE or here in seen:
                break
            seen.append(here)
        assert len(seen) == len(set(seen))
        assert page.evaluate(LAST_LINK) in seen, f"{path}: the foot of the page is not reached"


NOWHERE = 0
PLACE = """() => {
  const places = globalThis.places ??= new Map([[document.body, 0]]), here = document.activeElement;
  return places.get(here) ?? (places.set(here, places.size), places.get(here));
}"""
"""Each element by a number of its own, wherever it stands: an element that comes late moves the others."""
LAST_LINK = "() => globalThis.places.get(document.querySelector('.foot a'))"


def test_feedback_is_given_by_keyboard_in_two_presses(new_phone: NewPhone) -> None:
    page = opened(new_phone(has_touch=False), f"{STOP}?lang=vi")
    page.wait_for_function("() => customElements.get('guide-feedback')")
    page.locator("#face-good").focus()

    page.keyboard.press("Space")
    assert page.evaluate(FOCUSED)["seen"]
    walked_to(page, "button[name=reason]")
    page.keyboard.press("Enter")

    expect(page.locator("#thanks")).to_be_focused()
    expect(page.locator("#thanks")).to_contain_text("Cảm ơn")


# From right to left


BOX = "one => { const { left, right } = one.getBoundingClientRect(); return [left, right]; }"


def test_the_stop_is_mirrored_where_the_language_runs_the_other_way(new_phone: NewPhone) -> None:
    page = opened(new_phone(viewport={"width": 320, "height": 740}), f"{STOP}?lang=ar")
    page.wait_for_function("() => customElements.get('guide-player')")

    def box(one: str) -> list[float]:
        return list(page.locator(one).first.evaluate(BOX))

    assert page.get_attribute("html", "dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert box(".disc")[0] > box("#play .at-rest")[0], "the mark stands where the line begins"
    assert box(".ways")[0] < 40, "and what comes last stands at the left"
    assert box(".past")[0] > box(".left")[0]
    assert box("[data-by='-15']")[0] > box("[data-by='15']")[0]
    mirrored = "one => new DOMMatrix(getComputedStyle(one).transform).a"
    assert page.locator(".steps .arrow").first.evaluate(mirrored) == -1
    assert page.locator(".telling").last.evaluate("one => getComputedStyle(one).direction") == "rtl"


# As each visitor chose


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label(name, exact=False).first.check()


def test_what_is_chosen_shows_at_once_and_on_the_next_page(new_phone: NewPhone) -> None:
    page = opened(new_phone(), f"{STOP}?lang=vi")
    page.locator("header .reading").click()
    page.wait_for_function("() => customElements.get('guide-choices')")
    page.wait_for_function(SETTLED)
    size = page.locator("body").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")

    choose(page, "Lớn nhất", "Dễ đọc", "Tương phản cao", "Chữ và dòng thưa hơn", "Ít chuyển động")

    assert page.locator("body").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") == 2 * size
    expect(page.locator(".sample .version.is-easy")).to_be_visible()
    page.get_by_role("button", name="Đọc như thế này").click()
    page.wait_for_url(f"**{STOP}?lang=vi")
    expect(page.locator(".version.is-easy")).to_be_visible()
    expect(page.locator(".full")).to_be_visible()
    expect(page.locator("#s1")).to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_copy_that_was_kept_for_other_choices_follows_these(new_phone: NewPhone) -> None:
    """Before it is painted: the script in the head looks, not the element that comes later."""
    phone = new_phone()
    page = opened(phone, f"{STOP}?lang=vi")
    page.wait_for_function(CONTROLLED)
    page.reload()
    promised(page, KEPT_ANEW)
    phone.context.add_cookies([{"name": "choices", "value": "text-larger.version-child", "url": phone.site.url}])
    phone.context.set_offline(True)

    page.reload(wait_until="commit")

    page.wait_for_function("() => document.querySelector('.version.is-child')")
    expect(page.locator(".version.is-child")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-text", "larger")


KEPT_ANEW = """async () => {
  const kept = await caches.match(location.href);
  return kept && Number(kept.headers.get('x-kept-at')) > performance.timeOrigin;
}"""
"""While a page is renewed its old copy is gone for a moment; behind this page nothing more comes."""
WITH_ITS_TOOLS = """async () => {
  const { late, elements } = document.body.dataset;
  const kept = await Promise.all([late, ...elements.trim().split(/\\s+/)].map(url => caches.match(url)));
  return kept.every(Boolean);
}"""


def test_choosing_needs_no_network(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = opened(phone, "/choices?lang=vi")
    page.wait_for_function(CONTROLLED)
    page.reload()
    promised(page, KEPT_ANEW)
    promised(page, WITH_ITS_TOOLS)
    phone.context.set_offline(True)
    page.reload()
    page.wait_for_function("() => customElements.get('guide-choices')")

    choose(page, "Lớn nhất")

    assert [one["value"] for one in phone.context.cookies() if one["name"] == "choices"] == ["text-largest"]


def test_choices_without_scripts(new_phone: NewPhone) -> None:
    page = new_phone(java_script_enabled=False).open(f"{STOP}?lang=vi")

    page.locator("header .reading").click()
    choose(page, "Lớn hơn", "Cho trẻ em")
    page.get_by_role("button", name="Đọc như thế này").click()

    page.wait_for_url(f"**{STOP}?lang=vi")
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    expect(page.locator(".version.is-child")).to_be_visible()


@pytest.mark.parametrize(
    "asked",
    [{"reduced_motion": "reduce"}, {"contrast": "more"}, {"forced_colors": "active"}],
    ids=lambda one: next(iter(one)),
)
def test_what_the_phone_asks_for_is_done_unasked(new_phone: NewPhone, asked: dict[str, str]) -> None:
    page = opened(new_phone(**asked), f"{STOP}?lang=vi")
    sees: dict[str, Callable[[], bool]] = {
        "reduced_motion": lambda: page.evaluate(STILL),
        "contrast": lambda: page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)",
        "forced_colors": lambda: (
            page.locator("#play").evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
        ),
    }

    assert sees[next(iter(asked))]()


STILL = """() => {
  document.getElementById('player').setAttribute('state', 'preparing');
  return [...document.querySelectorAll('*')].every(one => getComputedStyle(one).animationName === 'none');
}"""


# Feedback


def test_feedback_without_a_network_is_sent_once_when_there_is_one(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = opened(phone, f"{STOP}?lang=vi")
    page.wait_for_function("() => customElements.get('guide-feedback')")
    sent: list[dict[str, str]] = []
    page.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/feedback") else None)
    phone.context.set_offline(True)

    page.get_by_text("Chưa hay").click()
    page.get_by_role("button", name="Dài quá").click()
    expect(page.locator("#thanks")).to_contain_text("có mạng là tự gửi")
    (kept,) = json.loads(page.evaluate("localStorage.feedback"))
    sent.clear()
    with page.expect_response(lambda one: one.url.endswith("/feedback") and one.status == 204):
        phone.context.set_offline(False)

    page.wait_for_function("() => !localStorage.feedback")
    assert [one["id"] for one in sent] == [kept["given"]["id"]]

"""The stop page in a real browser: one tap and it speaks, the words follow, and it works again without a network."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import AWAKE, NewPhone, Phone, promised

STOP = "/dao-xa/stops/cong-da?lang=vi"
PLAYS = "() => document.querySelector('audio').currentTime > 0.2"


def play(page: Page) -> None:
    page.click("#play")
    page.wait_for_function(PLAYS)


def test_one_tap_and_it_speaks(phone: Phone) -> None:
    page = phone.open(STOP)

    play(page)

    assert page.evaluate("document.querySelector('audio').error") is None


def test_the_sentence_that_is_spoken_is_marked(phone: Phone) -> None:
    page = phone.open(STOP)
    play(page)

    marked = """() => {
      const now = document.querySelector('audio').currentTime, sentence = document.querySelector('.spoken');
      return sentence && +sentence.dataset.start <= now + 0.3 && now - 0.6 <= +sentence.dataset.end;
    }"""

    page.wait_for_function(marked)


def test_a_tap_on_a_sentence_plays_from_there(phone: Phone) -> None:
    page = phone.open(STOP)
    play(page)
    page.wait_for_function(AWAKE)
    page.evaluate("document.querySelector('audio').playbackRate = 0.1")  # only the tap leads there meanwhile
    start = float(page.get_attribute("#s3", "data-start") or "nan")

    page.click("#s3")

    page.wait_for_function(f"() => Math.abs(document.querySelector('audio').currentTime - {start}) < 1.5")


def test_an_address_with_a_sentence_starts_there(phone: Phone) -> None:
    page = phone.open(STOP + "#s3")
    start = float(page.get_attribute("#s3", "data-start") or "nan")

    play(page)

    assert page.evaluate("document.querySelector('audio').currentTime") >= start - 0.3


def test_without_scripts_everything_is_there(new_phone: NewPhone) -> None:
    page = new_phone(java_script_enabled=False).open(STOP)

    expect(page.locator("#s1")).to_have_text("Cổng đá được dựng năm 1862.")
    expect(page.locator("h1")).to_contain_text("Cổng đá")
    assert page.locator("audio").get_attribute("src")


def test_the_keyboard_is_enough(phone: Phone) -> None:
    page = phone.open(STOP)

    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "play":
            break
    page.keyboard.press("Enter")

    page.wait_for_function(PLAYS)


def test_nothing_is_asked_of_anybody_else_and_nothing_is_complained_of(phone: Phone) -> None:
    for path in ("/dao-xa", STOP, "/dao-xa/tours/mot-vong", "/dao-xa/search?q=cong"):
        phone.open(path).wait_for_load_state("networkidle")

    assert phone.strangers == []
    assert phone.complaints == []


def test_a_visited_page_opens_again_without_a_network(phone: Phone) -> None:
    page = phone.open(STOP)
    kept(page)
    page.reload()
    phone.context.set_offline(True)

    page.reload()
    play(page)

    expect(page.locator("h1")).to_contain_text("Cổng đá")
    expect(page.locator("guide-age")).to_contain_text("lưu")


def test_an_unvisited_page_without_a_network_says_so(phone: Phone) -> None:
    page = phone.open(STOP)
    kept(page)
    phone.context.set_offline(True)

    page.goto(phone.site.url + "/dao-xa/stops/gieng-co")

    expect(page.locator("body")).to_contain_text(re.compile("mạng|ngoại tuyến"))


def test_saved_sound_answers_ranges_as_a_server_does(phone: Phone) -> None:
    """A wrong 200 still plays here, but not on every phone: so the answers are looked at, not the playing."""
    page = phone.open(STOP)
    kept(page)
    phone.context.set_offline(True)
    size = int(page.evaluate(WHOLE))

    answers = {asked: page.evaluate(RANGE, asked) for asked in ("0-1", "0-", "1000-", "-100", "10-19", "999999999-")}

    assert answers.pop("999999999-")[:2] == [416, f"bytes */{size}"]
    assert answers == {
        "0-1": [206, f"bytes 0-1/{size}", 2],
        "0-": [206, f"bytes 0-{size - 1}/{size}", size],
        "1000-": [206, f"bytes 1000-{size - 1}/{size}", size - 1000],
        "-100": [206, f"bytes {size - 100}-{size - 1}/{size}", 100],
        "10-19": [206, f"bytes 10-19/{size}", 10],
    }


WHOLE = "fetch(document.querySelector('audio').currentSrc).then(a => a.arrayBuffer()).then(b => b.byteLength)"
RANGE = """async range => {
  const answer = await fetch(document.querySelector('audio').currentSrc, {headers: {Range: `bytes=${range}`}});
  return [answer.status, answer.headers.get('content-range'), (await answer.arrayBuffer()).byteLength];
}"""


def kept(page: Page) -> None:
    """Wait until the worker has the page and its sound."""
    page.evaluate(
        """async () => {
          const ready = await navigator.serviceWorker.ready;
          const worker = navigator.serviceWorker;
          if (!worker.controller) await new Promise(done => worker.oncontrollerchange = done);
          const line = new MessageChannel(), answer = new Promise(done => line.port1.onmessage = done);
          ready.active.postMessage({type: 'save', urls: [document.querySelector('audio').src]}, [line.port2]);
          await answer;
        }"""
    )
    promised(page, "async () => Boolean(await (await caches.open('pages')).match(location.href))")

"""Asking aloud on a phone whose microphone hears the museum's own voice: heard, corrected, asked, answered aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect

from guide.narration.ear_model import FOLDER
from guide.narration.encoding import resampled
from guide.narration.mastering import RATE as VOICE_RATE
from tests.assistant.spoken import QUESTION, RATE, wav
from tests.browser.conftest import AWAKE, FLAGS, NewPhone, Site, launched, open_site
from tests.browser.test_access import RULES
from tests.narration.persons import EXTRAS, a_person, an_ear

CAPTURE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
ASK = "/dao-xa/ask?lang=en"
HEARS = 90_000
"""The ear wakes once, and the machine may have other things to do."""
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ON_DEVICE = """
globalThis.SpeechRecognition = class {
  static available = async ({ langs: [tag], processLocally }) =>
    processLocally && tag === "vi-VN" ? "available" : "unavailable";
  get processLocally() { return this.local; }
  set processLocally(local) { this.local = local; }
  start() { globalThis.sentAway = this.local !== true; }
  stop() {
    this.onresult({ results: [[{ transcript: "Giếng sâu bao nhiêu mét" }]] });
    this.onend();
  }
  abort() { this.onend(); }
};
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A museum with an ear."""
    with an_ear():
        home = tmp_path_factory.mktemp("site")
        (home / "home" / FOLDER).parent.mkdir(parents=True)
        (home / "home" / FOLDER).symlink_to(EXTRAS / FOLDER)
        with open_site(home) as opened:
            yield opened


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The museum's own voice asks, after a moment, and then is silent."""
    file = tmp_path_factory.mktemp("spoken") / "question.wav"
    with a_person() as person:
        said = resampled(person(QUESTION), VOICE_RATE, RATE)
    silence = np.zeros(RATE, np.int16)
    file.write_bytes(wav(np.concatenate([silence // 2, said, silence, silence, silence])))
    return file


@pytest.fixture
def speaker(site: Site, playwright: Playwright, question: Path, tmp_path: Path) -> Iterator[Page]:
    """A phone that somebody speaks into, on the page to ask on."""
    flags = [*FLAGS, *CAPTURE, f"--use-file-for-fake-audio-capture={question}"]
    context = launched(playwright, tmp_path / "speaker", flags, has_touch=False)
    yield opened(context, site, ASK)
    context.close()


def opened(context: BrowserContext, site: Site, path: str) -> Page:
    page = context.new_page()
    page.goto(site.url + path)
    page.wait_for_function(AWAKE)
    return page


def hold(page: Page, until: Callable[[], object]) -> None:
    page.locator("guide-speak .hold").scroll_into_view_if_needed()
    box = page.locator("guide-speak .hold").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    expect(page.locator("guide-speak")).to_have_attribute("state", "listening")
    until()
    page.mouse.up()


def spoken(page: Page) -> None:
    """Until somebody was loud, and then silent again for a second."""
    page.wait_for_function(
        "() => { const level = document.querySelector('.gauge i').style.getPropertyValue('--level');"
        "globalThis.loud = globalThis.loud || level > 0.4; globalThis.quiet = level < 0.1 && globalThis.loud"
        " ? (globalThis.quiet || Date.now()) : 0; return globalThis.quiet && Date.now() - globalThis.quiet > 700; }",
        polling=50,
        timeout=HEARS,
    )


def test_a_question_is_spoken_corrected_asked_and_answered_aloud(speaker: Page) -> None:
    asked: list[str] = []
    speaker.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)

    hold(speaker, lambda: spoken(speaker))

    expect(speaker.locator("#question")).to_have_value(re.compile("stone gate", re.IGNORECASE), timeout=HEARS)
    expect(speaker.locator("#question")).to_be_focused()
    expect(speaker.locator("guide-speak .said")).to_contain_text("Correct it if needed")
    assert [url.rsplit("/", 1)[1] for url in asked] == ["spoken-questions?lang=en"], "nothing is asked by itself"

    speaker.fill("#question", f"{speaker.input_value('#question').rstrip('?. ')}, please?")
    speaker.press("#question", "Enter")
    expect(speaker.locator(".asked blockquote").first).to_contain_text("1862", timeout=HEARS)
    heard = speaker.locator(".asked audio").evaluate(
        "(audio) => new Promise((told) => { audio.onerror = () => told(0); audio.play();"
        "audio.ontimeupdate = () => audio.currentTime > 0.2 && told(audio.currentTime); })"
    )
    assert heard > 0.2


def test_keys_alone_are_enough(speaker: Page) -> None:
    speaker.locator("guide-speak .hold").focus()
    speaker.keyboard.press("Enter")
    expect(speaker.locator("guide-speak")).to_have_attribute("state", "listening")
    spoken(speaker)
    speaker.keyboard.press("Enter")

    expect(speaker.locator("#question")).to_have_value(re.compile("stone gate", re.IGNORECASE), timeout=HEARS)


def test_a_tap_begins_and_another_ends_and_what_is_discarded_is_sent_nowhere(speaker: Page) -> None:
    asked: list[str] = []
    speaker.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    speaker.clock.set_fixed_time(NOW)  # a tap on a slow machine is still a tap
    speaker.locator("guide-speak .hold").click()
    expect(speaker.locator("guide-speak .hold")).to_contain_text("press again")
    expect(speaker.locator("guide-speak .seconds")).to_contain_text("seconds left")

    speaker.keyboard.press("Escape")

    expect(speaker.locator("guide-speak .said")).to_have_text("Discarded, nothing was sent.")
    expect(speaker.locator("guide-speak .hold")).to_contain_text("Hold to speak")
    assert (asked, speaker.input_value("#question")) == ([], "")


def test_after_twenty_seconds_it_ends_by_itself(speaker: Page) -> None:
    speaker.clock.install(time=NOW)
    speaker.reload()
    speaker.wait_for_function(AWAKE)
    speaker.clock.pause_at(NOW + timedelta(hours=1))
    speaker.locator("guide-speak .hold").click()
    expect(speaker.locator("guide-speak .seconds")).to_contain_text("seconds left")

    speaker.clock.fast_forward(21_000)

    expect(speaker.locator("guide-speak .seconds")).to_be_empty()
    expect(speaker.locator("guide-speak .hold")).to_contain_text("Hold to speak")


def test_a_microphone_that_is_not_allowed_is_said_kindly(new_phone: NewPhone, site: Site) -> None:
    page = opened(new_phone().context, site, ASK)

    page.locator("guide-speak .hold").click()

    expect(page.locator("guide-speak .said")).not_to_be_empty()
    expect(page.locator("guide-speak")).not_to_have_attribute("state", "listening")
    expect(page.locator("#question")).to_be_enabled()


def test_a_language_that_is_not_heard_well_is_asked_in_writing(new_phone: NewPhone, site: Site) -> None:
    page = opened(new_phone().context, site, "/dao-xa/ask?lang=vi")

    expect(page.locator("guide-speak .privately")).to_contain_text("bạn gõ câu hỏi giúp nhé")
    expect(page.locator("guide-speak .hold")).to_be_hidden()


def test_over_plain_http_it_is_said_what_is_missing(new_phone: NewPhone, site: Site) -> None:
    context = new_phone().context
    context.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', { value: false })")
    page = opened(context, site, ASK)

    expect(page.locator("guide-speak .privately")).to_contain_text("https")
    expect(page.locator("guide-speak .hold")).to_be_hidden()


def test_a_device_that_hears_by_itself_may_and_sends_nothing_away(new_phone: NewPhone, site: Site) -> None:
    context = new_phone().context
    context.add_init_script(ON_DEVICE)
    page = opened(context, site, "/dao-xa/ask?lang=vi")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    hold(page, lambda: page.wait_for_timeout(500))

    expect(page.locator("#question")).to_have_value("Giếng sâu bao nhiêu mét")
    assert page.evaluate("globalThis.sentAway") is False
    assert [url for url in asked if "spoken" in url] == []


def without_ear(route: Route) -> None:
    route.fulfill(body=route.fetch().text().replace('ear="well"', 'ear=""'), content_type="text/html")


def test_where_nobody_hears_there_is_no_button(new_phone: NewPhone, site: Site) -> None:
    context = new_phone().context
    context.route("**/ask?*", without_ear, times=1)
    page = opened(context, site, ASK)
    page.evaluate("new Promise((done) => setTimeout(done, 100))")

    expect(page.locator("guide-speak")).to_have_attribute("ear", "")
    expect(page.locator("guide-speak")).to_be_hidden()


@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_there_is_no_barrier_to_speaking(new_phone: NewPhone, site: Site, scheme: str, language: str) -> None:
    phone = new_phone(color_scheme=scheme, viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = opened(phone.context, site, f"/dao-xa/ask?lang={language}")
    expect(page.locator("guide-speak .privately")).not_to_be_empty()

    found = Axe().run(page, options=RULES)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

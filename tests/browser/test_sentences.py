"""A long stop that nobody has heard yet: its sentences are heard at once, and then it goes on in the whole."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SPOKEN, NewPhone, Site, open_site

WORDS = "bến tàu,cổng trại,hàng bàng,mái ngói,sân đá,giếng cổ,bếp lửa,bờ tường,con đường,ngọn đồi".split(",")
SOUND = "document.querySelector('audio')"
PLAYED = """
  globalThis.played = [];
  document.addEventListener('playing', ({target}) => played.push(target.src), true);
"""
WHOLE = f"() => {SOUND}.src.endsWith('/vi') && {SOUND}.currentTime > 0.1 && !{SOUND}.paused"


def told(mark: str, places: int = 10) -> str:
    """Some five hundred words, or as many less as there are fewer places, and no sentence twice."""
    pairs = ((one, other) for one in WORDS[:places] for other in WORDS[:5])
    said = [f"Từ {one} đến {other} người ta đi chừng {mark} ba trăm bước." for one, other in pairs]
    return f"# Đường dài {mark}\n\n" + "\n\n".join(" ".join(said[at : at + 5]) for at in range(0, len(said), 5))


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three long stops that are not recorded; somebody else is recording behind, so nobody does it here."""
    home = tmp_path_factory.mktemp("long")
    (home / "home").mkdir()
    with (home / "home" / "recording.lock").open("a") as lock, open_site(home) as site:
        fcntl.flock(lock, fcntl.LOCK_EX)
        texts = {"duong-mot": told("một"), "duong-hai": told("hai", 4), "duong-ba": told("ba", 2)}
        for slug, text in texts.items():
            (site.folder / "stops" / slug).mkdir()
            (site.folder / "stops" / slug / "vi.md").write_text(text, "utf-8")
        site.show("--no-audio")
        yield site


def test_it_speaks_within_a_moment_and_goes_on_in_the_whole(long_site: Site, new_phone: NewPhone) -> None:
    page = new_phone(long_site).context.new_page()
    page.add_init_script(PLAYED)
    page.goto(f"{long_site.url}/dao-xa/stops/duong-mot?lang=vi", wait_until="commit")

    page.click("#play")
    page.wait_for_function("() => played.length > 0", timeout=25_000)  # a second, where nothing else runs
    page.wait_for_function(WHOLE, timeout=170_000)

    assert "/vi/0" in page.evaluate("played[0]")
    assert page.evaluate(f"{SOUND}.currentTime") > 1, "it goes on where it was"
    page.wait_for_function("() => document.querySelector('.spoken')?.dataset.start > 1")


def test_the_sentence_that_is_spoken_is_marked_meanwhile(long_site: Site, new_phone: NewPhone) -> None:
    """Here the whole never comes."""
    page = new_phone(long_site).context.new_page()
    page.add_init_script(SPOKEN)
    page.route("**/*.vtt*", lambda route: route.abort())
    page.goto(f"{long_site.url}/dao-xa/stops/duong-hai?lang=vi", wait_until="commit")
    page.click("#play")

    page.wait_for_function("() => spoken.length >= 3", timeout=60_000)

    assert page.evaluate("spoken.slice(0, 3)") == [f"Đường dài hai s{number}" for number in range(3)]
    expect(page.locator("#player")).to_have_attribute("state", "playing")


def test_without_scripts_the_whole_is_played(long_site: Site, new_phone: NewPhone) -> None:
    page = new_phone(long_site, java_script_enabled=False).open("/dao-xa/stops/duong-ba?lang=vi")

    source = page.locator("audio").get_attribute("src") or ""

    expect(page.locator("audio")).to_have_attribute("controls", "")
    assert source.endswith("?of=dao-xa/duong-ba/vi")
    assert page.request.get(long_site.url + source, timeout=120_000).status == 200

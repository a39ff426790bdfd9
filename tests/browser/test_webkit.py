"""What Safari's kin does with a stop and with a walk: plays, swaps, and is answered ranges by the worker.

WebKitGTK forgives what an iPhone does not (a wrong 200 plays): so answers are looked at, and not only the playing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import webkit
from tests.browser.conftest import Site, open_site

pytestmark = pytest.mark.skipif(bool(webkit.missing()), reason=f"not on this machine: {webkit.missing()}")

STOP = "/dao-xa/stops/cong-da?lang=vi"
SOUND = "document.querySelector('#sound')"
PLAYS = f"{SOUND}?.currentTime > 0.2 && !{SOUND}.paused"
CODEC = "document.createElement('audio').canPlayType('audio/mpeg')"

KEEP = """async () => {
  const {active} = await navigator.serviceWorker.ready, line = globalThis.line = new MessageChannel();
  const answer = new Promise(done => line.port1.onmessage = ({data}) => done(data));
  active.postMessage({type: 'save', urls: [document.querySelector('#sound').src]}, [line.port2]);
  return (await answer).failed.length;
}"""
ASK = """async () => {
  const answers = {};
  for (const range of ['0-1', '0-', '1000-', '-100', '10-19', '999999999-']) {
    const answer = await fetch(document.querySelector('#sound').src, {headers: {Range: `bytes=${range}`}});
    const body = await answer.arrayBuffer();
    answers[range] = [answer.status, answer.headers.get('content-range'), body.byteLength];
  }
  return answers;
}"""
TELLS = """(globalThis.told = [], document.addEventListener('timeupdate', ({target}) =>
  target.currentTime > 0.2 && !target.paused && told.push(target.src), true), true)"""
"""From here on it is noted which sounds were told, however late somebody comes to look."""
LONG = "# Giếng cổ\n\nGiếng sâu mười mét" + ", đi thêm ba bước thì tới bờ tường" * 12 + ".\n"
HASTEN = f"({SOUND}.currentTime = {SOUND}.duration - 0.5, true)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The well is told for long enough to be looked at meanwhile."""
    with open_site(tmp_path_factory.mktemp("site"), {"stops/gieng-co/vi.md": LONG}) as opened:
        yield opened


@pytest.fixture(scope="module")
def safari() -> Iterator[webkit.Safari]:
    with webkit.open_safari() as opened:
        yield opened


@pytest.fixture
def hearing(safari: webkit.Safari, site: Site) -> webkit.Safari:
    safari.open(site.url + STOP)
    if not safari.tell(CODEC):
        pytest.skip("this WebKitGTK has no decoder for MP3: GStreamer's mpg123 or libav plugin is missing")
    return safari


def test_one_tap_and_it_speaks(hearing: webkit.Safari) -> None:
    hearing.wait("customElements.get('guide-session') && document.readyState === 'complete'")

    hearing.tap("#play")
    hearing.wait(PLAYS)

    hearing.wait("document.querySelector('#player').getAttribute('state') === 'playing'")
    assert hearing.wait("navigator.mediaSession.metadata?.title") == "Cổng đá"


def test_saved_sound_answers_ranges_as_a_server_does(hearing: webkit.Safari, site: Site) -> None:
    assert hearing.promised(KEEP) == 0
    hearing.open(site.url + STOP)  # the page before may have come in the moment when the worker took charge
    hearing.wait("navigator.serviceWorker.controller !== null")

    answers = hearing.promised(ASK)

    size = answers["0-"][2]
    assert answers.pop("999999999-")[:2] == [416, f"bytes */{size}"]
    assert answers == {
        "0-1": [206, f"bytes 0-1/{size}", 2],
        "0-": [206, f"bytes 0-{size - 1}/{size}", size],
        "1000-": [206, f"bytes 1000-{size - 1}/{size}", size - 1000],
        "-100": [206, f"bytes {size - 100}-{size - 1}/{size}", 100],
        "10-19": [206, f"bytes 10-19/{size}", 10],
    }


def test_a_walk_goes_on_in_the_same_sound_from_one_tap(hearing: webkit.Safari, site: Site) -> None:
    """Also past the kitchen, which is closed; the first stop's page is laid around the sound that plays already."""
    hearing.open(site.url + "/dao-xa/tours/mot-vong?lang=vi")
    hearing.wait("customElements.get('guide-queue')")

    hearing.tap(".whole-walk a")
    hearing.wait(PLAYS)
    first = hearing.wait(
        "customElements.get('guide-session') && (globalThis.first = document.querySelector('#sound')).src"
    )
    hearing.tell(TELLS)
    hearing.wait(f"{SOUND}.duration > 1 && {HASTEN}")
    hearing.wait("document.querySelector('h1').textContent.trim() === 'Giếng cổ'")
    hearing.wait(f"told.some(one => one !== '{first}')")

    assert hearing.tell(f"{SOUND} === globalThis.first")
    assert hearing.tell(f"{SOUND}.src") != first
    assert hearing.tell("location.pathname") == "/dao-xa/stops/gieng-co"
    assert hearing.wait("navigator.mediaSession.metadata.title === 'Giếng cổ'")
    assert "Nhà bếp: đang đóng cửa" in hearing.tell("document.querySelector('guide-queue [role=status]').textContent")

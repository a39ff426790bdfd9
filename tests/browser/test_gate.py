"""The gate on a phone: one code, one verdict, with a network and without, and nobody enters twice unnoticed."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import qrcode
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Error, Page, Playwright, expect

from guide.tickets.signing.signed import SignedCode, read
from tests.browser.conftest import FLAGS, NewPhone, Phone, launched, promised
from tests.browser.gates import Gates, open_gates
from tests.browser.test_access import RULES

ROOT = Path(__file__).parent.parent.parent
CASES = json.loads((ROOT / "tests" / "gate" / "verdicts.json").read_text("utf-8"))
WORDS = {
    "welcome": ("Mời vào", "go"),
    "already-inside": ("Vé đã dùng", "stop"),
    "wrong-day": ("Sai ngày", "talk"),
    "too-early": ("Chưa đến giờ", "talk"),
    "too-late": ("Đã quá giờ", "talk"),
    "cancelled": ("Vé đã hủy", "stop"),
    "unpaid": ("Chưa trả tiền", "talk"),
    "unknown": ("Không có vé này", "stop"),
    "forged": ("Vé giả", "stop"),
    "wrong-museum": ("Vé của nơi khác", "stop"),
}
READY = "() => !document.querySelector('.ready').hidden"
NO_HURRY = """
  const later = setTimeout, stays = [2500, 6000, 7000];
  globalThis.setTimeout = (act, after, ...told) => later(act, stays.includes(after) ? 8 * after : after, ...told);
"""
"""A verdict stays for longer than seconds, so that a slow machine finds it still there."""
KEPT_ROSTER = """tag => new Promise(done => {
  const opened = indexedDB.open('gate');
  opened.onsuccess = () => {
    const asked = opened.result.transaction('kept').objectStore('kept').get('roster');
    asked.onsuccess = () => { opened.result.close(); done(asked.result?.tag === tag); };
  };
})"""


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gates]:
    with open_gates(tmp_path_factory.mktemp("gates")) as opened:
        yield opened


@dataclass
class Post:
    """A phone at a gate, and what it is held before."""

    phone: Phone
    page: Page

    def scan(self, text: str) -> str:
        """Hold a code before it; what it says then."""
        self.page.evaluate("text => document.querySelector('guide-gate').scan(text)", text)
        return self.seen()

    def seen(self) -> str:
        panel = self.page.wait_for_selector(".verdict:not([hidden])")
        assert panel
        return str(panel.get_attribute("data-verdict"))

    def next(self) -> None:
        self.page.wait_for_timeout(320)
        self.page.click(".next")
        self.page.wait_for_selector(".verdict", state="hidden")

    def cut(self, off: bool = True) -> None:
        self.phone.context.set_offline(off)
        self.page.wait_for_function(f"() => navigator.onLine !== {str(off).lower()}")

    def waiting(self) -> int:
        return int(self.page.evaluate(COUNT_WAITING))

    def all_told(self) -> None:
        until = time.monotonic() + 90
        while self.waiting():
            assert time.monotonic() < until, "the museum has not heard of everything"
            self.page.wait_for_timeout(50)


COUNT_WAITING = """new Promise(done => {
  const opened = indexedDB.open('gate');
  opened.onsuccess = () => {
    const counted = opened.result.transaction('scans').objectStore('scans').count();
    counted.onsuccess = () => { opened.result.close(); done(counted.result); };
  };
})"""
NewPost = Callable[..., Post]


@pytest.fixture
def new_post(gates: Gates, new_phone: NewPhone) -> NewPost:
    def make(gate: str = "Cổng Nam", **options: Any) -> Post:
        return paired(gates, new_phone(gates.site, **options), gate)

    return make


def paired(gates: Gates, phone: Phone, gate: str = "Cổng Nam") -> Post:
    phone.context.add_init_script(NO_HURRY)
    page = phone.open(f"/gate#pair={gates.word(gate)}")
    page.wait_for_selector("guide-gate[state=scanning]")
    page.wait_for_function(READY, timeout=60_000)
    return Post(phone, page)


@pytest.fixture
def post(new_post: NewPost) -> Post:
    return new_post()


def test_a_device_is_paired_by_its_link_and_says_where_it_stands(gates: Gates, post: Post) -> None:
    expect(post.page.locator(".where")).to_have_text("Nhà tù Đảo Xa · Cổng Nam")
    assert "pair" not in post.page.url
    post.page.reload()

    expect(post.page.locator("guide-gate")).to_have_attribute("state", "scanning")
    assert post.phone.complaints == []
    assert post.phone.strangers == []


def test_a_device_is_paired_by_hand_and_a_used_word_is_refused(gates: Gates, new_phone: NewPhone) -> None:
    word, pages = gates.word(), [new_phone(gates.site).open("/gate") for _ in range(2)]
    pages[0].fill("#word", word)
    pages[0].click(".pairing button")
    expect(pages[0].locator("guide-gate")).to_have_attribute("state", "scanning")

    pages[1].fill("#word", word)
    pages[1].click(".pairing button")

    expect(pages[1].locator(".pairing .problem")).to_contain_text("đã dùng")


def test_a_ticket_enters_once(gates: Gates, post: Post) -> None:
    ticket = gates.ticket(category="student")
    code = gates.signed(ticket)

    assert post.scan(code) == "welcome"
    expect(post.page.locator(".verdict .who")).to_have_text("Sinh viên")
    expect(post.page.locator(".verdict .evidence")).to_contain_text("Thẻ sinh viên")
    post.next()
    assert post.scan(code) == "already-inside"
    post.all_told()
    assert gates.entered(ticket) == 1


def held(gates: Gates) -> dict[str, str]:
    """A code for each verdict but closed."""
    used = gates.ticket(entered=1)
    tomorrow = gates.ticket(day=gates.today + timedelta(days=1))
    good = gates.signed(gates.ticket())
    return {
        "welcome": gates.signed(gates.ticket()),
        "already-inside": gates.signed(used),
        "wrong-day": gates.signed(tomorrow),
        "too-early": gates.signed(gates.ticket(slot=gates.slot(2))),
        "too-late": gates.signed(gates.ticket(slot=gates.slot(-3))),
        "cancelled": gates.signed(gates.ticket(cancelled_at=datetime.now(UTC))),
        "unpaid": gates.signed(gates.ticket(issued_at=None)),
        "unknown": "https://example.org/menu",
        "forged": good[:-1] + str((int(good[-1]) + 1) % 10),
        "wrong-museum": gates.signed(gates.ticket(), museum="bach-dinh"),
    }


@pytest.mark.parametrize("network", ["online", "offline"])
def test_each_verdict_has_its_word_its_colour_and_its_drawing(gates: Gates, post: Post, network: str) -> None:
    codes = held(gates)
    renewed(post)
    if network == "offline":
        post.cut()

    seen, colours = {}, {}
    for verdict, code in codes.items():
        assert post.scan(code) == verdict
        panel = post.page.locator(".verdict")
        colours[verdict] = panel.evaluate("panel => getComputedStyle(panel).backgroundColor")
        drawing = panel.locator("use").first.get_attribute("href")
        seen[verdict] = (panel.locator("h2").inner_text(), panel.get_attribute("data-kind"))
        assert drawing == f"#{verdict}"
        post.next()

    assert seen == WORDS
    assert len(set(colours.values())) == 3


def test_a_closed_day_is_said(post: Post, gates: Gates) -> None:
    code = gates.signed(gates.ticket())
    post.page.evaluate(
        """async () => {
          const gate = document.querySelector('guide-gate');
          const opened = await new Promise(done => {
            const asked = indexedDB.open('gate');
            asked.onsuccess = () => done(asked.result);
          });
          const kept = opened.transaction('kept', 'readwrite').objectStore('kept');
          const roster = await new Promise(done => kept.get('roster').onsuccess = ({target}) => done(target.result));
          roster.told.rules.closed = true;
          kept.put(roster, 'roster');
          await new Promise(done => kept.transaction.oncomplete = done);
        }"""
    )
    post.cut()
    post.page.reload()
    post.page.wait_for_selector("guide-gate[state=scanning]")

    assert post.scan(code) == "closed"
    expect(post.page.locator(".verdict h2")).to_have_text("Đang đóng cửa")


def renewed(post: Post) -> None:
    """The roster has heard of the tickets that were sold since, and whoever opens the page again judges by it."""
    for _ in range(2):
        with post.page.expect_response("**/api/v1/gate/roster") as told:
            post.page.reload()
        promised(post.page, KEPT_ROSTER, told.value.headers["etag"])
        post.page.wait_for_selector("guide-gate[state=scanning]")


def test_device_and_server_judge_by_the_same_table(gates: Gates, phone: Phone) -> None:
    page = phone.open("/offline")

    judged = page.evaluate(
        """async cases => {
          const { judge } = await import('/assets/lib/gate/judging.js');
          return cases.map(judge);
        }""",
        CASES,
    )

    told = [(case["name"], case["verdict"], case["left"], case["again"]) for case in CASES]
    assert [
        (name, one["verdict"], one["left"], one["again"]) for (name, *_), one in zip(told, judged, strict=True)
    ] == told


def test_device_and_museum_read_the_same_in_a_code(gates: Gates, phone: Phone) -> None:
    days = [gates.today + timedelta(days=number * 97) for number in range(-5, 40)]
    tickets = [gates.ticket(day=day, slot=gates.slot(at), admits=at + 1) for at, day in enumerate(days)]
    tickets += [gates.ticket(category="nguoi-cao-tuoi-60"), gates.ticket(admits=65535)]
    codes = gates.all_signed(tickets)
    spoilt = [codes[0][:-1], codes[0] + "7", "1" + codes[0], codes[0][::-1], "9" * 220, "0" + codes[0], codes[0][:200]]
    page = phone.open("/offline")

    found = page.evaluate(
        """async codes => {
          const { read, hex } = await import('/assets/lib/gate/signed-code.js');
          return codes.map(code => {
            const told = read(code);
            return told && [told.key, told.museum, told.ticket, told.day, told.slot, told.admits, told.category,
              hex(told.said), hex(told.signature)];
          });
        }""",
        codes + spoilt,
    )

    assert found == [fields(read(code)) for code in codes + spoilt]
    assert all(found[: len(codes)])


def fields(told: SignedCode | None) -> list[object] | None:
    if told is None:
        return None
    slot = int(told.slot[:2]) * 60 + int(told.slot[3:]) if told.slot else None
    claimed = [told.key, told.museum.hex(), told.code, told.day.isoformat(), slot, told.admits, told.category]
    return [*claimed, told.message.hex(), told.signature.hex()]


def test_the_code_on_an_identity_card_is_neither_kept_nor_told(post: Post) -> None:
    """Somebody shows a card to prove their age, and the camera reads it too."""
    told: list[str] = []
    post.page.on("request", lambda request: told.append(request.post_data or ""))

    assert post.scan("001088012345|123456789|Trần Văn Mẫu|01011988|Nam|Phường Một|01012021") == "unknown"
    post.next()

    assert post.waiting() == 0
    assert not any("123456789" in body for body in told)
    kept = post.page.evaluate(
        """() => new Promise(done => {
          indexedDB.open('gate').onsuccess = ({target}) => {
            const counted = target.result.transaction('begun').objectStore('begun').count();
            counted.onsuccess = () => done(counted.result);
          };
        })"""
    )
    assert kept == 0


def test_over_plain_http_codes_are_typed_scanned_and_judged_without_a_network(
    gates: Gates, playwright: Playwright, tmp_path: Path
) -> None:
    """No worker, no camera, no cryptography of the browser's own: what we bundle checks the signatures."""
    port = gates.site.url.rpartition(":")[2]
    context = launched(playwright, tmp_path / "plain", [*FLAGS, "--host-resolver-rules=MAP bao-tang.test 127.0.0.1"])
    context.add_init_script(NO_HURRY)
    page = context.new_page()
    typed = gates.ticket()
    gates.signed(typed)  # with the first code that is signed there is a key, and the roster has it
    page.goto(f"http://bao-tang.test:{port}/gate#pair={gates.word()}")
    page.wait_for_selector("guide-gate[state=scanning]")
    post = Post(Phone(context, gates.site), page)

    page.click(".start")
    expect(page.locator(".why")).to_contain_text("HTTPS")
    page.keyboard.type(typed.code)
    assert post.seen() == "welcome"
    post.next()
    with page.expect_response("**/api/v1/gate/roster") as renewed:
        page.reload()
    renewed.value.finished()
    page.wait_for_selector("guide-gate[state=scanning]")
    listed, has_library = gates.ticket(), page.get_attribute("guide-gate", "library")
    post.cut()
    assert post.scan(gates.signed(listed)) == ("welcome" if has_library else "unknown")
    context.close()


def test_a_group_enters_in_parts(gates: Gates, post: Post) -> None:
    ticket = gates.ticket(admits=12)
    code = gates.signed(ticket)
    post.page.evaluate("text => document.querySelector('guide-gate').scan(text)", code)
    expect(post.page.locator(".may")).to_have_text("Vé đoàn 12 người, còn 12")
    for _ in range(5):
        post.page.click(".fewer")
    post.page.click(".admit")

    assert post.seen() == "welcome"
    expect(post.page.locator(".verdict .left")).to_have_text("7 người vào, còn 5")
    post.all_told()
    assert gates.entered(ticket) == 7
    post.next()
    post.cut()
    post.page.evaluate("text => document.querySelector('guide-gate').scan(text)", code)
    expect(post.page.locator(".may")).to_have_text("Vé đoàn 12 người, còn 5")
    post.page.click(".admit")
    assert post.seen() == "welcome"
    post.next()
    assert post.scan(code) == "already-inside"
    post.cut(False)
    post.all_told()
    assert gates.entered(ticket) == 12


def test_a_code_is_typed_by_thumb_and_a_slip_is_told(gates: Gates, post: Post) -> None:
    ticket = gates.ticket()
    renewed(post)
    post.page.click(".type")
    wrong = ticket.code[:-1] + ("2" if ticket.code[-1] != "2" else "3")
    for letter in wrong:
        post.page.click(f'.keys button[value="{letter}"]')
    expect(post.page.locator(".keypad .problem")).to_contain_text("nhầm")

    post.page.click(".erase")
    post.page.click(f'.keys button[value="{ticket.code[-1]}"]')

    assert post.seen() == "welcome"
    post.all_told()
    assert gates.entered(ticket) == 1


def test_a_code_is_typed_with_a_keyboard(gates: Gates, post: Post) -> None:
    ticket = gates.ticket()
    renewed(post)

    post.page.keyboard.type(ticket.code.lower(), delay=30)

    assert post.seen() == "welcome"


def test_what_telex_made_of_a_code_is_undone(phone: Phone) -> None:
    page = phone.open("/offline")
    typed = {
        "k7m2q xr9ab": "K7M2QXR9AB",
        "2âb": "2AAB",
        "đ3": "DD3",
        "ắe": "AWSE",
        "ẹ": "EJ",
        "ư7": "W7",
        "K7-M2": "K7M2",
        "O0I1LU": "",
    }

    read = page.evaluate(
        """async typed => {
          const { lettersOf } = await import('/assets/lib/gate/ticket-code.js');
          return typed.map(lettersOf);
        }""",
        list(typed),
    )

    assert read == list(typed.values())


def test_a_browser_that_keeps_nothing_says_so(gates: Gates, new_phone: NewPhone) -> None:
    phone = new_phone(gates.site)
    page = phone.context.new_page()
    page.add_init_script("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }")
    page.goto(f"{gates.site.url}/gate")

    expect(page.locator(".opening")).to_contain_text("không cho trang này lưu dữ liệu")


@pytest.mark.parametrize("ends_with_enter", [True, False])
def test_a_scanner_that_types_is_heard_wherever_the_focus_is(gates: Gates, post: Post, ends_with_enter: bool) -> None:
    """A Vietnamese keyboard makes ă, â, ê, ô and tones of the row of digits, and Telex composes; the keys stay."""
    code = gates.signed(gates.ticket())
    post.page.focus(".type")

    post.page.evaluate(
        """([code, enters]) => {
          const made = [...'đăâêôỏẻẹèé'];
          const press = told => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...told}));
          press({key: ']', code: 'BracketRight'});
          press({key: 'Q', code: 'KeyQ', shiftKey: true});
          for (const digit of code) {
            press({key: made[digit], code: `Digit${digit}`, isComposing: true, keyCode: 229});
            if (Math.random() < 0.1) press({key: 'Process', code: '', keyCode: 229});
          }
          if (enters) press({key: 'Enter', code: 'Enter'});
        }""",
        [code, ends_with_enter],
    )

    assert post.seen() == "welcome"
    assert post.page.get_attribute("guide-gate", "state") == "scanning", "the key that had the focus was not pressed"


def test_offline_a_phone_verifies_keeps_and_tells_once(gates: Gates, post: Post) -> None:
    tickets = gates.tickets(3)
    renewed(post)
    post.cut()
    for ticket in tickets:
        assert post.scan(gates.signed(ticket)) == "welcome"
        expect(post.page.locator(".verdict .code")).to_contain_text("Soát khi mất mạng")
        post.next()
    assert post.scan(gates.signed(tickets[0])) == "already-inside"
    assert post.waiting() == 4
    expect(post.page.locator(".net")).to_have_text("Mất mạng · 4 lượt chờ gửi")

    post.page.reload()
    post.page.wait_for_selector("guide-gate[state=scanning]")
    assert post.waiting() == 4
    assert post.scan(gates.signed(tickets[1])) == "already-inside"
    post.next()
    assert [gates.entered(ticket) for ticket in tickets] == [0, 0, 0]

    post.cut(False)
    post.all_told()
    assert [gates.entered(ticket) for ticket in tickets] == [1, 1, 1]
    assert [len(gates.scans(ticket)) for ticket in tickets] == [2, 2, 1]
    assert [scan.offline for scan in gates.scans(tickets[0])] == [True, True]
    assert gates.conflicts(tickets[0]) == []
    expect(post.page.locator(".net")).to_have_text("Có mạng")


def test_a_ticket_sold_a_moment_ago_enters_offline_by_its_signature_alone(gates: Gates, post: Post) -> None:
    post.cut()

    assert post.scan(gates.signed(gates.ticket())) == "welcome"


def test_what_a_withdrawn_key_signed_is_forged_and_what_a_newer_key_signed_is_not(gates: Gates, post: Post) -> None:
    """A key that the roster does not know yet proves nothing; but the ten letters, if the roster knows them, do."""
    old = gates.signed(gates.ticket())
    gates.withdraw_key()
    listed = gates.ticket()
    renewed(post)
    gates.withdraw_key()
    post.cut()

    assert post.scan(old) == "forged"
    post.next()
    assert post.scan(gates.signed(listed)) == "welcome"
    post.next()
    assert post.scan(gates.signed(gates.ticket())) == "unknown"


def test_a_phone_that_dies_has_lost_nothing(gates: Gates, playwright: Playwright, tmp_path: Path) -> None:
    """Killed the moment the colour is there; another start finds the scan, and the museum hears of it once."""
    ticket, profile = gates.ticket(), tmp_path / "profile"
    post = paired(gates, Phone(launched(playwright, profile), gates.site))
    code = gates.signed(ticket)
    post.cut()
    assert post.scan(code) == "welcome"
    kill(profile)
    with pytest.raises(Error, match="closed"):
        post.page.wait_for_timeout(60_000)

    (profile / "SingletonLock").unlink(missing_ok=True)
    context = launched(playwright, profile)
    page = context.new_page()
    page.goto(f"{gates.site.url}/gate")
    Post(Phone(context, gates.site), page).all_told()

    assert gates.entered(ticket) == 1
    assert len(gates.scans(ticket)) == 1
    context.close()


def kill(profile: Path) -> None:
    """The browser that has this profile, without a word."""
    for process in subprocess.check_output(["pgrep", "-f", f"user-data-dir={profile}"], text=True).split():
        subprocess.run(["kill", "-9", process], check=False)


def test_two_gates_that_let_one_ticket_in_are_told_of_it(gates: Gates, new_post: NewPost) -> None:
    ticket = gates.ticket()
    code = gates.signed(ticket)
    posts = [new_post("Cổng Nam"), new_post("Cổng Bắc")]
    for post in posts:
        post.cut()
        assert post.scan(code) == "welcome"
        post.next()

    for post in posts:
        post.cut(False)
        post.all_told()

    assert gates.conflicts(ticket) == ["already-inside"]
    assert gates.entered(ticket) == 1
    told = posts[1].page.locator(".conflicts")
    expect(told).to_contain_text(f"{ticket.code[:5]} {ticket.code[5:]}")
    expect(told).to_contain_text("Vé đã dùng")
    expect(posts[0].page.locator(".conflicts")).to_be_hidden()
    posts[1].page.click(".seen")
    expect(told).to_be_hidden()


def test_a_server_that_does_not_answer_in_time_does_not_keep_a_visitor_waiting(gates: Gates, post: Post) -> None:
    """The scan is told later with the same id, whatever the server made of it meanwhile: it counts once."""
    ticket = gates.ticket()
    code = gates.signed(ticket)
    renewed(post)
    answers: list[Any] = []

    def swallow(route: Any) -> None:
        answers.append(route.fetch())

    post.page.route("**/gate/admissions", swallow, times=1)
    began = time.monotonic()

    assert post.scan(code) == "welcome"
    assert time.monotonic() - began < 25, "two seconds, where nothing else runs"
    post.all_told()
    assert len(gates.scans(ticket)) == 1
    assert gates.entered(ticket) == 1
    assert gates.conflicts(ticket) == []


def test_a_phone_whose_clock_is_wrong_says_so_and_judges_by_the_museums(gates: Gates, new_post: NewPost) -> None:
    phone = new_post().phone
    page = phone.context.new_page()
    page.add_init_script("const now = Date.now; Date.now = () => now() + 3 * 3600e3;")
    with page.expect_response("**/api/v1/gate/roster"):
        page.goto(f"{gates.site.url}/gate")
    code = gates.signed(gates.ticket(slot=gates.slot(0)))
    expect(page.locator(".notes")).to_contain_text("chạy nhanh 180 phút")

    phone.context.set_offline(True)

    assert Post(phone, page).scan(code) == "welcome"


def test_a_revoked_device_is_told_and_keeps_what_it_has(gates: Gates, post: Post) -> None:
    post.cut()
    post.scan(gates.signed(gates.ticket()))
    post.next()
    gates.revoke()

    post.cut(False)

    expect(post.page.locator(".notes")).to_contain_text("thu quyền")
    expect(post.page.locator(".pairing")).to_be_visible()
    assert post.waiting() == 1
    post.page.fill("#word", gates.word())
    post.page.click(".pairing button")
    post.all_told()


def test_a_revoked_device_lets_nobody_in(gates: Gates, post: Post) -> None:
    ticket = gates.ticket()
    gates.revoke()

    post.page.evaluate("code => document.querySelector('guide-gate').scan(code)", gates.signed(ticket))

    expect(post.page.locator(".pairing")).to_be_visible()
    expect(post.page.locator(".verdict")).to_be_hidden()
    assert gates.entered(ticket) == 0


def test_a_roster_that_did_not_change_is_not_sent_again(post: Post) -> None:
    with post.page.expect_response("**/api/v1/gate/roster") as first:
        post.page.reload()
    promised(post.page, KEPT_ROSTER, first.value.headers["etag"])
    with post.page.expect_response("**/api/v1/gate/roster") as second:
        post.page.reload()

    assert second.value.status == 304
    assert first.value.status in (200, 304)
    expect(post.page.locator(".where")).to_contain_text("Đảo Xa")


def test_codes_that_come_fast_are_each_answered(gates: Gates, post: Post) -> None:
    """A scanner waits for nobody; the camera does, and forgets no code that it could not take up."""
    tickets = gates.tickets(4)
    codes = gates.all_signed(tickets)
    post.page.evaluate(
        """async codes => {
          const gate = document.querySelector('guide-gate');
          await Promise.all(codes.map(code => gate.scan(code)));
        }""",
        codes,
    )

    post.all_told()
    assert [gates.entered(ticket) for ticket in tickets] == [1, 1, 1, 1]


def test_several_codes_side_by_side_are_one_scan_each(post: Post) -> None:
    """Three tickets on one screen: none of them is answered twice while they stay before the camera."""
    found = post.page.evaluate(
        """async () => {
          const { Camera } = await import('/assets/lib/gate/camera.js');
          const taken = [];
          let busy = true, sight = 0;
          const looked = async many => { while (sight < many) await new Promise(done => setTimeout(done, 20)); };
          performance.now = () => 110 * sight; // however slow the machine is, none of them is out of sight for long
          globalThis.BarcodeDetector = class {
            static getSupportedFormats = async () => ['qr_code'];
            detect = async () => [{rawValue: 'ABC'[sight++ % 3]}];
          };
          navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream(30);
          const video = document.createElement('video');
          Object.defineProperty(video, 'readyState', {value: 4});
          video.play = async () => {};
          const camera = new Camera(video, {}, text => !busy && taken.push(text));
          await camera.open();
          await looked(5);
          busy = false;
          await looked(23);
          camera.close();
          return taken.sort();
        }"""
    )

    assert found == ["A", "B", "C"]


def test_a_device_is_forgotten_only_when_nothing_waits(gates: Gates, post: Post) -> None:
    post.cut()
    post.scan(gates.signed(gates.ticket()))
    post.next()
    post.page.click(".menu summary")
    post.page.click(".forget")
    expect(post.page.locator(".forgetting")).to_contain_text("1 lượt chưa gửi")
    post.cut(False)
    post.all_told()

    post.page.click(".forget")
    expect(post.page.locator(".forgetting")).to_contain_text("Chạm lần nữa")
    post.page.click(".forget")

    expect(post.page.locator("guide-gate")).to_have_attribute("state", "pairing")


def test_a_browser_without_ed25519_checks_signatures_with_what_we_bundle(gates: Gates, new_post: NewPost) -> None:
    post = new_post()
    if not post.page.get_attribute("guide-gate", "library"):
        pytest.skip("nothing is bundled here: no npm")
    post.page.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('too old'))")
    renewed(post)
    good, other = gates.signed(gates.ticket()), gates.signed(gates.ticket())
    post.cut()

    assert post.scan(good) == "welcome"
    post.next()
    assert post.scan(other[:-1] + str((int(other[-1]) + 1) % 10)) == "forged"


def test_where_nobody_can_check_signatures_the_list_decides(gates: Gates, new_post: NewPost) -> None:
    post, listed = new_post(), gates.ticket()
    post.page.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new Error('too old'));"
        "const told = Element.prototype.getAttribute;"
        "Element.prototype.getAttribute = function (name) { return name === 'library' ? '' : told.call(this, name); };"
    )
    renewed(post)
    unlisted = gates.ticket()
    expect(post.page.locator(".notes")).to_contain_text("chưa kiểm được chữ ký")
    post.cut()

    assert post.scan(gates.signed(listed)) == "welcome"
    post.next()
    assert post.scan(gates.signed(unlisted)) == "unknown"


def test_a_camera_reads_a_real_code_once(gates: Gates, playwright: Playwright, tmp_path: Path) -> None:
    """This browser has no eye of its own for codes, so what we serve reads the pictures."""
    if not (ROOT / "pwa" / "bundles" / "scanner.js").exists():
        pytest.skip("nothing is bundled here: no npm")
    ticket = gates.ticket()
    film = filmed(gates.signed(ticket), tmp_path / "camera.y4m")
    flags = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    sees = [*FLAGS, *flags, f"--use-file-for-fake-video-capture={film}"]
    context = launched(playwright, tmp_path / "seeing", sees, has_touch=False)
    page = context.new_page()
    page.goto(f"{gates.site.url}/gate#pair={gates.word()}")
    page.click(".start")

    assert Post(Phone(context, gates.site), page).seen() == "welcome"
    page.wait_for_timeout(3_500)
    assert page.evaluate("typeof BarcodeDetector") == "undefined"
    assert len(gates.scans(ticket)) == 1, "held before the camera for long, it is one scan"
    context.close()


def filmed(code: str, path: Path) -> Path:
    """Two seconds of a camera that looks at a code."""
    drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=5, border=4)
    drawn.add_data(code)
    picture = Image.new("L", (640, 480), 200)
    stamp = drawn.make_image().convert("L")
    picture.paste(stamp, ((640 - stamp.width) // 2, (480 - stamp.height) // 2))
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (640 * 480 // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F15:1 Ip A1:1 C420\n" + frame * 30)
    return path


def test_without_a_camera_the_page_says_what_to_do(post: Post) -> None:
    post.page.click(".start")

    expect(post.page.locator(".why")).to_contain_text("nhập mã")


@pytest.mark.parametrize(("scheme", "language"), [("light", "vi"), ("dark", "vi"), ("light", "en")])
def test_the_gate_has_no_barrier(gates: Gates, new_post: NewPost, scheme: str, language: str) -> None:
    post = new_post(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    post.page.goto(f"{gates.site.url}/gate?lang={language}")
    post.page.wait_for_selector("guide-gate[state=scanning]")
    codes = held(gates)

    no_barrier(post.page)
    for verdict in ("welcome", "wrong-day", "forged"):
        assert post.scan(codes[verdict]) == verdict
        no_barrier(post.page)
        post.next()
    post.page.click(".type")
    no_barrier(post.page)
    post.page.click(".keypad .close")
    post.page.evaluate("code => document.querySelector('guide-gate').scan(code)", gates.signed(gates.ticket(admits=5)))
    post.page.wait_for_selector("guide-gate[state=choosing]")
    no_barrier(post.page)


def no_barrier(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_the_gate_is_not_wider_than_a_small_phone(gates: Gates, new_post: NewPost) -> None:
    post = new_post(viewport={"width": 320, "height": 568})
    codes = held(gates)
    wide = "name => Math.max(...[document.documentElement, document.querySelector(name)].map(one => one.scrollWidth))"

    widths = [post.page.evaluate(wide, "main")]
    for verdict in ("welcome", "already-inside", "too-early", "wrong-museum", "unknown"):
        post.scan(codes[verdict])
        widths.append(post.page.evaluate(wide, ".verdict"))
        post.next()
    post.page.click(".type")
    widths.append(post.page.evaluate(wide, ".keypad"))

    assert max(widths) <= 320


def test_the_gate_stands_on_a_home_screen(post: Post) -> None:
    manifest = post.page.request.get(f"{post.phone.site.url}/gate/manifest.webmanifest").json()

    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/gate", "/gate", "standalone")
    for icon in manifest["icons"]:
        assert post.page.request.get(post.phone.site.url + icon["src"]).ok


def test_web_assembly_may_run_here_and_nowhere_else(post: Post) -> None:
    def policy(path: str) -> str:
        return post.page.request.get(post.phone.site.url + path).headers["content-security-policy"]

    assert "'wasm-unsafe-eval'" in policy("/gate")
    assert "wasm-unsafe-eval" not in policy("/")
    assert "unsafe-inline" not in policy("/gate")

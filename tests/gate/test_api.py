"""The door for devices: scans in, verdicts out, in the gate's language; whatever is sent, nothing is half written."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from guide.gate import devices
from guide.gate.verdicts import Verdict
from guide.tickets.signing.keys import rotate, withdraw
from guide.web import Pages
from tests.gate.conftest import NINE, TODAY, Door, Gate, minutes

pytestmark = pytest.mark.slow

AT = NINE.isoformat()


def scan(code: str, **told: object) -> dict[str, object]:
    return {"scan_id": Gate.scan_id(), "code": code, "at": AT, "count": 1, **told}


def test_a_scan_gets_its_verdict_in_the_asked_language(door: Door) -> None:
    ticket = door.gate.ticket(category="student")

    told = door.scan(scan(door.gate.signed(ticket))).json()["results"][0]
    again = door.scan(scan(ticket.code), **{"accept-language": "en"}).json()["results"][0]

    assert (told["verdict"], told["message"], told["left"]) == ("welcome", "Mời vào.", 0)
    assert (told["category_slug"], told["evidence"], told["conflict"]) == ("student", "Thẻ sinh viên", None)
    assert (again["verdict"], again["message"]) == ("already-inside", "This ticket has been used already.")
    assert again["evidence"] == "Student card"


def test_a_group_is_told_how_many_are_left(door: Door) -> None:
    ticket = door.gate.ticket(admits=30)

    told = door.scan(scan(ticket.code, count=12)).json()["results"][0]
    refused = door.scan(scan(ticket.code, count=20)).json()["results"][0]

    assert (told["verdict"], told["left"], told["admits"]) == ("welcome", 18, 30)
    assert told["message"] == "Mời 12 người vào. Còn 18 người chưa vào."
    assert (refused["verdict"], refused["left"]) == ("already-inside", 18)
    assert refused["message"] == "Vé này chỉ còn 18 người chưa vào."


def test_the_right_day_and_time_are_said(door: Door) -> None:
    late, tomorrow = door.gate.ticket(slot="14:00"), door.gate.ticket(day=TODAY + timedelta(days=1))

    said = [one["message"] for one in door.scan(scan(late.code), scan(tomorrow.code)).json()["results"]]

    assert said == ["Chưa đến giờ. Giờ vào của vé: 14:00.", "Vé dành cho ngày khác: Thứ Tư, ngày 25 tháng 11 năm 2026."]


def test_every_verdict_has_a_sentence_in_every_language(door: Door) -> None:
    words = door.app.state.shelf[Pages].messages

    for language in words.languages:
        for verdict in Verdict:
            assert words.find(language, f"gate.verdict.{verdict.value}"), (language, verdict)
            assert verdict is Verdict.WELCOME or words.find(language, f"gates.should.{verdict.value}")


def test_a_device_without_a_network_is_believed_and_checked(door: Door) -> None:
    ticket = door.gate.ticket()
    told = {"offline": True, "verdict": "welcome"}

    results = door.scan(scan(ticket.code, **told), scan(ticket.code, **told)).json()["results"]

    assert [(one["verdict"], one["conflict"]) for one in results] == [("welcome", None), ("welcome", "already-inside")]


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00Z", "2999-12-31T23:59:59Z", "2026-11-24T09:00:00+07:00"])
def test_with_a_network_the_servers_clock_counts(door: Door, at: str) -> None:
    assert door.scan(scan(door.gate.ticket().code, at=at)).json()["results"][0]["verdict"] == "welcome"


NOT_A_SCAN: dict[str, object] = {
    "nothing": None,
    "a list": [],
    "no scans": {},
    "an empty list": {"scans": []},
    "too many": {"scans": [scan("A")] * 1001},
    "an unknown key": {"scans": [scan("A", hello=1)]},
    "a count as a string": {"scans": [scan("A", count="1")]},
    "nobody": {"scans": [scan("A", count=0)]},
    "fewer than nobody": {"scans": [scan("A", count=-1)]},
    "a huge count": {"scans": [scan("A", count=10**9)]},
    "half a person": {"scans": [scan("A", count=1.5)]},
    "an id of emoji": {"scans": [scan("A") | {"scan_id": "🎫🎫🎫🎫🎫🎫🎫🎫"}]},
    "an id with a line's end": {"scans": [scan("A") | {"scan_id": "scan-0001\n"}]},
    "no id": {"scans": [{"code": "A", "at": AT, "count": 1}]},
    "an empty id": {"scans": [scan("A") | {"scan_id": ""}]},
    "a long id": {"scans": [scan("A") | {"scan_id": "a" * 61}]},
    "a code of 100 KB": {"scans": [scan("9" * 100_000)]},
    "a code that is a number": {"scans": [scan("A") | {"code": 5}]},
    "a time without a zone": {"scans": [scan("A", at="2026-11-24T09:00:00")]},
    "no time": {"scans": [scan("A", at="soon")]},
    "a verdict of its own": {"scans": [scan("A", verdict="perhaps")]},
    "more than a megabyte": {"scans": [scan("A" * 7000) for _ in range(200)]},
}


@pytest.mark.parametrize("body", NOT_A_SCAN.values(), ids=NOT_A_SCAN)
def test_what_is_not_a_scan_is_refused_and_nothing_is_written(door: Door, body: object) -> None:
    refused = door.post(body)

    assert refused.status_code in (413, 422)
    assert refused.json()["message"]
    assert door.gate.scans() == []


ENGLISH = re.compile(r"\b(should|input|valid|value|must|field|string|than|error|expected|characters?)\b", re.IGNORECASE)


@pytest.mark.parametrize("body", NOT_A_SCAN.values(), ids=NOT_A_SCAN)
def test_whoever_speaks_vietnamese_is_refused_in_vietnamese(door: Door, body: object) -> None:
    said = door.post(body).json()["message"]

    assert not ENGLISH.search(said)
    assert not said.isascii()


NO_TICKET = {
    "nothing": "",
    "a word": "hello",
    "emoji": "🎫",
    "a zero": "\x00",
    "digits": "9" * 7000,
    "a quote": "' OR 1=1",
}


@pytest.mark.parametrize("code", NO_TICKET.values(), ids=NO_TICKET)
def test_what_is_no_ticket_is_unknown(door: Door, code: str) -> None:
    assert door.scan(scan(code)).json()["results"][0]["verdict"] == "unknown"


@pytest.mark.parametrize("scan_id", ["1", "a b", "south/1?#%", "{" + "a" * 58 + "}"])
def test_a_device_may_call_its_scan_what_it_likes(door: Door, scan_id: str) -> None:
    told = door.scan(scan(door.gate.ticket().code) | {"scan_id": scan_id}).json()["results"]

    assert [(one["scan_id"], one["verdict"]) for one in told] == [(scan_id, "welcome")]


def test_a_short_id_that_two_devices_both_thought_of_names_two_scans(door: Door) -> None:
    ticket, other = door.gate.ticket(), door.gate.ticket()
    sent = [scan(ticket.code) | {"scan_id": "1"}, scan(other.code) | {"scan_id": "2"}]
    south, north = door.gate.device("south"), door.gate.device("north")

    told = [door.scan(*sent, token=token).json()["results"] for token in (south, north, south)]

    assert [[one["verdict"] for one in results] for results in told] == [
        ["welcome", "welcome"],
        ["already-inside", "already-inside"],
        ["welcome", "welcome"],
    ]


def hours_ago(code: str, hours: float, **told: object) -> dict[str, object]:
    return scan(code, at=(NINE - timedelta(hours=hours)).isoformat(), **told)


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one by one"])
def test_what_was_scanned_without_a_network_is_judged_by_its_own_moment(door: Door, together: bool) -> None:
    door.at(NINE + timedelta(hours=5))
    sunday = door.gate.ticket(day=TODAY - timedelta(days=2))
    sent = [scan(door.gate.ticket().code), scan(door.gate.ticket(slot="14:00").code), hours_ago(sunday.code, 48)]

    results = door.scan(*sent).json()["results"] if together else [door.scan(one).json()["results"][0] for one in sent]

    assert [one["verdict"] for one in results] == ["welcome", "too-early", "welcome"]
    assert sorted(one.at for one in door.gate.scans() if one.verdict == "welcome") == [NINE - timedelta(hours=48), NINE]


def test_two_gates_that_tell_of_one_ticket_afterwards_are_a_conflict(door: Door) -> None:
    ticket, other = door.gate.ticket(), door.gate.ticket(cancelled_at=NINE)
    door.at(NINE + timedelta(hours=2))
    again = scan(ticket.code)

    first = door.scan(scan(ticket.code), token=door.gate.device("south")).json()["results"][0]
    second = [door.scan(again, token=door.gate.device("north")).json()["results"][0] for _ in range(2)]
    refused = door.scan(scan(other.code)).json()["results"][0]

    assert (first["verdict"], first["conflict"]) == ("welcome", None)
    assert [(one["verdict"], one["conflict"]) for one in second] == [("already-inside", "already-inside")] * 2
    assert (refused["verdict"], refused["conflict"]) == ("cancelled", "cancelled")
    assert sorted(door.gate.conflicts()) == sorted([(ticket.code, "already-inside"), (other.code, "cancelled")])
    assert door.gate.entered(ticket) == 1


def test_one_gate_that_tells_of_one_ticket_twice_refused_it_itself(door: Door) -> None:
    ticket = door.gate.ticket()
    door.at(NINE + timedelta(hours=2))

    told = door.scan(scan(ticket.code), scan(ticket.code)).json()["results"]

    assert [one["verdict"] for one in told] == ["welcome", "already-inside"]
    assert door.gate.conflicts() == []


def test_a_device_that_was_offline_and_tells_no_verdict_let_them_in(door: Door) -> None:
    ticket, late = door.gate.ticket(), door.gate.ticket(slot="14:00")
    sent = [scan(code, offline=True) for code in (ticket.code, ticket.code, late.code)]

    told = [door.scan(one).json()["results"][0] for one in sent]
    retold = [door.scan(one).json()["results"][0] for one in sent]

    assert [(one["verdict"], one["conflict"]) for one in told] == [
        ("welcome", None),
        ("welcome", "already-inside"),
        ("welcome", None),
    ]
    assert [(one["verdict"], one["conflict"]) for one in retold] == [(one["verdict"], one["conflict"]) for one in told]
    assert door.gate.conflicts() == [(ticket.code, "already-inside")]
    assert (door.gate.entered(ticket), door.gate.entered(late)) == (1, 1)


def test_a_clock_that_is_a_minute_slow_is_not_asked(door: Door) -> None:
    ticket = door.gate.ticket()
    door.at(NINE + minutes(61))

    told = door.scan(scan(ticket.code, at=(NINE + minutes(59.5)).isoformat())).json()["results"][0]

    assert told["verdict"] == "too-late"


def test_a_thousand_scans_fit_through_the_door(door: Door) -> None:
    told = door.scan(*(scan("9" * 340) for _ in range(1000)))

    assert told.status_code == 200
    assert len(told.json()["results"]) == 1000


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \x00"])
def test_a_stranger_is_not_heard(door: Door, header: str) -> None:
    ticket = door.gate.ticket()

    for answer in (
        door.scan(scan(ticket.code), authorization=header),
        door.scan(scan(ticket.code), scan("A"), authorization=header),
        door.roster(authorization=header),
    ):
        assert answer.status_code == 401
        assert answer.json()["error"] == "NotPaired"
    assert door.gate.scans() == []


def test_a_device_is_paired_by_a_word_that_works_once(door: Door) -> None:
    with door.gate.database.writing() as session:
        _, word = devices.invite(session, "lang-gom", "Máy của Lan", "Cổng Nam", "command", NINE)

    paired = door.browser.post("/api/v1/gate/devices", json={"pairing": word})
    second = door.browser.post("/api/v1/gate/devices", json={"pairing": word})

    assert paired.status_code == 201
    assert {key: paired.json()[key] for key in ("museum", "name", "gate")} == {
        "museum": "lang-gom",
        "name": "Máy của Lan",
        "gate": "Cổng Nam",
    }
    assert door.scan(scan("hello"), token=paired.json()["token"]).status_code == 200
    assert (second.status_code, second.json()["error"]) == (403, "PairingOver")


@pytest.mark.parametrize("brought", ["http://localhost:8000/gate#pair={}", "http://x.vn/gate#pair={0}\n{0}\n", " {} "])
def test_a_device_may_bring_the_whole_link(door: Door, brought: str) -> None:
    with door.gate.database.writing() as session:
        _, word = devices.invite(session, "lang-gom", "Máy của Lan", "Cổng Nam", "command", NINE)

    paired = door.browser.post("/api/v1/gate/devices", json={"pairing": brought.format(word)})

    assert paired.status_code == 201


def test_who_comes_with_a_pairing_word_is_told_where_to_trade_it(door: Door) -> None:
    with door.gate.database.writing() as session:
        _, word = devices.invite(session, "lang-gom", "Máy của Lan", "Cổng Nam", "command", NINE)

    for refused in (
        door.roster(token=word),
        door.scan(scan("A"), token=word),
        door.scan(scan("A"), scan("B"), token=word),
        door.roster(token=f"http://x.vn/gate#pair={word}"),
    ):
        assert (refused.status_code, refused.json()["error"]) == (401, "PairFirst")
        assert "POST /api/v1/gate/devices" in refused.json()["message"]


def roster(door: Door, **headers: str) -> dict[str, Any]:
    told: dict[str, Any] = door.roster(**headers).json()
    return told


def test_the_roster_finds_a_ticket_by_its_code_and_tells_no_code(door: Door) -> None:
    ticket = door.gate.ticket(admits=30, entered=4, category="student")
    cancelled, unpaid = door.gate.ticket(cancelled_at=NINE, slot=""), door.gate.ticket(issued_at=None)
    other = door.gate.ticket(day=TODAY + timedelta(days=1))

    told = roster(door)

    rows = {row[0]: row[1:] for row in told["tickets"]}
    assert rows == {
        hidden(ticket.code): [30, 4, 1, 540, "student"],
        hidden(cancelled.code): [1, 0, 2, None, "adult"],
        hidden(unpaid.code): [1, 0, 0, 540, "adult"],
    }
    text = json.dumps(told)
    assert not any(one.code in text or one.order_code in text for one in (ticket, cancelled, unpaid, other))


def hidden(code: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(f"roster:lang-gom:2026-11-24:{code}".encode()).digest()[:9]).decode()


def test_the_roster_tells_the_rules_of_the_day(door: Door) -> None:
    told = roster(door)

    assert (told["museum"], told["gate"], told["day"], told["time_zone"]) == (
        "lang-gom",
        "south",
        "2026-11-24",
        "Asia/Ho_Chi_Minh",
    )
    assert told["rules"] == {
        "early_minutes": 30,
        "late_minutes": 60,
        "re_entry": "never",
        "re_entry_minutes": 10,
        "spans": [["07:30", "11:30"], ["13:30", "17:00"]],
        "closed": False,
        "times": {"08:00": "09:00", "09:00": "11:30", "14:00": "17:00"},
    }
    assert told["categories"]["student"]["evidence"] == {"vi": "Thẻ sinh viên", "en": "Student card"}
    assert told["categories"]["adult"]["name"] == {"vi": "Người lớn", "en": "Adult"}


def test_the_roster_holds_the_keys_that_are_believed(door: Door) -> None:
    door.gate.signed(door.gate.ticket())
    with door.gate.database.writing() as session:
        rotate(session, "lang-gom", NINE)
        withdraw(session, "lang-gom", 1, NINE)

    told = roster(door)

    assert [key["number"] for key in told["keys"]] == [2]
    assert told["withdrawn_keys"] == [1]
    Ed25519PublicKey.from_public_bytes(base64.b64decode(told["keys"][0]["public"]))


def test_a_roster_that_did_not_change_is_not_sent_again(door: Door) -> None:
    tag = door.roster().headers["etag"]
    door.at(NINE + minutes(5))
    assert door.roster(**{"if-none-match": tag}).status_code == 304

    door.gate.ticket()

    assert door.roster(**{"if-none-match": tag}).status_code == 200


def test_on_a_closed_day_the_roster_and_the_gate_say_so(door: Door) -> None:
    monday = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    door.at(monday)

    assert roster(door)["rules"]["closed"]
    ticket = door.gate.ticket(day=monday.date())
    assert door.scan(scan(ticket.code, at=monday.isoformat())).json()["results"][0]["verdict"] == "closed"

"""A program buys: what is free, an order, its tickets; and a clear no in the asked language to everything else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from guide.database import Database
from guide.language import shipped_messages
from guide.tickets import codes, examples
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.signing.keys import public_keys, withdraw
from guide.tickets.signing.signed import read
from guide.unreadable import KINDS
from tests.tickets.box_office import NOW, museum
from tests.tickets.selling.conftest import Door

ORDERS = "/api/v1/museums/lang-gom/orders"
SLOTS = "/api/v1/museums/lang-gom/slots"
BODY: dict[str, Any] = {
    "day": "2026-11-25",
    "slot": "2026-11-25T0800",
    "tickets": [{"category": "adult", "count": 2}],
    "language": "vi",
    "pay": "counter",
}


def order(door: TestClient, key: str | None = None, **other: Any) -> Any:
    headers = {"idempotency-key": key} if key else {}
    return door.post(ORDERS, json=BODY | other, headers=headers)


def test_entry_times_tell_what_is_free(door: TestClient) -> None:
    order(door)

    first, *rest = door.get(SLOTS, params={"from": "2026-11-25", "to": "2026-11-26"}).json()

    assert first == examples.SLOT
    assert [line["id"] for line in rest] == [
        "2026-11-25T1000",
        "2026-11-25T1400",
        "2026-11-26T0800",
        "2026-11-26T1000",
        "2026-11-26T1400",
    ]


def test_without_days_it_is_the_next_thirty(door: TestClient) -> None:
    ids = [line["id"] for line in door.get(SLOTS).json()]

    assert ids[0] == "2026-11-24T1000"
    assert ids[-1] == "2026-12-23T1400"


def test_an_order_is_answered_as_agreed(door: TestClient) -> None:
    answer = order(door)

    told = answer.json()
    assert answer.status_code == 201
    assert set(told) == {"code", "status", "expires_at", "total_dong", "pay", "tickets"}
    assert (told["status"], told["total_dong"], told["expires_at"]) == ("held", 100_000, "2026-11-25T09:00:00+07:00")
    assert told["pay"]["way"] == "counter"
    assert [(ticket["category"], ticket["signed"]) for ticket in told["tickets"]] == [("adult", None)] * 2
    assert door.get(f"/api/v1/orders/{told['code'].lower()}").json() == told


def test_what_is_paid_has_signed_tickets(door: TestClient, database: Database) -> None:
    code = order(door).json()["code"]
    with database.writing() as session:
        settle(session, museum(), Paid(code, 100_000, "vietqr", "FT1"), NOW)

    told = door.get(f"/api/v1/orders/{code}").json()

    with database.reading() as session:
        (key,) = public_keys(session, "lang-gom")
    assert told["status"] == "paid"
    for ticket in told["tickets"]:
        signed = read(ticket["signed"])
        assert signed
        assert (signed.code, signed.signed_by(key.public)) == (ticket["code"], True)


def test_what_is_free_is_paid_at_once(door: TestClient) -> None:
    told = order(door, tickets=[{"category": "child", "count": 1}], pay="free").json()

    assert (told["status"], told["total_dong"]) == ("paid", 0)
    assert told["tickets"][0]["signed"].isdigit()


def test_a_hold_that_is_over_is_expired_to_whoever_looks(open_door: Door) -> None:
    code = order(open_door(), pay="simulator").json()["code"]

    told = open_door(NOW + timedelta(minutes=15)).get(f"/api/v1/orders/{code}").json()

    assert told["status"] == "expired"


class TestTheKey:
    def test_a_retry_gets_the_same_answer(self, door: TestClient) -> None:
        first, second = order(door, key="a"), order(door, key="a")

        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert order(door, key="b").json()["code"] != first.json()["code"]

    def test_another_body_is_refused(self, door: TestClient) -> None:
        order(door, key="a")

        answer = order(door, key="a", tickets=[{"category": "adult", "count": 3}])

        assert (answer.status_code, answer.json()["error"]) == (422, "KeyUsedOtherwise")

    def test_a_retry_gets_its_order_also_when_the_time_is_over(self, open_door: Door) -> None:
        first = order(open_door(), key="a").json()

        answer = order(open_door(NOW + timedelta(days=3)), key="a")

        assert answer.status_code == 201
        assert answer.json() == first | {"status": "expired"} | {"pay": answer.json()["pay"]}

    def test_each_museum_has_its_own_keys(self, open_door: Door) -> None:
        order(open_door(), key="a")
        elsewhere = open_door(there=museum("pho-hien"))

        answer = elsewhere.post(ORDERS.replace("lang-gom", "pho-hien"), json=BODY, headers={"idempotency-key": "a"})

        assert answer.status_code == 201


ONE = {"category": "adult", "count": 1}
REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"tickets": [ONE | {"count": "1"}]}, 422, "NotWholeNumber"),
    ({"tickets": [ONE | {"count": True}]}, 422, "NotWholeNumber"),
    ({"tickets": [ONE | {"count": 1.5}]}, 422, "NotWholeNumber"),
    ({"tickets": [ONE | {"count": None}]}, 422, "NotWholeNumber"),
    ({"tickets": [ONE | {"count": -1}]}, 422, "NumberTooSmall"),
    ({"tickets": [ONE | {"count": 0}]}, 422, "NumberTooSmall"),
    ({"tickets": [ONE | {"count": 10_000}]}, 422, "TooManyPeople"),
    ({"tickets": [ONE | {"count": 10**30}]}, 422, "NumberTooLarge"),
    ({"tickets": [ONE | {"count": 61}]}, 422, "TooManyPeople"),
    ({"tickets": [ONE] * 101}, 422, "TooLongOrShort"),
    ({"tickets": [ONE] * 61}, 422, "TooManyPeople"),
    ({"tickets": []}, 422, "TooLongOrShort"),
    ({"tickets": {}}, 422, "NotJson"),
    ({"tickets": [ONE | {"category": "🐉"}]}, 422, "NoSuchCategory"),
    ({"tickets": [ONE | {"category": "ông nội"}]}, 422, "NoSuchCategory"),
    ({"tickets": [ONE | {"category": 7}]}, 422, "NotText"),
    ({"tickets": [ONE | {"name": "🐉"}]}, 422, "UnknownKey"),
    ({"tickets": [{"category": "group", "count": 9}]}, 422, "GroupTooSmall"),
    ({"tickets": [{"category": "group", "count": 11}]}, 422, "TooManyForTheCounter"),
    ({"name": "An"}, 422, "UnknownKey"),
    ({"day": None}, 422, "NotADay"),
    ({"day": 20_261_125}, 422, "NotADay"),
    ({"day": "2026-11-31"}, 422, "NotADay"),
    ({"day": "２０２６-11-25"}, 422, "NotADay"),
    ({"day": "2026-11-23"}, 409, "DayOver"),
    ({"day": "9999-12-31"}, 409, "TooFarAhead"),
    ({"day": "2026-11-30", "slot": None}, 409, "ClosedThatDay"),
    ({"day": "2026-12-10", "slot": None}, 409, "ClosedThatDay"),
    ({"slot": None}, 422, "NoTimeChosen"),
    ({"slot": "08:15"}, 422, "NoSuchTime"),
    ({"slot": "🐉"}, 422, "NoSuchTime"),
    ({"slot": "2026-11-26T0800"}, 422, "NoSuchTime"),
    ({"slot": 800}, 422, "NotText"),
    ({"day": "2026-11-24", "slot": "07:30"}, 422, "NoSuchTime"),
    ({"language": "🐉"}, 422, "NoLanguage"),
    ({"language": "vi; DROP TABLE"}, 422, "NoLanguage"),
    ({"email": "an"}, 422, "NoMailAddress"),
    ({"email": "an@example.vn\nBcc: all@example.vn"}, 422, "NoMailAddress"),
    ({"email": "🐉@example.vn"}, 422, "NoMailAddress"),
    ({"pay": "gold"}, 422, "NotOneOf"),
    ({"pay": "free"}, 422, "NotPaidThatWay"),
    ({"pay": "vnpay"}, 422, "NotPaidThatWay"),
    ({"donation_dong": -1}, 422, "NumberTooSmall"),
    ({"donation_dong": 1_000}, 422, "NoDonationsHere"),
    ({"as_group": "yes"}, 422, "NotTrueOrFalse"),
]


@pytest.mark.parametrize(("other", "status", "error"), REFUSED)
def test_what_cannot_be_sold_is_refused_in_vietnamese_and_nothing_is_written(
    one_door: TestClient, other: dict[str, Any], status: int, error: str
) -> None:
    answer = order(one_door, **other)

    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    assert any(letter in answer.json()["message"] for letter in "ạảấếộđờàóốữăầ")
    assert all(line["free"] == 40 for line in one_door.get(SLOTS).json())


NO_OBJECTS = [b"", b"{", b"[]", b"7", b"null", b"\xff\xfe", b'{"day": NaN}', b'{"day":' * 3000]
NO_OBJECTS += [b'{"\\ud800": 1}', b'{"day": "\\ud800"}']


@pytest.mark.parametrize("body", NO_OBJECTS)
def test_what_is_no_json_object_is_refused(one_door: TestClient, body: bytes) -> None:
    answer = one_door.post(ORDERS, content=body, headers={"content-type": "application/json"})

    assert 400 <= answer.status_code < 500, answer.text


def test_a_time_that_is_over_is_refused(open_door: Door) -> None:
    ten = NOW + timedelta(hours=1)

    answer = order(open_door(ten), day="2026-11-24", slot="08:00")

    assert (answer.status_code, answer.json()["error"]) == (409, "TimeOver")


def test_a_museum_that_sells_at_its_counter_only_says_so(open_door: Door) -> None:
    answer = order(open_door(there=museum(tickets={"online": False})))

    assert (answer.status_code, answer.json()["error"]) == (409, "NotSoldOnline")


def test_the_last_places_are_sold_and_then_no_more(door: TestClient) -> None:
    fifteen = [{"category": "adult", "count": 15}]
    answers = [order(door, tickets=fifteen, pay="simulator") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[-1].json()["error"] == "SoldOut"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"from": "2026-13-01"}, "NotADay"),
        ({"to": "2026-11-20"}, "TooManyDays"),
        ({"from": "2026-01-01", "to": "2027-01-01"}, "TooManyDays"),
        ({"from": "9999-12-20"}, "TooManyDays"),
        ({"from": "0001-01-01", "to": "9999-12-31"}, "TooManyDays"),
    ],
)
def test_days_that_cannot_be_shown_are_refused(one_door: TestClient, asked: dict[str, str], error: str) -> None:
    answer = one_door.get(SLOTS, params=asked)

    assert (answer.status_code, answer.json()["error"]) == (422, error)


def test_whoever_guesses_codes_has_to_wait(door: TestClient) -> None:
    known = order(door).json()["code"]
    errors = {door.get("/api/v1/orders/K7M2QXR4TC").json()["error"] for _ in range(5)}
    unknown = "222222222B"
    told = [door.get(f"/api/v1/orders/{unknown}").json()["error"] for _ in range(31)]

    assert errors == {"NoSuchOrder"}
    assert (told[0], told[-1]) == ("NoSuchOrder", "TooManyGuesses")
    assert door.get(f"/api/v1/orders/{known}").status_code == 429


def test_each_kind_of_mistake_has_its_sentence() -> None:
    for refusal in KINDS.values():
        for language in ("vi", "en"):
            assert shipped_messages().find(language, f"errors.{refusal.__name__}")


def test_moments_are_told_with_their_offset(door: TestClient) -> None:
    moment = datetime.fromisoformat(order(door, pay="simulator").json()["expires_at"])

    assert moment == NOW + timedelta(minutes=15)
    assert moment.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("code", [examples.ORDER["code"], *(one["code"] for one in examples.ORDER["tickets"])])
def test_the_examples_have_right_codes(code: str) -> None:
    assert codes.is_code(code)


def test_days_long_ago_have_nothing_free(door: TestClient) -> None:
    assert door.get(SLOTS, params={"from": "0001-01-01", "to": "0001-01-20"}).json() == []


@pytest.mark.parametrize(
    ("wished", "language", "sentence"),
    [
        ({"tickets": [ONE | {"count": 0}]}, "vi", "“tickets.0.count” phải từ 1 trở lên."),
        ({"donation_dong": 10**9}, "vi", "“donation_dong” nhiều nhất là 100000000."),
        ({"donation_dong": 10**9}, "en", "“donation_dong” can be 100000000 at most."),
        ({"day": "2026-11-23"}, "vi", "Ngày 23/11/2026 đã qua. Mời bạn chọn ngày khác."),
        ({"day": "2026-11-23"}, "en", "23 November 2026 has passed. Please choose another day."),
    ],
)
def test_a_refusal_says_limits_and_days_as_its_reader_does(
    one_door: TestClient, wished: dict[str, Any], language: str, sentence: str
) -> None:
    answer = one_door.post(ORDERS, json=BODY | wished, headers={"accept-language": language})

    assert answer.json()["message"] == sentence


def test_a_ticket_whose_museum_has_no_key_any_more_shows_its_code(door: TestClient, database: Database) -> None:
    body = BODY | {"pay": "free", "tickets": [{"category": "child", "count": 1}]}
    code = door.post(ORDERS, json=body).json()["code"]
    with database.writing() as session:
        withdraw(session, "lang-gom", 1, NOW)

    (ticket,) = door.get(f"/api/v1/orders/{code}").json()["tickets"]

    assert ticket["signed"] == ticket["code"]

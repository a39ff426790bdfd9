"""Who may show a museum on a website: those whom it names, and only what visitors see."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from guide.visit.embedding.permission import framed_by, origins
from tests.widgets.conftest import FRIEND, OTHER

API = "/api/v1/museums/dao-xa"
READ = [
    API,
    f"{API}/stops",
    f"{API}/stops/cong-da",
    f"{API}/search?q=cong",
    f"{API}/slots",
    f"{API}/widgets/stops/cong-da",
    f"{API}/widgets/questions",
    f"{API}/widgets/tickets",
]
OWN = ["/", "/dao-xa", "/gate", "/office", "/counter", "/api/v1/gate/roster", "/api/v1/orders/ABCDEFGH", f"{API}/pack"]
QUESTION = {"question": "Cổng đá dựng năm nào?", "language": "vi"}


def allowed(answer: Any) -> str | None:
    found: str | None = answer.headers.get("access-control-allow-origin")
    return found


@pytest.mark.parametrize("path", READ)
def test_a_website_that_the_museum_names_reads_what_visitors_see(house: TestClient, path: str) -> None:
    answer = house.get(path, headers={"origin": FRIEND})

    assert (answer.status_code, allowed(answer)) == (200, FRIEND)
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", [OTHER, "null", "", f"{FRIEND}.evil.example", "http://tinh.vn", "https://tinh.vn:8"])
def test_a_stranger_reads_nothing(house: TestClient, origin: str) -> None:
    for path in READ:
        answer = house.get(path, headers={"origin": origin} if origin else {})

        assert allowed(answer) is None, path
        assert "Origin" in answer.headers["vary"], "no cache may hand one website's answer to another"


@pytest.mark.parametrize("path", READ)
def test_being_let_into_one_museum_opens_no_other(house: TestClient, path: str) -> None:
    assert allowed(house.get(path.replace("dao-xa", "lang-gom"), headers={"origin": FRIEND})) is None


@pytest.mark.parametrize("path", OWN)
def test_staff_orders_and_pages_are_read_by_no_other_website(house: TestClient, path: str) -> None:
    answer = house.get(path, headers={"origin": FRIEND})
    asked = house.options(path, headers={"origin": FRIEND, "access-control-request-method": "GET"})

    assert (allowed(answer), allowed(asked)) == (None, None)


def test_a_refusal_can_be_read_too(house: TestClient) -> None:
    answer = house.get(f"{API}/widgets/stops/khong-co?lang=en", headers={"origin": FRIEND})

    assert (answer.status_code, allowed(answer)) == (404, FRIEND)
    assert "khong-co" in answer.json()["message"]


def test_a_question_is_asked_beforehand_and_then_answered(house: TestClient) -> None:
    wanted = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    before = house.options(f"{API}/questions", headers={"origin": FRIEND, **wanted})
    answer = house.post(f"{API}/questions", json=QUESTION, headers={"origin": FRIEND})

    assert (before.status_code, allowed(before)) == (204, FRIEND)
    assert before.headers["access-control-allow-methods"] == "POST"
    assert before.headers["access-control-allow-headers"] == "content-type"
    assert (answer.status_code, allowed(answer)) == (200, FRIEND)


@pytest.mark.parametrize("door", ["questions", "counts", "orders", "spoken-questions"])
def test_a_stranger_may_not_even_ask(house: TestClient, door: str) -> None:
    asked = house.options(f"{API}/{door}", headers={"origin": OTHER, "access-control-request-method": "POST"})

    assert not [name for name in asked.headers if name.startswith("access-control")]


@pytest.mark.parametrize("door", ["orders", "spoken-questions"])
def test_buying_and_speaking_stay_with_the_museum(house: TestClient, door: str) -> None:
    asked = house.options(f"{API}/{door}", headers={"origin": FRIEND, "access-control-request-method": "POST"})

    assert allowed(asked) is None


def test_origins_are_compared_as_browsers_write_them(house: TestClient) -> None:
    assert origins(["https://Bảo-Tồn.vn:443", "http://localhost:8080"]) == (
        "https://" + "bảo-tồn.vn".encode("idna").decode(),
        "http://localhost:8080",
    )
    assert allowed(house.get(API, headers={"origin": "http://localhost:8080"})) == "http://localhost:8080"


@pytest.mark.parametrize(
    "written", ["https://a;b.vn", "https://a.vn'", "https://", "https://a.vn:99999", "https://a b"]
)
def test_what_is_no_origin_gets_into_no_header(written: str) -> None:
    assert origins([written]) == ()
    assert framed_by("frame-ancestors 'none'", [written]) == "frame-ancestors 'none'"


FRAMED = ["/dao-xa", "/dao-xa/stops/cong-da", "/dao-xa/tours/mot-vong", "/dao-xa/search?q=cong", "/dao-xa/ask"]
NEVER_FRAMED = ["/", "/lang-gom", "/dao-xa/tickets", "/gate", "/office/sign-in", "/counter", "/khong-co", "/widgets/"]


@pytest.mark.parametrize("path", FRAMED)
def test_a_museums_pages_are_framed_by_whom_it_names(house: TestClient, path: str) -> None:
    policy = house.get(f"{path}{'&' if '?' in path else '?'}lang=vi").headers["content-security-policy"]

    assert policy.endswith(
        "frame-ancestors " + " ".join(origins([FRIEND, "https://bảo-tồn.vn", "http://localhost:8080"]))
    )


@pytest.mark.parametrize("path", NEVER_FRAMED)
def test_what_sells_and_what_staff_use_is_framed_by_nobody(house: TestClient, path: str) -> None:
    answer = house.get(path, headers={"accept": "text/html"})

    assert "frame-ancestors 'none'" in answer.headers.get("content-security-policy", ""), answer.status_code


def test_a_recording_is_read_by_the_websites_of_any_museum_here(house: TestClient) -> None:
    """Its name is known to whoever was told it, and to nobody else."""
    url = house.get(f"{API}/widgets/stops/cong-da").json()["picture"]["url"]

    assert allowed(house.get(url, headers={"origin": FRIEND})) == FRIEND
    assert allowed(house.get(url, headers={"origin": OTHER})) is None
    assert "Origin" in house.get(url).headers["vary"]

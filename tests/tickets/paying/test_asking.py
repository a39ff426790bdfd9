"""Asking a provider for its page: a real server on this machine plays MoMo and payOS, well and badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from guide.tickets.paying import asking, momo, payos
from guide.tickets.paying.asking import ask
from guide.tickets.paying.contracts import Contract
from guide.tickets.paying.payment import ProviderAway
from tests.tickets.paying.conftest import Till
from tests.tickets.paying.world import AGREED, MUSEUM, sold, status_of, ways

pytestmark = pytest.mark.slow

PAYOS_ALONE = {MUSEUM.slug: Contract(payos=AGREED.payos)}


@dataclass
class Gateway:
    """What it is asked, and what it answers next."""

    url: str
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    open: threading.Event = field(default_factory=threading.Event)
    """Until then it answers nobody."""
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)

    def answers(self, **body: Any) -> None:
        self.body = json.dumps(body).encode()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = self.rfile.read(int(self.headers.get("content-length") or 0))
            there.asked.append(
                (self.path, {name.lower(): value for name, value in self.headers.items()}, json.loads(told or b"null"))
            )
            there.open.wait(30)
            self.send_response(there.status)
            for name, value in there.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(BrokenPipeError):
                self.wfile.write(there.body)

        do_GET = do_POST  # noqa: N815  # the name that the server asks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    there = Gateway(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    there.open.set()
    yield there
    there.open.set()
    server.shutdown()
    server.server_close()


def question(gateway: Gateway) -> Any:
    return ask("momo", f"{gateway.url}/v2", {"amount": 1, "info": "Vé"}, {"x-api-key": "k"})


def test_a_question_is_json_and_so_is_the_answer(gateway: Gateway) -> None:
    gateway.answers(resultCode=0)

    assert question(gateway) == {"resultCode": 0}

    path, headers, told = gateway.asked[0]
    assert (path, told) == ("/v2", {"amount": 1, "info": "Vé"})
    assert headers["content-type"] == "application/json"
    assert headers["x-api-key"] == "k"


def test_a_refusal_in_json_is_an_answer_too(gateway: Gateway) -> None:
    gateway.status = 400
    gateway.answers(resultCode=41)

    assert question(gateway) == {"resultCode": 41}


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (503, b"away"), (200, b""), (200, b"<html>"), (200, b"[]"), (400, b"no"), (200, b"x" * 100_000)],
)
def test_no_sensible_answer_is_a_kind_refusal(gateway: Gateway, status: int, body: bytes) -> None:
    gateway.status, gateway.body = status, body

    with pytest.raises(ProviderAway):
        question(gateway)


def test_nobody_there_is_a_kind_refusal(gateway: Gateway) -> None:
    with pytest.raises(ProviderAway):
        ask("momo", "http://127.0.0.1:9/v2", {}, {})


def test_a_slow_provider_is_not_waited_for(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PATIENCE_SECONDS", 0.2)
    gateway.open.clear()

    with pytest.raises(ProviderAway):
        question(gateway)

    assert len(gateway.asked) == 1


def test_what_is_signed_for_one_address_is_not_carried_to_another(gateway: Gateway) -> None:
    gateway.status, gateway.headers = 302, {"location": f"{gateway.url}/elsewhere"}

    with pytest.raises(ProviderAway):
        question(gateway)

    assert [path for path, _, _ in gateway.asked] == ["/v2"]


def test_a_visitor_is_led_to_the_page_that_momo_makes(till: Till, gateway: Gateway) -> None:
    till.open(addresses={"momo": gateway.url})
    order = sold(till.books, pay="momo")
    gateway.answers(resultCode=0, payUrl="https://test-payment.momo.vn/v2/gateway/pay?t=x")

    answer = till.browser.get(f"/orders/{order.code}/payment", follow_redirects=False)

    assert answer.headers["location"] == "https://test-payment.momo.vn/v2/gateway/pay?t=x"
    path, _, told = gateway.asked[0]
    assert AGREED.momo
    assert path == "/v2/gateway/api/create"
    assert told["signature"] == momo.signature(AGREED.momo, told, momo.ASKED)
    assert told["ipnUrl"] == "https://ve.example.vn/api/v1/payments/momo/notices"
    assert told["redirectUrl"] == f"https://ve.example.vn/orders/{order.code}/return/momo"


def test_a_visitor_is_led_to_the_page_that_payos_makes(till: Till, gateway: Gateway) -> None:
    till.open(contracts=PAYOS_ALONE, addresses={"payos": gateway.url})
    order = sold(till.books, pay="vietqr")
    gateway.answers(code="00", data={"checkoutUrl": "https://pay.payos.vn/web/abc"})

    answer = till.browser.get(f"/orders/{order.code}/payment", follow_redirects=False)

    assert answer.headers["location"] == "https://pay.payos.vn/web/abc"
    path, headers, told = gateway.asked[0]
    assert path == "/v2/payment-requests"
    assert headers["x-client-id"] == "lang-gom"
    assert told["orderCode"] == payos.attempts.number_of(order.code)


def test_while_a_provider_is_away_the_order_keeps_its_places(till: Till, gateway: Gateway) -> None:
    till.open(addresses={"momo": gateway.url})
    order = sold(till.books, pay="momo")
    gateway.status = 500

    answer = till.browser.get(f"/orders/{order.code}/payment", follow_redirects=False)

    assert answer.status_code == 503
    assert "Chỗ của bạn vẫn được giữ" in answer.text
    assert status_of(till.books, order) == "held"


def test_where_both_tell_of_transfers_the_square_is_on_our_own_page(till: Till) -> None:
    order = sold(till.books)

    assert ways(till.home).payment(order, "vietqr").kind == "qr"
    assert ways(till.home, PAYOS_ALONE).payment(order, "vietqr").kind == "link"

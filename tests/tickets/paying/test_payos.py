"""payOS: its documentation's own example is genuine, and what is not signed so is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guide.tickets.paying import attempts, payos
from guide.tickets.paying.contracts import Contract, PayOS
from guide.tickets.paying.payment import Arrived, ForgedNotice, ProviderAway, ProviderRefused, UnreadableNotice
from tests.tickets.box_office import NOW
from tests.tickets.paying import world
from tests.tickets.paying.test_vietqr import Asked

CODE = "K7M2QXR349"
AGREED = PayOS.model_validate(
    {
        "client_id": "lang-gom",
        "api_key": "payos-api-key",
        "checksum_key": "1a54716c8f0efb2744fb28b6e38b25da7f67a925d98bc1c18bd8faaecadd7675",
    }
)
DOCUMENTED: dict[str, Any] = {
    "code": "00",
    "desc": "success",
    "success": True,
    "data": {
        "orderCode": 123,
        "amount": 3000,
        "description": "VQRIO123",
        "accountNumber": "12345678",
        "reference": "TF230204212323",
        "transactionDateTime": "2023-02-04 18:25:00",
        "currency": "VND",
        "paymentLinkId": "124c33293c43417ab7879e14c8d9eb18",
        "code": "00",
        "desc": "Thành công",
        "counterAccountBankId": "",
        "counterAccountBankName": "",
        "counterAccountName": "",
        "counterAccountNumber": "",
        "virtualAccountName": "",
        "virtualAccountNumber": "",
    },
    "signature": "412e915d2871504ed31be63c8f62a149a4410d34c4c42affc9006ef9917eaa03",
}
"""payos.vn/docs/tich-hop-webhook/kiem-tra-du-lieu-voi-signature, key and all."""


def heard(sent: dict[str, Any]) -> Any:
    return payos.heard({"lang-gom": Contract(payos=AGREED)}, Arrived({}, (), json.dumps(sent).encode()), NOW)


def test_the_example_in_the_documentation_is_genuine() -> None:
    told = heard(DOCUMENTED)

    assert (told.dong, told.way, told.paid) == (3000, "vietqr", True)


def test_nothing_stands_for_null_when_it_is_signed() -> None:
    data = DOCUMENTED["data"] | {"counterAccountName": None}

    assert heard(DOCUMENTED | {"data": data}).dong == 3000


@pytest.mark.parametrize("name", sorted(DOCUMENTED["data"]))
def test_a_change_anywhere_in_its_data_is_a_forgery(name: str) -> None:
    with pytest.raises(ForgedNotice):
        heard(DOCUMENTED | {"data": DOCUMENTED["data"] | {name: 9}})


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_a_notice_without_data_is_none(data: object) -> None:
    with pytest.raises(UnreadableNotice):
        heard(DOCUMENTED | {"data": data})


def test_the_order_is_known_by_its_number_and_else_by_the_memo() -> None:
    by_number = payos.heard(world.CONTRACTS, world.payos_notice(CODE, description="xin chao"), NOW)
    by_memo = payos.heard(world.CONTRACTS, world.payos_notice(CODE, orderCode=0), NOW)

    assert by_number
    assert by_memo
    assert by_number.codes == by_memo.codes == (CODE,)


class Gateway:
    """Answers each question as payOS would, once."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Any, Any]] = []

    def __call__(self, provider: str, url: str, body: Any, headers: Any) -> dict[str, Any]:
        self.asked.append((url, body, headers))
        return self.answers.pop(0)


def test_a_page_is_asked_for_with_a_signature_over_the_five_documented_fields() -> None:
    gateway = Gateway({"code": "00", "data": {"checkoutUrl": "https://pay.payos.vn/web/abc"}})

    assert payos.page(AGREED, Asked(), "https://a.vn/back", gateway) == "https://pay.payos.vn/web/abc"

    url, body, headers = gateway.asked[0]
    number = attempts.number_of(CODE)
    message = f"amount=100000&cancelUrl=https://a.vn/back&description=SEN {CODE}&orderCode={number}&returnUrl=https://a.vn/back"
    assert url == "https://api-merchant.payos.vn/v2/payment-requests"
    assert headers == {"x-client-id": "lang-gom", "x-api-key": "payos-api-key"}
    assert body["signature"] == payos.reading.signature(AGREED.checksum_key, message)


def test_a_page_that_was_made_before_is_found_again() -> None:
    there = {"code": "231", "desc": "Đơn thanh toán đã tồn tại"}
    gateway = Gateway(there, {"code": "00", "data": {"id": "124c33", "status": "PENDING"}})

    assert payos.page(AGREED, Asked(), "https://a.vn/back", gateway) == "https://pay.payos.vn/web/124c33"


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ([{"code": "20"}], ProviderRefused),
        ([{"code": "231"}, {"code": "00", "data": {"id": "124c33", "status": "CANCELLED"}}], ProviderRefused),
        ([{"code": "00", "data": {"checkoutUrl": "http://elsewhere"}}], ProviderAway),
        ([{"code": "00", "data": []}], ProviderRefused),
    ],
)
def test_no_page_is_a_kind_refusal(answers: list[dict[str, Any]], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        payos.page(AGREED, Asked(), "https://a.vn/back", Gateway(*answers))

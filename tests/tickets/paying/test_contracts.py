"""The operator's own file of contracts: read strictly, mistakes named with their line, secrets never shown."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from structlog.testing import CapturingLogger

from guide.errors import GuideError
from guide.language import shipped_messages
from guide.tickets.paying import contracts
from guide.tickets.paying.contracts import FILE, parse, read_contracts
from tests.tickets.paying.world import MUSEUM, OTHER, ways

WHOLE = """
    lang-gom:
      vietqr: {bin: 970436, account: 0011001932418, name: BẢO TÀNG LÀNG GỐM}
      sepay: {api_key: the-secret-of-sepay}
      payos: {client_id: 4242, api_key: the-secret-of-payos, checksum_key: another-secret}
      vnpay: {tmn_code: 2QXUI4J4, hash_secret: the-secret-of-vnpay, sandbox: true}
      momo: {partner_code: MOMOLG, access_key: the-secret-access, secret_key: the-secret-of-momo}
    ben-tre:
      vietqr: {bin: "970422", account: "0123", name: BEN TRE}
      sepay: {secret: the-secret-of-sepay}
    ben-xa:
"""


def read(text: str) -> contracts.Contracts:
    return parse(dedent(text).lstrip("\n").encode(), FILE)


def test_a_contract_is_read_as_it_is_written() -> None:
    agreed = read(WHOLE)["lang-gom"]

    assert agreed.vietqr
    assert agreed.vietqr.account == "0011001932418", "an account that begins with zeros is no number"
    assert agreed.vnpay
    assert agreed.vnpay.sandbox
    assert agreed.momo
    assert not agreed.momo.sandbox
    assert read(WHOLE)["ben-xa"] == contracts.NOTHING


def test_a_secret_is_not_shown_by_accident() -> None:
    shown = f"{read(WHOLE)!r} {read(WHOLE)}"

    assert "the-secret" not in shown
    assert "another-secret" not in shown


MISTAKES: list[tuple[str, str]] = [
    (
        "lang-gom: {vietqr: {bin: 97043, account: '1234', name: A}}",
        "payments.yaml:1: giá trị của “lang-gom.vietqr.bin”",
    ),
    (
        "a:\n  vietqr:\n    bin: 970436\n    acount: 1234\n    name: A\n",
        "payments.yaml:4: không có khóa “a.vietqr.acount”",
    ),
    ("a:\n  vietqr: {bin: 970436, name: A}\n", "payments.yaml:2: thiếu “a.vietqr.account”"),
    ("a:\n  sepay: {api_key: the-secret-key}\n", "payments.yaml:1: thiếu “a.vietqr”"),
    ("a:\n  vietqr: {bin: 970436, account: 1234, name: A}\n  sepay: {}\n", "payments.yaml:3: thiếu “a.sepay.secret”"),
    (
        "a: {vnpay: {tmn_code: X, hash_secret: the-secret}}",
        "giá trị của “a.vnpay.tmn_code” không dùng được; ví dụ: 2QXUI4J4",
    ),
    ("a: {vnpay: {tmn_code: 2QXUI4J4, hash_secret: short}}", "giá trị của “a.vnpay.hash_secret” không dùng được"),
    ("a: {vnpay: {tmn_code: 2QXUI4J4, hash_secret: the-secret, sandbox: maybe}}", "ví dụ: true, false"),
    ("a: {}\na: {}\n", "payments.yaml:2: khóa “a” viết hai lần"),
    ("a:\n  momo: {}\n  momo: {}\n", "payments.yaml:3: khóa “momo” viết hai lần"),
    ("a:\n  paypal: {}\n", "payments.yaml:2: không có khóa “a.paypal”; ở chỗ này có thể viết: vietqr"),
    ("Côn Đảo: {}\n", "payments.yaml:1: không có khóa “Côn Đảo”"),
    ("a: 5\n", "payments.yaml:1: giá trị của “a” không dùng được"),
    ("- a\n", "payments.yaml:1: không đọc được"),
    ("just words\n", "payments.yaml:1: không đọc được"),
    ("a:\n  momo: [\n", "payments.yaml:3: không đọc được"),
    ("a:\n  vietqr: {bin: [970436]}\n", "payments.yaml:2: không đọc được"),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES, ids=[said[:60] for _, said in MISTAKES])
def test_a_mistake_is_named_with_its_line_and_without_the_secret(text: str, said: str) -> None:
    with pytest.raises(GuideError) as refused:
        read(text)

    sentence = shipped_messages().say("vi", f"errors.{refused.value.code}", **refused.value.facts)
    assert said in sentence
    assert "the-secret" not in f"{sentence} {refused.value!r} {refused.value.__cause__!r} {refused.value.__context__!r}"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(contracts.ContractsUnreadable):
        parse(b"\xff\xfe\x00", FILE)


def test_without_a_file_there_are_no_contracts(tmp_path: Path) -> None:
    assert read_contracts(tmp_path) == {}


@pytest.mark.parametrize(("mode", "complaints"), [(0o600, 0), (0o640, 1), (0o604, 1), (0o400, 0)])
def test_it_is_complained_of_when_others_can_read_it(
    tmp_path: Path, mode: int, complaints: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / FILE
    file.write_text(dedent(WHOLE), "utf-8")
    file.chmod(mode)

    logged = CapturingLogger()
    monkeypatch.setattr(contracts, "log", logged)

    read_contracts(tmp_path)

    assert len(logged.calls) == complaints
    assert "the-secret" not in str(logged.calls)


def test_a_museum_offers_what_its_contracts_allow(tmp_path: Path) -> None:
    there = ways(tmp_path)

    assert there.offered(MUSEUM, 100_000) == ["vietqr", "vnpay", "momo", "counter"]
    assert there.offered(MUSEUM, 60_000_000) == ["vietqr", "vnpay", "counter"], "MoMo takes 50 million at most"
    assert there.offered(MUSEUM, 900) == ["vietqr", "counter"]
    assert there.offered(MUSEUM, 0) == ["free"]
    assert there.offered(OTHER, 100_000) == ["counter"]


def test_an_account_that_nobody_tells_us_about_is_not_offered(tmp_path: Path) -> None:
    agreed = read("lang-gom: {vietqr: {bin: 970436, account: '1234', name: A}}")

    assert "vietqr" not in ways(tmp_path, agreed).offered(MUSEUM, 100_000)


def test_on_trial_everybody_can_try(tmp_path: Path) -> None:
    there = ways(tmp_path, {}, trial=True)

    assert there.offered(MUSEUM, 100_000) == ["vietqr", "counter", "simulator"]


def test_a_program_may_choose_the_simulator_whose_money_only_the_operator_has(tmp_path: Path) -> None:
    assert ways(tmp_path).accepted(MUSEUM, 100_000)[-1] == "simulator"

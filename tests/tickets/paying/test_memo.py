"""The order's code is found in what banks make of a memo, and in nothing else."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.tickets import codes
from guide.tickets.paying import attempts
from guide.tickets.paying.emv import LONGEST_MEMO
from guide.tickets.paying.memo import LONGEST, codes_in, memo_of
from guide.tours.codes import ALPHABET
from tests.tickets.box_office import NOW

CODE = "K7M2QXR349"
CODES = st.text(ALPHABET, min_size=9, max_size=9).map(codes.completed).filter(bool)
WORDS = """
Nguyen Thi Hong Nhung chuyen tien ve tham quan bao tang Con Dao ngay 25 thang 11 cam on nhieu HOA SEN VANG SEN HO TAY
thanh toan don hang so IBFT FT24330123456789 MBVCB.3278907687 CT tu 0011001932418 toi 0011001932418 tai VIETCOMBANK
QR - 970436 ND SENVANG GD 123456-11/24/26 09:02:37 ung ho lu lut Ma giao dich Trace 456789 ACB MOMO BIDV SML5 Ref
SENDER SENTOSA sen KHONG DAU trasua quan an phi thang luong NAPAS247 CKNHANH VND TGTT 2026 TPB TCB VPBANK7 VNPT S3N
""".split()

MADE_BY_BANKS = [
    "{code}",
    "SEN {code}",
    "SEN{code}",
    "sen {lower}",
    "SEN-{code}",
    "SEN.{code}",
    "SEN: {code}.",
    "S EN {code}",
    "MBVCB.3278907687.SEN {code}.CT tu 0123499999 NGUYEN VAN A toi 0011001932418",
    "MBVCB.3278907687.SEN{code}.CT tu 0123499999",
    "IBFT SEN {code} FT24330123456789",
    "NGUYEN VAN A chuyen tien SEN {code}",
    "NGUYENVANACHUYENTIENSEN{code}",
    "SEN {five} {rest}",
    "SEN {five}-{rest}",
    "SEN K 7M2QXR349",
    "sen\n{five}\n{rest} GD 123456",
    "QR-SEN {code}-241126-09:02:37 123456",
    "SENSEN{code}",
    "HOASEN SEN {code} HOASEN",
    "SEN {wide}",
    "0011001932418-TKThe :0123499999, tai MB. SEN {code} -CTLNHIDI000004",
    "{five} {rest} ve tham quan",
]


@pytest.mark.parametrize("written", MADE_BY_BANKS)
def test_the_code_is_found_however_a_bank_writes_the_memo(written: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in CODE)
    memo = written.format(code=CODE, lower=CODE.lower(), five=CODE[:5], rest=CODE[5:], wide=wide)

    assert codes_in(memo) == (CODE,)


@pytest.mark.parametrize(
    ("memo", "why"),
    [
        ("", "nothing"),
        ("SEN", "the sign alone"),
        (f"SEN {CODE[:-1]}", "cut"),
        (f"SEN {CODE[:-1]}.CT tu 0123499999", "cut, and what follows the dot is the bank's"),
        (f"SEN {CODE[:4]}{CODE[5]}{CODE[4]}{CODE[6:]}", "two letters swapped"),
        (f"SEN {CODE[:-1]}8", "one letter wrong"),
        ("SEN K7M2QXR34O", "a letter that no code has"),
        ("2345678923", "a bank's number"),
        ("FT24330123456789", "a bank's reference"),
        (f"X{CODE}9 no sign, and more around it", "part of a longer word"),
        ("cam on bao tang Con Dao", "thanks"),
    ],
)
def test_what_is_no_code_is_not_taken_for_one(memo: str, why: str) -> None:
    assert codes_in(memo) == (), why


def test_a_memo_that_names_two_orders_names_both_and_one_that_names_one_twice_names_one() -> None:
    other = codes.new(random.Random(7).randrange)

    assert codes_in(f"SEN {CODE} SEN {other}") == (CODE, other)
    assert codes_in(f"SEN {CODE} SEN{CODE}") == (CODE,)


def test_behind_our_sign_nothing_else_is_looked_at() -> None:
    other = codes.new(random.Random(8).randrange)

    assert codes_in(f"{other} SEN {CODE}") == (CODE,)


@given(CODES, st.data())
def test_every_code_survives_every_kind_of_handling(code: str, data: st.DataObject) -> None:
    before, after = (data.draw(st.lists(st.sampled_from(WORDS), max_size=8)) for _ in "ab")
    cut = data.draw(st.integers(0, codes.LENGTH))
    gap = data.draw(st.sampled_from(["", " ", "-", "\n"]))
    sign = data.draw(st.sampled_from(["SEN ", "SEN", "sen-", "SEN."]))

    memo = " ".join([*before, f"{sign}{code[:cut]}{gap}{code[cut:]}.", *after])

    assert code in codes_in(memo)


def test_words_of_real_memos_hardly_ever_make_a_code() -> None:
    """And then it is the code of an order only once in 10¹³: some 2 × 10¹³ codes are free."""
    chance = random.Random(20261124)
    memos = [" ".join(chance.choices(WORDS, k=12)) for _ in range(20_000)]

    mistaken = sum(bool(codes_in(memo)) for memo in memos)

    assert mistaken / len(memos) < 0.02


@pytest.mark.parametrize("before", ["", "SEN "], ids=["alone", "behind our sign"])
def test_of_random_words_as_long_as_a_code_not_one_in_a_hundred_looks_like_one(before: str) -> None:
    chance = random.Random(20261125)
    words = ["".join(chance.choices(string.ascii_uppercase + string.digits, k=codes.LENGTH)) for _ in range(20_000)]

    assert sum(bool(codes_in(before + word)) for word in words) / len(words) < 0.01


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert all(codes.is_code(code) for code in codes_in(text))


def test_a_memo_without_end_is_read_soon() -> None:
    assert codes_in("SEN " * 100_000) == ()
    assert codes_in("A" * LONGEST * 2) == ()


def test_our_memo_fits_into_a_square_and_needs_no_accents() -> None:
    assert len(memo_of(CODE)) <= LONGEST_MEMO
    assert memo_of(CODE).isascii()
    assert codes_in(memo_of(CODE)) == (CODE,)


@given(CODES)
def test_an_order_is_known_again_by_its_number_and_by_its_attempts(code: str) -> None:
    assert attempts.code_of_number(attempts.number_of(code)) == (code,)
    assert attempts.number_of(code) < 2**53
    assert attempts.code_of_attempt(attempts.attempt_of(code, NOW)) == (code,)


@pytest.mark.parametrize("number", [0, 123, 2**53, 30**9, 10**30])
def test_a_number_that_is_no_order_of_ours_names_none_or_one(number: int) -> None:
    assert all(codes.is_code(code) for code in attempts.code_of_number(number))
    assert len(attempts.code_of_number(number)) <= 1

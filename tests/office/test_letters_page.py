"""What could not be delivered is seen by somebody, who can send it again."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from guide.clock import Clock
from guide.language import shipped_messages
from guide.office.roles import Role
from guide.outgoing import Courier, Outgoing, Parcel, Undeliverable, send
from tests.office.conftest import Office

pytestmark = pytest.mark.slow

MAIL = Path(__file__).parent.parent.parent / "guide" / "mail.py"


def lost(office: Office, museum: str = "dao-xa", about: str = "K7M2QXR") -> UUID:
    """A letter that was given up."""

    def deliver(_: Parcel) -> None:
        raise Undeliverable("address-refused 550")

    with office.database.writing() as session:
        send(session, office.now, "letter", museum, about, what="order.paid")
    Courier(office.database, {"letter": deliver}, Clock(office.now)).go_round()
    with office.database.reading() as session:
        return session.scalars(sa.select(Outgoing.id).where(Outgoing.about == about)).one()


def test_a_letter_that_was_given_up_is_shown_with_its_reason(office: Office) -> None:
    lost(office)
    lost(office, museum="lang-gom", about="OTHERS")
    office.at_work(Role.ADMIN)

    page = office.get("/office/dao-xa/letters").text

    assert "Đơn K7M2QXR" in page
    assert "Máy chủ thư không nhận địa chỉ của khách (550)" in page
    assert "OTHERS" not in page


def test_it_is_sent_again_by_who_asks_for_it(office: Office) -> None:
    letter = lost(office)
    admin = office.at_work(Role.ADMIN)

    answer = office.post(f"/office/dao-xa/letters/{letter}/sending", {"csrf": admin.csrf})

    assert answer.status_code == 303
    went: list[Parcel] = []
    Courier(office.database, {"letter": went.append}, Clock(office.now)).go_round()
    assert [parcel.id for parcel in went] == [letter]
    assert "Không có thư nào chưa gửi được" in office.get("/office/dao-xa/letters").text


def test_one_that_has_gone_or_is_of_another_museum_is_not(office: Office) -> None:
    letter = lost(office, museum="lang-gom")
    admin = office.at_work(Role.ADMIN)

    for asked in (letter, uuid4()):
        assert office.post(f"/office/dao-xa/letters/{asked}/sending", {"csrf": admin.csrf}).status_code == 404


def test_every_reason_of_the_mail_room_is_told_in_words() -> None:
    told = re.findall(r"(?:Undeliverable|NotSent|__init__|told = )\(?f?\"([a-z-]+)", MAIL.read_text("utf-8"))

    assert len(set(told)) == 6
    for language in ("vi", "en"):
        assert {f"office.problem.{word}" for word in told} <= set(shipped_messages().words[language])

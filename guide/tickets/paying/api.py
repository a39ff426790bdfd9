"""The door that payment providers knock at with their signed notices."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from guide.tickets.paying.cashier import Cashier
from guide.tickets.paying.payment import Answer, Arrived
from guide.web import Now, held

router = APIRouter(prefix="/api/v1/payments", tags=["payments"])


async def _arrived(request: Request) -> Arrived:
    """Only its bytes are awaited: what they say is thought about elsewhere."""
    return Arrived(dict(request.headers), tuple(request.query_params.multi_items()), await request.body())


Noticed = Annotated[Arrived, Depends(_arrived)]


EXAMPLE = {
    "id": 92704,
    "gateway": "Vietcombank",
    "accountNumber": "0011001932418",
    "content": "SEN K7M2QXR349",
    "transferType": "in",
    "transferAmount": 100000,
}
BODY = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}, "example": EXAMPLE}}}}
"""SePay's, for the description; each provider sends its own."""


@router.post("/{provider}/notices", summary="What a provider tells of a payment, signed", openapi_extra=BODY)
def notice(provider: str, arrived: Noticed, cashier: Annotated[Cashier, held(Cashier)], now: Now) -> Response:
    return _told(cashier.hear(provider, arrived, now))


@router.get("/{provider}/notices", summary="The same, told in the address, as VNPay does")
def notice_by_address(
    provider: str, arrived: Noticed, cashier: Annotated[Cashier, held(Cashier)], now: Now
) -> Response:
    return _told(cashier.hear(provider, arrived, now))


def _told(answer: Answer) -> Response:
    return Response(status_code=answer.status) if answer.body is None else JSONResponse(answer.body, answer.status)

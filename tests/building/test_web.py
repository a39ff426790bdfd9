"""What every door shares: what cannot be read is said in the reader's language, and nobody brings a NUL."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

from guide.language import shipped_messages
from guide.shelf import Shelf
from guide.web import Edge, Form, Pages, answer_errors

router = APIRouter()


class Told(BaseModel):
    count: Annotated[int, Field(strict=True, ge=1, le=9)]
    word: Annotated[str, Field(max_length=5)] = ""


@router.get("/api/days")
def days(day: date, kind: Literal["a", "b"] = "a", number: UUID | None = None) -> str:
    return f"{day} {kind} {number}"


@router.post("/api/told")
def told(told: Told) -> str:
    return told.word


@router.get("/api/echo/{word}")
def echo(word: str, asked: Annotated[str, Query()] = "") -> list[str]:
    return [word, asked]


@router.post("/api/form")
def form(form: Form) -> dict[str, list[str]]:
    return form


@pytest.fixture(scope="module")
def browser() -> TestClient:
    app = FastAPI()
    app.state.shelf = Shelf({Pages: Pages(shipped_messages(), {})})
    app.include_router(router)
    answer_errors(app)
    app.add_middleware(Edge)
    return TestClient(app, headers={"accept": "application/json", "accept-language": "vi"})


WRONG = [
    ("GET", "/api/days", None, "KeyMissing", "day"),
    ("GET", "/api/days?day=hôm-nay", None, "NotADay", "day"),
    ("GET", "/api/days?day=2026-11-25&kind=c", None, "NotOneOf", "kind"),
    ("GET", "/api/days?day=2026-11-25&number=7", None, "Unusable", "number"),
    ("POST", "/api/told", {}, "KeyMissing", "count"),
    ("POST", "/api/told", {"count": "2"}, "NotWholeNumber", "count"),
    ("POST", "/api/told", {"count": 10}, "NumberTooLarge", "count"),
    ("POST", "/api/told", {"count": 1, "word": "dài quá"}, "TooLongOrShort", "word"),
    ("POST", "/api/told", [], "NotJson", "JSON"),
]


@pytest.mark.parametrize(("method", "path", "body", "error", "where"), WRONG)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_read_is_said_in_the_readers_language_at_every_door(
    browser: TestClient, method: str, path: str, body: object, error: str, where: str, language: str
) -> None:
    answer = browser.request(method, path, json=body, headers={"accept-language": language})
    told = answer.json()

    assert (answer.status_code, told["error"]) == (422, error)
    assert set(told) == {"error", "message", "request_id"}
    assert f"“{where}”" in told["message"]
    assert "Input" not in told["message"]
    assert "should" not in told["message"]


def test_a_form_has_no_nul(browser: TestClient) -> None:
    answer = browser.post("/api/form", content="na%00me=L%C3%AA%00&b=%0%000&c=\0d")

    assert answer.json() == {"name": ["Lê"], "b": ["%00"], "c": ["d"]}


@pytest.mark.parametrize("path", ["/api/echo/a%00b?asked=c%00d", "/api/echo/a?asked=%0%000", "/api/echo/%00?asked=%00"])
def test_an_address_has_no_nul(browser: TestClient, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 200
    assert not [word for word in answer.json() if "\0" in word]

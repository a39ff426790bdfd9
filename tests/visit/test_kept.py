"""Kept pages: what is kept is what would be made anew, and nothing is kept past its time."""

from __future__ import annotations

from datetime import date
from typing import Any

import anyio
from fastapi import Request
from fastapi.responses import HTMLResponse

from guide.counters import Happening, What
from guide.visit.kept import FRESH_SECONDS, MOST_PAGES, KeptAnswers, KeptPages

HAPPENING = Happening("dao-xa", date(2026, 11, 24), What.PAGE, "cong-da", "vi")


class Noted:
    def __init__(self) -> None:
        self.happenings: list[Happening] = []

    def note(self, happening: Happening) -> None:
        self.happenings.append(happening)


class Tick:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def scope(path: str = "/a", query: bytes = b"", **headers: str) -> dict[str, Any]:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": told}


def kept(fingerprint: list[str], tick: Tick, counters: Noted) -> KeptPages:
    return KeptPages(lambda: fingerprint[0], counters, tick)  # type: ignore[arg-type]  # it only notes


def test_the_same_question_gets_the_kept_page_and_is_counted_again() -> None:
    noted = Noted()
    pages = kept(["one"], Tick(), noted)
    pages.remember(Request(scope(accept_language="vi")), HTMLResponse("xin chào"), HAPPENING, "one")

    found = pages.find(scope(accept_language="vi"))

    assert found
    assert found.body == "xin chào".encode()
    assert noted.happenings == [HAPPENING]


def test_another_language_cookie_query_host_or_path_is_another_page() -> None:
    pages = kept(["one"], Tick(), Noted())
    pages.remember(Request(scope(accept_language="vi", cookie="lang=vi", host="a")), HTMLResponse("x"), None, "one")

    for other in (
        scope(accept_language="en", cookie="lang=vi", host="a"),
        scope(accept_language="vi", cookie="lang=en", host="a"),
        scope(accept_language="vi", cookie="lang=vi", host="b"),
        scope("/b", accept_language="vi", cookie="lang=vi", host="a"),
        scope(query=b"x=1", accept_language="vi", cookie="lang=vi", host="a"),
        {**scope(accept_language="vi", cookie="lang=vi", host="a"), "scheme": "https"},
    ):
        assert pages.find(other) is None


def test_what_somebody_sent_in_a_form_is_nobody_elses_page() -> None:
    pages = kept(["one"], Tick(), Noted())
    sent = Request(scope("/dao-xa/ask") | {"method": "POST"})

    answer = pages.remember(sent, HTMLResponse("what somebody asked"), None, "one")

    assert answer.body == b"what somebody asked"
    assert pages.find(scope("/dao-xa/ask")) is None


def test_a_new_edition_or_recording_makes_every_kept_page_stale() -> None:
    fingerprint = ["one"]
    pages = kept(fingerprint, Tick(), Noted())
    pages.remember(Request(scope()), HTMLResponse("x"), None, "one")

    fingerprint[0] = "two"

    assert pages.find(scope()) is None


def test_a_page_that_was_begun_before_a_new_edition_is_not_kept_as_the_new_one() -> None:
    fingerprint = ["one"]
    pages = kept(fingerprint, Tick(), Noted())
    made_of = pages.fingerprint()
    fingerprint[0] = "two"

    pages.remember(Request(scope()), HTMLResponse("old words"), None, made_of)

    assert pages.find(scope()) is None


def test_the_page_that_was_asked_for_longest_ago_is_the_first_to_go() -> None:
    pages = kept(["one"], Tick(), Noted())
    for number in range(MOST_PAGES):
        pages.remember(Request(scope(f"/{number}")), HTMLResponse("x"), None, "one")
    assert pages.find(scope("/0"))

    pages.remember(Request(scope("/new")), HTMLResponse("x"), None, "one")

    assert pages.find(scope("/0"))
    assert pages.find(scope("/1")) is None


def test_a_page_is_not_kept_past_its_time() -> None:
    tick = Tick()
    pages = kept(["one"], tick, Noted())
    pages.remember(Request(scope()), HTMLResponse("x"), None, "one")

    tick.seconds = FRESH_SECONDS + 0.1

    assert pages.find(scope()) is None


def test_a_kept_page_is_answered_whole_or_packed_as_the_browser_can() -> None:
    pages = kept(["one"], Tick(), Noted())
    pages.remember(Request(scope()), HTMLResponse("x" * 2000, 410), None, "one")

    plain, packed = answered(pages, scope()), answered(pages, scope(accept_encoding="gzip, br"))

    assert (plain[0]["status"], packed[0]["status"]) == (410, 410)
    assert plain[1]["body"] == b"x" * 2000
    assert (b"content-encoding", b"gzip") in packed[0]["headers"]
    assert len(packed[1]["body"]) < 100


def answered(pages: KeptPages, asked: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("a kept page needs no body")

    async def nowhere(*_: Any) -> None:
        raise AssertionError("the application is not asked")

    # the key holds the accept-encoding apart, so the same kept page serves both
    anyio.run(KeptAnswers(nowhere, pages).__call__, asked, receive, send)
    return sent

"""The edge: refusals in the reader's language, hardened headers, one transaction a request, no stall on small posts."""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import sqlalchemy as sa
import structlog
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlmodel import Session

from guide.app import furnish_front
from guide.counters import Count
from guide.database import Database
from guide.language import shipped_messages
from guide.shelf import Shelf
from guide.visit import api, examples
from guide.visit.front import Front
from guide.web import REFUSED_STOP, Reading, Refusal, Writing, answer_errors
from tests.flows.conftest import House, write_museum

ROOT = Path(__file__).parent.parent.parent


FACTS = {"museum": "nowhere", "stop": "nothing", "where": "q"}


class TestErrors:
    @pytest.mark.parametrize("language", ["vi", "en"])
    @pytest.mark.parametrize(
        ("path", "status", "code"),
        [
            ("/api/v1/museums/nowhere", 404, "NoSuchMuseum"),
            ("/api/v1/museums/dao-xa/stops/nothing", 404, "NoSuchStop"),
            ("/api/v1/nothing/at/all", 404, "NotFound"),
            ("/api/v1/museums/dao-xa/counts", 405, "MethodNotAllowed"),
            ("/api/v1/museums/dao-xa/search?q=" + "a" * 3000, 422, "TooLongOrShort"),
        ],
    )
    def test_a_program_hears_a_code_a_sentence_and_a_request_id(
        self, house: House, path: str, status: int, code: str, language: str
    ) -> None:
        answer = house.browser.get(path, headers={"accept": "application/json", "accept-language": language})
        told = answer.json()

        assert (answer.status_code, told["error"]) == (status, code)
        assert set(told) == {"error", "message", "request_id"}
        assert told["request_id"] == answer.headers["x-request-id"]
        assert told["message"] == shipped_messages().say(language, f"errors.{code}", **FACTS)

    def test_a_person_gets_a_kind_page(self, house: House) -> None:
        answer = house.browser.get("/no-such-museum")

        assert answer.headers["content-type"].startswith("text/html")
        assert "Ở đây không có bảo tàng" in answer.text

    def test_what_was_typed_is_never_taken_for_markup(self, house: House) -> None:
        for path in (
            "/<script>alert(1)</script>",
            "/q/<b>x",
            "/dao-xa/search?q=<script>x</script>",
            "/dao-xa/go?number=<i>",
        ):
            assert "<script>alert" not in house.browser.get(path).text
            assert "<script>x" not in house.browser.get(path).text
            assert "<b>x" not in house.browser.get(path).text
            assert "<i>" not in house.browser.get(path).text

    def test_nobody_can_fill_the_memory_with_a_long_letter(self, house: House) -> None:
        path = "/api/v1/museums/dao-xa/counts"
        long = house.browser.post(path, content=b"x" * 70_000, headers={"accept": "application/json"})
        endless = house.browser.post(path, content=iter([b"x"]), headers={"accept": "application/json"})

        assert (long.status_code, long.json()["error"]) == (413, "TooLarge")
        assert endless.status_code == 413


class TestTheApiTellsOfItself:
    @pytest.mark.parametrize(
        ("shape", "example"),
        [
            (api.MuseumAnswer, examples.MUSEUM),
            (api.StopLine, examples.LINE),
            (api.StopAnswer, examples.STOP),
            (api.SearchLine, examples.FOUND),
            (api.Counted, examples.COUNTED),
            (Refusal, REFUSED_STOP),
        ],
    )
    def test_an_example_is_an_answer(self, shape: type[BaseModel], example: dict[str, Any]) -> None:
        assert shape.model_validate(example).model_dump(mode="json") == example

    def test_every_answer_at_api_has_its_example(self, house: House) -> None:
        shapes = house.browser.get("/api").json()["components"]["schemas"]

        for name in ("MuseumAnswer", "StopLine", "StopAnswer", "SearchLine", "Counted", "Refusal"):
            assert shapes[name]["examples"], name


class TestSurprises:
    @pytest.fixture
    def broken(self, house: House) -> House:
        """The museum's page asks for something that is not on the shelf."""
        app: Any = house.browser.app
        app.state.shelf = Shelf({Front: None}).over(app.state.shelf)
        return house

    def test_a_surprise_is_a_500_with_a_name_to_ask_for(self, broken: House) -> None:
        answer = broken.browser.get("/dao-xa", headers={"accept": "application/json"})

        assert (answer.status_code, answer.json()["error"]) == (500, "Surprise")
        assert answer.json()["request_id"] == answer.headers["x-request-id"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "Traceback" not in answer.text

    def test_the_log_says_which_door_and_not_what_opens_it(self, broken: House) -> None:
        with structlog.testing.capture_logs() as logs:
            broken.browser.get("/dao-xa/stops/cong-da")

        assert [line["path"] for line in logs if line["event"] == "surprise"] == ["/{museum}/stops/{slug}"]

    def test_a_person_is_told_kindly(self, broken: House) -> None:
        answer = broken.browser.get("/dao-xa")

        assert answer.status_code == 500
        assert "ngoài dự tính" in answer.text


class TestHeaders:
    def test_nothing_runs_that_is_not_ours(self, house: House) -> None:
        for path in ("/dao-xa", "/dao-xa/stops/cong-da", "/no-such-museum", "/dao-xa/search?q=x"):
            policy = house.browser.get(path).headers["content-security-policy"]

            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "http" not in policy

    def test_the_inline_script_is_the_one_that_is_let_in_and_it_is_small(self, house: House) -> None:
        page = house.browser.get("/dao-xa/stops/cong-da").text
        front = Front(ROOT / "pwa")

        assert f"<script>{front.script}</script>" in page
        assert len(front.script.encode()) <= 4096
        assert " onclick=" not in page
        assert " style=" not in page

    def test_every_answer_is_hardened_and_named(self, house: House) -> None:
        for path in ("/dao-xa", "/healthz", "/assets/sw.js", "/api/v1/museums/dao-xa"):
            headers = house.browser.get(path).headers

            assert headers["x-content-type-options"] == "nosniff"
            assert len(headers["x-request-id"]) == 12

    @pytest.mark.parametrize("path", ["/dao-xa", "/dao-xa/stops/cong-da", "/q/2222222", "/healthz", "/sitemap.xml"])
    def test_a_head_is_the_answer_without_its_body(self, house: House, path: str) -> None:
        whole, head = house.browser.get(path), house.browser.head(path)

        assert head.content == b""
        assert head.status_code == whole.status_code
        assert head.headers["content-type"] == whole.headers["content-type"]

    def test_the_language_that_is_remembered_is_all_that_is_remembered(self, house: House) -> None:
        answer = house.browser.get("/dao-xa?lang=en")

        assert [name for name, _ in answer.cookies.items()] == ["lang"]
        assert "httponly" in answer.headers["set-cookie"].lower()

    def test_it_tells_whether_it_lives_and_whether_it_can_work(self, house: House) -> None:
        assert house.browser.get("/healthz").text == "ok\n"
        assert house.browser.get("/readyz").text == "ready\n"


class TestOneRequestIsOneTransaction:
    def test_a_visitor_never_sees_a_success_that_we_lost(self, house: House) -> None:
        scope = get_args(Writing)[1]

        assert posting(house, scope).post("/x", headers={"accept": "application/json"}).status_code == 500

    def test_with_the_usual_scope_the_visitor_would_be_told_a_lie(self, house: House) -> None:
        """The guard off: FastAPI's default answers first and commits afterwards."""
        scope = Depends(get_args(Writing)[1].dependency, scope="request")

        assert posting(house, scope).post("/x", headers={"accept": "application/json"}).status_code == 201

    def test_reading_leaves_nothing_behind(self, house: House) -> None:
        app = FastAPI()
        app.state.shelf = house.shelf

        @app.get("/x")
        def write_while_reading(session: Reading) -> None:
            session.execute(sa.insert(Count).values(ROW))

        TestClient(app).get("/x")

        with house.shelf[Database].reading() as session:
            assert session.get(Count, tuple(ROW.values())[:5]) is None

    def test_writing_is_there_when_the_answer_is(self, house: House) -> None:
        app = FastAPI()
        app.state.shelf = house.shelf

        @app.post("/x")
        def write(session: Writing) -> None:
            session.execute(sa.insert(Count).values(ROW))

        TestClient(app).post("/x")

        with house.shelf[Database].reading() as session:
            assert session.get(Count, tuple(ROW.values())[:5])


ROW: dict[str, Any] = {"museum": "m", "day": date(2026, 1, 1), "what": "w", "key": "k", "language": "vi", "times": 1}


class Unlucky(Database):
    """Everything goes well until the commit."""

    def __init__(self) -> None:
        """It has no engine: it never gets that far."""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        yield Session()
        raise OSError("the disk is full")


def posting(house: House, scope: Any) -> TestClient:
    app = FastAPI()
    app.state.shelf = furnish_front(Shelf({Database: Unlucky()}).over(house.shelf))
    app.state.policy = ""
    answer_errors(app)

    @app.post("/x", status_code=201, dependencies=[scope])
    def write() -> None:
        """Nothing but the transaction."""

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.slow
def test_small_posts_on_one_connection_do_not_stall(tmp_path: Path) -> None:
    """On plain asyncio two workers stall 44 ms a request, because their sockets lack TCP_NODELAY."""
    folder = write_museum(tmp_path / "dao-xa")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {**os.environ, "GUIDE_HOME": str(tmp_path / "home"), "GUIDE_LOG_LEVEL": "error"}
    guide = [sys.executable, "-m", "guide"]
    subprocess.run(
        [*guide, "publish", str(folder), "--no-audio"], env=settings, cwd=ROOT, check=True, capture_output=True
    )
    command = [*guide, "serve", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=settings, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        quarters = [statistics.quantiles(posted(port, 50), n=4)[0] for _ in range(5)]
    finally:
        process.kill()
        process.wait(timeout=90)

    assert min(quarters) < 0.03, "a stalled post takes 0.04 s, whatever else this machine does"
    assert is_free(port, within=60), "workers whose parent was killed hold the port"


def is_free(port: int, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return True
        time.sleep(0.1)
    return False


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            posted(port, 1)
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise AssertionError("no server")


def posted(port: int, count: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"what": "play", "key": "cong-da", "language": "vi"})
    times = []
    for _ in range(count):
        began = time.perf_counter()
        connection.request("POST", "/api/v1/museums/dao-xa/counts", body, {"content-type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        assert answer.status == 204
    connection.close()
    return times

"""A real browser that reads pockets: the modules and the files are handed to it without any server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from tests.browser.conftest import FLAGS, browser_there

PWA = Path(__file__).parents[3] / "pwa"
HOST = "http://pocket.test"
ASK_ALL = """async ([file, asked]) => {
  const { Pocket } = await import("/lib/pocket/pocket.js");
  const pocket = new Pocket(await (await fetch(file)).json());
  return asked.map(({ question, ...around }) => pocket.ask(question, around));
}"""
FIND_ALL = """async ([file, queries]) => {
  const { Finder } = await import("/lib/pocket/search/finding.js");
  const finder = new Finder(await (await fetch(file)).json());
  return queries.map((query) => finder.find(query));
}"""


TAMPERED = """async ([file, [spoil, question]]) => {
  const { Pocket } = await import("/lib/pocket/pocket.js");
  const pocket = new Pocket(await (await fetch(file)).json());
  new Function("pocket", spoil)(pocket);
  try { return [pocket.ask(question).answer]; } catch (problem) { return [problem.constructor.name]; }
}"""


@dataclass
class Reader:
    page: Page
    files: dict[str, bytes]

    def ask(self, pocket: bytes, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self._told(ASK_ALL, pocket, asked)

    def find(self, findable: bytes, queries: list[str]) -> list[list[dict[str, Any]]]:
        return self._told(FIND_ALL, findable, queries)

    def ask_spoilt(self, pocket: bytes, spoil: str, question: str) -> str:
        """What becomes of an answer that something in the phone has spoilt."""
        return str(self._told(TAMPERED, pocket, [spoil, question])[0])

    def _told(self, program: str, file: bytes, asked: list[Any]) -> list[Any]:
        self.files["/file.json"] = file
        told: list[Any] = self.page.evaluate(program, ["/file.json", asked])
        return told

    def serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path in self.files:
            route.fulfill(body=self.files[path], content_type="application/json")
        elif path == "/":
            route.fulfill(body="<!doctype html><title>pocket</title>", content_type="text/html")
        else:
            route.fulfill(body=(PWA / path.lstrip("/")).read_bytes(), content_type="text/javascript")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_there(), args=FLAGS)
        reading = Reader(chromium.new_page(), {})
        reading.page.route("**/*", reading.serve)
        reading.page.goto(f"{HOST}/")
        yield reading
        chromium.close()


def shown(told: dict[str, Any]) -> str:
    """What differs is printed so that it can be read."""
    return json.dumps({"refused": told["refused"], "answer": told["answer"]}, ensure_ascii=False)

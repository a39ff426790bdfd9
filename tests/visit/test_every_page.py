"""No page escapes the tests that go through every page: a new door stands in their list, or among those without one."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from tests.browser.pages import NO_PAGES, PAGES
from tests.flows.conftest import House

STAFFS_AND_PROGRAMS = ("/api", "/office", "/counter", "/gate", "/studio")


def test_every_door_that_visitors_open_is_in_the_list(house: House) -> None:
    assert isinstance(house.browser.app, FastAPI)
    doors = {
        route.path
        for route in iter_route_contexts(house.browser.app.routes)
        if "GET" in (route.methods or ()) and not route.path.startswith(STAFFS_AND_PROGRAMS)
    }

    assert doors - set(PAGES) - NO_PAGES == set(), "these doors are in no list of tests/browser/pages.py"
    assert set(PAGES) - doors == set(), "these pages are no longer there"
    assert not set(PAGES) & NO_PAGES

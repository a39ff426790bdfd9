"""Every door for staff, tried by everybody: nobody in, somebody of another museum, and each role."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from guide.office.roles import MAY, Act, Role, may
from tests.office.conftest import HERE, Office
from tests.office.doors import BODIES, COLUMNS, DOORS, UNDER, Door
from tests.office.staff import AtWork

FILLED = {"museum": "dao-xa", "person": "00000000-0000-4000-8000-000000000000"}
REFUSED = {"NotSignedIn", "NotYourDoor", "FromElsewhere"}


def doors_of(app: FastAPI) -> list[str]:
    routes = [(method, route.path) for route in iter_route_contexts(app.routes) for method in route.methods or ()]
    return [f"{method} {path}" for method, path in routes if method != "HEAD" and is_staffs(path)]


def is_staffs(path: str) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in UNDER)


def address(door: Door) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: FILLED.get(found[1], FILLED["person"]), door.address)


def arrive(office: Office, who: str) -> AtWork | None:
    if who == "stranger":
        office.browser.cookies.clear()
        return None
    if who == "elsewhere":
        return office.at_work(Role.ADMIN, museum="lang-gom")
    return office.at_work(Role(who))


def knock(office: Office, door: Door, staff: AtWork | None, csrf: bool = True) -> tuple[int, str]:
    """The status, and the name of the refusal."""
    headers = HERE | {"accept": "application/json"} | ({"x-csrf": staff.csrf} if staff and csrf else {})
    asked: dict[str, Any] = {"headers": headers, "json": BODIES.get(door.address)}
    answer = office.browser.request(door.method, address(door), follow_redirects=False, **asked)
    is_json = answer.headers.get("content-type") == "application/json"
    return answer.status_code, answer.json().get("error", "") if is_json else ""


def met(expected: str, status: int, error: str) -> bool:
    match expected:
        case "sign-in":
            return (status, error) == (401, "NotSignedIn")
        case "no":
            return (status, error) == (403, "NotYourDoor")
        case "device":
            return status in (401, 403) and error not in REFUSED
        case "open" | "in":
            return status < 500 and error not in REFUSED
    raise ValueError(expected)


def test_every_door_stands_in_the_table_once(served: FastAPI) -> None:
    assert sorted(doors_of(served)) == sorted(map(str, DOORS))


@pytest.mark.parametrize("who", COLUMNS)
def test_a_door_lets_in_whom_the_table_says(office: Office, who: str) -> None:
    found = []
    for door in DOORS:
        status, error = knock(office, door, arrive(office, who))
        if not met(door.expected[who], status, error):
            found.append((str(door), "expected", door.expected[who], "met", status, error))

    assert found == []


GUARDED = [door for door in DOORS if door.expected["admin"] == "in"]


def test_a_form_without_its_token_changes_nothing(office: Office) -> None:
    staff = arrive(office, "admin")
    forms = [door for door in GUARDED if door.method != "GET"]

    assert {str(door): knock(office, door, staff, csrf=False) for door in forms} == dict.fromkeys(
        map(str, forms), (403, "FromElsewhere")
    )


def test_no_door_leads_into_a_museum_that_is_not_there(office: Office) -> None:
    staff = office.at_work(Role.ADMIN, museum="*")
    inside = [door for door in GUARDED if "{museum}" in door.address]
    nowhere = [replace(door, address=door.address.replace("{museum}", "no-such")) for door in inside]

    assert {str(door): knock(office, door, staff) for door in nowhere} == dict.fromkeys(
        map(str, nowhere), (404, "NoSuchWorkplace")
    )


def test_a_person_who_is_not_signed_in_is_led_to_sign_in_and_back(office: Office) -> None:
    for door in GUARDED:
        if door.method == "GET":
            answer = office.get(address(door))

            assert answer.status_code == 303
            assert answer.headers["location"] == f"/office/sign-in?then={address(door)}"


def test_who_has_a_post_at_every_museum_comes_in_everywhere(office: Office) -> None:
    office.at_work(Role.ADMIN, museum="*")

    assert [office.get(f"/office/{museum}/people").status_code for museum in ("dao-xa", "lang-gom")] == [200, 200]


@pytest.mark.parametrize(
    ("roles", "acts"),
    [
        (set(), set()),
        ({Role.GATE}, {Act.ADMIT}),
        ({Role.DESK}, {Act.ADMIT, Act.SELL, Act.GIVE_BACK, Act.SEE_REPORTS}),
        ({Role.GATE, Role.DESK}, {Act.ADMIT, Act.SELL, Act.GIVE_BACK, Act.SEE_REPORTS}),
        ({Role.ADMIN}, set(Act)),
    ],
)
def test_each_role_may_do_what_it_is_for(roles: set[Role], acts: set[Act]) -> None:
    assert {act for act in Act if may(frozenset(roles), act)} == acts
    assert set(MAY) == set(Role)

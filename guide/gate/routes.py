"""The staff's door to the gates: pair a device, send one away, see who came in where, and what contradicts itself."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from guide.clock import day_in
from guide.gate import conflicts, devices
from guide.gate.counting import on_day
from guide.office.door import Staff, allowed, back_to, page
from guide.office.roles import Act
from guide.office.workplaces import Workplaces
from guide.tours.squares import square
from guide.web import Form, Now, Reading, Writing

router = APIRouter(prefix="/office/{museum}", include_in_schema=False)
KeepsGates = Annotated[Staff, allowed(Act.KEEP_GATES)]


@router.get("/gates")
def gates(request: Request, staff: KeepsGates, session: Reading, now: Now) -> Response:
    return _gates(request, staff, session, now)


@router.post("/gates")
def invite(museum: str, request: Request, staff: KeepsGates, session: Writing, form: Form, now: Now) -> Response:
    name, gate = (form.get(field, [""])[0] for field in ("name", "gate"))
    try:
        device, word = devices.invite(session, museum, name, gate, staff.who, now)
    except devices.NameMissing as error:
        return _gates(request, staff, session, now, error.status, refused=error)
    link = devices.link(request.app.state.public_url or str(request.base_url), word)
    return _gates(request, staff, session, now, invited=device, link=link, square=square(link))


@router.post("/gates/{device}/revocation")
def revoke(museum: str, device: UUID, staff: KeepsGates, session: Writing, now: Now) -> Response:
    devices.revoke(session, museum, device, staff.who, now)
    return back_to(f"/office/{museum}/gates")


@router.post("/conflicts/seen")
def see(museum: str, staff: KeepsGates, session: Writing, form: Form, now: Now) -> Response:
    """Devices think their scans' ids up themselves, so none stands in an address."""
    conflicts.see(session, museum, form.get("scan", [""])[0], staff.who, now)
    return back_to(f"/office/{museum}/gates#conflicts")


def _gates(request: Request, staff: Staff, session: Reading, now: Now, status: int = 200, **shown: object) -> Response:
    workplace = request.app.state.shelf[Workplaces][staff.museum]
    today = day_in(workplace.time_zone, now)
    everything = {
        "counts": tuple(on_day(session, staff.museum, today, workplace.time_zone)),
        "conflicts": conflicts.listed(session, staff.museum),
        "devices": [devices.shown(device, now) for device in devices.of_museum(session, staff.museum)],
        "local": workplace.local,
        "refused": None,
        "invited": None,
        "link": "",
        "square": None,
    }
    return page(request, "gate/gates.html", staff, status, **(everything | shown))

"""The door for devices at the gates: paired once, then scans in, verdicts out, and the roster to take along."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from guide.clock import Clock
from guide.database import Database
from guide.gate import devices
from guide.gate.admission import Scanned, admit
from guide.gate.offline import told_late
from guide.gate.roster import etag, roster
from guide.gate.syncing import sync
from guide.gate.verdicts import Admission, Verdict, sentence
from guide.language import choose
from guide.shelf import Shelf
from guide.tickets.letters.telling import Tongue
from guide.tours.catalogue import Catalogues, Museum
from guide.web import Now, Pages, Reading, Writing, wishes

router = APIRouter(prefix="/api/v1/gate", tags=["gate"])
MOST_SCANS = 1000
LARGER = {"/api/v1/gate/admissions": 1024 * 1024}
"""What a batch of so many scans may weigh, in bytes."""
BEARER = "bearer "


SCAN: dict[str, Any] = {"scan_id": "5b0c6f0e-4c1c-4a57", "code": "K7M2QXR2AC", "at": "2026-11-24T02:00:00Z", "count": 1}
RESULT: dict[str, Any] = {
    "scan_id": "5b0c6f0e-4c1c-4a57",
    "verdict": "welcome",
    "message": "Mời vào.",
    "left": 0,
    "admits": 1,
    "again": False,
    "category": "Sinh viên",
    "category_slug": "student",
    "evidence": "Thẻ sinh viên",
    "conflict": None,
}


class Scan(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    scan_id: Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{1,60}$")]
    """Made by the device: the same scan told again has the same one."""
    code: Annotated[str, StringConstraints(max_length=8000)]
    at: AwareDatetime
    """When it was scanned. Told more than two minutes later, it is judged by this moment, seven days back at most."""
    count: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1
    offline: Annotated[bool, Field(strict=True)] = False
    """The device let them in by itself, where it had no network; or said what `verdict` tells."""
    verdict: Verdict | None = None
    """What the device said by itself, where it had no network."""

    @property
    def said(self) -> Verdict | None:
        return Verdict.WELCOME if self.offline and self.verdict is None else self.verdict


class Scans(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [{"scans": [SCAN]}]})
    scans: Annotated[list[Scan], Field(min_length=1, max_length=MOST_SCANS)]


class Result(BaseModel):
    scan_id: str
    verdict: Verdict
    message: str
    left: int
    admits: int
    again: bool
    category: str | None
    category_slug: str | None
    evidence: str | None
    conflict: Verdict | None


class Results(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"results": [RESULT]}]})
    results: list[Result]


class Pairing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    pairing: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    """The word, or the whole link that holds it."""


class Paired(BaseModel):
    token: str
    device: UUID
    museum: str
    name: str
    gate: str


@router.post("/devices", status_code=201, summary="A device brings its pairing word, once, and gets its token")
def pair(pairing: Pairing, session: Writing, now: Now) -> Paired:
    return Paired(**vars(devices.pair(session, pairing.pairing, now)))


@router.post("/admissions", summary="Scans in, verdicts out; the same scan twice is one", response_model=Results)
def admissions(sent: Scans, request: Request) -> Response:
    shelf: Shelf = request.app.state.shelf
    now, token, database = shelf[Clock].now(), token_of(request), shelf[Database]
    catalogue, scans = shelf[Catalogues].current, [_scanned(scan, token) for scan in sent.scans]
    if len(scans) == 1 and scans[0].verdict is None and not told_late(scans[0].at, now):
        found = [admit(database, catalogue, token, scans[0], now)]
    else:
        found = sync(database, catalogue, token, scans, now)
    tongue = tongue_of(request, catalogue.named(found[0].museum))
    return JSONResponse({"results": [_told(*one, tongue) for one in zip(sent.scans, found, strict=True)]})


@router.get("/roster", summary="What a gate takes along: today's tickets by hashes, keys and rules")
def today(request: Request, session: Reading, now: Now) -> Response:
    shelf: Shelf = request.app.state.shelf
    device = devices.known(session, token_of(request), devices.ROSTER)
    museum, messages = shelf[Catalogues].current.named(device.museum), shelf[Pages].messages
    tongues = {language: Tongue(museum, messages, language) for language in messages.languages}
    told = roster(session, device, museum, tongues, now)
    headers = {"etag": f'"{etag(told)}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse(told, headers=headers)


def token_of(request: Request) -> str:
    told = request.headers.get("authorization", "")
    if not told.lower().startswith(BEARER):
        raise devices.NotPaired
    return told[len(BEARER) :].strip()


def tongue_of(request: Request, museum: Museum) -> Tongue:
    messages = request.app.state.shelf[Pages].messages
    offered = dict.fromkeys([*museum.sheet.languages, *messages.languages])
    return Tongue(museum, messages, choose(wishes(request), offered, museum.sheet.source_language))


def _scanned(scan: Scan, token: str) -> Scanned:
    return Scanned(devices.scan_of(token, scan.scan_id), scan.code, scan.at, scan.count, scan.said)


def _told(scan: Scan, admission: Admission, tongue: Tongue) -> dict[str, Any]:
    seen = admission.seen
    return {
        "scan_id": scan.scan_id,
        "verdict": admission.verdict.value,
        "message": sentence(admission, tongue),
        "left": admission.left,
        "admits": seen.admits if seen else 0,
        "again": admission.again,
        "category": tongue.category(seen.category) if seen else None,
        "category_slug": seen.category if seen else None,
        "evidence": (tongue.evidence(seen.category, seen.day) or None) if seen else None,
        "conflict": admission.conflict.value if admission.conflict else None,
    }

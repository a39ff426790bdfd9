"""Every door for staff and for gates, and who comes through it: one line a door.

A door that stands in no line fails `test_doors.py`, and so does a line without a door. To add one, write its method
and its address as in the route, and a word for each who stands before it:

    in      comes in: is not refused as a person (what they ask for may still not be there)
    no      is told that this is not their door (403 NotYourDoor)
    sign-in is led to the sign-in page, or as a program told 401 NotSignedIn
    open    nobody is asked who they are
    device  a gate's device with its own token; nobody else, whoever is signed in (401 or 403)

A door whose JSON is read before anybody is asked has an example in `BODIES`.
The columns: nobody signed in; signed in but without a role at this museum; gate; desk; admin.
"""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = ("stranger", "elsewhere", "gate", "desk", "admin")
UNDER = ("/office", "/counter", "/gate", "/api/v1/gate")

TABLE = """
#      door                                          stranger  elsewhere  gate    desk    admin
GET    /office/sign-in                               open      open       open    open    open
POST   /office/sign-in                               open      open       open    open    open
GET    /office/invitation/{word}                     open      open       open    open    open
POST   /office/invitation/{word}                     open      open       open    open    open

GET    /office                                       sign-in   in         in      in      in
POST   /office/sign-out                              sign-in   in         in      in      in
GET    /office/password                              sign-in   in         in      in      in
POST   /office/password                              sign-in   in         in      in      in

GET    /office/{museum}/people                       sign-in   no         no      no      in
POST   /office/{museum}/people                       sign-in   no         no      no      in
POST   /office/{museum}/people/{person}/link         sign-in   no         no      no      in
POST   /office/{museum}/people/{person}/roles        sign-in   no         no      no      in
POST   /office/{museum}/people/{person}/ending       sign-in   no         no      no      in
GET    /office/{museum}/letters                      sign-in   no         no      no      in
POST   /office/{museum}/letters/{letter}/sending     sign-in   no         no      no      in
GET    /office/{museum}/audit                        sign-in   no         no      no      in

GET    /office/{museum}/payments                     sign-in   no         no      no      in
POST   /office/{museum}/payments/orders              sign-in   no         no      no      in
POST   /office/{museum}/payments/remarks             sign-in   no         no      no      in
POST   /office/{museum}/refunds/{refund}/sending     sign-in   no         no      no      in

GET    /counter                                      sign-in   in         no      in      in
GET    /counter/{museum}                             sign-in   no         no      in      in
POST   /counter/{museum}/basket                      sign-in   no         no      in      in
POST   /counter/{museum}/shifts                      sign-in   no         no      in      in
GET    /counter/{museum}/shifts/{shift}              sign-in   no         no      in      in
POST   /counter/{museum}/shifts/{shift}/closing      sign-in   no         no      in      in
POST   /counter/{museum}/sales                       sign-in   no         no      in      in
GET    /counter/{museum}/orders                      sign-in   no         no      in      in
GET    /counter/{museum}/orders/{code}               sign-in   no         no      in      in
POST   /counter/{museum}/orders/{code}/payment       sign-in   no         no      in      in
POST   /counter/{museum}/orders/{code}/cancellation  sign-in   no         no      in      in
POST   /counter/{museum}/orders/{code}/refunds/{refund} sign-in no        no      in      in
POST   /counter/{museum}/orders/{code}/day           sign-in   no         no      in      in
POST   /counter/{museum}/orders/{code}/slip          sign-in   no         no      in      in

GET    /office/{museum}/reports                      sign-in   no         no      in      in
GET    /office/{museum}/reports.csv                  sign-in   no         no      in      in
GET    /office/{museum}/reports.xlsx                 sign-in   no         no      in      in

GET    /office/{museum}/gates                        sign-in   no         no      no      in
POST   /office/{museum}/gates                        sign-in   no         no      no      in
POST   /office/{museum}/gates/{device}/revocation    sign-in   no         no      no      in
POST   /office/{museum}/conflicts/seen               sign-in   no         no      no      in

GET    /gate                                         open      open       open    open    open
GET    /gate/manifest.webmanifest                    open      open       open    open    open
POST   /api/v1/gate/devices                          open      open       open    open    open
POST   /api/v1/gate/admissions                       device    device     device  device  device
GET    /api/v1/gate/roster                           device    device     device  device  device
"""

SCAN = {"scan_id": "scan-0001", "code": "K7M2QXR", "at": "2026-11-24T02:00:00Z"}
BODIES: dict[str, object] = {"/api/v1/gate/admissions": {"scans": [SCAN]}}
"""What a program sends to a door that reads JSON before it asks who is there."""


@dataclass(frozen=True)
class Door:
    method: str
    address: str
    expected: dict[str, str]
    """By who stands there."""

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def _read(line: str) -> Door:
    method, address, *words = line.split()
    return Door(method, address, dict(zip(COLUMNS, words, strict=True)))


DOORS = tuple(_read(line) for line in TABLE.splitlines() if line.strip() and not line.startswith("#"))

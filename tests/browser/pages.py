"""Every page that visitors can open, in one list, and a museum that has something on each of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.browser.conftest import ROOT, Site, free_port, wait_for
from tests.browser.mirrored import mirrored
from tests.flows.conftest import MUSEUM, write_museum
from tests.museum import hum
from tests.views import CAPTIONS, film, glb, picture

PAGES: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    "/choices": ("/choices",),
    "/offline": ("/offline",),
    "/widgets/": ("/widgets/",),
    "/{museum}": ("/dao-xa", "/lang-gom", "/khong-co"),
    "/{museum}/search": ("/dao-xa/search?q=cong", "/dao-xa/search?q=khongthayxyz"),
    "/{museum}/ask": ("/dao-xa/ask", "/dao-xa/ask?q=Cổng đá dựng năm nào?"),
    "/{museum}/take": ("/dao-xa/take",),
    "/{museum}/unlisted": ("/dao-xa/unlisted",),
    "/{museum}/map": ("/dao-xa/map",),
    "/{museum}/walk": ("/dao-xa/walk", "/dao-xa/walk?minutes=45"),
    "/{museum}/tours/{slug}": ("/dao-xa/tours/mot-vong",),
    "/{museum}/stops/{slug}": (
        "/dao-xa/stops/cong-da",
        "/dao-xa/stops/nha-bep",
        "/dao-xa/stops/gieng-co?tour=mot-vong",
        "/dao-xa/stops/thap-cu",
    ),
    "/{museum}/stops/{slug}/seeing/{number}": tuple(f"/dao-xa/stops/cong-da/seeing/{number}" for number in range(1, 6)),
    "/{museum}/tickets": ("/dao-xa/tickets",),
    "/orders/{code}": ("/orders/{code}",),
    "/orders/{code}/day": ("/orders/{code}/day",),
    "/orders/{code}/cancellation": ("/orders/{code}/cancellation",),
    "/orders/{code}/simulator": ("/orders/{unpaid}/simulator",),
    "/orders/handed/{token}": ("/orders/handed/{token}",),
}
"""The door's address, and addresses in our museum; `{code}`, `{unpaid}` and `{token}` are of its orders."""

NO_PAGES = frozenset(
    """
    /q/{code} /{museum}/go /{museum}/{number} /widgets /orders /orders/{code}/links /{museum}/tickets/basket
    /orders/{code}/payment /orders/{code}/return/{provider}
    /media/{name} /media/seen/{name} /media/seen/{name}/{level}/{place} /assets/{name:path} /widgets/{name}
    /{museum}/stops/{slug}/card.png /{museum}/stops/{slug}/artwork.png
    /{museum}/tours/{slug}/track.mp3 /{museum}/track.mp3
    /orders/{code}/tickets.pdf /orders/{code}/visit.ics /orders/{code}/pass
    /sw.js /favicon.ico /manifest.webmanifest /robots.txt /sitemap.xml /healthz /readyz /metrics
    """.split()
)
"""Doors that lead elsewhere, and files."""

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

ARABIC = mirrored("The stone gate of the island was built long ago, and whoever came by sea went in through it.")
PLAN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><path id="hall" d="M5 5h90v50h-90z"/></svg>\n'


def on_any_day(sheet: str) -> str:
    """Without what holds on some dates only: the clock runs here, and one day it would be those."""
    dated = ("closures:", "free_days:")
    return "".join(line for line in sheet.splitlines(keepends=True) if not line.lstrip().startswith(dated))


EVERYTHING = {
    **MUSEUM,
    "museum.yaml": on_any_day(MUSEUM["museum.yaml"])
    .replace("languages: [vi, en, fr, rad]", "languages: [vi, en, ar, rad]")
    .replace('hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}', 'hours: {daily: ["00:00-23:59"]}')
    .replace(
        "        sources:",
        "        tickets: {hold_minutes: 60}\n"
        "        floors: [{id: ground, name: {vi: Tầng trệt, en: Ground floor}, svg: ground.svg}]\n        sources:",
    ),
    "ground.svg": PLAN,
    "stops/cong-da/stop.yaml": MUSEUM["stops/cong-da/stop.yaml"]
    + """
        floor: {id: ground, x: 0.4, y: 0.7}
        position: {lat: 8.69, lon: 106.6, verified: true}
        seeing:
          - {kind: deepzoom, file: big.jpg, alt: {vi: Cổng đá nhìn gần, en: The gate close up}, title: {vi: Nhìn gần}}
          - {kind: model, file: gate.glb, alt: {vi: Cổng đá dựng lại, en: The gate as a model}}
          - {kind: panorama, file: round.jpg, alt: {vi: Nhìn quanh sân, en: All around the yard}}
          - {kind: sign, file: film.webm, captions: {vi: film.vi.vtt}, alt: {vi: Kể bằng ký hiệu, en: Told in signs}}
          - {kind: description, alt: {vi: Cổng cao hai mét và làm bằng gỗ, en: The gate is two metres high and of wood}}
    """,
    "stops/cong-da/vi.easy.md": "Đây là cái cổng. Cổng làm bằng đá. Cổng rất cũ.\n",
    "stops/cong-da/ar.md": f"# {mirrored('The stone gate')}\n\n{ARABIC}\n\n{ARABIC}\n",
    "stops/gieng-co/ar.md": f"# {mirrored('The old well')}\n\n{ARABIC}\n",
    "stops/thap-cu/stop.yaml": "number: 104\nwithdrawn: {since: 2026-01-05, reason: {vi: Tháp đã đổ.}}\n",
    "stops/thap-cu/vi.md": "# Tháp cũ\n\nTháp cũ trên đồi.\n",
}
ANOTHER = {
    "museum.yaml": "name: {vi: Làng Gốm, en: The Pottery}\nlanguages: [vi, en]\n",
    "stops/lo/vi.md": "# Lò nung\n\nLò nung đỏ lửa suốt đêm.\n",
}


@dataclass(frozen=True)
class Codes:
    """Of the orders that our museum has."""

    code: str
    unpaid: str
    token: str


def addresses(codes: Codes) -> list[str]:
    return [path.format(**vars(codes)) for paths in PAGES.values() for path in paths]


def spoken(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@dataclass(frozen=True)
class Whole:
    site: Site
    paths: tuple[str, ...]
    codes: Codes


@contextmanager
def everything(home: Path) -> Iterator[Whole]:
    """A museum with something on every page and another beside it, told also from right to left."""
    port = free_port()
    settings = {**os.environ, "GUIDE_HOME": str(home / "home"), "GUIDE_LOG_LEVEL": "warning", "GUIDE_TRIAL": "true"}
    settings["GUIDE_CONTENT"] = str(home / "content")
    site = Site(f"http://127.0.0.1:{port}", write_museum(home / "content" / "dao-xa", EVERYTHING), settings)
    _fill(site.folder / "stops/cong-da")
    write_museum(home / "content" / "lang-gom", ANOTHER)
    command = [sys.executable, "-m", "tests.browser.mirrored", "serve", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=settings, cwd=ROOT, **quiet)
    try:
        wait_for(site.url, process)
        codes = orders(site)
        yield Whole(site, tuple(addresses(codes)), codes)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _fill(stop: Path) -> None:
    """With what cannot be written as text."""
    (stop / "big.jpg").write_bytes(picture(2400, 1600))
    (stop / "round.jpg").write_bytes(picture(2048, 1024))
    (stop / "gate.glb").write_bytes(glb())
    (stop / "film.webm").write_bytes(film())
    (stop / "film.vi.vtt").write_text(CAPTIONS, "utf-8")
    (stop / "ar.wav").write_bytes(hum())


def orders(site: Site) -> Codes:
    """One that is paid, one that is not, and a ticket of the first that was handed on."""
    with urlopen(f"{site.url}/api/v1/museums/dao-xa/slots", timeout=60) as answer:
        slot = json.load(answer)[5]
    paid, unpaid = (_ordered(site, slot) for _ in range(2))
    _sent(f"{site.url}/orders/{paid['code']}/simulator", {"pay": "all"})
    page = _sent(f"{site.url}/orders/{paid['code']}/links", {"ticket": paid["tickets"][0]["code"]})
    return Codes(paid["code"], unpaid["code"], page.split("/orders/handed/")[1].split('"')[0].split("<")[0])


def _ordered(site: Site, slot: dict[str, str]) -> dict[str, object]:
    body = {"day": slot["id"][:10], "slot": slot["id"], "tickets": [{"category": "adult", "count": 2}]}
    wanted = json.dumps({**body, "language": "vi", "pay": "vietqr"}).encode()
    request = Request(f"{site.url}/api/v1/museums/dao-xa/orders", wanted, {"content-type": "application/json"})
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def _sent(url: str, form: dict[str, str]) -> str:
    with urlopen(url, urlencode(form).encode(), timeout=60) as answer:
        return answer.read().decode()

"""The house, furnished: long-lived things are built once here, put on a shelf by type, and handed to the rooms."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import FastAPI

from guide import migrations, web
from guide.assistant import routes as assistant_door
from guide.assistant.answering import Assistant
from guide.assistant.desk import Desk
from guide.assistant.minds import Minds
from guide.assistant.pocket.keeping import Pockets
from guide.assistant.speaking import api as speaking_api
from guide.assistant.speaking.listener import Listener
from guide.assistant.telling import Teller
from guide.bell import hang_bell
from guide.clock import Clock
from guide.counters import Counters
from guide.database import Database
from guide.gate import api as gate_api
from guide.gate import counting
from guide.gate import files as gate_files
from guide.gate import routes as gate_door
from guide.language import shipped_messages
from guide.mail import Mail
from guide.narration import routes as narration_door
from guide.narration.ear import open_ear
from guide.narration.hearing import Hearing
from guide.narration.library import Library
from guide.narration.scribe import Scribe
from guide.narration.voices import Voices
from guide.office import door as staff_door
from guide.office import routes as office_door
from guide.office.passwords import Passwords
from guide.office.sealing import Sealer
from guide.office.signing_in import SigningIn
from guide.office.workplaces import Workplace, Workplaces
from guide.outgoing import Courier
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.storage import Folder, Storage
from guide.tickets import api as tickets_api
from guide.tickets import routes as reports_door
from guide.tickets.changing import api as changing_api
from guide.tickets.changing.holder import Holder
from guide.tickets.counter import routes as counter_door
from guide.tickets.counter.figures import CountEntries
from guide.tickets.counter.receipts import Receipts, SampleSlips
from guide.tickets.guesses import Guesses
from guide.tickets.letters import letter
from guide.tickets.letters.letter import Postman
from guide.tickets.letters.stationery import Stationery
from guide.tickets.paying import api as paying_api
from guide.tickets.paying import routes as paying_door
from guide.tickets.paying.cashier import Cashier
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.box_office import BoxOffice
from guide.tickets.selling.expiring import Expiring
from guide.tours.catalogue import Catalogues
from guide.visit import api as visit_api
from guide.visit import files as visit_files
from guide.visit import routes as visit_door
from guide.visit.buying import files as buying_files
from guide.visit.buying import routes as buying_door
from guide.visit.choosing import routes as choosing_door
from guide.visit.embedding import api as widgets_api
from guide.visit.embedding import files as widgets_files
from guide.visit.embedding.door import Embeds
from guide.visit.embedding.scripts import Scripts
from guide.visit.feedback import api as feedback_api
from guide.visit.feedback import routes as feedback_door
from guide.visit.feedback.opinions import Opinions
from guide.visit.front import Front
from guide.visit.kept import KeptAnswers, KeptPages
from guide.visit.listening import files as listening_files
from guide.visit.places import routes as places_door
from guide.visit.search import Finder
from guide.visit.seeing import files as seeing_files
from guide.visit.seeing import routes as seeing_door
from guide.visit.share import Sharing
from guide.visit.taking import api as taking_api
from guide.visit.taking import routes as taking_door
from guide.visit.taking.packs import Packs
from guide.visit.walking import api as walking_api
from guide.visit.walking import routes as walking_door
from guide.visit.walking.terrains import Terrains
from guide.web import Edge, Pages
from guide.work import Work

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "voices" / "voices.yaml"


def furnish(settings: Settings) -> Shelf:
    """Everything that lives as long as the process does."""
    write_logs(settings.log_level)
    database, storage = Database(settings.database), Folder(settings.home)
    migrations.bring_up_to_date(database)
    ear = open_ear(settings.home)
    scribe = Scribe(ear, storage) if ear else None
    library = Library(database, storage, Voices.load(SHEET, settings.home), scribe=scribe)
    bell = hang_bell(settings.redis_url)
    catalogues, counters = Catalogues(database, bell), Counters(database)
    hearing = Hearing(library, storage)
    ways = Ways.open(settings.home, settings.public_url, settings.trial)
    work = Work()
    minds = Minds(settings.home, work)
    things = {
        Settings: settings,
        Clock: Clock(),
        Database: database,
        Storage: storage,
        Work: work,
        Library: library,
        Hearing: hearing,
        Catalogues: catalogues,
        Counters: counters,
        Ways: ways,
        Cashier: Cashier(database, catalogues, ways, counters),
        Minds: minds,
        Desk: Desk(Assistant(minds), Teller(shipped_messages(), hearing), counters),
        Pockets: Pockets(settings.home, minds, shipped_messages()),
        Listener: Listener.open(settings.home),
        Press: Press(database, storage, bell, scribe),
        Finder: Finder(storage),
        Opinions: Opinions(database),
        Sharing: Sharing(storage, settings.fonts),
        Mail: Mail(settings.smtp_url),
        Stationery: Stationery(shipped_messages(), settings.fonts),
        Sealer: Sealer(database),
        SigningIn: SigningIn(database, Passwords()),
        Workplaces: Workplaces(lambda: _workplaces(catalogues)),
        Guesses: Guesses(),
        CountEntries: counting.entered,
        Receipts: SampleSlips(settings.home / "slips"),
    }
    return Shelf(things)


def _workplaces(catalogues: Catalogues) -> dict[str, Workplace]:
    museums = catalogues.current.museums.items()
    return {slug: Workplace(slug, museum.sheet.name, museum.sheet.time_zone) for slug, museum in museums}


def furnish_front(shelf: Shelf) -> Shelf:
    """What only a serving process needs: pages, their dress, and the pages that are kept."""
    front, catalogues, library = Front(ROOT / "pwa"), shelf[Catalogues], shelf[Library]
    dress = {
        "asset": front.asset,
        "style": front.style,
        "script": front.script,
        "bundled": front.bundled,
        "weight": front.weight,
        "hears": shelf[Listener].hears,
    }
    kept = KeptPages(lambda: f"{catalogues.current.fingerprint}{library.made}", shelf[Counters])
    selling = BoxOffice(shelf[Database], catalogues, shelf[Clock], shelf[Ways], shelf[Guesses])
    public_url = shelf[Settings].public_url or ""
    postman = Postman(shelf[Database], catalogues, shelf[Stationery], shelf[Mail], public_url, shelf[Clock])
    courier = Courier(shelf[Database], {letter.KIND: postman.deliver}, shelf[Clock])
    things = {
        Front: front,
        Scripts: Scripts(ROOT / "widgets", shipped_messages()),
        Pages: Pages(shipped_messages(), dress),
        KeptPages: kept,
        Packs: Packs(),
        Terrains: Terrains(shelf[Hearing]),
        BoxOffice: selling,
        Holder: Holder(shelf[Database], catalogues, shelf[Clock], selling),
        Courier: courier,
    }
    return shelf.over(Shelf({**things, Expiring: Expiring(shelf[Database], shelf[Clock])}))


def create_app(shelf: Shelf) -> FastAPI:
    shelf = furnish_front(shelf)
    app = FastAPI(title="Sen Guide", version="1", docs_url=None, redoc_url=None, openapi_url="/api", lifespan=_open)
    app.state.shelf = shelf
    app.state.public_url = shelf[Settings].public_url
    app.state.policy = shelf[Front].policy
    for door in (
        web,
        narration_door,
        assistant_door,
        speaking_api,
        office_door,
        gate_api,
        gate_door,
        gate_files,
        tickets_api,
        changing_api,
        counter_door,
        reports_door,
        paying_api,
        paying_door,
        widgets_files,
        widgets_api,
        visit_files,
        listening_files,
        visit_api,
        taking_api,
        taking_door,
        buying_files,
        buying_door,
        places_door,
        choosing_door,
        seeing_files,
        seeing_door,
        feedback_api,
        feedback_door,
        walking_api,
        walking_door,
        visit_door,
    ):
        app.include_router(door.router)
    web.answer_errors(app)
    staff_door.lead_strangers_to_sign_in(app)
    app.add_middleware(KeptAnswers, pages=shelf[KeptPages])
    app.add_middleware(Embeds, catalogue=lambda: shelf[Catalogues].current)
    app.add_middleware(Edge, larger=gate_api.LARGER | speaking_api.LARGER)
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    shelf = app.state.shelf
    museums = shelf[Catalogues].renew().museums
    shelf[Catalogues].keep_looking()
    shelf[Counters].keep_writing()
    shelf[Courier].keep_going()
    shelf[Sealer].keep_sealing()
    shelf[Expiring].keep_sweeping()
    shelf[Minds].learn_behind(museums.values())
    yield
    shelf[Catalogues].stop_looking()
    shelf[Courier].stop()
    shelf[Sealer].stop()
    shelf[Expiring].stop_sweeping()
    shelf[Counters].stop_writing()
    close(shelf)


def close(shelf: Shelf) -> None:
    shelf[Work].stop()
    shelf[Library].close()
    if scribe := shelf[Library].scribe:
        scribe.ear.close()
    shelf[Listener].close()
    shelf[Database].engine.dispose()


def serving() -> FastAPI:
    """What each worker process runs."""
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    return create_app(furnish(Settings()))


def _end_with(parent: int) -> None:
    """A worker whose parent was killed would hold the port for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def write_logs(level: str) -> None:
    """To whatever standard error is when a line is written: it may be another one by then, and the first one closed."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )

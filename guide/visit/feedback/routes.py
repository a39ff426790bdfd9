"""The door to feedback for phones without scripts: a form, and back to the page with a thank you."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from guide.assistant.desk import Desk as Assistants
from guide.unreadable import unreadable
from guide.visit.choosing.choices import way_back
from guide.visit.feedback.api import Given, known, opinion
from guide.visit.feedback.opinions import Opinions
from guide.visit.routes import AtDesk
from guide.web import Form, held

router = APIRouter(include_in_schema=False)
THANKS = "#thanks"


@router.post("/{museum}/feedback")
def feedback(
    museum: str,
    desk: AtDesk,
    form: Form,
    opinions: Annotated[Opinions, held(Opinions)],
    assistants: Annotated[Assistants, held(Assistants)],
) -> Response:
    there = desk.museum(museum)
    given = _read({name: values[0] for name, values in form.items() if values[0]}, desk.reader(there).language)
    opinions.keep(there, opinion(there, given), desk.day(there), desk.asker, known(there, assistants))
    headers = desk.request.headers
    back = way_back(headers.get("referer", ""), headers.get("host", ""))
    return RedirectResponse(f"/{there.slug}" + THANKS if back == "/" else back + THANKS, 303)


def _read(typed: dict[str, str], language: str) -> Given:
    try:
        return Given(**{"id": uuid4(), "language": language, **typed})
    except ValidationError as error:
        raise unreadable(error.errors()[0]) from None

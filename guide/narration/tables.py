"""What is kept of each recording: how long it is, whose voice it is, and when each sentence is heard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Recording(SQLModel, table=True):
    """Never changes: another text or another voice is another recipe."""

    recipe: str = Field(primary_key=True, max_length=32)
    language: str = Field(max_length=35)
    voice: str = Field(max_length=120)
    human: bool
    seconds: float
    mp3_bytes: int
    webm_bytes: int
    cues: list[list[Any]] = Field(sa_type=sa.JSON)
    """[sentence, start, end]; none where a person's voice has not been aligned to the text."""
    words: str = Field(sa_type=sa.Text)
    """JSON of [sentence, first character, end, start, end], as it goes to a page; read here by nobody."""
    made_at: datetime = Field(sa_type=sa.DateTime(timezone=True))

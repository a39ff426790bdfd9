"""What is stored of feedback: a face, perhaps a reason and a few words, and nothing of who gave it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Feedback(SQLModel, table=True):
    __tablename__ = "feedback"
    __table_args__ = (sa.Index("feedback_of_a_museum", "museum", "day"),)
    id: UUID = Field(primary_key=True)
    """Made by the visitor's phone at random, so that what is sent twice counts once."""
    museum: str = Field(max_length=60)
    day: date
    about: str = Field(max_length=70)
    """`stop:slug`, `tour:slug`, or `walk` where the visitor's own walk ended."""
    face: str = Field(max_length=10)
    reason: str | None = Field(default=None, max_length=20)
    words: str | None = Field(default=None, max_length=300)
    """Without what looked like a person, a number or an address."""
    language: str = Field(max_length=20)

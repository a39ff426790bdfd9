"""What is stored of editions: documents named by their content, manifests over them, and one pointer a museum."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

UTC_TIME = sa.DateTime(timezone=True)


class Document(SQLModel, table=True):
    """A museum's sheet, a stop, a tour, a lexicon or a list of questions, as canonical JSON. Never changes."""

    hash: str = Field(primary_key=True, max_length=64)
    body: bytes


class Edition(SQLModel, table=True):
    """An immutable manifest: path -> content hash."""

    hash: str = Field(primary_key=True, max_length=64)
    museum: str = Field(index=True, max_length=60)
    manifest: bytes
    made_at: datetime = Field(sa_type=UTC_TIME)


class CurrentEdition(SQLModel, table=True):
    """The pointer that publishing moves, last. Going back is pointing at an older edition."""

    museum: str = Field(primary_key=True, max_length=60)
    edition: str = Field(foreign_key="edition.hash", max_length=64)


class ImportedStop(SQLModel, table=True):
    """What the last import saw of a stop's folder, so that the next reads only what changed since."""

    museum: str = Field(primary_key=True, max_length=60)
    slug: str = Field(primary_key=True, max_length=60)
    signature: str = Field(max_length=64)
    document: str = Field(max_length=64)
    number: int
    code: str = Field(max_length=7)
    formerly: str = Field(sa_type=sa.Text)
    """Former slugs, as JSON."""
    code_written: bool
    files: str = Field(sa_type=sa.Text)
    """Content hash of each file the stop names, as JSON."""

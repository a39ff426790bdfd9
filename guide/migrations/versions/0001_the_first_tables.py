"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "count",
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("museum", "day", "what", "key", "language"),
    )
    op.create_table(
        "document",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "edition",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_museum"), ["museum"], unique=False)

    op.create_table(
        "importedstop",
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=7), nullable=False),
        sa.Column("formerly", sa.Text(), nullable=False),
        sa.Column("code_written", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("museum", "slug"),
    )
    op.create_table(
        "recording",
        sa.Column("recipe", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("voice", sa.String(length=120), nullable=False),
        sa.Column("human", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("mp3_bytes", sa.Integer(), nullable=False),
        sa.Column("webm_bytes", sa.Integer(), nullable=False),
        sa.Column("cues", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("recipe"),
    )
    op.create_table(
        "currentedition",
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"],
            ["edition.hash"],
        ),
        sa.PrimaryKeyConstraint("museum"),
    )


def downgrade() -> None:
    op.drop_table("currentedition")
    op.drop_table("recording")
    op.drop_table("importedstop")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_museum"))

    op.drop_table("edition")
    op.drop_table("document")
    op.drop_table("count")

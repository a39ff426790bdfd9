"""Gates, scans and conflicts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("gate", sa.String(length=60), nullable=False),
        sa.Column("may", sa.String(length=100), nullable=False),
        sa.Column("pairing_hash", sa.String(length=64), nullable=True),
        sa.Column("pairing_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=220), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pairing_hash"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_museum"), ["museum"], unique=False)

    op.create_table(
        "scan",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("gate", sa.String(length=60), nullable=False),
        sa.Column("ticket", sa.String(length=10), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_device_id"), ["device_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_ticket"), ["ticket"], unique=False)
        batch_op.create_index("scans_of_a_gate", ["museum", "at"], unique=False)

    op.create_table(
        "scan_conflict",
        sa.Column("scan_id", sa.String(length=60), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("ticket", sa.String(length=10), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=220), nullable=True),
        sa.PrimaryKeyConstraint("scan_id"),
    )
    with op.batch_alter_table("scan_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_conflict_museum"), ["museum"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("scan_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_conflict_museum"))

    op.drop_table("scan_conflict")
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_index("scans_of_a_gate")
        batch_op.drop_index(batch_op.f("ix_scan_ticket"))
        batch_op.drop_index(batch_op.f("ix_scan_device_id"))

    op.drop_table("scan")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_museum"))

    op.drop_table("device")

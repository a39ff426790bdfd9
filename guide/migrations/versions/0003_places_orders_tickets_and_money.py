"""Places, orders, tickets and money"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allotment",
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=5), nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= places", name="never_oversold"),
        sa.PrimaryKeyConstraint("museum", "day", "slot", "part"),
    )
    op.create_table(
        "ledger_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("giving", sa.String(length=60), nullable=False),
        sa.Column("receiving", sa.String(length=60), nullable=False),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("dong > 0", name="moves_something"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_line_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_line_museum"), ["museum"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_line_order_code"), ["order_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_line_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "once",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "payment_notice",
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=True),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.Column("became", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_by", sa.String(length=220), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("provider", "reference"),
    )
    with op.batch_alter_table("payment_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_notice_museum"), ["museum"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_notice_order_code"), ["order_code"], unique=False)

    op.create_table(
        "refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.Column("pay", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=220), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refund_museum"), ["museum"], unique=False)
        batch_op.create_index(batch_op.f("ix_refund_order_code"), ["order_code"], unique=False)

    op.create_table(
        "shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("float_dong", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_dong", sa.BigInteger(), nullable=True),
        sa.Column("expected_dong", sa.BigInteger(), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(
            "one_open_shift_each",
            ["museum", "person"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "signing_key",
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("museum", "number"),
    )
    op.create_table(
        "ticket",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=5), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("dong", sa.Integer(), nullable=False),
        sa.Column("admits", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_on", sa.String(length=64), nullable=True),
        sa.CheckConstraint("entered >= 0 AND entered <= admits", name="enters_once"),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("handed_on"),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_order_code"), ["order_code"], unique=False)
        batch_op.create_index("tickets_of_a_day", ["museum", "day"], unique=False)

    op.create_table(
        "ticket_order",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("museum", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=5), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("pay", sa.String(length=20), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("total_dong", sa.Integer(), nullable=False),
        sa.Column("donation_dong", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("takes", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shift_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("ticket_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_order_shift_id"), ["shift_id"], unique=False)
        batch_op.create_index("orders_of_a_day", ["museum", "day"], unique=False)
        batch_op.create_index("orders_that_wait", ["status", "expires_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ticket_order", schema=None) as batch_op:
        batch_op.drop_index("orders_that_wait")
        batch_op.drop_index("orders_of_a_day")
        batch_op.drop_index(batch_op.f("ix_ticket_order_shift_id"))

    op.drop_table("ticket_order")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("tickets_of_a_day")
        batch_op.drop_index(batch_op.f("ix_ticket_order_code"))

    op.drop_table("ticket")
    op.drop_table("signing_key")
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_shift_each",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("shift")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refund_order_code"))
        batch_op.drop_index(batch_op.f("ix_refund_museum"))

    op.drop_table("refund")
    with op.batch_alter_table("payment_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_notice_order_code"))
        batch_op.drop_index(batch_op.f("ix_payment_notice_museum"))

    op.drop_table("payment_notice")
    op.drop_table("once")
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_line_shift_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_line_order_code"))
        batch_op.drop_index(batch_op.f("ix_ledger_line_museum"))
        batch_op.drop_index(batch_op.f("ix_ledger_line_day"))

    op.drop_table("ledger_line")
    op.drop_table("allotment")

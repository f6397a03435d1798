"""Scoring"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offline_copy",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("base_text", sa.Text(), nullable=False),
        sa.Column("landed_text", sa.Text(), nullable=False),
        sa.Column("waiting_text", sa.Text(), nullable=False),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_offline_copy_created_by_id")),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_offline_copy_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offline_copy")),
        sa.UniqueConstraint("mark", name=op.f("uq_offline_copy_mark")),
    )
    with op.batch_alter_table("offline_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offline_copy_form_id"), ["form_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("offline_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offline_copy_form_id"))

    op.drop_table("offline_copy")

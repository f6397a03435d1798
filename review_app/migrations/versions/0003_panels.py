"""Panels"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("given_up_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_plan_created_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_plan_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_table(
        "plan_proposal",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("facts_on", sa.Date(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("input_sha256", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("worst", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("worst_bound", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("relaxed", sa.Integer(), nullable=False),
        sa.Column("loads", sa.JSON(), nullable=False),
        sa.Column("shortfalls", sa.JSON(), nullable=False),
        sa.Column("log", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["plan_proposal.id"], name=op.f("fk_plan_proposal_based_on_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_plan_proposal_created_by_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_proposal_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_proposal")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_proposal_plan_id_number")),
    )
    op.create_table(
        "plan_draw",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("input_sha256", sa.String(length=64), nullable=False),
        sa.Column("again_reason", sa.Text(), nullable=False),
        sa.Column("commit", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("nonce_source", sa.Text(), nullable=False),
        sa.Column("nonce_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_witness_id", sa.Integer(), nullable=True),
        sa.Column("witnessed_by_id", sa.Integer(), nullable=True),
        sa.Column("witnessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_witness_id"], ["person.id"], name=op.f("fk_plan_draw_asked_witness_id")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_plan_draw_created_by_id")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_plan_draw_drawn_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_draw_plan_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["plan_proposal.id"], name=op.f("fk_plan_draw_proposal_id")),
        sa.ForeignKeyConstraint(
            ["witnessed_by_id"], ["person.id"], name=op.f("fk_plan_draw_witnessed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_draw")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_draw_plan_id_number")),
    )
    with op.batch_alter_table("plan_draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_draw_input_sha256"), ["input_sha256"], unique=False)

    op.create_table(
        "plan_case",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_plan_case_created_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_case_plan_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_plan_case_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_case")),
        sa.UniqueConstraint("plan_id", "review_id", name=op.f("uq_plan_case_plan_id_review_id")),
    )
    with op.batch_alter_table("plan_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_case_review_id"), ["review_id"], unique=False)

    op.create_table(
        "plan_lock",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_plan_lock_created_by_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_plan_lock_expert_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_lock_plan_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_plan_lock_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_lock")),
    )
    with op.batch_alter_table("plan_lock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_lock_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_panel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("relaxed", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["plan_proposal.id"], name=op.f("fk_plan_panel_proposal_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_plan_panel_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_panel")),
        sa.UniqueConstraint("proposal_id", "review_id", name=op.f("uq_plan_panel_proposal_id_review_id")),
    )
    op.create_table(
        "plan_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("draw_id", sa.Integer(), nullable=True),
        sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_plan_run_asked_by_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["plan_draw.id"], name=op.f("fk_plan_run_draw_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_run_plan_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["plan_proposal.id"], name=op.f("fk_plan_run_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_run")),
    )
    with op.batch_alter_table("plan_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_run_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_run_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_run_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_run_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plan_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_run_state"))
        batch_op.drop_index(batch_op.f("ix_plan_run_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_plan_run_plan_id"))
        batch_op.drop_index(batch_op.f("ix_plan_run_draw_id"))

    op.drop_table("plan_run")
    op.drop_table("plan_panel")
    with op.batch_alter_table("plan_lock", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_lock_plan_id"))

    op.drop_table("plan_lock")
    with op.batch_alter_table("plan_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_case_review_id"))

    op.drop_table("plan_case")
    with op.batch_alter_table("plan_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_draw_input_sha256"))

    op.drop_table("plan_draw")
    op.drop_table("plan_proposal")
    op.drop_table("plan")

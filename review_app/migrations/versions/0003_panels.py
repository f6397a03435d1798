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
        "expert_credential",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_how", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_expert_credential_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_credential_expert_id")),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["person.id"], name=op.f("fk_expert_credential_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_credential")),
    )
    with op.batch_alter_table("expert_credential", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_credential_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_expert_credential_number_fingerprint"), ["number_fingerprint"], unique=False
        )

    op.create_table(
        "expert_leave",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_expert_leave_created_by_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_leave_expert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_leave")),
    )
    with op.batch_alter_table("expert_leave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_leave_expert_id"), ["expert_id"], unique=False)

    op.create_table(
        "expert_letter",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_year", sa.Integer(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_expert_letter_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_letter_expert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_letter")),
        sa.UniqueConstraint("mark", "year", "seq", name=op.f("uq_expert_letter_mark_year_seq")),
        sa.UniqueConstraint("number", name=op.f("uq_expert_letter_number")),
    )
    with op.batch_alter_table("expert_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_letter_expert_id"), ["expert_id"], unique=False)

    op.create_table(
        "expert_request",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_expert_request_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_expert_request_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_request_expert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_request")),
    )
    with op.batch_alter_table("expert_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_request_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_request_state"), ["state"], unique=False)

    op.create_table(
        "expert_step",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("from_status", sa.String(length=40), nullable=False),
        sa.Column("to_status", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_expert_step_created_by_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_step_expert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_step")),
    )
    with op.batch_alter_table("expert_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_step_expert_id"), ["expert_id"], unique=False)

    op.create_table(
        "expert_term",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("unit_opinion", sa.Text(), nullable=False),
        sa.Column("discipline_check", sa.Text(), nullable=False),
        sa.Column("vetted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["person.id"], name=op.f("fk_expert_term_appointed_by_id")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_expert_term_created_by_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_term_expert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_term")),
    )
    with op.batch_alter_table("expert_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_term_expert_id"), ["expert_id"], unique=False)

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
        sa.Column("exact", sa.Boolean(), nullable=False),
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
        "conflict_check",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("unchecked", sa.Text(), nullable=False),
        sa.Column("unchecked_count", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_conflict_check_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_conflict_check_expert_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_conflict_check_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_check")),
        sa.UniqueConstraint(
            "review_id", "round", "expert_id", name=op.f("uq_conflict_check_review_id_round_expert_id")
        ),
    )
    with op.batch_alter_table("conflict_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_check_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_check_review_id"), ["review_id"], unique=False)

    op.create_table(
        "conflict_evidence",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.Column("fact_key", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_conflict_evidence_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_conflict_evidence_expert_id")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_conflict_evidence_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_evidence")),
    )
    with op.batch_alter_table("conflict_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_evidence_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_evidence_fact_key"), ["fact_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_evidence_review_id"), ["review_id"], unique=False)

    op.create_table(
        "conflict_opinion",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("fact_key", sa.Text(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_conflict_opinion_by_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_conflict_opinion_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_conflict_opinion_expert_id")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_conflict_opinion_review_id")
        ),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_conflict_opinion_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_opinion")),
    )
    with op.batch_alter_table("conflict_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_opinion_fact_key"), ["fact_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_opinion_review_id"), ["review_id"], unique=False)

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

    op.create_table(
        "found_person",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("involved_as", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("firm", sa.Text(), nullable=False),
        sa.Column("is_organisation", sa.Boolean(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_found_person_created_by_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["file_document.id"], name=op.f("fk_found_person_document_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_found_person_review_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_found_person_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_person")),
        sa.UniqueConstraint("review_id", "mark", name=op.f("uq_found_person_review_id_mark")),
    )
    with op.batch_alter_table("found_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_found_person_review_id"), ["review_id"], unique=False)

    op.create_table(
        "conflict_task",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("new_facts", sa.JSON(), nullable=False),
        sa.Column("gone_facts", sa.JSON(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_conflict_task_created_by_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["panel_member.id"], name=op.f("fk_conflict_task_member_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_conflict_task_review_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_conflict_task_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_task")),
    )
    with op.batch_alter_table("conflict_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_task_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_task_review_id"), ["review_id"], unique=False)

    op.create_table(
        "panel_invitation",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_panel_invitation_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_panel_invitation_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_invitation")),
        sa.UniqueConstraint("mark", name=op.f("uq_panel_invitation_mark")),
    )
    with op.batch_alter_table("panel_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_invitation_member_id"), ["member_id"], unique=False)

    with op.batch_alter_table("conflict_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opinion_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_conflict_decision_opinion_id"), "conflict_opinion", ["opinion_id"], ["id"]
        )

    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("specialty_levels", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("max_open", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("max_month", sa.Integer(), nullable=True))

    with op.batch_alter_table("panel_draw", schema=None) as batch_op:
        batch_op.add_column(sa.Column("method", sa.String(length=40), server_default="DRAW", nullable=False))
        batch_op.add_column(sa.Column("again_reason", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("form_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("form_done_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("form_minutes", sa.Integer(), nullable=True))

    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fact_key", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.drop_column("fact_key")

    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.drop_column("form_minutes")
        batch_op.drop_column("form_done_at")
        batch_op.drop_column("form_due_on")
        batch_op.drop_column("form_from")

    with op.batch_alter_table("panel_draw", schema=None) as batch_op:
        batch_op.drop_column("again_reason")
        batch_op.drop_column("method")

    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.drop_column("max_month")
        batch_op.drop_column("max_open")
        batch_op.drop_column("specialty_levels")

    with op.batch_alter_table("conflict_decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_conflict_decision_opinion_id"), type_="foreignkey")
        batch_op.drop_column("opinion_id")

    with op.batch_alter_table("panel_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_invitation_member_id"))

    op.drop_table("panel_invitation")
    with op.batch_alter_table("conflict_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_task_review_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_task_member_id"))

    op.drop_table("conflict_task")
    with op.batch_alter_table("found_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_found_person_review_id"))

    op.drop_table("found_person")
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
    with op.batch_alter_table("conflict_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_opinion_review_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_opinion_fact_key"))

    op.drop_table("conflict_opinion")
    with op.batch_alter_table("conflict_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_evidence_review_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_evidence_fact_key"))
        batch_op.drop_index(batch_op.f("ix_conflict_evidence_expert_id"))

    op.drop_table("conflict_evidence")
    with op.batch_alter_table("conflict_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_check_review_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_check_expert_id"))

    op.drop_table("conflict_check")
    with op.batch_alter_table("plan_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_draw_input_sha256"))

    op.drop_table("plan_draw")
    op.drop_table("plan_proposal")
    with op.batch_alter_table("expert_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_term_expert_id"))

    op.drop_table("expert_term")
    with op.batch_alter_table("expert_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_step_expert_id"))

    op.drop_table("expert_step")
    with op.batch_alter_table("expert_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_request_state"))
        batch_op.drop_index(batch_op.f("ix_expert_request_expert_id"))

    op.drop_table("expert_request")
    with op.batch_alter_table("expert_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_letter_expert_id"))

    op.drop_table("expert_letter")
    with op.batch_alter_table("expert_leave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_leave_expert_id"))

    op.drop_table("expert_leave")
    with op.batch_alter_table("expert_credential", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_credential_number_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_expert_credential_expert_id"))

    op.drop_table("expert_credential")
    op.drop_table("plan")

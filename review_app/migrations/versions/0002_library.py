"""Library"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "precedent_import",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("tier", sa.String(length=40), nullable=False),
        sa.Column("licence_note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("renewed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_import_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_import")),
    )
    with op.batch_alter_table("precedent_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precedent_import_fingerprint"), ["fingerprint"], unique=False)

    op.create_table(
        "statute",
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organ", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_statute_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute")),
        sa.UniqueConstraint("code", name=op.f("uq_statute_code")),
    )
    op.create_table(
        "precedent_staged",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_staged_created_by_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["precedent_import.id"], name=op.f("fk_precedent_staged_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_staged")),
    )
    with op.batch_alter_table("precedent_staged", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precedent_staged_run_id"), ["run_id"], unique=False)

    op.create_table(
        "statute_version",
        sa.Column("statute_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("promulgated_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("dating", sa.String(length=40), nullable=False),
        sa.Column("is_excerpt", sa.Boolean(), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("appendix", sa.Text(), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence_note", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_statute_version_created_by_id")
        ),
        sa.ForeignKeyConstraint(["statute_id"], ["statute.id"], name=op.f("fk_statute_version_statute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_version")),
    )
    with op.batch_alter_table("statute_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statute_version_statute_id"), ["statute_id"], unique=False)
        batch_op.create_index("ix_statute_version_to_index", ["indexed_at"], unique=False)

    op.create_table(
        "statute_article",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_statute_article_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["statute_version.id"], name=op.f("fk_statute_article_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_article")),
        sa.UniqueConstraint(
            "version_id", "number", "branch", name=op.f("uq_statute_article_version_id_number_branch")
        ),
    )
    with op.batch_alter_table("statute_article", schema=None) as batch_op:
        batch_op.create_index("ix_statute_article_name", ["name"], unique=False)

    op.create_table(
        "saved_search",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("question_print", sa.String(length=64), nullable=False),
        sa.Column("reading", sa.String(length=64), nullable=False),
        sa.Column("reread_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frequency", sa.String(length=40), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("known", sa.Text(), nullable=False),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_saved_search_created_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_saved_search_owner_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_saved_search_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_search_review_id"), ["review_id"], unique=False)

    op.create_table(
        "own_case",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("editor_ids", sa.JSON(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("precedent_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_own_case_checked_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_own_case_created_by_id")),
        sa.ForeignKeyConstraint(["precedent_id"], ["precedent.id"], name=op.f("fk_own_case_precedent_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_own_case_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_case")),
        sa.UniqueConstraint("number", name=op.f("uq_own_case_number")),
        sa.UniqueConstraint("year", "seq", name=op.f("uq_own_case_year_seq")),
    )
    with op.batch_alter_table("own_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_case_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_case_state"), ["state"], unique=False)

    op.create_table(
        "precedent_import_note",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("fate", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("precedent_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_import_note_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["precedent_id"], ["precedent.id"], name=op.f("fk_precedent_import_note_precedent_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["precedent_import.id"], name=op.f("fk_precedent_import_note_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_import_note")),
    )
    with op.batch_alter_table("precedent_import_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precedent_import_note_run_id"), ["run_id"], unique=False)

    op.create_table(
        "saved_search_alert",
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_saved_search_alert_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"], ["saved_search.id"], name=op.f("fk_saved_search_alert_saved_search_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search_alert")),
    )
    with op.batch_alter_table("saved_search_alert", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_search_alert_saved_search_id"), ["saved_search_id"], unique=False
        )

    op.create_table(
        "own_case_step",
        sa.Column("own_case_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_own_case_step_created_by_id")
        ),
        sa.ForeignKeyConstraint(["own_case_id"], ["own_case.id"], name=op.f("fk_own_case_step_own_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_case_step")),
    )
    with op.batch_alter_table("own_case_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_case_step_own_case_id"), ["own_case_id"], unique=False)

    op.create_table(
        "precedent_submission",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.String(length=40), nullable=False),
        sa.Column("is_guiding", sa.Boolean(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_submission_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["precedent_report.id"], name=op.f("fk_precedent_submission_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_submission")),
    )
    with op.batch_alter_table("precedent_submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precedent_submission_report_id"), ["report_id"], unique=False)

    op.create_table(
        "saved_search_hit",
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("precedent_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["saved_search_alert.id"], name=op.f("fk_saved_search_hit_alert_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_saved_search_hit_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["precedent_id"], ["precedent.id"], name=op.f("fk_saved_search_hit_precedent_id")
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"], ["saved_search.id"], name=op.f("fk_saved_search_hit_saved_search_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search_hit")),
        sa.UniqueConstraint(
            "saved_search_id", "identity", name=op.f("uq_saved_search_hit_saved_search_id_identity")
        ),
    )
    with op.batch_alter_table("saved_search_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_hit_alert_id"), ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_search_hit_precedent_id"), ["precedent_id"], unique=False)

    with op.batch_alter_table("precedent", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("audience", sa.String(length=40), server_default="EVERYONE", nullable=False)
        )
        batch_op.add_column(sa.Column("source_review_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("stage", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("normal_sha256", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawal", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("withdrawal_note", sa.Text(), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_precedent_case_no"), ["case_no"], unique=False)
        batch_op.create_index(batch_op.f("ix_precedent_normal_sha256"), ["normal_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_precedent_source_review_id"), ["source_review_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_precedent_source_review_id"), "case_review", ["source_review_id"], ["id"]
        )

    with op.batch_alter_table("precedent_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skipped", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_precedent_report_document_id"), "document", ["document_id"], ["id"]
        )

    with op.batch_alter_table("precedent_report_hit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quote_start", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quote_end", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("followed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("departure", sa.Text(), nullable=True))

    with op.batch_alter_table("precedent_search", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tools", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("boost", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("tiers", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("precedent_search", schema=None) as batch_op:
        batch_op.drop_column("tiers")
        batch_op.drop_column("boost")
        batch_op.drop_column("tools")

    with op.batch_alter_table("precedent_report_hit", schema=None) as batch_op:
        batch_op.drop_column("departure")
        batch_op.drop_column("followed")
        batch_op.drop_column("quote_end")
        batch_op.drop_column("quote_start")

    with op.batch_alter_table("precedent_report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_precedent_report_document_id"), type_="foreignkey")
        batch_op.drop_column("document_id")
        batch_op.drop_column("skipped")

    with op.batch_alter_table("precedent", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_precedent_source_review_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_precedent_source_review_id"))
        batch_op.drop_index(batch_op.f("ix_precedent_normal_sha256"))
        batch_op.drop_index(batch_op.f("ix_precedent_case_no"))
        batch_op.drop_column("withdrawal_note")
        batch_op.drop_column("withdrawal")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("normal_sha256")
        batch_op.drop_column("stage")
        batch_op.drop_column("source_review_id")
        batch_op.drop_column("audience")

    with op.batch_alter_table("saved_search_hit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_hit_precedent_id"))
        batch_op.drop_index(batch_op.f("ix_saved_search_hit_alert_id"))

    op.drop_table("saved_search_hit")
    with op.batch_alter_table("precedent_submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_precedent_submission_report_id"))

    op.drop_table("precedent_submission")
    with op.batch_alter_table("own_case_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_case_step_own_case_id"))

    op.drop_table("own_case_step")
    with op.batch_alter_table("saved_search_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_alert_saved_search_id"))

    op.drop_table("saved_search_alert")
    with op.batch_alter_table("precedent_import_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_precedent_import_note_run_id"))

    op.drop_table("precedent_import_note")
    with op.batch_alter_table("own_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_case_state"))
        batch_op.drop_index(batch_op.f("ix_own_case_review_id"))

    op.drop_table("own_case")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_review_id"))
        batch_op.drop_index(batch_op.f("ix_saved_search_owner_id"))

    op.drop_table("saved_search")
    with op.batch_alter_table("statute_article", schema=None) as batch_op:
        batch_op.drop_index("ix_statute_article_name")

    op.drop_table("statute_article")
    with op.batch_alter_table("statute_version", schema=None) as batch_op:
        batch_op.drop_index("ix_statute_version_to_index")
        batch_op.drop_index(batch_op.f("ix_statute_version_statute_id"))

    op.drop_table("statute_version")
    with op.batch_alter_table("precedent_staged", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_precedent_staged_run_id"))

    op.drop_table("precedent_staged")
    op.drop_table("statute")
    with op.batch_alter_table("precedent_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_precedent_import_fingerprint"))

    op.drop_table("precedent_import")

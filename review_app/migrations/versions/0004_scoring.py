"""Scoring"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interference_report",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("substance", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("number_year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_interference_report_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_interference_report_issued_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interference_report")),
        sa.UniqueConstraint(
            "mark", "number_year", "seq", name=op.f("uq_interference_report_mark_number_year_seq")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_interference_report_number")),
        sa.UniqueConstraint("year", "quarter", name=op.f("uq_interference_report_year_quarter")),
    )
    op.create_table(
        "interference_handed_in",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_interference_handed_in_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["interference_report.id"], name=op.f("fk_interference_handed_in_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interference_handed_in")),
        sa.UniqueConstraint("report_id", name=op.f("uq_interference_handed_in_report_id")),
    )
    op.create_table(
        "discussion_thread",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_discussion_thread_created_by_id")
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_discussion_thread_finding_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_discussion_thread_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_discussion_thread_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_thread")),
    )
    with op.batch_alter_table("discussion_thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discussion_thread_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_discussion_thread_review_id"), ["review_id"], unique=False)

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

    op.create_table(
        "discussion_comment",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_discussion_comment_created_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_discussion_comment_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["discussion_thread.id"], name=op.f("fk_discussion_comment_thread_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_comment")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_discussion_comment_thread_id_number")),
    )
    with op.batch_alter_table("discussion_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discussion_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "discussion_reading",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_discussion_reading_created_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_discussion_reading_person_id")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["discussion_thread.id"], name=op.f("fk_discussion_reading_thread_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_reading")),
        sa.UniqueConstraint("thread_id", "person_id", name=op.f("uq_discussion_reading_thread_id_person_id")),
    )
    with op.batch_alter_table("discussion_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discussion_reading_person_id"), ["person_id"], unique=False)

    op.create_table(
        "opinion_remark",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_opinion_remark_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_opinion_remark_created_by_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["opinion_part.id"], name=op.f("fk_opinion_remark_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_remark")),
    )
    with op.batch_alter_table("opinion_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_remark_part_id"), ["part_id"], unique=False)

    op.create_table(
        "discussion_attachment",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["discussion_comment.id"], name=op.f("fk_discussion_attachment_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_discussion_attachment_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_attachment")),
    )
    with op.batch_alter_table("discussion_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discussion_attachment_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "discussion_comment_version",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["discussion_comment.id"], name=op.f("fk_discussion_comment_version_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_discussion_comment_version_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_comment_version")),
    )
    with op.batch_alter_table("discussion_comment_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_discussion_comment_version_comment_id"), ["comment_id"], unique=False
        )

    op.create_table(
        "discussion_mention",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["discussion_comment.id"], name=op.f("fk_discussion_mention_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_discussion_mention_created_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_discussion_mention_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion_mention")),
        sa.UniqueConstraint(
            "comment_id", "person_id", name=op.f("uq_discussion_mention_comment_id_person_id")
        ),
    )
    with op.batch_alter_table("discussion_mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discussion_mention_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_finding_merged_into_id"), "finding", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("law_citation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("act_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("law_citation", schema=None) as batch_op:
        batch_op.drop_column("act_on")

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_finding_merged_into_id"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")

    with op.batch_alter_table("discussion_mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discussion_mention_person_id"))

    op.drop_table("discussion_mention")
    with op.batch_alter_table("discussion_comment_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discussion_comment_version_comment_id"))

    op.drop_table("discussion_comment_version")
    with op.batch_alter_table("discussion_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discussion_attachment_comment_id"))

    op.drop_table("discussion_attachment")
    with op.batch_alter_table("opinion_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_remark_part_id"))

    op.drop_table("opinion_remark")
    with op.batch_alter_table("discussion_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discussion_reading_person_id"))

    op.drop_table("discussion_reading")
    with op.batch_alter_table("discussion_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discussion_comment_thread_id"))

    op.drop_table("discussion_comment")
    with op.batch_alter_table("offline_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offline_copy_form_id"))

    op.drop_table("offline_copy")
    with op.batch_alter_table("discussion_thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discussion_thread_review_id"))
        batch_op.drop_index(batch_op.f("ix_discussion_thread_finding_id"))

    op.drop_table("discussion_thread")
    op.drop_table("interference_handed_in")
    op.drop_table("interference_report")

"""Templates"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_template",
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("change_class", sa.String(length=40), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_by_id", sa.Integer(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activated_by_id"], ["person.id"], name=op.f("fk_form_template_activated_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["form_template.id"], name=op.f("fk_form_template_based_on_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_form_template_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_form_template_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_form_template_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_template")),
        sa.UniqueConstraint("template", "number", name=op.f("uq_form_template_template_number")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_recovery_code_created_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "final_stance",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_final_stance_created_by_id")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_final_stance_deliberation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_final_stance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_stance")),
    )
    with op.batch_alter_table("final_stance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_final_stance_deliberation_id"), ["deliberation_id"], unique=False
        )

    op.create_table(
        "form_answer",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_form_answer_created_by_id")),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_form_answer_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_answer")),
        sa.UniqueConstraint("form_id", "code", name=op.f("uq_form_answer_form_id_code")),
        sa.UniqueConstraint("form_id", "seq", name=op.f("uq_form_answer_form_id_seq")),
    )
    op.create_table(
        "form_withdrawal",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_form_withdrawal_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_form_withdrawal_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_form_withdrawal_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_withdrawal")),
    )
    with op.batch_alter_table("form_withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_withdrawal_form_id"), ["form_id"], unique=False)

    with op.batch_alter_table("case_review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form_template_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_case_review_form_template_id"), "form_template", ["form_template_id"], ["id"]
        )

    with op.batch_alter_table("dimension_note", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("not_applicable", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("eval_form", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form_template_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_eval_form_access_id"), type_="unique")
        batch_op.create_index(
            "uq_eval_form_counting_access_id",
            ["access_id"],
            unique=True,
            sqlite_where=sa.text("state != 'WITHDRAWN'"),
            postgresql_where=sa.text("state != 'WITHDRAWN'"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_eval_form_form_template_id"), "form_template", ["form_template_id"], ["id"]
        )

    with op.batch_alter_table("law_citation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_law_citation_answer_id"), ["answer_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_law_citation_answer_id"), "form_answer", ["answer_id"], ["id"]
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("totp_secret", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("totp_last_step", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("totp_reset_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_person_totp_reset_by_id"), "person", ["totp_reset_by_id"], ["id"]
        )

    with op.batch_alter_table("precedent_citation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_precedent_citation_answer_id"), ["answer_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_precedent_citation_answer_id"), "form_answer", ["answer_id"], ["id"]
        )

    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_quote_answer_id"), ["answer_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_quote_answer_id"), "form_answer", ["answer_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_quote_answer_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_quote_answer_id"))
        batch_op.drop_column("answer_id")

    with op.batch_alter_table("precedent_citation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_precedent_citation_answer_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_precedent_citation_answer_id"))
        batch_op.drop_column("answer_id")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_totp_reset_by_id"), type_="foreignkey")
        batch_op.drop_column("totp_reset_by_id")
        batch_op.drop_column("totp_last_step")
        batch_op.drop_column("totp_since")
        batch_op.drop_column("totp_secret")

    with op.batch_alter_table("law_citation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_law_citation_answer_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_law_citation_answer_id"))
        batch_op.drop_column("answer_id")

    with op.batch_alter_table("eval_form", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_eval_form_form_template_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_eval_form_counting_access_id",
            sqlite_where=sa.text("state != 'WITHDRAWN'"),
            postgresql_where=sa.text("state != 'WITHDRAWN'"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_eval_form_access_id"), ["access_id"])
        batch_op.drop_column("form_template_id")

    with op.batch_alter_table("dimension_note", schema=None) as batch_op:
        batch_op.drop_column("not_applicable")

    with op.batch_alter_table("case_review", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_case_review_form_template_id"), type_="foreignkey")
        batch_op.drop_column("form_template_id")

    with op.batch_alter_table("form_withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_withdrawal_form_id"))

    op.drop_table("form_withdrawal")
    op.drop_table("form_answer")
    with op.batch_alter_table("final_stance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_final_stance_deliberation_id"))

    op.drop_table("final_stance")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person_id"))

    op.drop_table("recovery_code")
    op.drop_table("form_template")

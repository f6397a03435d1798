"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
        sa.UniqueConstraint("login", name=op.f("uq_failed_sign_in_login")),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_run_name"), ["name"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "person",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_person_created_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_row_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
    )
    with op.batch_alter_table("audit_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_row_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_row_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_row_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_row_subject"), ["subject"], unique=False)

    op.create_table(
        "expert",
        sa.Column("expert_no", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("id_fingerprint", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("qualification_no", sa.Text(), nullable=True),
        sa.Column("practice_from", sa.Date(), nullable=True),
        sa.Column("specialties", sa.JSON(), nullable=False),
        sa.Column("case_types", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("term_end", sa.Date(), nullable=True),
        sa.Column("appointment_doc_no", sa.Text(), nullable=False),
        sa.Column("unavailable_until", sa.Date(), nullable=True),
        sa.Column("ties_declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_expert_created_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_expert_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("expert_no", name=op.f("uq_expert_expert_no")),
        sa.UniqueConstraint("person_id", name=op.f("uq_expert_person_id")),
    )
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_id_fingerprint"), ["id_fingerprint"], unique=False)

    op.create_table(
        "legal_case",
        sa.Column("reviewed_org_id", sa.Integer(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("case_name", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("subkind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("last_document", sa.Text(), nullable=False),
        sa.Column("last_document_on", sa.Date(), nullable=True),
        sa.Column("act_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_legal_case_created_by_id")),
        sa.ForeignKeyConstraint(
            ["reviewed_org_id"], ["organisation.id"], name=op.f("fk_legal_case_reviewed_org_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_case")),
    )
    with op.batch_alter_table("legal_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_case_reviewed_org_id"), ["reviewed_org_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_notice_created_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("step", name=op.f("uq_notice_step")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_review_id"), ["review_id"], unique=False)

    op.create_table(
        "petitioner",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("id_fingerprint", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_petitioner_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitioner")),
    )
    with op.batch_alter_table("petitioner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petitioner_id_fingerprint"), ["id_fingerprint"], unique=False)

    op.create_table(
        "precedent",
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_tier", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("organ", sa.Text(), nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("holding", sa.Text(), nullable=False),
        sa.Column("law_refs", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("licence_note", sa.Text(), nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_precedent_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent")),
        sa.UniqueConstraint("identity", "version", name=op.f("uq_precedent_identity_version")),
    )
    with op.batch_alter_table("precedent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precedent_text_sha256"), ["text_sha256"], unique=False)
        batch_op.create_index("ix_precedent_to_index", ["indexed_at"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_role_grant_approved_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_role_grant_created_by_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_sign_in_created_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_token_sha256")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "conflict_decision",
        sa.Column("legal_case_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("fact_key", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_conflict_decision_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_conflict_decision_expert_id")),
        sa.ForeignKeyConstraint(
            ["legal_case_id"], ["legal_case.id"], name=op.f("fk_conflict_decision_legal_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_decision")),
        sa.UniqueConstraint(
            "legal_case_id",
            "expert_id",
            "rule",
            "fact_key",
            name=op.f("uq_conflict_decision_legal_case_id_expert_id_rule_fact_key"),
        ),
    )
    with op.batch_alter_table("conflict_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conflict_decision_legal_case_id"), ["legal_case_id"], unique=False
        )

    op.create_table(
        "expert_employment",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("is_superior_of", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_expert_employment_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_employment_expert_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_expert_employment_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_employment")),
    )
    with op.batch_alter_table("expert_employment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_employment_expert_id"), ["expert_id"], unique=False)

    op.create_table(
        "expert_tie",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id_fingerprint", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("practises_law", sa.Boolean(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_expert_tie_created_by_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_tie_expert_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_expert_tie_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_tie")),
    )
    with op.batch_alter_table("expert_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_tie_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_tie_id_fingerprint"), ["id_fingerprint"], unique=False)

    op.create_table(
        "involved",
        sa.Column("legal_case_id", sa.Integer(), nullable=False),
        sa.Column("involved_as", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("is_organisation", sa.Boolean(), nullable=False),
        sa.Column("is_listed_company", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("id_fingerprint", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_involved_created_by_id")),
        sa.ForeignKeyConstraint(["legal_case_id"], ["legal_case.id"], name=op.f("fk_involved_legal_case_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_involved_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involved")),
    )
    with op.batch_alter_table("involved", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_involved_id_fingerprint"), ["id_fingerprint"], unique=False)
        batch_op.create_index(batch_op.f("ix_involved_legal_case_id"), ["legal_case_id"], unique=False)

    op.create_table(
        "known_conflict",
        sa.Column("legal_case_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_known_conflict_created_by_id")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_known_conflict_expert_id")),
        sa.ForeignKeyConstraint(
            ["legal_case_id"], ["legal_case.id"], name=op.f("fk_known_conflict_legal_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_conflict")),
    )
    with op.batch_alter_table("known_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_conflict_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_conflict_legal_case_id"), ["legal_case_id"], unique=False)

    op.create_table(
        "petition_item",
        sa.Column("item_no", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("petitioner_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("group_size", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("legal_stage", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_petition_item_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["petitioner_id"], ["petitioner.id"], name=op.f("fk_petition_item_petitioner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_item")),
        sa.UniqueConstraint("item_no", name=op.f("uq_petition_item_item_no")),
    )
    op.create_table(
        "case_review",
        sa.Column("review_no", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("legal_case_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_from", sa.String(length=40), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("doubt_flag", sa.Boolean(), nullable=False),
        sa.Column("doubt_reasons", sa.JSON(), nullable=False),
        sa.Column("doubt_note", sa.Text(), nullable=False),
        sa.Column("major_reasons", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("size_reason", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("self_review_absent", sa.Text(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("resolution", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["person.id"], name=op.f("fk_case_review_coordinator_id")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_case_review_created_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["petition_item.id"], name=op.f("fk_case_review_item_id")),
        sa.ForeignKeyConstraint(
            ["legal_case_id"], ["legal_case.id"], name=op.f("fk_case_review_legal_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review")),
        sa.UniqueConstraint("review_no", name=op.f("uq_case_review_review_no")),
    )
    with op.batch_alter_table("case_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_review_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_review_legal_case_id"), ["legal_case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_review_state"), ["state"], unique=False)

    op.create_table(
        "request_line",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_request_line_created_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["petition_item.id"], name=op.f("fk_request_line_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_line")),
        sa.UniqueConstraint("item_id", "seq", name=op.f("uq_request_line_item_id_seq")),
    )
    op.create_table(
        "deliberation",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("in_writing", sa.Boolean(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("minutes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("more_measures", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_deliberation_chair_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_deliberation_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_deliberation_review_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_deliberation_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation")),
        sa.UniqueConstraint(
            "review_id", "round", "number", name=op.f("uq_deliberation_review_id_round_number")
        ),
    )
    with op.batch_alter_table("deliberation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliberation_review_id"), ["review_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("input_sha256", sa.String(length=64), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_document_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_document_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("mark", "year", "seq", name=op.f("uq_document_mark_year_seq")),
        sa.UniqueConstraint("number", name=op.f("uq_document_number")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_review_id"), ["review_id"], unique=False)

    op.create_table(
        "file_volume",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_file_volume_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_file_volume_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_volume")),
        sa.UniqueConstraint("review_id", "number", name=op.f("uq_file_volume_review_id_number")),
    )
    op.create_table(
        "finding",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("locus", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("veto_code", sa.Text(), nullable=True),
        sa.Column("document_no", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_finding_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_finding_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("review_id", "round", "number", name=op.f("uq_finding_review_id_round_number")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_review_id"), ["review_id"], unique=False)

    op.create_table(
        "followup_evidence",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_followup_evidence_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_followup_evidence_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup_evidence")),
    )
    with op.batch_alter_table("followup_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followup_evidence_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_followup_evidence_sha256"), ["sha256"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("no_objection", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_hearing_answered_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_hearing_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_hearing_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_review_id"), ["review_id"], unique=False)

    op.create_table(
        "intervention",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_intervention_created_by_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_intervention_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_intervention_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intervention_review_id"), ["review_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_interview_created_by_id")),
        sa.ForeignKeyConstraint(["recorder_id"], ["person.id"], name=op.f("fk_interview_recorder_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_interview_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_review_id"), ["review_id"], unique=False)

    op.create_table(
        "outcome_route",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("organ", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("expired", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_outcome_route_created_by_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_outcome_route_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_route")),
    )
    with op.batch_alter_table("outcome_route", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_route_review_id"), ["review_id"], unique=False)

    op.create_table(
        "panel",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_panel_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_panel_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
        sa.UniqueConstraint("review_id", "round", name=op.f("uq_panel_review_id_round")),
    )
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_review_id"), ["review_id"], unique=False)

    op.create_table(
        "precedent_report",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conclusion", sa.String(length=40), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_report_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_precedent_report_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_precedent_report_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_report")),
        sa.UniqueConstraint(
            "review_id", "round", "number", name=op.f("uq_precedent_report_review_id_round_number")
        ),
    )
    op.create_table(
        "precedent_search",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_similar", sa.Boolean(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("corpora", sa.JSON(), nullable=False),
        sa.Column("corpus_version", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_search_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_precedent_search_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_search")),
    )
    with op.batch_alter_table("precedent_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precedent_search_review_id"), ["review_id"], unique=False)

    op.create_table(
        "rectification_reply",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_rectification_reply_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_rectification_reply_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_rectification_reply_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_rectification_reply_submitted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_reply")),
        sa.UniqueConstraint("review_id", "round", name=op.f("uq_rectification_reply_review_id_round")),
    )
    op.create_table(
        "review_access",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_review_access_created_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_access_person_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_review_access_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_access")),
    )
    with op.batch_alter_table("review_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_access_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_review_access_review_person", ["review_id", "person_id"], unique=False)

    op.create_table(
        "state_change",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_state_change_created_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_state_change_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_change")),
    )
    with op.batch_alter_table("state_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_change_review_id"), ["review_id"], unique=False)

    op.create_table(
        "termination_file",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("organ", sa.Text(), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_termination_file_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_termination_file_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_termination_file")),
        sa.UniqueConstraint("review_id", "round", name=op.f("uq_termination_file_review_id_round")),
    )
    op.create_table(
        "attendance",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("access_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["access_id"], ["review_access.id"], name=op.f("fk_attendance_access_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_attendance_created_by_id")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_attendance_deliberation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "deliberation_id", "person_id", name=op.f("uq_attendance_deliberation_id_person_id")
        ),
    )
    op.create_table(
        "dissent",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_dissent_created_by_id")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_dissent_deliberation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dissent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
        sa.UniqueConstraint(
            "deliberation_id", "person_id", name=op.f("uq_dissent_deliberation_id_person_id")
        ),
    )
    op.create_table(
        "document_copy",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("copy", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("check_report", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_document_copy_created_by_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_copy_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_copy")),
        sa.UniqueConstraint("document_id", "copy", name=op.f("uq_document_copy_document_id_copy")),
    )
    with op.batch_alter_table("document_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_copy_sha256"), ["sha256"], unique=False)

    op.create_table(
        "document_delivery",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_document_delivery_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_delivery_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_delivery")),
    )
    with op.batch_alter_table("document_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_delivery_document_id"), ["document_id"], unique=False)

    op.create_table(
        "document_signature",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("declined_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_document_signature_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_signature_document_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_signature_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_signature")),
    )
    with op.batch_alter_table("document_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_signature_document_id"), ["document_id"], unique=False)

    op.create_table(
        "escalation",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("enlarge_to", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_escalation_created_by_id")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_escalation_deliberation_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_escalation_review_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_escalation_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_review_id"), ["review_id"], unique=False)

    op.create_table(
        "eval_form",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("access_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("field_editions", sa.JSON(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("highlights", sa.Text(), nullable=False),
        sa.Column("proposed_grade", sa.Text(), nullable=True),
        sa.Column("proposed_outcome", sa.String(length=40), nullable=True),
        sa.Column("proposed_routes", sa.JSON(), nullable=False),
        sa.Column("proposed_measures", sa.JSON(), nullable=False),
        sa.Column("proposal_reasons", sa.Text(), nullable=False),
        sa.Column("reserves_dissent", sa.Boolean(), nullable=False),
        sa.Column("volumes_read", sa.JSON(), nullable=False),
        sa.Column("reading_note", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("minutes_spent", sa.Integer(), nullable=True),
        sa.Column("independence_declared", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["access_id"], ["review_access.id"], name=op.f("fk_eval_form_access_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_eval_form_created_by_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_eval_form_expert_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_eval_form_person_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_eval_form_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eval_form")),
        sa.UniqueConstraint("access_id", name=op.f("uq_eval_form_access_id")),
    )
    with op.batch_alter_table("eval_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eval_form_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_eval_form_review_id"), ["review_id"], unique=False)

    op.create_table(
        "file_document",
        sa.Column("volume_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("has_text", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_file_document_created_by_id")
        ),
        sa.ForeignKeyConstraint(["volume_id"], ["file_volume.id"], name=op.f("fk_file_document_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_document")),
        sa.UniqueConstraint("volume_id", "number", name=op.f("uq_file_document_volume_id_number")),
    )
    with op.batch_alter_table("file_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_document_sha256"), ["sha256"], unique=False)

    op.create_table(
        "followup_task",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_followup_task_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["followup_evidence.id"], name=op.f("fk_followup_task_evidence_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_followup_task_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup_task")),
        sa.UniqueConstraint(
            "review_id", "round", "source", name=op.f("uq_followup_task_review_id_round_source")
        ),
    )
    with op.batch_alter_table("followup_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followup_task_review_id"), ["review_id"], unique=False)

    op.create_table(
        "locked_result",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_locked_result_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_locked_result_deliberation_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_locked_result_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locked_result")),
    )
    with op.batch_alter_table("locked_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_locked_result_review_id"), ["review_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("objects", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_objection_created_by_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_objection_finding_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_objection_hearing_id")),
        sa.ForeignKeyConstraint(["replied_by_id"], ["person.id"], name=op.f("fk_objection_replied_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("hearing_id", "finding_id", name=op.f("uq_objection_hearing_id_finding_id")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "opinion",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_opinion_created_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_opinion_document_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_opinion_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("review_id", "round", name=op.f("uq_opinion_review_id_round")),
    )
    op.create_table(
        "panel_draw",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=True),
        sa.Column("draw_no", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=False),
        sa.Column("input_sha256", sa.Text(), nullable=False),
        sa.Column("candidate_list_sha256", sa.Text(), nullable=False),
        sa.Column("commit", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("nonce_source", sa.Text(), nullable=False),
        sa.Column("nonce_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_witness_id", sa.Integer(), nullable=True),
        sa.Column("witnessed_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record", sa.JSON(), nullable=True),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_witness_id"], ["person.id"], name=op.f("fk_panel_draw_asked_witness_id")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_panel_draw_created_by_id")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_panel_draw_drawn_by_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_panel_draw_panel_id")),
        sa.ForeignKeyConstraint(["review_id"], ["case_review.id"], name=op.f("fk_panel_draw_review_id")),
        sa.ForeignKeyConstraint(
            ["witnessed_by_id"], ["person.id"], name=op.f("fk_panel_draw_witnessed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_draw")),
        sa.UniqueConstraint("review_id", "draw_no", name=op.f("uq_panel_draw_review_id_draw_no")),
    )
    with op.batch_alter_table("panel_draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_draw_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_panel_draw_review_id"), ["review_id"], unique=False)

    op.create_table(
        "panel_telling",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=40), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("waiver_note", sa.Text(), nullable=False),
        sa.Column("member_ids", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_panel_telling_created_by_id")
        ),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_panel_telling_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_telling")),
    )
    with op.batch_alter_table("panel_telling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_telling_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "precedent_report_hit",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("precedent_id", sa.Integer(), nullable=False),
        sa.Column("facts_like", sa.String(length=40), nullable=True),
        sa.Column("issues_like", sa.String(length=40), nullable=True),
        sa.Column("law_like", sa.String(length=40), nullable=True),
        sa.Column("result_like", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_report_hit_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["precedent_id"], ["precedent.id"], name=op.f("fk_precedent_report_hit_precedent_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["precedent_report.id"], name=op.f("fk_precedent_report_hit_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_report_hit")),
        sa.UniqueConstraint(
            "report_id", "precedent_id", name=op.f("uq_precedent_report_hit_report_id_precedent_id")
        ),
    )
    op.create_table(
        "question",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_question_created_by_id")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_question_deliberation_id")
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_question_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_deliberation_id"), ["deliberation_id"], unique=False)

    op.create_table(
        "reply_line",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_reply_line_created_by_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["followup_evidence.id"], name=op.f("fk_reply_line_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["rectification_reply.id"], name=op.f("fk_reply_line_reply_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_line")),
        sa.UniqueConstraint("reply_id", "subject", name=op.f("uq_reply_line_reply_id_subject")),
    )
    op.create_table(
        "resolution_record",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("resolution", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document_no", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("remedies_told_on", sa.Date(), nullable=True),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_petition_on", sa.Date(), nullable=True),
        sa.Column("reopened_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_resolution_record_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["followup_evidence.id"], name=op.f("fk_resolution_record_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["followup_evidence.id"], name=op.f("fk_resolution_record_interview_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["case_review.id"], name=op.f("fk_resolution_record_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_record")),
    )
    with op.batch_alter_table("resolution_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_record_review_id"), ["review_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_ballot_created_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_ballot_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("question_id", "person_id", name=op.f("uq_ballot_question_id_person_id")),
    )
    op.create_table(
        "deduction",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("points", sa.String(length=12), nullable=False),
        sa.Column("locus", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("veto_code", sa.Text(), nullable=True),
        sa.Column("record_reason", sa.String(length=40), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_deduction_created_by_id")),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_deduction_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deduction")),
        sa.UniqueConstraint("form_id", "seq", name=op.f("uq_deduction_form_id_seq")),
    )
    op.create_table(
        "dimension_note",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clean", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_dimension_note_created_by_id")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_dimension_note_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dimension_note")),
        sa.UniqueConstraint("form_id", "dimension", name=op.f("uq_dimension_note_form_id_dimension")),
    )
    op.create_table(
        "file_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["file_document.id"], name=op.f("fk_file_page_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_page")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_file_page_document_id_number")),
    )
    op.create_table(
        "opinion_part",
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_opinion_part_created_by_id")),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_opinion_part_opinion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_part")),
        sa.UniqueConstraint("opinion_id", "key", name=op.f("uq_opinion_part_opinion_id_key")),
    )
    op.create_table(
        "panel_member",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("access_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("seat_kind", sa.Text(), nullable=False),
        sa.Column("drawn_order", sa.Integer(), nullable=False),
        sa.Column("same_organ", sa.Boolean(), nullable=False),
        sa.Column("same_system", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("resumes_as", sa.String(length=40), nullable=True),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.String(length=40), nullable=True),
        sa.Column("decline_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["access_id"], ["review_access.id"], name=op.f("fk_panel_member_access_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_panel_member_created_by_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["panel_draw.id"], name=op.f("fk_panel_member_draw_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_panel_member_expert_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_panel_member_panel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("panel_id", "expert_id", name=op.f("uq_panel_member_panel_id_expert_id")),
    )
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_member_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_panel_member_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_panel_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "release_decision",
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_release_decision_created_by_id")
        ),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_release_decision_opinion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_decision")),
    )
    with op.batch_alter_table("release_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_decision_opinion_id"), ["opinion_id"], unique=False)

    op.create_table(
        "veto_proposal",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("document_no", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_veto_proposal_created_by_id")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_veto_proposal_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_veto_proposal")),
        sa.UniqueConstraint("form_id", "seq", name=op.f("uq_veto_proposal_form_id_seq")),
    )
    op.create_table(
        "conflict_statement",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_conflict_statement_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_conflict_statement_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_conflict_statement_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_statement")),
        sa.UniqueConstraint("member_id", "stage", name=op.f("uq_conflict_statement_member_id_stage")),
    )
    op.create_table(
        "finding_source",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("deduction_id", sa.Integer(), nullable=True),
        sa.Column("veto_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_finding_source_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["deduction_id"], ["deduction.id"], name=op.f("fk_finding_source_deduction_id")
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_source_finding_id")),
        sa.ForeignKeyConstraint(["veto_id"], ["veto_proposal.id"], name=op.f("fk_finding_source_veto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_source")),
        sa.UniqueConstraint("deduction_id", name=op.f("uq_finding_source_deduction_id")),
        sa.UniqueConstraint("veto_id", name=op.f("uq_finding_source_veto_id")),
    )
    with op.batch_alter_table("finding_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_source_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "law_citation",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("deduction_id", sa.Integer(), nullable=True),
        sa.Column("veto_id", sa.Integer(), nullable=True),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_law_citation_created_by_id")),
        sa.ForeignKeyConstraint(
            ["deduction_id"], ["deduction.id"], name=op.f("fk_law_citation_deduction_id")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_law_citation_form_id")),
        sa.ForeignKeyConstraint(["veto_id"], ["veto_proposal.id"], name=op.f("fk_law_citation_veto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_citation")),
        sa.UniqueConstraint("form_id", "seq", name=op.f("uq_law_citation_form_id_seq")),
    )
    with op.batch_alter_table("law_citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_law_citation_deduction_id"), ["deduction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_law_citation_veto_id"), ["veto_id"], unique=False)

    op.create_table(
        "opinion_part_version",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_opinion_part_version_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["opinion_part.id"], name=op.f("fk_opinion_part_version_part_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_part_version")),
        sa.UniqueConstraint("part_id", "edition", name=op.f("uq_opinion_part_version_part_id_edition")),
    )
    op.create_table(
        "panel_replacement",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("lost_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("by_way", sa.Text(), nullable=False),
        sa.Column("relaxations", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("why_empty", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_panel_replacement_created_by_id")
        ),
        sa.ForeignKeyConstraint(["lost_id"], ["panel_member.id"], name=op.f("fk_panel_replacement_lost_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_panel_replacement_panel_id")),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["panel_member.id"], name=op.f("fk_panel_replacement_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_replacement")),
    )
    with op.batch_alter_table("panel_replacement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_replacement_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "precedent_citation",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("deduction_id", sa.Integer(), nullable=True),
        sa.Column("precedent_id", sa.Integer(), nullable=False),
        sa.Column("precedent_sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_precedent_citation_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["deduction_id"], ["deduction.id"], name=op.f("fk_precedent_citation_deduction_id")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_precedent_citation_form_id")),
        sa.ForeignKeyConstraint(
            ["precedent_id"], ["precedent.id"], name=op.f("fk_precedent_citation_precedent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precedent_citation")),
        sa.UniqueConstraint("form_id", "seq", name=op.f("uq_precedent_citation_form_id_seq")),
    )
    with op.batch_alter_table("precedent_citation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_precedent_citation_deduction_id"), ["deduction_id"], unique=False
        )

    op.create_table(
        "quote",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("deduction_id", sa.Integer(), nullable=True),
        sa.Column("veto_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("volume_number", sa.Integer(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_quote_created_by_id")),
        sa.ForeignKeyConstraint(["deduction_id"], ["deduction.id"], name=op.f("fk_quote_deduction_id")),
        sa.ForeignKeyConstraint(["document_id"], ["file_document.id"], name=op.f("fk_quote_document_id")),
        sa.ForeignKeyConstraint(["form_id"], ["eval_form.id"], name=op.f("fk_quote_form_id")),
        sa.ForeignKeyConstraint(["veto_id"], ["veto_proposal.id"], name=op.f("fk_quote_veto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("form_id", "seq", name=op.f("uq_quote_form_id_seq")),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_deduction_id"), ["deduction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_veto_id"), ["veto_id"], unique=False)

    op.create_table(
        "recusal",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("applicant", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_again_facts", sa.Text(), nullable=False),
        sa.Column("decided_again_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_again_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_recusal_created_by_id")),
        sa.ForeignKeyConstraint(
            ["decided_again_by_id"], ["person.id"], name=op.f("fk_recusal_decided_again_by_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_recusal_decided_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["panel_member.id"], name=op.f("fk_recusal_member_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_recusal_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
    )
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_panel_id"), ["panel_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusal_panel_id"))

    op.drop_table("recusal")
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_veto_id"))
        batch_op.drop_index(batch_op.f("ix_quote_deduction_id"))

    op.drop_table("quote")
    with op.batch_alter_table("precedent_citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_precedent_citation_deduction_id"))

    op.drop_table("precedent_citation")
    with op.batch_alter_table("panel_replacement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_replacement_panel_id"))

    op.drop_table("panel_replacement")
    op.drop_table("opinion_part_version")
    with op.batch_alter_table("law_citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_law_citation_veto_id"))
        batch_op.drop_index(batch_op.f("ix_law_citation_deduction_id"))

    op.drop_table("law_citation")
    with op.batch_alter_table("finding_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_source_finding_id"))

    op.drop_table("finding_source")
    op.drop_table("conflict_statement")
    op.drop_table("veto_proposal")
    with op.batch_alter_table("release_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_decision_opinion_id"))

    op.drop_table("release_decision")
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_panel_member_panel_id"))
        batch_op.drop_index(batch_op.f("ix_panel_member_expert_id"))

    op.drop_table("panel_member")
    op.drop_table("opinion_part")
    op.drop_table("file_page")
    op.drop_table("dimension_note")
    op.drop_table("deduction")
    op.drop_table("ballot")
    with op.batch_alter_table("resolution_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_record_review_id"))

    op.drop_table("resolution_record")
    op.drop_table("reply_line")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_deliberation_id"))

    op.drop_table("question")
    op.drop_table("precedent_report_hit")
    with op.batch_alter_table("panel_telling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_telling_panel_id"))

    op.drop_table("panel_telling")
    with op.batch_alter_table("panel_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_draw_review_id"))
        batch_op.drop_index(batch_op.f("ix_panel_draw_panel_id"))

    op.drop_table("panel_draw")
    op.drop_table("opinion")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_finding_id"))

    op.drop_table("objection")
    with op.batch_alter_table("locked_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_locked_result_review_id"))

    op.drop_table("locked_result")
    with op.batch_alter_table("followup_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_followup_task_review_id"))

    op.drop_table("followup_task")
    with op.batch_alter_table("file_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_document_sha256"))

    op.drop_table("file_document")
    with op.batch_alter_table("eval_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eval_form_review_id"))
        batch_op.drop_index(batch_op.f("ix_eval_form_person_id"))

    op.drop_table("eval_form")
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_review_id"))

    op.drop_table("escalation")
    with op.batch_alter_table("document_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_signature_document_id"))

    op.drop_table("document_signature")
    with op.batch_alter_table("document_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_delivery_document_id"))

    op.drop_table("document_delivery")
    with op.batch_alter_table("document_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_copy_sha256"))

    op.drop_table("document_copy")
    op.drop_table("dissent")
    op.drop_table("attendance")
    op.drop_table("termination_file")
    with op.batch_alter_table("state_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_change_review_id"))

    op.drop_table("state_change")
    with op.batch_alter_table("review_access", schema=None) as batch_op:
        batch_op.drop_index("ix_review_access_review_person")
        batch_op.drop_index(batch_op.f("ix_review_access_person_id"))

    op.drop_table("review_access")
    op.drop_table("rectification_reply")
    with op.batch_alter_table("precedent_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_precedent_search_review_id"))

    op.drop_table("precedent_search")
    op.drop_table("precedent_report")
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_review_id"))

    op.drop_table("panel")
    with op.batch_alter_table("outcome_route", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_route_review_id"))

    op.drop_table("outcome_route")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_review_id"))

    op.drop_table("interview")
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intervention_review_id"))

    op.drop_table("intervention")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_review_id"))

    op.drop_table("hearing")
    with op.batch_alter_table("followup_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_followup_evidence_sha256"))
        batch_op.drop_index(batch_op.f("ix_followup_evidence_review_id"))

    op.drop_table("followup_evidence")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_review_id"))

    op.drop_table("finding")
    op.drop_table("file_volume")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_review_id"))
        batch_op.drop_index(batch_op.f("ix_document_kind"))

    op.drop_table("document")
    with op.batch_alter_table("deliberation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliberation_review_id"))

    op.drop_table("deliberation")
    op.drop_table("request_line")
    with op.batch_alter_table("case_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_review_state"))
        batch_op.drop_index(batch_op.f("ix_case_review_legal_case_id"))
        batch_op.drop_index(batch_op.f("ix_case_review_item_id"))

    op.drop_table("case_review")
    op.drop_table("petition_item")
    with op.batch_alter_table("known_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_conflict_legal_case_id"))
        batch_op.drop_index(batch_op.f("ix_known_conflict_expert_id"))

    op.drop_table("known_conflict")
    with op.batch_alter_table("involved", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_involved_legal_case_id"))
        batch_op.drop_index(batch_op.f("ix_involved_id_fingerprint"))

    op.drop_table("involved")
    with op.batch_alter_table("expert_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_tie_id_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_expert_tie_expert_id"))

    op.drop_table("expert_tie")
    with op.batch_alter_table("expert_employment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_employment_expert_id"))

    op.drop_table("expert_employment")
    with op.batch_alter_table("conflict_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_decision_legal_case_id"))

    op.drop_table("conflict_decision")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("precedent", schema=None) as batch_op:
        batch_op.drop_index("ix_precedent_to_index")
        batch_op.drop_index(batch_op.f("ix_precedent_text_sha256"))

    op.drop_table("precedent")
    with op.batch_alter_table("petitioner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petitioner_id_fingerprint"))

    op.drop_table("petitioner")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_review_id"))
        batch_op.drop_index(batch_op.f("ix_notice_person_id"))
        batch_op.drop_index(batch_op.f("ix_notice_kind"))

    op.drop_table("notice")
    with op.batch_alter_table("legal_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_case_reviewed_org_id"))

    op.drop_table("legal_case")
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_id_fingerprint"))

    op.drop_table("expert")
    with op.batch_alter_table("audit_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_row_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_row_review_id"))
        batch_op.drop_index(batch_op.f("ix_audit_row_person_id"))
        batch_op.drop_index(batch_op.f("ix_audit_row_action"))

    op.drop_table("audit_row")
    op.drop_table("person")
    op.drop_table("organisation")
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_run_name"))

    op.drop_table("job_run")
    op.drop_table("failed_sign_in")
    op.drop_table("audit_head")

"""Library"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
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

    with op.batch_alter_table("precedent", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("audience", sa.String(length=40), server_default="EVERYONE", nullable=False)
        )
        batch_op.add_column(sa.Column("source_review_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_precedent_case_no"), ["case_no"], unique=False)
        batch_op.create_index(batch_op.f("ix_precedent_source_review_id"), ["source_review_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_precedent_source_review_id"), "case_review", ["source_review_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("precedent", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_precedent_source_review_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_precedent_source_review_id"))
        batch_op.drop_index(batch_op.f("ix_precedent_case_no"))
        batch_op.drop_column("source_review_id")
        batch_op.drop_column("audience")

    with op.batch_alter_table("statute_article", schema=None) as batch_op:
        batch_op.drop_index("ix_statute_article_name")

    op.drop_table("statute_article")
    with op.batch_alter_table("statute_version", schema=None) as batch_op:
        batch_op.drop_index("ix_statute_version_to_index")
        batch_op.drop_index(batch_op.f("ix_statute_version_statute_id"))

    op.drop_table("statute_version")
    op.drop_table("statute")

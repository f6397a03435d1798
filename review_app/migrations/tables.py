"""Every stored table, for migrations and for tests that build an empty database."""

import importlib

from sqlalchemy import MetaData

from review_app.database import Base

SUBJECTS = (
    "accounts", "audit", "organisations", "notices", "petitions", "experts", "form_templates", "documents", "reviews",
    "statutes", "precedents", "saved_searches", "panels", "planning", "evaluations", "offline_forms", "deliberations", "discussions", "interference", "opinions", "followup", "own_cases",
    "jobs",
)  # fmt: skip


def all_tables() -> MetaData:
    """The metadata with every subject's models loaded."""
    for subject in SUBJECTS:
        importlib.import_module(f"review_app.{subject}.models")
    return Base.metadata

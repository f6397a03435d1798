"""Alembic's entry: one connection handed over by the runner, plain column types in the files."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator

from review_app.migrations.tables import all_tables


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types are written as the plain types that they store."""
    if kind == "type" and isinstance(item, Enum):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    render_item=plain_type,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

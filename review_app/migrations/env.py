"""Alembic's entry: one connection handed over by the runner, plain column types in the files."""

from typing import Any, Literal

from alembic import context

from review_app.database import SealedText, UtcDateTime
from review_app.migrations.tables import all_tables


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SealedText):
        return "sa.Text()"
    if kind == "type" and type(item).__name__ == "Enum":
        return "sa.String(length=40)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    render_item=plain_type,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

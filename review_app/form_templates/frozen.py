"""A proposed template stays as it was proposed: the database session itself refuses to write over it."""

from typing import Any

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import Mapper

from review_app.form_templates.states import TemplateState

KEPT = frozenset({"template", "number", "rule_version", "based_on_id", "content", "sha256", "change_class"})


class KeptContentError(RuntimeError):
    """Somebody tried to change a proposed template. This is a mistake of the program, never of the person."""


def keep_content(model: type[Any]) -> None:
    event.listen(model, "before_update", refuse_change)
    event.listen(model, "before_delete", refuse_deletion)


def refuse_change(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    changed = {one.key for one in inspect(row).attrs if one.history.has_changes()} & KEPT
    table = mapper.local_table.c
    stored = connection.execute(select(table.state).where(table.id == row.id)).scalar_one()
    if changed and TemplateState(stored) is not TemplateState.DRAFT:
        raise KeptContentError(f"template {row.id} is proposed: {', '.join(sorted(changed))}")


def refuse_deletion(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    raise KeptContentError("versions of templates are never deleted")

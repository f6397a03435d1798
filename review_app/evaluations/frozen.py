"""Signed content stays as it was signed: the database session itself refuses to write over it.

The service refuses first and says so in a sentence; what is here stops a mistake in the program.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy import Connection, Table, event, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from review_app.evaluations.states import FormState

# what may still change on a signed form: that it no longer counts, and why
STILL_OPEN = frozenset({"state", "withdrawn_at", "withdrawn_reason", "row_version"})


class SignedContentError(RuntimeError):
    """Somebody tried to change a signed form. This is a mistake of the program, never of the person."""


class PartOfForm(Protocol):
    form_id: int


def freeze(form: type[Any], parts: Iterable[type[Any]]) -> None:
    """Refuse every write to a form that is no longer a draft, and to its ``parts``."""
    parts = tuple(parts)
    event.listen(form, "before_update", refuse_changed_form)
    event.listen(form, "before_delete", refuse_deletion)
    for part in parts:
        for moment in ("before_insert", "before_update"):
            event.listen(part, moment, refuse_changed_part)
        event.listen(part, "before_delete", refuse_deletion)
    guarded = {form, *parts}

    def refuse_bulk(execution: ORMExecuteState) -> None:
        target = execution.bind_mapper
        if (execution.is_update or execution.is_delete) and target and target.class_ in guarded:
            raise SignedContentError(f"{target.class_.__name__}: forms are changed one by one, never in bulk")

    event.listen(Session, "do_orm_execute", refuse_bulk)


def refuse_changed_form(mapper: Mapper[Any], connection: Connection, form: Any) -> None:
    changed = {attribute.key for attribute in inspect(form).attrs if attribute.history.has_changes()}
    if stored_state(connection, mapper.local_table, form.id) is not FormState.DRAFT and changed - STILL_OPEN:
        raise SignedContentError(f"form {form.id} is closed: {', '.join(sorted(changed - STILL_OPEN))}")


def refuse_changed_part(mapper: Mapper[Any], connection: Connection, part: PartOfForm) -> None:
    forms = next(iter(mapper.local_table.c.form_id.foreign_keys)).column.table
    if stored_state(connection, forms, part.form_id) is not FormState.DRAFT:
        raise SignedContentError(f"form {part.form_id} is closed: {mapper.class_.__name__}")


def refuse_deletion(mapper: Mapper[Any], connection: Connection, thing: object) -> None:
    raise SignedContentError(f"{mapper.class_.__name__}: nothing of a form is ever deleted")


def stored_state(connection: Connection, forms: Any, form_id: int) -> FormState:
    table: Table = forms
    return FormState(connection.execute(select(table.c.state).where(table.c.id == form_id)).scalar_one())

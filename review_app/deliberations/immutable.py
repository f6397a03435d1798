"""What is written once stays: the database session itself refuses to change or delete such rows.

The services never try; what is here stops a mistake in the program."""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Mapper, ORMExecuteState, Session


class WrittenOnce(RuntimeError):
    """Somebody tried to change a row that is written once. A mistake of the program, never of the person."""


def written_once(*kinds: type[Any]) -> None:
    for kind in kinds:
        event.listen(kind, "before_update", refuse)
        event.listen(kind, "before_delete", refuse)

    def refuse_bulk(execution: ORMExecuteState) -> None:
        target = execution.bind_mapper
        if (execution.is_update or execution.is_delete) and target and target.class_ in kinds:
            raise WrittenOnce(f"{target.class_.__name__} is written once")

    event.listen(Session, "do_orm_execute", refuse_bulk)


def refuse(mapper: Mapper[Any], _connection: Connection, _row: object) -> None:
    raise WrittenOnce(f"{mapper.class_.__name__} is written once")

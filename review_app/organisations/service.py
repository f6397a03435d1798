"""What can be done with organisations."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import NotAllowed, ReviewError
from review_app.organisations.models import Organisation
from review_app.organisations.rules import can_manage_organisations
from review_app.organisations.states import OrgKind, OrgSystem


def all_organisations(session: Session, *kinds: OrgKind) -> list[Organisation]:
    """Organisations of the given kinds (all, when none is given), by code."""
    chosen = select(Organisation).order_by(Organisation.code)
    return list(session.scalars(chosen.where(Organisation.kind.in_(kinds)) if kinds else chosen))


def add_organisation(
    session: Session,
    *,
    code: str,
    name: str,
    kind: OrgKind,
    system: OrgSystem,
    by: Person | None,
    now: datetime,
    level: str = "COUNTY",
    parent: Organisation | None = None,
) -> Organisation:
    """Enter an organisation; code and name are unique."""
    if by is not None and not can_manage_organisations(by):
        raise NotAllowed
    taken = (Organisation.code == code) | (Organisation.name == name)
    if session.scalar(select(Organisation.id).where(taken)):
        raise ReviewError("已有代码为%(code)s或名称为%(name)s的单位。", code=code, name=name)
    organisation = Organisation(
        code=code, name=name, kind=kind, system=system, level=level, created_at=now,
        parent_id=parent.id if parent else None, created_by_id=by.id if by else None,
    )  # fmt: skip
    session.add(organisation)
    session.flush()
    record(session, action="organisation.add", subject=organisation, by=by, now=now, after={"name": name})
    return organisation

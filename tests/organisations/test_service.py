"""Organisations."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.errors import NotAllowed, ReviewError
from review_app.organisations.service import add_organisation, all_organisations
from review_app.organisations.states import OrgKind, OrgSystem
from tests import factories


def test_organisations_are_listed_by_code_and_kind(session: Session, now: datetime) -> None:
    coordinator = factories.person(session, Role.COORD)
    given = {"system": OrgSystem.POLICE, "by": coordinator, "now": now}
    station = add_organisation(session, code="P2", name="沙岭派出所", kind=OrgKind.POLICE, **given)  # type: ignore[arg-type]
    bureau = add_organisation(session, code="P1", name="青岚市公安局", kind=OrgKind.POLICE, **given)  # type: ignore[arg-type]
    add_organisation(session, code="A1", name="某律师事务所", kind=OrgKind.LAW_FIRM, **given)  # type: ignore[arg-type]

    assert all_organisations(session, OrgKind.POLICE) == [bureau, station]
    assert len(all_organisations(session)) == 3


@pytest.mark.parametrize(("code", "name"), [("X1", "另一个名称"), ("X2", "青岚市人民法院")])
def test_a_taken_code_or_name_is_refused(session: Session, now: datetime, code: str, name: str) -> None:
    given = {"kind": OrgKind.COURT, "system": OrgSystem.COURT, "by": None, "now": now}
    add_organisation(session, code="X1", name="青岚市人民法院", **given)  # type: ignore[arg-type]

    with pytest.raises(ReviewError, match="已有代码"):
        add_organisation(session, code=code, name=name, **given)  # type: ignore[arg-type]


def test_only_coordinators_and_administrators_add_organisations(session: Session, now: datetime) -> None:
    leader = factories.person(session, Role.LEADER)

    with pytest.raises(NotAllowed):
        add_organisation(
            session, code="X", name="X", kind=OrgKind.OTHER, system=OrgSystem.SOCIETY, by=leader, now=now
        )

"""Making things for tests: each function stores one sensible thing and lets the test name what matters."""

from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.passwords import hash_password
from review_app.accounts.states import Role
from review_app.experts.models import Expert
from review_app.experts.states import ExpertCategory, ExpertStatus
from review_app.organisations.models import Organisation
from review_app.organisations.states import OrgKind, OrgSystem
from review_app.petitions.models import Petitioner, PetitionItem, RequestLine
from review_app.petitions.states import Channel, LegalStage
from review_app.reviews.models import CaseReview, Involved, LegalCase, ReviewAccess
from review_app.reviews.states import AccessStage, Capacity, InvolvedAs, ReviewState
from tests.conftest import NOW

PASSWORD = "一句只有我知道的话"
_numbers = count(1)


def stored(session: Session, thing: Any) -> Any:
    session.add(thing)
    session.flush()
    return thing


def organisation(session: Session, name: str = "", **values: Any) -> Organisation:
    n = next(_numbers)
    values = {"kind": OrgKind.COURT, "system": OrgSystem.COURT, **values}
    made = Organisation(code=f"O{n}", name=name or f"某某市第{n}人民法院", created_at=NOW, **values)
    return stored(session, made)  # type: ignore[no-any-return]


def person(
    session: Session, *roles: Role, name: str = "", organisation: Organisation | None = None, **values: Any
) -> Person:
    """Somebody with an account and roles in force; a liaison speaks for ``organisation``."""
    n = next(_numbers)
    made = Person(
        login=f"user{n}", name=name or f"人员{n}", password_hash=hash_password(PASSWORD), created_at=NOW,
        organisation_id=organisation.id if organisation else None, **values,
    )  # fmt: skip
    for role in roles:
        scope = organisation.id if organisation and role is Role.REVIEWED_LIAISON else None
        made.grants.append(RoleGrant(role=role, organisation_id=scope, approved_at=NOW, created_at=NOW))
    return stored(session, made)  # type: ignore[no-any-return]


def petition_item(session: Session, *requests: str, **values: Any) -> PetitionItem:
    n = next(_numbers)
    petitioner = values.pop("petitioner", None) or Petitioner(name="秦某田", gender="男", created_at=NOW)
    values = {
        "title": "秦某田反映买卖合同纠纷执行案件", "channel": Channel.ONLINE, "received_on": date(2023, 6, 13),
        "legal_stage": LegalStage.EFFECTIVE, **values,
    }  # fmt: skip
    item = PetitionItem(item_no=f"XF37998120230613{n:05d}", petitioner=petitioner, created_at=NOW, **values)
    for seq, text in enumerate(requests or ("请求恢复执行。", "请求说明终结本次执行程序的理由。"), start=1):
        item.requests.append(RequestLine(seq=seq, text=text, created_at=NOW))
    return stored(session, item)  # type: ignore[no-any-return]


def legal_case(session: Session, reviewed_org: Organisation | None = None, **values: Any) -> LegalCase:
    values = {
        "case_no": "（2020）海0799执1187号", "cause": "执行实施", "effective_on": date(2020, 9, 28),
        "act_on": date(2020, 9, 28), "last_document": "终结本次执行程序裁定书", **values,
    }  # fmt: skip
    involved = values.pop("involved", ((InvolvedAs.PETITIONER, "秦某田"), (InvolvedAs.PARTY, "赵某斌")))
    case = LegalCase(reviewed_org=reviewed_org or organisation(session), created_at=NOW, **values)
    for involved_as, name in involved:
        case.involved.append(Involved(involved_as=involved_as, name=name, created_at=NOW))
    return stored(session, case)  # type: ignore[no-any-return]


def review(session: Session, state: ReviewState = ReviewState.INTAKE, **values: Any) -> CaseReview:
    """A review in any state, without what would have led there; services build real histories."""
    n = next(_numbers)
    values = {
        "review_no": f"PC2024{n:04d}", "template": "EXE", "rule_version": "2024.1", "size": 5, "doubt_flag": True,
        "summary": "一起买卖合同纠纷执行案件，申请执行人反映终结本次执行程序不当。", **values,
    }  # fmt: skip
    item = values.pop("item", None) or petition_item(session)
    case = values.pop("legal_case", None) or legal_case(session, values.pop("reviewed_org", None))
    made = CaseReview(item=item, legal_case=case, state=state, state_since=NOW, created_at=NOW, **values)
    return stored(session, made)  # type: ignore[no-any-return]


def expert(session: Session, name: str = "", **values: Any) -> Expert:
    """An active expert with an account of his own."""
    n = next(_numbers)
    values = {
        "category": ExpertCategory.LAWYER, "specialties": ["执行"], "status": ExpertStatus.ACTIVE,
        "practice_from": date(2005, 1, 1), "term_end": date(2027, 1, 1), "ties_declared_at": NOW, **values,
    }  # fmt: skip
    account = values.pop("person", None) or person(session, Role.EXPERT, name=name or f"专家{n}")
    made = Expert(expert_no=f"ZJ-{n:04d}", name=account.name, person=account, created_at=NOW, **values)
    return stored(session, made)  # type: ignore[no-any-return]


def seat(
    session: Session,
    review: CaseReview,
    person: Person,
    capacity: Capacity = Capacity.MEMBER,
    stage: AccessStage = AccessStage.FULL,
    ended_at: datetime | None = None,
) -> ReviewAccess:
    """Give a person a seat on the review's panel."""
    access = ReviewAccess(
        review=review, person=person, capacity=capacity, stage=stage, ended_at=ended_at, created_at=NOW
    )
    return stored(session, access)  # type: ignore[no-any-return]

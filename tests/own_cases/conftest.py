"""A closed review with a released opinion, full of personal data, and the people who bring it into the library."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.documents.office import Office, use_office
from review_app.opinions.service import begin, fill_parts
from review_app.petitions.models import Petitioner
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, InvolvedAs, Outcome, ReviewState
from review_app.settings import Settings
from tests import factories
from tests.conftest import NOW
from tests.opinions.samples import case_one

PHONE = "13900001234"
ADDRESS = "青岚市石桥镇柳树村12号"


@pytest.fixture(autouse=True)
def issuing_office(settings: Settings) -> Office:
    return use_office(settings)


@dataclass
class Closed:
    """The review and its people; ``second`` is another coordinator."""

    review: CaseReview
    first: Person
    second: Person
    officer: Person
    secretary: Person
    expert: Person


@pytest.fixture
def closed(session: Session) -> Closed:
    court = factories.organisation(session, "青岚市人民法院")
    petitioner = Petitioner(
        name="秦守田", gender="男", birth_year=1965, phone=PHONE, address=ADDRESS, id_number="110101196501010011",
        created_at=NOW,
    )  # fmt: skip
    item = factories.petition_item(
        session, "请求恢复执行。", "请求说明理由。", "请求答复核查情况。", petitioner=petitioner
    )
    case = factories.legal_case(
        session, court, cause="买卖合同纠纷",
        involved=((InvolvedAs.PETITIONER, "秦守田"), (InvolvedAs.PARTY, "赵海斌"), (InvolvedAs.OFFICER, "欧阳清")),
    )  # fmt: skip
    first = factories.person(session, Role.COORD, name="何协调")
    review = factories.review(
        session, ReviewState.CLOSED, item=item, legal_case=case, coordinator_id=first.id, grade="C", score="75",
        outcome=Outcome.SUPPLEMENT, issued_at=NOW, closed_at=NOW,
    )  # fmt: skip
    expert = factories.person(session, Role.EXPERT, name="鲁专家")
    factories.seat(session, review, expert, Capacity.LEAD, ended_at=NOW)
    facts = case_one()
    opinion = begin(session, review, facts, by=expert, now=NOW)
    fill_parts(session, opinion, facts, by=expert, now=NOW)
    established = opinion.part("facts")
    assert established is not None
    established.text += f"\n赵 海斌住{ADDRESS}，电话{PHONE}，执行员欧阳清于2023年5月4日与其联系。"
    opinion.document.released_at = NOW
    session.flush()
    session.refresh(review)
    return Closed(
        review,
        first,
        second=factories.person(session, Role.COORD, name="孟协调"),
        officer=factories.person(session, Role.DPO, name="护信员"),
        secretary=factories.person(session, Role.SECRETARY, name="文秘书"),
        expert=expert,
    )

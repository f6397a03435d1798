"""An office whose files lie in the test's folder, and an opinion being drafted by a panel of five."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.recording import hand_in_dissent, keep_minutes
from review_app.documents.office import Office, use_office
from review_app.opinions import service
from review_app.opinions.models import Opinion
from review_app.opinions.service import begin, fill_parts
from review_app.organisations.models import Organisation
from review_app.petitions.models import Petitioner
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, InvolvedAs, Outcome, ReviewState
from review_app.settings import Settings
from tests.conftest import NOW
from tests.deliberations.made import decided_case
from tests.factories import PASSWORD, legal_case, organisation, person, petition_item, review, seat
from tests.opinions.samples import case_one


@pytest.fixture(autouse=True)
def issuing_office(settings: Settings) -> Office:
    return use_office(settings)


@dataclass
class Stage:
    """People and things of one opinion."""

    session: Session
    review: CaseReview
    court: Organisation
    chair: Person
    lead: Person
    members: list[Person]
    coordinator: Person
    leader: Person
    liaison: Person

    @property
    def panel(self) -> list[Person]:
        return [self.chair, self.lead, *self.members]

    def opinion(self) -> Opinion:
        found = service.opinion_of(self.session, self.review)
        assert found is not None
        return found

    def sign_all(self, now: datetime) -> None:
        for each in self.panel:
            self.sign(each, now)

    def sign(self, who: Person, now: datetime, declined_reason: str = "") -> None:
        service.sign_opinion(
            self.session,
            self.opinion(),
            password=PASSWORD,
            seen_sha256=service.present_sha256(self.opinion()),
            declined_reason=declined_reason,
            by=who,
            now=now,
        )

    def submit(self, now: datetime) -> None:
        self.review.state = ReviewState.SIGNOFF
        service.submit(self.session, self.review, by=self.lead, now=now)

    def release(self, now: datetime) -> None:
        self.review.state = ReviewState.ISSUED
        service.release(self.session, self.review, by=self.leader, now=now)


@pytest.fixture
def stage(session: Session) -> Stage:
    """A review in OPINION whose result is locked and whose opinion has its first words."""
    court = organisation(session, "青岚市人民法院")
    petitioner = Petitioner(name="秦守田", gender="男", birth_year=1965, created_at=NOW)
    item = petition_item(
        session, "请求恢复执行。", "请求说明理由。", "请求答复核查情况。", petitioner=petitioner
    )
    case = legal_case(
        session,
        court,
        cause="买卖合同纠纷",
        involved=((InvolvedAs.PETITIONER, "秦守田"), (InvolvedAs.PARTY, "赵海斌")),
    )
    coordinator = person(session, Role.COORD, name="何协调")
    made = review(
        session, ReviewState.OPINION, item=item, legal_case=case, coordinator_id=coordinator.id,
        grade="C", score="75", outcome=Outcome.SUPPLEMENT,
    )  # fmt: skip
    seats = [Capacity.CHAIR, Capacity.LEAD, *[Capacity.MEMBER] * 3]
    panel = [person(session, Role.EXPERT, name=f"专家{name}") for name in "甲乙丙丁戊"]
    for each, capacity in zip(panel, seats, strict=True):
        seat(session, made, each, capacity)
    stage = Stage(
        session, made, court, panel[0], panel[1], panel[2:], coordinator,
        leader=person(session, Role.LEADER, name="领导"),
        liaison=person(session, Role.REVIEWED_LIAISON, organisation=court, name="联络员"),
    )  # fmt: skip
    facts = case_one()
    opinion = begin(session, made, facts, by=panel[0], now=NOW)
    fill_parts(session, opinion, facts, by=panel[0], now=NOW)
    session.refresh(made)
    return stage


@pytest.fixture
def decided(session: Session) -> Stage:
    """The written enforcement case voted to the end by the real services, about to enter OPINION."""
    made, deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")
    keep_minutes(
        session, deliberation, text="各成员按先组员后组长的顺序发表意见，逐项讨论问题清单，并就等次和处理意见形成一致意见。",
        row_version=deliberation.row_version, by=made.secretary, now=NOW,
    )  # fmt: skip
    hand_in_dissent(
        session,
        deliberation,
        text="网络查控已覆盖主要财产形式，不宜评价为财产调查未穷尽。",
        by=made.members[4],
        now=NOW,
    )
    review = made.review
    review.item.petitioner.name = "秦守田"
    review.coordinator = made.coordinator
    session.flush()
    return Stage(
        session, review, review.legal_case.reviewed_org, made.chair, made.lead, made.members[2:],
        made.coordinator, leader=person(session, Role.LEADER, name="领导"), liaison=made.liaison,
    )  # fmt: skip

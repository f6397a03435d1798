"""A review ready to be drawn, with a pool of experts, for the tests of the panels' services and pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.experts.models import Expert
from review_app.experts.states import ExpertCategory
from review_app.organisations.models import Organisation
from review_app.organisations.states import OrgKind, OrgSystem
from review_app.panels.answering import Answer, sign_statement
from review_app.panels.drawing import open_draw, type_nonce, witness_draw
from review_app.panels.grounds import GROUNDS
from review_app.panels.models import Panel, PanelDraw, PanelMember
from review_app.reviews.models import CaseReview
from review_app.reviews.states import InvolvedAs, ReviewState
from tests import factories as make
from tests.conftest import NOW
from tests.factories import PASSWORD

NONCE = "03 07 11 16 25 30 + 09"


@dataclass
class Stage:
    """Everybody who takes part in forming a panel."""

    review: CaseReview
    court: Organisation
    coordinator: Person
    witness: Person
    leader: Person
    head: Person
    liaison: Person
    experts: dict[str, Expert]


def ready(session: Session, *, size: int = 5, **values: Any) -> Stage:
    """A review in DRAW of a court's case, and sixteen experts: six lawyers of five firms, three judges of that
    court, three prosecutors, two academics, two technical experts."""
    court = make.organisation(session, "青岚市人民法院")
    office = make.organisation(session, "渤宁信访局", kind=OrgKind.PETITION_OFFICE, system=OrgSystem.PARTY)
    case = make.legal_case(
        session,
        court,
        involved=(
            (InvolvedAs.PETITIONER, "秦大田"), (InvolvedAs.PARTY, "赵小斌"), (InvolvedAs.OFFICER, "孙承办"),
        ),
    )  # fmt: skip
    review = make.review(session, ReviewState.DRAW, legal_case=case, size=size, **values)
    return Stage(
        review=review,
        court=court,
        coordinator=make.person(session, Role.COORD, name="李协调", organisation=office),
        witness=make.person(session, Role.SECRETARY, name="王秘书", organisation=office),
        leader=make.person(session, Role.LEADER, name="周主任", organisation=office),
        head=make.person(session, Role.COMMITTEE_HEAD, name="吴书记", organisation=office),
        liaison=make.person(session, Role.REVIEWED_LIAISON, name="郑联络", organisation=court),
        experts={expert.expert_no: expert for expert in pool(session, court)},
    )


def pool(session: Session, court: Organisation) -> list[Expert]:
    firms = [
        make.organisation(
            session, f"衡正第{n}律师事务所", kind=OrgKind.LAW_FIRM, system=OrgSystem.SOCIETY, level=""
        )
        for n in range(1, 6)
    ]
    college = make.organisation(
        session, "渤宁学院", kind=OrgKind.UNIVERSITY, system=OrgSystem.SOCIETY, level=""
    )
    prosecution = make.organisation(
        session, "青岚市人民检察院", kind=OrgKind.PROCURATORATE, system=OrgSystem.PROCURATORATE
    )
    plan = [
        *((ExpertCategory.LAWYER, firm) for firm in (*firms, firms[0])),
        *((ExpertCategory.JUDGE, court) for _ in range(3)),
        *((ExpertCategory.PROSECUTOR, prosecution) for _ in range(3)),
        *((ExpertCategory.ACADEMIC, college) for _ in range(2)),
        *((ExpertCategory.TECHNICAL, None) for _ in range(2)),
    ]
    return [
        make.expert(
            session, f"专家{n:02d}", category=category, organisation=unit, practice_from=date(2001, 1, 1)
        )
        for n, (category, unit) in enumerate(plan, start=1)
    ]


def opened(session: Session, stage: Stage, now: datetime = NOW) -> PanelDraw:
    """A draw that waits for its witness."""
    draw = open_draw(session, stage.review, by=stage.coordinator, now=now)
    type_nonce(
        session, draw, nonce=NONCE, source="当日双色球开奖号码", witness=stage.witness, by=stage.coordinator,
        now=now,
    )  # fmt: skip
    return draw


def drawn(session: Session, stage: Stage, now: datetime = NOW) -> Panel:
    draw = opened(session, stage, now)
    return witness_draw(
        session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=stage.witness, now=now
    )


def answers(**yes: str) -> dict[str, Answer]:
    """No to every ground, but yes with a remark to those named."""
    return {rule: Answer(rule in yes, yes.get(rule, "")) for rule in GROUNDS}


def sign(session: Session, member: PanelMember, now: datetime = NOW, **yes: str) -> None:
    sign_statement(
        session, member, answers=answers(**yes), promise=True, password=PASSWORD, by=member.person, now=now
    )


def accepted(session: Session, stage: Stage, now: datetime = NOW) -> Panel:
    """A complete panel whose members signed both statements."""
    panel = drawn(session, stage, now)
    for member in list(panel.seated):
        sign(session, member, now)
        sign(session, member, now)
    return panel

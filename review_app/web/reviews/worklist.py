"""What waits for one person, until when: the start page of every role."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.errors import N_
from review_app.own_cases.models import OwnCase
from review_app.own_cases.queries import waiting_for
from review_app.own_cases.rules import can_check
from review_app.petitions.models import PetitionItem
from review_app.reviews.faces import face_of
from review_app.reviews.models import CaseReview, LegalCase
from review_app.reviews.queries import visible_to
from review_app.reviews.rules import (
    access_of,
    can_read_secrets,
    can_see,
    is_chair,
    is_coordinator,
    is_lead,
    is_leader,
    is_liaison,
    is_panel_member,
    is_secretary,
)
from review_app.reviews.states import AccessStage
from review_app.reviews.states import ReviewState as S
from review_app.rulebook import load
from review_app.web.reviews import doings

Rule = Callable[[Person, CaseReview], bool]
OVER = (S.CLOSED, S.WITHDRAWN)


def is_unsigned(person: Person, review: CaseReview) -> bool:
    """Drawn, but the conflict statement is not signed yet."""
    seat = access_of(person, review)
    return seat is not None and seat.stage is AccessStage.SUMMARY


def is_recorder(person: Person, review: CaseReview) -> bool:
    """The secretary who keeps the records of hearing and deliberation."""
    return is_secretary(person, review) and can_read_secrets(person, review)


@dataclass(frozen=True)
class Duty:
    """What a state asks of those whom ``rule`` names; ``page`` is where it is done. ``own`` duties end for a
    person who has done his part, the others when the review moves on."""

    rule: Rule
    words: str
    page: str = "reviews.one"
    own: bool = False


DUTIES: dict[S, tuple[Duty, ...]] = {
    S.DUE: (Duty(is_coordinator, N_("核对登记并立项")),),
    S.INTAKE: (Duty(is_coordinator, N_("补齐立项资料，发起调卷")),),
    S.FILES: (
        Duty(is_coordinator, N_("核对卷宗目录，进入抽选"), "files.index"),
        Duty(is_liaison, N_("上传卷宗和自评表"), "files.index"),
    ),
    S.DRAW: (
        Duty(is_coordinator, N_("抽选评查组，等待成员签署声明"), "panels.panel"),
        Duty(is_unsigned, N_("签署回避声明和保密承诺"), "panels.statement"),
        Duty(is_panel_member, N_("核对姓名后确认是否参加"), "panels.statement", own=True),
    ),
    S.NOTICE: (Duty(is_coordinator, N_("告知评查组名单，处理回避申请"), "panels.panel"),),
    S.READING: (
        Duty(is_unsigned, N_("签署回避声明和保密承诺"), "panels.statement"),
        Duty(is_panel_member, N_("阅卷并签署评查表"), "evaluations.desk", own=True),
    ),
    S.DRAFT: (Duty(is_lead, N_("汇总问题，完成类案检索"), "deliberations.findings"),),
    S.HEARING: (
        Duty(is_coordinator, N_("听取信访人意见，等待被评查单位答复"), "deliberations.hearing"),
        Duty(is_recorder, N_("听取信访人意见并制作笔录"), "deliberations.hearing"),
        Duty(is_liaison, N_("对评查初步意见提出异议或者表示无异议"), "deliberations.hearing", own=True),
    ),
    S.DELIBERATION: (
        Duty(is_chair, N_("主持研讨，组织表决"), "deliberations.deliberation"),
        Duty(is_panel_member, N_("参加研讨并表决"), "deliberations.deliberation", own=True),
        Duty(is_recorder, N_("制作研讨记录"), "deliberations.deliberation"),
    ),
    S.ESCALATED: (Duty(is_coordinator, N_("组织扩大评查组或者提请办公室会议"), "deliberations.escalation"),),
    S.OPINION: (
        Duty(is_lead, N_("起草评查意见书并提交签名"), "opinions.workbench"),
        Duty(is_panel_member, N_("审阅并签署评查意见书"), "opinions.workbench", own=True),
    ),
    S.SIGNOFF: (Duty(is_leader, N_("签发评查意见书"), "opinions.workbench"),),
    S.ISSUED: (Duty(is_coordinator, N_("送达意见书和结果告知书"), "opinions.documents"),),
    S.RECTIFY: (
        Duty(is_liaison, N_("逐项答复整改情况"), "followup.rectify", own=True),
        Duty(is_coordinator, N_("督促整改答复"), "followup.rectify"),
    ),
    S.FOLLOWUP: (Duty(is_coordinator, N_("登记化解情况或者准备终结材料"), "followup.index"),),
    S.SUSPENDED: (Duty(is_coordinator, N_("确认中止原因是否消除")),),
    S.REOPENED: (Duty(is_coordinator, N_("另行组成评查组"), "panels.panel"),),
}


# what waits outside the states
WITNESSING = Duty(can_see, N_("见证抽选"), "panels.draw")
DECIDING = Duty(can_see, N_("决定回避申请"), "panels.recusal")
CHANGED = Duty(can_see, N_("处理回避审查结果的变化"), "panels.conflicts")
SECONDING = Duty(can_see, N_("确认一项回避意见"), "panels.opinion")
FOUND = Duty(can_see, N_("确认卷宗中发现的案件人员"), "panels.people")
FINISHING = Duty(can_see, N_("完成入库案例的去标识化处理"), "own_cases.one")
CHECKING = Duty(can_see, N_("复核入库案例"), "own_cases.one")


@dataclass(frozen=True)
class Task:
    """One line of the work list. ``page`` opens with ``where``; ``colour`` is the clock's colour, empty
    without a due day."""

    review: CaseReview
    title: str
    opened: bool
    words: str
    page: str
    where: dict[str, int]
    due_on: date | None
    days_left: int | None
    colour: str


def tasks_of(session: Session, person: Person, *, now: datetime) -> list[Task]:
    """Everything that waits for ``person``, the most urgent first; one line for each review and duty."""
    today = local_day(now)
    reviews = running_reviews(session, person)
    done = doings.done_by(session, person, reviews)
    found = [
        task(person, review, duty, due_of(review), today=today)
        for review in reviews
        for duty in duties_of(person, review, done.get(review.state, set()))[:1]
    ]
    found += [
        task(person, draw.review, WITNESSING, None, today=today, draw_no=draw.draw_no)
        for draw in doings.draws_to_witness(session, person)
    ]
    found += [
        task(person, one.panel.review, DECIDING, one.due_on, today=today, recusal_id=one.id)
        for one in doings.recusals_to_decide(session, person)
    ]
    found += [
        task(person, one.review, CHANGED, None, today=today) for one in doings.changed_checks(session, person)
    ]
    found += [
        task(person, one.review, SECONDING, None, today=today, opinion_id=one.id)
        for one in doings.opinions_to_second(session, person)
    ]
    found += [
        task(person, one, FOUND, None, today=today) for one in doings.reviews_with_found(session, person)
    ]
    found += [own_case_task(person, own, today=today) for own in waiting_for(session, person)]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or today, one.review.id))


def duties_of(person: Person, review: CaseReview, done: set[int]) -> list[Duty]:
    asked = (duty for duty in DUTIES.get(review.state, ()) if duty.rule(person, review))
    return [duty for duty in asked if not (duty.own and review.id in done)]


def task(
    person: Person, review: CaseReview, duty: Duty, due_on: date | None, *, today: date, **where: int
) -> Task:
    face = face_of(person, review)
    days_left = (due_on - today).days if due_on else None
    return Task(
        review=review,
        title=face.title,
        opened=face.opened,
        words=duty.words,
        page=duty.page,
        where={"review_id": review.id, **where},
        due_on=due_on,
        days_left=days_left,
        colour=colour(review, days_left),
    )


def own_case_task(person: Person, own: OwnCase, *, today: date) -> Task:
    """A concluded review on its way into the library; who checks it need not see the review."""
    duty = CHECKING if can_check(person, own) else FINISHING
    made = task(person, own.review, duty, None, today=today)
    return replace(made, title=own.own_text.title, opened=True, where={"own_case_id": own.id})


def due_of(review: CaseReview) -> date | None:
    """The day by which the present state should be left."""
    return review.changes[-1].due_on if review.changes and review.state not in OVER else None


def colour(review: CaseReview, days_left: int | None) -> str:
    """Green, yellow, orange, red as the rule file divides the days left."""
    if days_left is None:
        return ""
    limits = load(review.rule_version).clocks.colours
    if days_left < 0:
        return "red"
    if days_left <= limits.orange:
        return "orange"
    return "yellow" if days_left <= limits.yellow else "green"


def running_reviews(session: Session, person: Person) -> list[CaseReview]:
    running = (
        select(CaseReview)
        .where(visible_to(person), CaseReview.state.not_in(OVER))
        .options(
            joinedload(CaseReview.legal_case).selectinload(LegalCase.involved),
            joinedload(CaseReview.item).joinedload(PetitionItem.petitioner),
            selectinload(CaseReview.changes),
            selectinload(CaseReview.accesses),
        )
    )
    return list(session.scalars(running).unique())

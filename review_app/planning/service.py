"""Plans: opening one, asking for proposals, leaving cases out, locking seats, asking "what if", giving up."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.panels.rules import can_open_draw
from review_app.planning import queries, rules
from review_app.planning.models import Plan, PlanCase, PlanLock, PlanPanel, PlanProposal, PlanRun
from review_app.planning.states import (
    PLAN_STEPS,
    UNFINISHED,
    USABLE,
    Choice,
    PlanState,
    ProposalState,
    RunState,
    Task,
)
from review_app.reviews.models import CaseReview

MOST_CASES = 1000
LONGEST_TITLE = 60
DEAREST_CHANGE = 1_000_000


def open_plan(
    session: Session,
    *,
    title: str,
    review_ids: Collection[int],
    choice: Choice,
    by: Person,
    now: datetime,
) -> Plan:
    """Take a backlog in hand. Every review must wait for its panel, and the person must be allowed to draw for it."""
    if not rules.can_plan(by):
        raise NotAllowed
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise ReviewError(N_("请给计划起一个名称（1至%(most)d个字）。"), most=LONGEST_TITLE)
    reviews = chosen(session, review_ids, by)
    plan = Plan(title=title, choice=choice, opened_by=by, created_at=now, created_by_id=by.id)
    plan.cases = [PlanCase(review=one, created_at=now, created_by_id=by.id) for one in reviews]
    session.add(plan)
    session.flush()
    note(session, "plan.create", plan, by=by, now=now, cases=len(reviews), choice=choice)
    return plan


def chosen(session: Session, review_ids: Collection[int], by: Person) -> list[CaseReview]:
    waiting = {one.id: one for one in queries.backlog(session, by)}
    gone = [review_id for review_id in review_ids if review_id not in waiting]
    if gone:
        raise ReviewError(
            N_("所选项目中有%(n)d件已不在待抽选状态或者已有抽选在进行，请刷新页面后重新选择。"), n=len(gone)
        )
    reviews = [waiting[review_id] for review_id in sorted(set(review_ids))]
    if not 1 <= len(reviews) <= MOST_CASES:
        raise ReviewError(N_("请选择1至%(most)d件评查项目。"), most=MOST_CASES)
    if not all(can_open_draw(by, one) for one in reviews):
        raise NotAllowed
    return reviews


def ask_for_proposal(
    session: Session,
    plan: Plan,
    *,
    based_on: PlanProposal | None = None,
    change_cost: int = 0,
    may_relax: bool = True,
    by: Person,
    now: datetime,
) -> PlanRun:
    """Have the background process work out panels for all cases of the plan that are not left out. ``change_cost``
    is the number of score points for which a seat of ``based_on`` may be given to somebody else."""
    require_work(session, plan, by)
    if not 0 <= change_cost <= DEAREST_CHANGE:
        raise ReviewError(N_("每变动一席的代价应当在0至%(most)d分之间。"), most=DEAREST_CHANGE)
    require_idle(session, plan)
    cases = queries.cases_of(session, plan)
    if not cases:
        raise ReviewError(N_("计划内的项目都已移出，没有可以编排的项目。"))
    proposal = PlanProposal(
        plan=plan, number=next_number(session, plan), based_on=based_on, facts_on=local_day(now),
        settings=settings_of(session, plan, change_cost=change_cost, may_relax=may_relax, based_on=based_on),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(proposal)
    session.flush()
    note(session, "plan.propose", plan, by=by, now=now, number=proposal.number, **proposal.settings)
    return queued(session, plan, Task.PROPOSE, proposal=proposal, by=by, now=now)


def settings_of(
    session: Session, plan: Plan, *, change_cost: int, may_relax: bool, based_on: PlanProposal | None
) -> dict[str, Any]:
    """What a proposal is asked with, besides the facts."""
    return {
        "change_cost": change_cost,
        "may_relax": may_relax,
        "based_on": based_on.number if based_on else 0,
        "cases": [one.id for one in queries.cases_of(session, plan)],
        "locks": [
            [lock.review_id, lock.expert.expert_no, lock.reason] for lock in queries.locks_of(session, plan)
        ],
    }


def fits_the_plan(session: Session, proposal: PlanProposal) -> bool:
    """Whether cases and locks are still those the proposal was worked out with."""
    plan, given = proposal.plan, proposal.settings
    now = settings_of(session, plan, change_cost=0, may_relax=True, based_on=None)
    return sorted(now["cases"]) == sorted(given["cases"]) and sorted(now["locks"]) == sorted(given["locks"])


def next_number(session: Session, plan: Plan) -> int:
    last = session.scalar(select(func.max(PlanProposal.number)).where(PlanProposal.plan_id == plan.id))
    return (last or 0) + 1


def queued(
    session: Session,
    plan: Plan,
    task: Task,
    *,
    by: Person,
    now: datetime,
    proposal: PlanProposal | None = None,
    **more: Any,
) -> PlanRun:
    run = PlanRun(plan=plan, task=task, proposal=proposal, asked_at=now, asked_by=by, **more)
    session.add(run)
    session.flush()
    return run


def set_cases(
    session: Session,
    plan: Plan,
    *,
    shown: Collection[int],
    ticked: Collection[int],
    by: Person,
    now: datetime,
) -> int:
    """Of the reviews shown on a page those that are ticked stay in the plan, the others are left out of the next
    proposal. Gives how many changed."""
    require_work(session, plan, by)
    changed = [
        one
        for one in plan.cases
        if one.review_id in set(shown) and one.left_out == (one.review_id in set(ticked))
    ]
    for one in changed:
        one.left_out = not one.left_out
    if changed:
        note(
            session, "plan.choose", plan, by=by, now=now,
            left_out=[one.review_id for one in changed if one.left_out],
            taken_in=[one.review_id for one in changed if not one.left_out],
        )  # fmt: skip
    return len(changed)


def set_locks(
    session: Session,
    panel: PlanPanel,
    *,
    expert_nos: Sequence[str],
    reason: str,
    by: Person,
    now: datetime,
) -> int:
    """Lock exactly these members of one panel for the next proposals; a new lock needs a reason, which stands in
    the record. Gives how many locks changed."""
    plan = panel.proposal.plan
    require_work(session, plan, by)
    seated = {member["expert_no"] for member in panel.members}
    if not set(expert_nos) <= seated:
        raise ReviewError(N_("只能锁定这个方案中该项目的成员。"))
    held = {
        lock.expert.expert_no: lock
        for lock in queries.locks_of(session, plan)
        if lock.review_id == panel.review_id
    }
    new, old = [no for no in expert_nos if no not in held], [no for no in held if no not in expert_nos]
    if new and len(reason.strip()) < 5:
        raise ReviewError(N_("请写明锁定席位的理由（至少五个字），理由写入记录。"))
    experts = queries.experts_by_no(session)
    for number in new:
        session.add(
            PlanLock(
                plan=plan,
                review_id=panel.review_id,
                expert=experts[number],
                reason=reason.strip(),
                created_at=now,
                created_by_id=by.id,
            )
        )
    for number in old:
        held[number].ended_at = now
    if new or old:
        session.flush()
        record(
            session, action="plan.lock", subject=plan, by=by, now=now, review_id=panel.review_id,
            after={"locked": new, "released": old}, reason=reason.strip() or None,
        )  # fmt: skip
    return len(new) + len(old)


def ask_what_if(session: Session, panel: PlanPanel, *, expert_no: str, by: Person, now: datetime) -> PlanRun:
    """Have worked out what it costs to insist on an expert for this panel; nothing is changed by it."""
    plan = panel.proposal.plan
    require_work(session, plan, by)
    require_idle(session, plan)
    if panel.proposal.state not in USABLE:
        raise ReviewError(N_("只有已完成的方案可以试算。"))
    if queries.holds(panel, expert_no):
        raise ReviewError(N_("该专家已在这个方案的评查组中。"))
    if expert_no not in queries.experts_by_no(session):
        raise ReviewError(N_("没有编号为%(number)s的专家。"), number=expert_no)
    note(session, "plan.what-if", plan, by=by, now=now, review_id=panel.review_id, expert_no=expert_no)
    question = {"review_id": panel.review_id, "expert_no": expert_no}
    return queued(session, plan, Task.INSIST, proposal=panel.proposal, by=by, now=now, question=question)


def cancel_run(session: Session, run: PlanRun, *, by: Person, now: datetime) -> None:
    """Ask the background process to stop; work that did not begin ends at once."""
    organs = queries.organs_of(session, run.plan)
    if not rules.can_cancel(by, run, organs):
        raise NotAllowed
    asked = update(PlanRun).where(PlanRun.id == run.id, PlanRun.state.in_(UNFINISHED))
    session.execute(asked.values(cancel_at=now).execution_options(synchronize_session=False))
    never = update(PlanRun).where(PlanRun.id == run.id, PlanRun.state == RunState.WAITING)
    ended = session.execute(
        never.values(state=RunState.CANCELLED, ended_at=now)
        .returning(PlanRun.id)
        .execution_options(synchronize_session=False)
    ).first()
    if ended and run.task is Task.PROPOSE and run.proposal is not None:
        run.proposal.state, run.proposal.finished_at = ProposalState.STOPPED, now
    note(session, "plan.stop", run.plan, by=by, now=now, task=run.task)


def give_up(session: Session, plan: Plan, *, reason: str, by: Person, now: datetime) -> None:
    """Close a plan without panels; everything in it stays to be read."""
    require_work(session, plan, by)
    require_idle(session, plan)
    if len(reason.strip()) < 5:
        raise ReviewError(N_("请写明放弃的理由（至少五个字）。"))
    step(plan, PlanState.GIVEN_UP)
    plan.given_up_reason = reason.strip()
    record(session, action="plan.give-up", subject=plan, by=by, now=now, reason=plan.given_up_reason)


def step(plan: Plan, to: PlanState) -> None:
    if to not in PLAN_STEPS[plan.state]:
        raise ReviewError(N_("计划已进入其他环节，请刷新页面查看。"))
    plan.state = to


def require_work(session: Session, plan: Plan, by: Person) -> None:
    if not rules.can_work_on(by, plan, queries.organs_of(session, plan)):
        raise NotAllowed


def require_idle(session: Session, plan: Plan) -> None:
    """One thing at a time for a plan."""
    one_at_a_time(session, f"plan:{plan.id}")
    if queries.unfinished_run(session, plan) is not None:
        raise ReviewError(N_("本计划已有一项计算在进行，请等它完成或者先取消。"))


def note(session: Session, action: str, plan: Plan, *, by: Person, now: datetime, **facts: Any) -> None:
    record(session, action=action, subject=plan, by=by, now=now, after=facts)

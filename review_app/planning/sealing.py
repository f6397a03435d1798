"""The draw of a whole plan as an act: commit, nonce, witness. The result comes into being only afterwards, in the
background, together with the seats: nobody ever sees a result that could still be thrown away."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.service import confirm_password
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.panels.drawing import public_nonce
from review_app.panels.lottery import commit_to, new_secret
from review_app.planning import queries, rules
from review_app.planning.keeping import text_of
from review_app.planning.models import Plan, PlanDraw, PlanProposal, PlanRun
from review_app.planning.service import fits_the_plan, queued, require_idle, step
from review_app.planning.states import PLAN_DRAW_STEPS, USABLE, PlanDrawState, PlanState, Task


def seal(
    session: Session, proposal: PlanProposal, *, again_reason: str = "", by: Person, now: datetime
) -> PlanDraw:
    """Fix a proposal's input (cases, locks, facts, by its SHA-256), make the secret and publish its commit. The same
    input may be drawn again only with a reason, which stays in the log."""
    plan = proposal.plan
    if not rules.can_seal(by, plan, queries.organs_of(session, plan)):
        raise NotAllowed
    require_idle(session, plan)
    if proposal.state not in USABLE:
        raise ReviewError(N_("只有已完成的方案可以抽签确定。"))
    if not fits_the_plan(session, proposal):
        raise ReviewError(N_("方案算出以后，移出的项目或者锁定的席位有变动。请先按现在的设置重新编排。"))
    require_reason_again(session, proposal, again_reason)
    step(plan, PlanState.SEALED)
    secret = new_secret()
    made = PlanDraw(
        plan=plan, number=next_number(session, plan), proposal=proposal, input_sha256=proposal.input_sha256,
        state=PlanDrawState.OPENED, again_reason=again_reason.strip(), commit=commit_to(secret),
        secret=secret.hex(), drawn_by=by, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, action="plan-draw.open", subject=made, by=by, now=now, reason=made.again_reason or None,
        after={"plan": plan.id, "commit": made.commit, "input_sha256": made.input_sha256},
    )  # fmt: skip
    return made


def require_reason_again(session: Session, proposal: PlanProposal, reason: str) -> None:
    if queries.earlier_draw(session, proposal.input_sha256) is not None and len(reason.strip()) < 5:
        raise ReviewError(N_("同样的输入已经抽签过一次。再次抽签请写明理由（至少五个字），理由写入记录。"))


def next_number(session: Session, plan: Plan) -> int:
    last = session.scalar(select(func.max(PlanDraw.number)).where(PlanDraw.plan_id == plan.id))
    return (last or 0) + 1


def advance(draw: PlanDraw, to: PlanDrawState) -> None:
    if to not in PLAN_DRAW_STEPS[draw.state]:
        raise ReviewError(N_("这次抽签已进入其他环节，请刷新页面查看。"))
    draw.state = to


def type_nonce(
    session: Session,
    draw: PlanDraw,
    *,
    nonce: str,
    source: str,
    witness: Person,
    by: Person,
    now: datetime,
) -> None:
    """Enter the public nonce and ask a witness. `source` says where anyone can look it up."""
    organs = queries.organs_of(session, draw.plan)
    if not rules.can_type_nonce(by, draw, organs):
        raise NotAllowed
    if not rules.may_ever_witness(witness, draw, organs):
        raise ReviewError(
            N_("见证人应当是发起人以外的协调员、记录秘书或者督查人员，且不属于任何一个被评查单位。")
        )
    nonce, source = public_nonce(nonce, source)
    advance(draw, PlanDrawState.AWAITING_WITNESS)
    draw.nonce, draw.nonce_source, draw.nonce_at = nonce, source, now
    draw.asked_witness = witness
    record(
        session, action="plan-draw.nonce", subject=draw, by=by, now=now,
        after={"nonce": nonce, "source": draw.nonce_source, "asked_witness": witness.login},
    )  # fmt: skip
    notify(
        session, "plan-witness", witness, now=now, link=f"/planning/{draw.plan_id}/draws/{draw.number}",
        step=f"plan-draw:{draw.id}:witness", number=draw.plan_id, count=len(draw.proposal.settings["cases"]),
    )  # fmt: skip


def witness_draw(
    session: Session,
    draw: PlanDraw,
    *,
    seen_sha256: str,
    password: str,
    by: Person,
    now: datetime,
    code: str = "",
) -> PlanRun:
    """The witness confirms nonce and input (`seen_sha256`: the digest on the page he read). From here on nobody can
    stop the draw: the background process compares the facts, draws, and seats all panels or none."""
    if not rules.can_witness(by, draw, queries.organs_of(session, draw.plan)):
        raise NotAllowed
    confirm_password(session, by, password, code=code, now=now)
    if seen_sha256 != draw.input_sha256:
        raise ReviewError(N_("页面上的输入摘要与本次抽签不符，请刷新页面后重新核对。"))
    advance(draw, PlanDrawState.WITNESSED)
    draw.witnessed_by, draw.witnessed_at = by, now
    record(
        session, action="plan-draw.witness", subject=draw, by=by, now=now,
        after={"input_sha256": draw.input_sha256, "nonce": draw.nonce},
    )  # fmt: skip
    return queued(session, draw.plan, Task.CARRY_OUT, proposal=draw.proposal, draw=draw, by=by, now=now)


def void_draw(session: Session, draw: PlanDraw, *, reason: str, by: Person, now: datetime) -> None:
    """Give up a draw that was not witnessed, with the reason; the plan can be worked on again."""
    if not rules.can_void(by, draw, queries.organs_of(session, draw.plan)):
        raise NotAllowed
    if len(reason.strip()) < 5:
        raise ReviewError(N_("请写明作废的理由（至少五个字）。"))
    advance(draw, PlanDrawState.VOIDED)
    step(draw.plan, PlanState.OPEN)
    draw.void_reason = reason.strip()
    record(session, action="plan-draw.void", subject=draw, by=by, now=now, reason=draw.void_reason)


def exported(draw: PlanDraw) -> str:
    """The record for download."""
    if draw.record is None:
        raise ReviewError(N_("抽签尚未完成，没有可以导出的记录。"))
    return text_of(draw.record) + "\n"

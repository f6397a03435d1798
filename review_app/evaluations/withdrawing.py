"""Taking back a signed form: asked for by its member with a reason, allowed or not by the head of the office.

The signed version stays as it was signed and counts no more. Its seat gets a draft that begins as a copy, and until that
is signed again nobody reads anybody's form: the panel is as it was before all had signed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person, RoleGrant
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.evaluations import rules
from review_app.evaluations.models import (
    Deduction,
    DimensionNote,
    EvalForm,
    FormAnswer,
    FormWithdrawal,
    VetoProposal,
)
from review_app.evaluations.queries import fresh, last_withdrawal
from review_app.evaluations.states import FORM_STEPS, FormState, WithdrawalState
from review_app.notices.service import notify

SHORTEST_REASON = 5
OWN = frozenset(
    {"id", "created_at", "created_by_id", "row_version", "form_id", "deduction_id", "veto_id", "answer_id"}
)
"""columns a copy has of its own"""
OF_SIGNATURE = frozenset(
    {"state", "independence_declared", "signed_at", "content_sha256", "withdrawn_at", "withdrawn_reason"}
)


def ask_withdrawal(
    session: Session, form: EvalForm, *, reason: str, by: Person, now: datetime
) -> FormWithdrawal:
    """Ask to take back one's own signed form. The reason is read by the decider and, after closing, the auditor."""
    if not rules.can_ask_withdrawal(by, form):
        raise NotAllowed
    last = last_withdrawal(session, form)
    if last is not None and last.state is WithdrawalState.ASKED:
        raise ReviewError(N_("您已经申请撤回，请等待决定。"))
    asked = FormWithdrawal(form=form, reason=with_reason(reason), created_at=now, created_by_id=by.id)
    session.add(asked)
    session.flush()
    record(session, action="form.withdrawal-ask", subject=asked, by=by, now=now, review_id=form.review_id)
    for leader in leaders(session):
        if rules.can_decide_withdrawal(leader, form):
            notify(
                session, "withdrawal-asked", leader, now=now, review_id=form.review_id, link="/withdrawals",
                step=f"withdrawal:{asked.id}", review_no=str(form.review.review_no),
            )  # fmt: skip
    return asked


def decide_withdrawal(
    session: Session, asked: FormWithdrawal, *, approve: bool, answer: str, by: Person, now: datetime
) -> EvalForm | None:
    """Allow or refuse. Allowed, the signed form stops counting and a draft copied from it is given back."""
    if not rules.can_decide_withdrawal(by, asked.form):
        raise NotAllowed
    session.refresh(asked, with_for_update=True)
    if asked.state is not WithdrawalState.ASKED or asked.form.state is not FormState.SIGNED:
        raise ReviewError(N_("这件申请已经决定，或者评查表已不再计入。"))
    asked.answer = answer.strip() if approve else with_reason(answer)
    asked.state = WithdrawalState.APPROVED if approve else WithdrawalState.REFUSED
    asked.decided_by_id, asked.decided_at = by.id, now
    session.flush()
    record(
        session, action="form.withdrawal-decide", subject=asked, by=by, now=now, review_id=asked.form.review_id,
        after={"state": asked.state},
    )  # fmt: skip
    notify(
        session, "withdrawal-decided", asked.form.person, now=now, review_id=asked.form.review_id,
        step=f"withdrawal-decided:{asked.id}", link=f"/reviews/{asked.form.review_id}/form",
        review_no=str(asked.form.review.review_no),
    )  # fmt: skip
    return take_back(session, asked.form, by=by, now=now) if approve else None


def with_reason(given: str) -> str:
    if len(given.strip()) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由（不少于%(least)s个字）。"), least=SHORTEST_REASON)
    return given.strip()


def leaders(session: Session) -> list[Person]:
    grants = select(RoleGrant).where(
        RoleGrant.role == Role.LEADER, RoleGrant.approved_at.is_not(None), RoleGrant.ended_at.is_(None)
    )
    found = [grant.person for grant in session.scalars(grants.order_by(RoleGrant.id))]
    return [person for person in found if person.disabled_at is None]


def take_back(session: Session, form: EvalForm, *, by: Person, now: datetime) -> EvalForm:
    if FormState.WITHDRAWN not in FORM_STEPS[form.state]:
        raise ReviewError(N_("这件申请已经决定，或者评查表已不再计入。"))
    form = fresh(session, form)
    form.state, form.withdrawn_at, form.withdrawn_reason = FormState.WITHDRAWN, now, "本人申请撤回，经批准"
    session.flush()
    again = copied(session, form, now=now)
    record(
        session, action="form.copy", subject=again, by=by, now=now, review_id=form.review_id,
        before={"form": form.id, "sha256": form.content_sha256},
    )  # fmt: skip
    return again


def copied(session: Session, form: EvalForm, *, now: datetime) -> EvalForm:
    """A draft that says what ``form`` says, numbers, ranges and days of acts included."""
    again = EvalForm(**values_of(form, without=OF_SIGNATURE), created_at=now)
    session.add(again)
    session.flush()
    parts: dict[tuple[str, int], Any] = {}
    row: Any
    for kind, rows in holders_of(form):
        for row in rows:
            parts[kind, row.id] = add_copy(session, row, again, {}, now=now)
    session.flush()
    for row in (*form.quotes, *form.law_citations, *form.precedent_citations):
        served = {
            name: parts[kind, getattr(row, name)].id
            for kind, name in (("deduction", "deduction_id"), ("veto", "veto_id"), ("answer", "answer_id"))
            if getattr(row, name, None) is not None
        }
        add_copy(session, row, again, served, now=now)
    session.flush()
    return fresh(session, again)


def holders_of(
    form: EvalForm,
) -> Iterable[tuple[str, list[Deduction] | list[VetoProposal] | list[FormAnswer] | list[DimensionNote]]]:
    """What evidence hangs on, and the dimensions."""
    yield "note", form.notes
    yield "deduction", form.deductions
    yield "veto", form.veto_proposals
    yield "answer", form.answers


def add_copy(session: Session, row: Any, form: EvalForm, served: dict[str, int], *, now: datetime) -> Any:
    copy = type(row)(
        **values_of(row), form_id=form.id, **served, created_at=now, created_by_id=form.person_id
    )
    session.add(copy)
    return copy


def values_of(row: Any, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What stands in a row, without what a copy has of its own."""
    columns = inspect(type(row)).columns
    return {one.key: getattr(row, one.key) for one in columns if one.key not in OWN | without}

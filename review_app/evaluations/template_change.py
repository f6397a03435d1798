"""Putting a new version of a form template to use: which open reviews it would touch, and moving only those that
somebody ticked.

What may move is decided by the state of a review alone, never by who has signed. Where reading has begun the standard
does not change any more: only a version that changes nothing but words can still be taken over, on drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.evaluations.models import EvalForm
from review_app.evaluations.states import FormState
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.rules import can_activate
from review_app.form_templates.service import step, with_reason
from review_app.form_templates.states import ChangeClass, TemplateState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import AFTER_ISSUE, ReviewState

BEFORE_READING = frozenset(
    {ReviewState.DUE, ReviewState.INTAKE, ReviewState.FILES, ReviewState.DRAW, ReviewState.NOTICE}
)
OVER = AFTER_ISSUE | {ReviewState.CLOSED, ReviewState.WITHDRAWN}


@dataclass(frozen=True)
class Touched:
    """An open review of the template. ``obstacle``: why it stays with the version it has; empty when it may move."""

    review: CaseReview
    obstacle: str

    @property
    def may_move(self) -> bool:
        return not self.obstacle


def touched(session: Session, version: FormTemplate) -> list[Touched]:
    """Every open review of the version's template that has another version."""
    waiting = select(CaseReview).where(
        CaseReview.template == version.template,
        CaseReview.rule_version == version.rule_version,
        CaseReview.form_template_id.is_distinct_from(version.id),
        CaseReview.state.not_in(OVER),
    )
    found = session.scalars(waiting.order_by(CaseReview.id))
    return [Touched(review, obstacle_for(review, version)) for review in found]


def obstacle_for(review: CaseReview, version: FormTemplate) -> str:
    if review.state in BEFORE_READING:
        return ""
    if review.state is ReviewState.READING and version.change_class is ChangeClass.WORDING:
        return ""
    return N_("阅卷已经开始，按原版本评完。")


def activate(
    session: Session,
    version: FormTemplate,
    *,
    review_ids: Iterable[int],
    reason: str,
    by: Person,
    now: datetime,
) -> list[CaseReview]:
    """New reviews begin with this version from now on; of the open ones only those named move to it, and drafts on
    them with it. Signed forms stay as they are. Gives the reviews moved.

    Raises ReviewError when one of them can no longer move: nothing is done then.
    """
    if not can_activate(by, version):
        raise NotAllowed
    session.refresh(version, with_for_update=True)
    wanted = set(review_ids)
    moving = [one for one in touched(session, version) if one.review.id in wanted]
    if {one.review.id for one in moving if one.may_move} != wanted:
        raise ReviewError(N_("所选的评查项目中有的已不能改用新版本，请重新核对。"))
    why = with_reason(reason) if moving else reason.strip()
    step(version, TemplateState.ACTIVE)
    version.activated_by, version.activated_at = by, now
    session.flush()
    record(
        session, action="form-template.activate", subject=version, by=by, now=now, reason=why,
        after={"sha256": version.sha256, "reviews": len(moving)},
    )  # fmt: skip
    for one in moving:
        move(session, one.review, version, reason=why, by=by, now=now)
    return [one.review for one in moving]


def move(
    session: Session, review: CaseReview, version: FormTemplate, *, reason: str, by: Person, now: datetime
) -> None:
    before = review.form_template.number if review.form_template else 0
    review.form_template = version
    drafts = select(EvalForm).where(EvalForm.review_id == review.id, EvalForm.state == FormState.DRAFT)
    for form in session.scalars(drafts):
        form.form_template = version
    session.flush()
    record(
        session, action="form-template.move", subject=review, by=by, now=now, review_id=review.id,
        before={"version": before}, after={"version": version.number}, reason=reason,
    )  # fmt: skip

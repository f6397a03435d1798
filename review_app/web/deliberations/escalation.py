"""An escalated review: why it went up, and how the coordinator lets it go on."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.deliberations import concluding
from review_app.deliberations.models import Escalation
from review_app.deliberations.queries import escalation_of
from review_app.deliberations.rules import can_see_escalation, can_settle
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Outcome
from review_app.web.deliberations.blueprint import pages
from review_app.web.deliberations.findings import number
from review_app.web.deliberations.forms import EnlargeForm, OfficeForm
from review_app.web.deliberations.words import found, words
from review_app.web.request import now, permitted, person, session, tried, visible_review


def readable(review_id: int) -> tuple[CaseReview, Escalation]:
    review = visible_review(review_id)
    permitted(can_see_escalation(person(), review), review)
    return review, found(escalation_of(session(), review))


@pages.get("/reviews/<id:review_id>/escalation")
def escalation(review_id: int) -> ResponseReturnValue:
    return shown(*readable(review_id))


def shown(review: CaseReview, raised: Escalation, form: OfficeForm | None = None) -> str:
    may_settle = can_settle(person(), review) and raised.settled_at is None
    grade_open, outcome_open = concluding.open_points(session(), review)
    return render_template(
        "pages/deliberations/escalation.html",
        raised=raised,
        may_settle=may_settle,
        grade_open=grade_open,
        outcome_open=outcome_open,
        form=(form or OfficeForm(formdata=None, seen=raised.row_version)).offer(review)
        if may_settle
        else None,
        **words(review),
    )


@pages.post("/reviews/<id:review_id>/escalation/enlarge")
def enlarge(review_id: int) -> ResponseReturnValue:
    review, raised = readable(review_id)
    permitted(can_settle(person(), review), review)
    form = EnlargeForm()
    if form.validate_on_submit() and tried(
        lambda: concluding.choose_larger_panel(
            session(), raised, row_version=form.seen.data or 0, by=person(), now=now()
        )
    ):
        flash(gettext("已选择扩大评查组。请回到概况页进入“抽选”。"), "success")
    return redirect(url_for("deliberations.escalation", review_id=review.id))


@pages.post("/reviews/<id:review_id>/escalation/office")
def office(review_id: int) -> ResponseReturnValue:
    review, raised = readable(review_id)
    permitted(can_settle(person(), review), review)
    form = OfficeForm().offer(review)
    if form.validate_on_submit() and form.held_on.data is not None:
        held_on = form.held_on.data
        if tried(
            lambda: concluding.record_office_meeting(
                session(), raised, held_on=held_on, attended=form.attended.data or "",
                minutes=form.minutes.data or "", grade=form.grade.data or None,
                outcome=Outcome(form.outcome.data) if form.outcome.data else None,
                row_version=number(form.seen.data), by=person(), now=now(),
            )
        ):  # fmt: skip
            flash(gettext("会议纪要已登记。"), "success")
            return redirect(url_for("deliberations.escalation", review_id=review.id))
    return shown(review, raised, form)

"""Asking for one's signed form back, and deciding on it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.evaluations import rules
from review_app.evaluations.models import FormWithdrawal
from review_app.evaluations.queries import open_withdrawals
from review_app.evaluations.withdrawing import ask_withdrawal as ask
from review_app.progress.withdrawals import decide
from review_app.web.evaluations.blueprint import pages
from review_app.web.evaluations.filling import own_draft, own_page
from review_app.web.evaluations.forms import WithdrawalDecisionForm, WithdrawForm
from review_app.web.request import now, permitted, person, session, tried


@pages.post("/reviews/<id:review_id>/form/withdraw")
def ask_withdrawal(review_id: int) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    asked = WithdrawForm()
    if asked.validate() and tried(
        lambda: ask(session(), form, reason=asked.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("撤回申请已提交。"), "success")
        return redirect(url_for("evaluations.desk", review_id=review.id))
    return own_page(review, form, asked), 422


@pages.get("/withdrawals")
def withdrawals() -> ResponseReturnValue:
    """What waits for the head of the office: the review and the reason, not the member."""
    permitted(rules.can_decide_withdrawals(person()))
    return listing_page(WithdrawalDecisionForm(formdata=None), 0)


def listing_page(form: WithdrawalDecisionForm, form_for: int) -> str:
    return render_template(
        "pages/evaluations/withdrawals.html",
        waiting=[
            one for one in open_withdrawals(session()) if rules.can_decide_withdrawal(person(), one.form)
        ],
        form=form,
        form_for=form_for,
        blank=WithdrawalDecisionForm(formdata=None),
    )


@pages.post("/withdrawals/<id:withdrawal_id>")
def decide_withdrawal(withdrawal_id: int) -> ResponseReturnValue:
    permitted(rules.can_decide_withdrawals(person()))
    asked = session().get(FormWithdrawal, withdrawal_id) or abort(404)
    permitted(rules.can_decide_withdrawal(person(), asked.form), asked.form.review)
    form = WithdrawalDecisionForm()
    approve = request.form.get("decision") == "approve"
    if form.validate() and tried(
        lambda: decide(
            session(), asked, approve=approve, answer=form.answer.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("决定已记录。"), "success")
        return redirect(url_for("evaluations.withdrawals"))
    return listing_page(form, withdrawal_id), 422

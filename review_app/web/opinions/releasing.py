"""Signing by the panel, submission, release or one return by the leader."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import ReviewError
from review_app.opinions import service
from review_app.opinions.models import Opinion
from review_app.opinions.rules import can_release, can_sign
from review_app.progress import service as progress
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_move
from review_app.reviews.states import ReviewState
from review_app.web.opinions.blueprint import pages
from review_app.web.opinions.forms import ConfirmForm, ReturnForm, SignForm
from review_app.web.opinions.writing import drafted, workbench_page
from review_app.web.request import now, permitted, person, session, tried


@pages.route("/reviews/<id:review_id>/opinion/sign", methods=["GET", "POST"])
def sign(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    permitted(can_sign(person(), review), review)
    form = SignForm(data={"seen": service.present_sha256(opinion)})
    declining = request.form.get("act") == "decline"
    if form.validate_on_submit() and tried(lambda: signed(form, opinion, declining=declining)):
        flash(gettext("不签名的理由已记录。") if declining else gettext("已签名。"), "success")
        return redirect(url_for("opinions.workbench", review_id=review.id))
    form.seen.data = service.present_sha256(opinion)
    return render_template(
        "pages/opinions/sign.html",
        review=review,
        form=form,
        problems=service.problems_of(opinion),
        document=service.draft_of(opinion),
    )


def signed(form: SignForm, opinion: Opinion, *, declining: bool) -> None:
    reason = (form.declined_reason.data or "").strip()
    if declining and not reason:
        raise ReviewError("请写明不签名的理由。")
    service.sign_opinion(
        session(), opinion, password=form.password.data or "", code=form.code.data or "", seen_sha256=form.seen.data or "",
        declined_reason=reason if declining else "", by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/opinion/submit")
def submit(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    permitted(can_move(person(), review, ReviewState.SIGNOFF), review)
    if ConfirmForm().validate_on_submit() and tried(lambda: advance(review, ReviewState.SIGNOFF)):
        flash(gettext("评查意见书已提交签发。"), "success")
        return redirect(url_for("reviews.one", review_id=review.id))
    return workbench_page(review, opinion, ReturnForm(formdata=None))


def advance(review: CaseReview, to: ReviewState, reason: str = "") -> None:
    progress.advance(session(), review, to, by=person(), now=now(), reason=reason)


@pages.post("/reviews/<id:review_id>/opinion/release")
def release(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    permitted(can_release(person(), review), review)
    if ConfirmForm().validate_on_submit() and tried(lambda: advance(review, ReviewState.ISSUED)):
        flash(gettext("已签发，文号%(number)s。", number=opinion.document.number), "success")
        return redirect(url_for("opinions.documents", review_id=review.id))
    return workbench_page(review, opinion, ReturnForm(formdata=None))


@pages.post("/reviews/<id:review_id>/opinion/return")
def send_back(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    permitted(can_release(person(), review), review)
    form = ReturnForm()
    if form.validate_on_submit() and tried(
        lambda: advance(review, ReviewState.OPINION, reason=form.reason.data or "")
    ):
        flash(gettext("已退回补正。"), "success")
        return redirect(url_for("reviews.one", review_id=review.id))
    return workbench_page(review, opinion, form)

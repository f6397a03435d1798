"""The reply of the reviewed organ: written by its liaison, read by those who follow the review."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.followup import rectification
from review_app.followup.answering import Answered
from review_app.followup.evidence import add_evidence
from review_app.followup.models import Evidence, RectificationReply
from review_app.followup.queries import reply_due_on, reply_of
from review_app.followup.rules import can_read_draft_reply, can_read_reply, can_reply
from review_app.followup.states import ANSWER_HINTS, ANSWER_LABELS, ReplyState
from review_app.reviews.faces import face_of
from review_app.reviews.file_intake import TakenIn, TurnedAway
from review_app.reviews.models import CaseReview
from review_app.web.followup.blueprint import pages
from review_app.web.followup.forms import ReplyForm, reply_values
from review_app.web.followup.uploads import taken_in
from review_app.web.request import now, person, session, tried, visible, visible_review


@pages.get("/reviews/<id:review_id>/rectify")
def rectify(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), can_read_reply)
    reply = reply_of(session(), review)
    if reply is not None and reply.state is ReplyState.DRAFT and can_reply(person(), review):
        return form_page(review, reply, ReplyForm(formdata=None, data=reply_values(reply)))
    shown = reply is not None and (
        reply.state is ReplyState.SUBMITTED or can_read_draft_reply(person(), review)
    )
    return render_template(
        "pages/followup/reply.html",
        review=review,
        reply=reply if shown else None,
        due_on=reply_due_on(session(), review),
        answer_labels=ANSWER_LABELS,
        face=face_of(person(), review),
    )


@pages.post("/reviews/<id:review_id>/rectify")
def answer(review_id: int) -> ResponseReturnValue:
    """Save what is written; with the button "submit" also hand it in as a whole."""
    review = visible(visible_review(review_id), can_reply)
    form = ReplyForm()
    if not form.validate_on_submit():
        return form_page(review, reply_of(session(), review), form)
    files = {line.form.subject.data or "": taken_in(line.form.evidence.data) for line in form.lines}
    if not tried(lambda: save(review, form, files)):
        return form_page(review, reply_of(session(), review), form)
    if request.form.get("act") != "submit":
        flash(gettext("已保存，尚未提交。"), "success")
        return redirect(url_for("followup.rectify", review_id=review.id))
    if tried(lambda: submit(review)):
        flash(gettext("整改回复已提交。"), "success")
        return redirect(url_for("followup.rectify", review_id=review.id))
    reply = reply_of(session(), review)
    if reply is not None:
        form.show_lacks(rectification.lacks_of(reply, now=now()))
    return form_page(review, reply, form)


def save(review: CaseReview, form: ReplyForm, files: dict[str, TakenIn | TurnedAway | None]) -> None:
    kept = {subject: keep(review, file) for subject, file in files.items() if file is not None}
    answers: list[Answered] = [line.form.answered() for line in form.lines]
    rectification.save_reply(
        session(), review, answers, remark=form.remark.data or "", seen_edition=form.seen.data or 0,
        evidence=kept, by=person(), now=now(),
    )  # fmt: skip


def keep(review: CaseReview, file: TakenIn | TurnedAway) -> Evidence:
    return add_evidence(session(), review, file, by=person(), now=now())


def submit(review: CaseReview) -> None:
    reply = reply_of(session(), review)
    edition = reply.edition if reply else 0
    rectification.submit_reply(session(), review, seen_edition=edition, by=person(), now=now())


def form_page(review: CaseReview, reply: RectificationReply | None, form: ReplyForm) -> ResponseReturnValue:
    """The form with what was typed; after somebody else saved, with what he saved beside it."""
    if reply is None:
        return redirect(url_for("followup.rectify", review_id=review.id))
    form.seen.data = reply.edition
    return render_template(
        "pages/followup/rectify.html",
        review=review,
        form=form,
        stored={line.subject: line for line in reply.lines},
        asked_words={line.subject: face_of(person(), review).text(line.asked) for line in reply.lines},
        due_on=reply_due_on(session(), review),
        theirs=g.get("edit_conflict"),
        answer_labels=ANSWER_LABELS,
        answer_hints=ANSWER_HINTS,
    )

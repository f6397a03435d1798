"""The log of interventions (三个规定): the leader's box for time, coordination and resources; the record of
anybody who spoke about the substance."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.deliberations import interventions as guard
from review_app.deliberations.queries import interventions_read_by
from review_app.deliberations.rules import can_comment, can_record_intervention, can_see_interventions
from review_app.deliberations.states import Channel, InterventionKind
from review_app.reviews.models import CaseReview
from review_app.web.deliberations.blueprint import pages
from review_app.web.deliberations.forms import CommentForm, InterventionForm
from review_app.web.deliberations.sessions import moment_of
from review_app.web.deliberations.words import words
from review_app.web.request import now, permitted, person, session, tried, visible_review


def readable(review_id: int) -> CaseReview:
    review = visible_review(review_id)
    permitted(can_see_interventions(person(), review), review)
    return review


@pages.get("/reviews/<id:review_id>/interventions")
def interventions(review_id: int) -> ResponseReturnValue:
    return shown(readable(review_id))


def shown(
    review: CaseReview, *, commenting: CommentForm | None = None, recording: InterventionForm | None = None
) -> str:
    may_comment, may_record = can_comment(person(), review), can_record_intervention(person(), review)
    return render_template(
        "pages/deliberations/interventions.html",
        kept=interventions_read_by(session(), person(), review),
        comment_form=(commenting or CommentForm(formdata=None)).offer() if may_comment else None,
        record_form=(recording or InterventionForm(formdata=None)).offer() if may_record else None,
        **words(review),
    )


@pages.post("/reviews/<id:review_id>/interventions/comment")
def comment(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(can_comment(person(), review), review)
    form = CommentForm().offer()
    if form.validate_on_submit() and tried(
        lambda: guard.comment(
            session(), review, kind=InterventionKind(form.kind.data), text=form.text.data or "", by=person(),
            now=now(),
        )
    ):  # fmt: skip
        flash(gettext("留言已保存并全程留痕。"), "success")
        return redirect(url_for("deliberations.interventions", review_id=review.id))
    return shown(review, commenting=form)


@pages.post("/reviews/<id:review_id>/interventions")
def record(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(can_record_intervention(person(), review), review)
    form = InterventionForm().offer()
    if form.validate_on_submit() and form.at.data is not None:
        at = moment_of(form.at.data)
        if tried(
            lambda: guard.record_intervention(
                session(), review, who=form.who.data or "", post=form.post.data or "",
                channel=Channel(form.channel.data), at=at, content=form.content.data or "", by=person(), now=now(),
            )
        ):  # fmt: skip
            flash(gettext("已登记，全程留痕，不能更改或者删除。"), "success")
            return redirect(url_for("deliberations.interventions", review_id=review.id))
    return shown(review, recording=form)

"""The expert's own page: the statement that is due, or how the seat stands; declining."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.panels import queries, rules
from review_app.panels.answering import PROMISE, decline, names_of, sign_statement, stage_of
from review_app.panels.models import PanelMember
from review_app.panels.states import DeclineReason, SeatState
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import is_invited
from review_app.reviews.states import INVOLVED_LABELS, TEMPLATE_LABELS
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import DeclineForm, StatementForm
from review_app.web.panels.words import labels
from review_app.web.request import now, permitted, person, session, tried, visible, visible_review


def own_seat(review_id: int) -> tuple[CaseReview, PanelMember]:
    """The signed-in expert's seat; 404 for everybody else."""
    review = visible(visible_review(review_id), is_invited)
    seat = queries.seat_of(session(), review, person())
    return (review, seat) if seat is not None else abort(404)


@pages.get("/reviews/<id:review_id>/panel/statement")
def statement(review_id: int) -> ResponseReturnValue:
    review, seat = own_seat(review_id)
    return statement_page(review, seat)


def statement_page(
    review: CaseReview,
    seat: PanelMember,
    form: StatementForm | None = None,
    decline_form: DeclineForm | None = None,
) -> ResponseReturnValue:
    form = form or StatementForm()
    form.offer()
    decline_form = decline_form or DeclineForm()
    decline_form.offer()
    answering = rules.can_answer(person(), seat)
    return render_template(
        "pages/panels/statement.html",
        review=review,
        seat=seat,
        stage=stage_of(seat) if answering else 0,
        form=form,
        decline_form=decline_form,
        promise=PROMISE,
        names=names_of(review) if seat.status in (SeatState.STATED, SeatState.ACCEPTED) else [],
        involved_labels=INVOLVED_LABELS,
        template_labels=TEMPLATE_LABELS,
        labels=labels(),
    )


@pages.post("/reviews/<id:review_id>/panel/statement")
def sign(review_id: int) -> ResponseReturnValue:
    review, seat = own_seat(review_id)
    permitted(rules.can_answer(person(), seat), review)
    form = StatementForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: sign_it(form, seat)):
        return answered(review, seat)
    return statement_page(review, seat, form=form)


def sign_it(form: StatementForm, seat: PanelMember) -> None:
    sign_statement(
        session(), seat, answers=form.answers(), promise=bool(form.promise.data),
        password=form.password.data or "", code=form.code.data or "", by=person(), now=now(),
    )  # fmt: skip


def answered(review: CaseReview, seat: PanelMember) -> ResponseReturnValue:
    """Where the expert goes after signing, and what he is told."""
    if seat.status is SeatState.STATED:
        flash(
            gettext("声明已签署。请核对下列当事人和承办人名单，再次确认是否存在应当回避的情形。"), "success"
        )
    elif seat.status is SeatState.ACCEPTED:
        flash(gettext("您已接受参加评查。告知程序结束后即可阅卷评查。"), "success")
        return redirect(url_for("reviews.one", review_id=review.id))
    elif seat.status is SeatState.SUSPENDED:
        flash(gettext("声明已签署。您说明的情形已报办公室决定，决定前暂停参加。"), "warning")
    else:
        flash(gettext("声明已签署并存档。因存在应当回避的情形，您不再参加本项评查。"), "warning")
        return redirect(url_for("reviews.start"))
    return redirect(url_for("panels.statement", review_id=review.id))


@pages.post("/reviews/<id:review_id>/panel/decline")
def refuse(review_id: int) -> ResponseReturnValue:
    review, seat = own_seat(review_id)
    permitted(rules.can_answer(person(), seat), review)
    form = DeclineForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: decline_it(form, seat)):
        flash(gettext("已登记您的谢绝，候补专家将递补。您签署的声明仍予保存。"), "success")
        return redirect(url_for("reviews.start"))
    return statement_page(review, seat, decline_form=form)


def decline_it(form: DeclineForm, seat: PanelMember) -> None:
    decline(
        session(), seat, reason=DeclineReason(form.reason.data), ground=form.ground.data or "",
        note=form.note.data or "", by=person(), now=now(),
    )  # fmt: skip

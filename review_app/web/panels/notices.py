"""Telling both sides the names, waiving, and filling a seat that stayed empty."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.panels import queries, rules, service
from review_app.panels.models import Panel, Telling
from review_app.panels.states import TellingMethod, ToldParty
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import is_liaison
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import EmptyForm, TellForm, WaiveForm
from review_app.web.panels.room import panel_page
from review_app.web.request import now, permitted, person, session, tried, visible, visible_review


def panel_here(review: CaseReview) -> Panel:
    """The present panel, or 404."""
    found = queries.panel_of(session(), review)
    return found if found is not None else abort(404)


@pages.post("/reviews/<id:review_id>/panel/tellings")
def tell(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), rules.can_tell)
    panel = panel_here(review)
    form = TellForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: tell_it(form, panel)):
        flash(gettext("告知情况已登记，申请回避的期限开始计算。"), "success")
        return redirect(url_for("panels.panel", review_id=review.id))
    return panel_page(review, tell_form=form)


def tell_it(form: TellForm, panel: Panel) -> None:
    service.tell(
        session(), panel, to=ToldParty(form.to.data), told_on=form.told_on.data or local_day(now()),
        method=TellingMethod(form.method.data), note=form.note.data or "", by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/panel/tellings/<id:telling_id>/waive")
def waive(review_id: int, telling_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    told = session().get(Telling, telling_id)
    if told is None or told.panel_id != panel_here(review).id:
        abort(404)
    by_organ = told.to is ToldParty.ORGAN and is_liaison(person(), review)
    permitted(by_organ or rules.can_tell(person(), review), review)
    form = WaiveForm()
    if form.validate_on_submit() and tried(
        lambda: service.waive(session(), told, note=form.note.data or "", by=person(), now=now())
    ):
        flash(gettext("已登记不申请回避。"), "success")
        return redirect(url_for("panels.panel", review_id=review.id))
    return panel_page(review)


@pages.post("/reviews/<id:review_id>/panel/replacements/<id:replacement_id>/fill")
def fill(review_id: int, replacement_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), rules.can_fill_seat)
    change = next((one for one in panel_here(review).replacements if one.id == replacement_id), None)
    if change is None:
        abort(404)
    if EmptyForm().validate_on_submit() and tried(
        lambda: service.fill_seat(session(), change, by=person(), now=now())
    ):
        flash(gettext("空缺席位已由专家递补。"), "success")
        return redirect(url_for("panels.panel", review_id=review.id))
    return panel_page(review)

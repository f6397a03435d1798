"""Recusal requests: asking, deciding, reconsidering; and removal of a member by the office."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import ReviewError
from review_app.panels import objecting, queries, rules
from review_app.panels.models import Panel, PanelMember, Recusal
from review_app.panels.states import Applicant, SeatState
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import is_coordinator
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import AgainForm, DecisionForm, RecusalForm, RemoveForm
from review_app.web.panels.notices import panel_here
from review_app.web.panels.words import labels
from review_app.web.request import now, permitted, person, session, tried, visible, visible_review


def open_panel(review: CaseReview) -> Panel:
    """The present panel, if its names are open to the person."""
    panel = panel_here(review)
    permitted(rules.can_see_names_of(person(), review, panel), review)
    return panel


@pages.route("/reviews/<id:review_id>/panel/recusals/new", methods=["GET", "POST"])
def new_recusal(review_id: int) -> ResponseReturnValue:
    """The organ asks for itself; the coordinator writes down what the petitioner asks."""
    review = visible(visible_review(review_id), rules.can_request_recusal)
    panel = open_panel(review)
    form = RecusalForm()
    form.offer([one for one in panel.seated if one.status is not SeatState.SUSPENDED])
    made: list[Recusal] = []
    if form.validate_on_submit() and tried(lambda: made.append(request_it(form, review, panel))):
        flash(gettext("回避申请已提交，决定前该专家暂停参加评查。"), "success")
        return redirect(url_for("panels.recusal", review_id=review.id, recusal_id=made[0].id))
    return render_template(
        "pages/panels/new_recusal.html",
        review=review,
        panel=panel,
        form=form,
        for_petitioner=asks_for_petitioner(review),
    )


def asks_for_petitioner(review: CaseReview) -> bool:
    return is_coordinator(person(), review)


def request_it(form: RecusalForm, review: CaseReview, panel: Panel) -> Recusal:
    member = queries.find_member(session(), panel, form.member.data or 0)
    if member is None:
        raise ReviewError(gettext("请选择被申请回避的专家。"))
    return objecting.request_recusal(
        session(), member, ground=form.ground.data or "",
        applicant=Applicant.PETITIONER if asks_for_petitioner(review) else Applicant.ORGAN,
        facts=form.facts.data or "", by=person(), now=now(),
    )  # fmt: skip


def recusal_here(review_id: int, recusal_id: int) -> Recusal:
    """The request, for the office and for the organ that made it; otherwise 404. It stays readable after
    the panel ended."""
    review = visible_review(review_id)
    panel = queries.panel_of(session(), review) or queries.last_panel_of(session(), review)
    found = queries.find_recusal(session(), panel, recusal_id)
    if found is None:
        abort(404)
    who = person()
    permitted(rules.can_see_recusals(who, review) or rules.is_own_request(who, found), review)
    return found


@pages.get("/reviews/<id:review_id>/panel/recusals/<id:recusal_id>")
def recusal(review_id: int, recusal_id: int) -> ResponseReturnValue:
    return recusal_page(recusal_here(review_id, recusal_id))


def recusal_page(
    asked: Recusal, decision_form: DecisionForm | None = None, again_form: AgainForm | None = None
) -> ResponseReturnValue:
    who = person()
    decision_form = decision_form or DecisionForm()
    decision_form.offer()
    return render_template(
        "pages/panels/recusal.html",
        review=asked.panel.review,
        asked=asked,
        may_decide=rules.can_decide_recusal(who, asked),
        may_decide_again=rules.can_decide_again(who, asked),
        may_ask_again=rules.can_ask_again(who, asked),
        decision_form=decision_form,
        again_form=again_form or AgainForm(),
        labels=labels(),
    )


def decided(asked: Recusal, act: Callable[..., None], *, allowed: bool) -> ResponseReturnValue:
    permitted(allowed, asked.panel.review)
    form = DecisionForm()
    form.offer()
    if form.validate_on_submit() and tried(
        lambda: act(
            session(),
            asked,
            granted=form.granted.data == "yes",
            reason=form.reason.data or "",
            by=person(),
            now=now(),
        )
    ):
        flash(gettext("决定已作出，相关人员已收到通知。"), "success")
        return redirect(url_for("panels.recusal", review_id=asked.panel.review_id, recusal_id=asked.id))
    return recusal_page(asked, decision_form=form)


@pages.post("/reviews/<id:review_id>/panel/recusals/<id:recusal_id>/decision")
def decide_recusal(review_id: int, recusal_id: int) -> ResponseReturnValue:
    asked = recusal_here(review_id, recusal_id)
    return decided(asked, objecting.decide_recusal, allowed=rules.can_decide_recusal(person(), asked))


@pages.post("/reviews/<id:review_id>/panel/recusals/<id:recusal_id>/reconsideration")
def ask_again(review_id: int, recusal_id: int) -> ResponseReturnValue:
    asked = recusal_here(review_id, recusal_id)
    permitted(rules.can_ask_again(person(), asked), asked.panel.review)
    form = AgainForm()
    if form.validate_on_submit() and tried(
        lambda: objecting.ask_again(session(), asked, facts=form.facts.data or "", by=person(), now=now())
    ):
        flash(gettext("复议申请已提交。"), "success")
        return redirect(url_for("panels.recusal", review_id=review_id, recusal_id=recusal_id))
    return recusal_page(asked, again_form=form)


@pages.post("/reviews/<id:review_id>/panel/recusals/<id:recusal_id>/second-decision")
def decide_again(review_id: int, recusal_id: int) -> ResponseReturnValue:
    asked = recusal_here(review_id, recusal_id)
    return decided(asked, objecting.decide_again, allowed=rules.can_decide_again(person(), asked))


@pages.route("/reviews/<id:review_id>/panel/members/<id:member_id>/remove", methods=["GET", "POST"])
def remove(review_id: int, member_id: int) -> ResponseReturnValue:
    """The office takes a member off: recusal by its own motion, or lasting absence."""
    review = visible_review(review_id)
    member = member_here(review, member_id)
    permitted(rules.can_remove(person(), member), review)
    form = RemoveForm()
    form.offer()
    if form.validate_on_submit() and tried(
        lambda: objecting.remove_member(
            session(),
            member,
            ground=form.ground.data or "",
            reason=form.reason.data or "",
            by=person(),
            now=now(),
        )
    ):
        flash(gettext("该成员已退出评查组，席位已按规则递补。"), "success")
        return redirect(url_for("panels.panel", review_id=review.id))
    return render_template(
        "pages/panels/remove.html", review=review, member=member, form=form, labels=labels()
    )


def member_here(review: CaseReview, member_id: int) -> PanelMember:
    found = queries.find_member(session(), open_panel(review), member_id)
    return found if found is not None else abort(404)

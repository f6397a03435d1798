"""What an expert changes in his own record, and the coordinator's decision on it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.experts import rules, self_service, service
from review_app.experts.models import Expert, ExpertRequest
from review_app.experts.queries import find_part
from review_app.organisations.service import all_organisations
from review_app.web.experts.blueprint import pages
from review_app.web.experts.forms import DecisionForm, EmptyForm, OwnForm
from review_app.web.experts.records import expert_here, record_page
from review_app.web.request import now, permitted, person, session, tried


@pages.route("/experts/<id:expert_id>/own", methods=["GET", "POST"])
def own_edit(expert_id: int) -> ResponseReturnValue:
    """An expert corrects his own record; what matters for lots and recusal waits for approval."""
    expert = expert_here(expert_id)
    permitted(rules.is_own(person(), expert))
    form = OwnForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: ask(form, expert)):
        return redirect(url_for("experts.one", expert_id=expert.id))
    if not form.is_submitted():
        form.fill(service.profile_of(expert))
    return render_template("pages/experts/own.html", form=form, expert=expert)


def ask(form: OwnForm, expert: Expert) -> None:
    at_once, request = self_service.ask_for_changes(
        session(),
        expert,
        form.over(service.profile_of(expert)),
        note=form.note.data or "",
        by=person(),
        now=now(),
    )
    if at_once:
        flash(gettext("联系方式和参加上限已更新。"), "success")
    if request is not None:
        flash(gettext("修改申请已提交，经协调员审核同意后生效。"), "success")
    if not at_once and request is None:
        flash(gettext("没有改动。"), "info")


def request_of(expert: Expert, request_id: int) -> ExpertRequest:
    return find_part(session(), expert, ExpertRequest, request_id) or abort(404)


@pages.post("/experts/<id:expert_id>/requests/<id:request_id>/decision")
def decide_request(expert_id: int, request_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    permitted(rules.can_decide_request(person(), expert))
    asked = request_of(expert, request_id)
    form = DecisionForm()
    if form.validate_on_submit() and tried(
        lambda: self_service.decide_request(
            session(), asked, approve=bool(form.approve.data), reason=form.reason.data or "", by=person(),
            now=now(),
        )
    ):  # fmt: skip
        flash(gettext("申请已处理。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert)


@pages.post("/experts/<id:expert_id>/requests/<id:request_id>/withdrawal")
def withdraw_request(expert_id: int, request_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    permitted(rules.is_own(person(), expert))
    asked = request_of(expert, request_id)
    if EmptyForm().validate_on_submit() and tried(
        lambda: self_service.withdraw_request(session(), asked, by=person(), now=now())
    ):
        flash(gettext("申请已撤回。"), "success")
    return redirect(url_for("experts.one", expert_id=expert.id))

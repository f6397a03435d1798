"""The list of plans, choosing a backlog, the page of one plan with the work in the background."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import ReviewError
from review_app.planning import queries, rules, service
from review_app.planning.models import Plan, PlanProposal
from review_app.planning.states import USABLE, Choice
from review_app.reviews.listing import reviewed_organs
from review_app.web.planning.blueprint import pages, plan_of, workable
from review_app.web.planning.forms import BacklogForm, EmptyForm, PlanForm, ProposalForm, ReasonForm
from review_app.web.planning.showing import labels, progress_of
from review_app.web.request import now, permitted, person, session, tried


@pages.get("/planning")
def listing() -> ResponseReturnValue:
    permitted(rules.can_see_plans(person()))
    return render_template(
        "pages/planning/listing.html",
        plans=queries.plans(session()),
        sizes=queries.sizes_of(session()),
        may_plan=rules.can_plan(person()),
        labels=labels(),
    )


@pages.route("/planning/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Choose from the reviews that wait for their panel; all that are shown are ticked at first."""
    permitted(rules.can_plan(person()))
    form = PlanForm()
    form.offer()
    made: list[Plan] = []
    if form.validate_on_submit() and tried(lambda: made.append(opened(form))):
        flash(gettext("计划已建立，正在编排第一个方案。"), "success")
        return redirect(url_for("planning.one", plan_id=made[0].id))
    wanted = BacklogForm(request.args)
    wanted.offer(reviewed_organs(session(), person()))
    template, organ = (wanted.template.data or "", wanted.organ.data or 0) if wanted.validate() else ("", 0)
    reviews = queries.backlog(session(), person(), template=template, organ=organ)[: service.MOST_CASES]
    ticked = set(form.review.data or ()) if request.method == "POST" else {one.id for one in reviews}
    return render_template(
        "pages/planning/new.html",
        form=form,
        wanted=wanted,
        reviews=reviews,
        ticked=ticked,
        planned=queries.planned_elsewhere(session(), reviews),
        most=service.MOST_CASES,
        labels=labels(),
    ), 422 if request.method == "POST" else 200


def opened(form: PlanForm) -> Plan:
    """The plan, with its first proposal asked for."""
    plan = service.open_plan(
        session(),
        title=form.title.data or "",
        review_ids=form.review.data or (),
        choice=Choice(form.choice.data),
        by=person(),
        now=now(),
    )
    service.ask_for_proposal(session(), plan, by=person(), now=now())
    return plan


@pages.get("/planning/<id:plan_id>")
def one(plan_id: int) -> ResponseReturnValue:
    return plan_page(plan_of(plan_id))


def plan_page(
    plan: Plan, proposal_form: ProposalForm | None = None, reason_form: ReasonForm | None = None
) -> ResponseReturnValue:
    names = rules.can_see_names(person(), plan)
    usable = [one for one in plan.proposals if one.state in USABLE]
    form = proposal_form or ProposalForm(based_on=usable[-1].number if usable else 0)
    form.offer(usable)
    run = queries.unfinished_run(session(), plan)
    organs = queries.organs_of(session(), plan)
    return render_template(
        "pages/planning/plan.html",
        plan=plan,
        size=len(plan.cases),
        left_out=sum(case.left_out for case in plan.cases),
        locks=queries.locks_of(session(), plan) if names else [],
        proposals=list(reversed(plan.proposals)) if names else [],
        usable=usable if names else [],
        run=run,
        progress=progress_of(run, now()) if run else None,
        may_cancel=run is not None and rules.can_cancel(person(), run, organs),
        may_work=workable(plan),
        names=names,
        proposal_form=form,
        reason_form=reason_form or ReasonForm(),
        empty_form=EmptyForm(),
        labels=labels(),
    )


@pages.get("/planning/<id:plan_id>/progress")
def progress(plan_id: int) -> ResponseReturnValue:
    """How far the work in the background is, for the page that asks every second."""
    plan = plan_of(plan_id)
    run = queries.unfinished_run(session(), plan)
    return jsonify(progress_of(run, now()) if run else {"over": True})


@pages.post("/planning/<id:plan_id>/proposals")
def propose(plan_id: int) -> ResponseReturnValue:
    plan = plan_of(plan_id)
    permitted(workable(plan))
    form = ProposalForm()
    form.offer([one for one in plan.proposals if one.state in USABLE])
    if form.validate_on_submit() and tried(lambda: ask(plan, form)):
        flash(gettext("已开始编排。可以离开本页，完成后在这里查看。"), "success")
        return redirect(url_for("planning.one", plan_id=plan.id))
    return plan_page(plan, proposal_form=form)


def ask(plan: Plan, form: ProposalForm) -> None:
    service.ask_for_proposal(
        session(), plan, based_on=basis(plan, form.based_on.data or 0), change_cost=form.change_cost.data or 0,
        may_relax=form.may_relax.data, by=person(), now=now(),
    )  # fmt: skip


def basis(plan: Plan, number: int) -> PlanProposal | None:
    if not number:
        return None
    found = queries.find_proposal(session(), plan, number)
    if found is None:
        raise ReviewError(gettext("没有这个方案。"))
    return found


@pages.post("/planning/<id:plan_id>/runs/<id:plan_run_id>/cancel")
def cancel(plan_id: int, plan_run_id: int) -> ResponseReturnValue:
    plan = plan_of(plan_id)
    run = queries.find_run(session(), plan, plan_run_id)
    permitted(rules.can_plan(person()))
    if run is None:
        abort(404)
    if EmptyForm().validate_on_submit() and tried(
        lambda: service.cancel_run(session(), run, by=person(), now=now())
    ):
        flash(gettext("已要求停止，几秒钟内生效。"), "success")
    return redirect(url_for("planning.one", plan_id=plan.id))


@pages.post("/planning/<id:plan_id>/give-up")
def give_up(plan_id: int) -> ResponseReturnValue:
    plan = plan_of(plan_id)
    permitted(workable(plan))
    form = ReasonForm()
    if form.validate_on_submit() and tried(
        lambda: service.give_up(session(), plan, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("计划已放弃，内容保留备查。"), "success")
        return redirect(url_for("planning.listing"))
    return plan_page(plan, reason_form=form)

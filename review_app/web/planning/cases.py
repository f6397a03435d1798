"""The page of one case in a proposal: who would sit and why, who would not and why, locks, and "what if"."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.planning import queries, service
from review_app.planning.models import PlanPanel
from review_app.planning.states import USABLE
from review_app.web.planning.blueprint import pages, proposal_of, workable
from review_app.web.planning.forms import LockForm, WhatIfForm
from review_app.web.planning.showing import answer_of, labels, progress_of
from review_app.web.request import now, permitted, person, session, tried


def panel_of(plan_id: int, proposal_no: int, review_id: int) -> PlanPanel:
    found = queries.find_panel(session(), proposal_of(plan_id, proposal_no), review_id)
    return found if found is not None else abort(404)


@pages.get("/planning/<id:plan_id>/proposals/<id:proposal_no>/cases/<id:review_id>")
def case(plan_id: int, proposal_no: int, review_id: int) -> ResponseReturnValue:
    return case_page(panel_of(plan_id, proposal_no, review_id))


def case_page(
    panel: PlanPanel, lock_form: LockForm | None = None, what_if_form: WhatIfForm | None = None
) -> ResponseReturnValue:
    plan = panel.proposal.plan
    experts = queries.experts_by_no(session())
    seated = {member["expert_no"] for member in panel.members}
    form = what_if_form or WhatIfForm()
    form.offer({no: f"{one.name} {no}" for no, one in sorted(experts.items()) if no not in seated})
    run = queries.unfinished_run(session(), plan)
    held = [lock for lock in queries.locks_of(session(), plan) if lock.review_id == panel.review_id]
    return render_template(
        "pages/planning/case.html",
        plan=plan,
        proposal=panel.proposal,
        panel=panel,
        review=panel.review,
        experts=experts,
        locks={lock.expert.expert_no: lock for lock in held},
        lock_form=lock_form or LockForm(),
        what_if_form=form,
        answers=[(one, answer_of(one, experts)) for one in queries.questions_of(session(), panel)],
        run=run,
        progress=progress_of(run, now()) if run else None,
        may_work=workable(plan) and panel.proposal.state in USABLE,
        labels=labels(),
    )


@pages.post("/planning/<id:plan_id>/proposals/<id:proposal_no>/cases/<id:review_id>/locks")
def lock(plan_id: int, proposal_no: int, review_id: int) -> ResponseReturnValue:
    panel = panel_of(plan_id, proposal_no, review_id)
    permitted(workable(panel.proposal.plan))
    form = LockForm()
    if form.validate_on_submit() and tried(lambda: set_locks(panel, form)):
        flash(gettext("锁定已保存，重新编排后生效。"), "success")
        return back_to(plan_id, proposal_no, review_id)
    return case_page(panel, lock_form=form)


def set_locks(panel: PlanPanel, form: LockForm) -> None:
    service.set_locks(
        session(),
        panel,
        expert_nos=form.expert.data or (),
        reason=form.reason.data or "",
        by=person(),
        now=now(),
    )


@pages.post("/planning/<id:plan_id>/proposals/<id:proposal_no>/cases/<id:review_id>/what-if")
def what_if(plan_id: int, proposal_no: int, review_id: int) -> ResponseReturnValue:
    panel = panel_of(plan_id, proposal_no, review_id)
    permitted(workable(panel.proposal.plan))
    form = WhatIfForm()
    form.offer({no: no for no in queries.experts_by_no(session())})
    if form.validate_on_submit() and tried(
        lambda: service.ask_what_if(
            session(), panel, expert_no=form.expert.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("正在试算，结果显示在本页。试算不改变任何方案。"), "success")
        return back_to(plan_id, proposal_no, review_id)
    return case_page(panel, what_if_form=form)


def back_to(plan_id: int, proposal_no: int, review_id: int) -> ResponseReturnValue:
    return redirect(url_for("planning.case", plan_id=plan_id, proposal_no=proposal_no, review_id=review_id))

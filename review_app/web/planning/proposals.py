"""The page of one proposal, leaving cases out, and two proposals side by side."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.planning import queries, rules, service
from review_app.planning.comparing import compared
from review_app.planning.models import PlanProposal
from review_app.planning.states import USABLE, PlanState
from review_app.web.planning.blueprint import pages, plan_of, proposal_of, workable
from review_app.web.planning.forms import ChooseForm, EmptyForm, SealForm
from review_app.web.planning.showing import composition, labels, load_rows, stored_sentence
from review_app.web.request import now, permitted, person, session, tried


@pages.get("/planning/<id:plan_id>/proposals/<id:proposal_no>")
def proposal(plan_id: int, proposal_no: int) -> ResponseReturnValue:
    return proposal_page(proposal_of(plan_id, proposal_no))


def proposal_page(found: PlanProposal, seal_form: SealForm | None = None) -> ResponseReturnValue:
    plan = found.plan
    words, order, page = asked_for()
    panels, total = queries.page_of_panels(session(), found, words=words, order=order, page=page)
    experts = queries.experts_by_no(session())
    whole = queries.panels_of(session(), found)
    may_work = workable(plan)
    locks = queries.locks_of(session(), plan)
    return render_template(
        "pages/planning/proposal.html",
        plan=plan,
        proposal=found,
        panels=panels,
        total=total,
        page=page,
        page_count=max(1, -(-total // queries.PAGE)),
        query={name: value for name, value in (("words", words), ("order", order)) if value},
        order=order,
        words=words,
        experts=experts,
        locked={(lock.review_id, lock.expert.expert_no) for lock in locks},
        left_out={case.review_id for case in plan.cases if case.left_out},
        loads=load_rows(found.loads),
        composition=composition(whole, experts),
        shortfalls=[stored_sentence(one) for one in found.shortfalls],
        current=service.fits_the_plan(session(), found),
        drawn_before=queries.earlier_draw(session(), found.input_sha256) is not None
        if found.input_sha256
        else False,
        seal_form=(seal_form or SealForm()) if may_work and found.state in USABLE else None,
        choose_form=ChooseForm() if may_work else None,
        empty_form=EmptyForm(),
        may_work=may_work,
        committed=plan.state is PlanState.COMMITTED,
        labels=labels(),
    )


def asked_for() -> tuple[str, str, int]:
    """Words, order and page of the address; what makes no sense is left out."""
    words = request.args.get("words", "").strip()[:60]
    order = request.args.get("order", "")
    page = request.args.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return words, order if order in queries.ORDERS else "number", max(1, number)


@pages.post("/planning/<id:plan_id>/proposals/<id:proposal_no>/cases")
def choose(plan_id: int, proposal_no: int) -> ResponseReturnValue:
    found = proposal_of(plan_id, proposal_no)
    permitted(workable(found.plan))
    form = ChooseForm()
    changed: list[int] = []
    if form.validate_on_submit() and tried(lambda: changed.append(set_cases(found, form))):
        flash(
            gettext("已更新%(n)d件项目的纳入情况，重新编排后生效。", n=changed[0])
            if changed[0]
            else gettext("没有变动。"),
            "success",
        )
        back = {name: value for name, value in request.args.items() if name in ("words", "order", "page")}
        return redirect(
            url_for("planning.proposal", plan_id=plan_id, proposal_no=proposal_no, **back)  # type: ignore[arg-type]
        )
    return proposal_page(found)


def set_cases(found: PlanProposal, form: ChooseForm) -> int:
    return service.set_cases(
        session(),
        found.plan,
        shown=form.shown.data or (),
        ticked=form.review.data or (),
        by=person(),
        now=now(),
    )


@pages.get("/planning/<id:plan_id>/compare")
def compare(plan_id: int) -> ResponseReturnValue:
    """Two proposals of a plan: the figures, and every seat in which they differ."""
    plan = plan_of(plan_id, rules.can_see_names)
    chosen = [queries.find_proposal(session(), plan, number_of(name)) for name in ("one", "other")]
    one, other = chosen
    if one is None or other is None or not {one.state, other.state} <= USABLE:
        abort(404)
    found = compared(queries.panels_of(session(), one), queries.panels_of(session(), other))
    page = asked_for()[2]
    shown = found.differing[(page - 1) * queries.PAGE : page * queries.PAGE]
    return render_template(
        "pages/planning/compare.html",
        plan=plan,
        one=one,
        other=other,
        found=found,
        shown=shown,
        reviews=queries.reviews_by_id(session(), [each.review_id for each in shown]),
        page=page,
        page_count=max(1, -(-len(found.differing) // queries.PAGE)),
        query={"plan_id": plan.id, "one": one.number, "other": other.number},
        loads=(load_rows(one.loads), load_rows(other.loads)),
        experts=queries.experts_by_no(session()),
        labels=labels(),
    )


def number_of(name: str) -> int:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 0

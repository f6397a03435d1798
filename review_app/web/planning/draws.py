"""The pages of the draw of a plan: commit, nonce, witness, result, record."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.queries import find_person
from review_app.errors import ReviewError
from review_app.planning import queries, rules, sealing
from review_app.planning.keeping import unpacked
from review_app.planning.models import PlanDraw, PlanProposal
from review_app.planning.states import PlanDrawState
from review_app.web.planning.blueprint import pages, plan_of, proposal_of, workable
from review_app.web.planning.forms import EmptyForm, NonceForm, ReasonForm, SealForm, WitnessForm
from review_app.web.planning.proposals import proposal_page
from review_app.web.planning.showing import difference_words, labels, progress_of
from review_app.web.request import now, permitted, person, record_apart, session, tried


@pages.post("/planning/<id:plan_id>/proposals/<id:proposal_no>/seal")
def seal(plan_id: int, proposal_no: int) -> ResponseReturnValue:
    found = proposal_of(plan_id, proposal_no)
    permitted(workable(found.plan))
    form = SealForm()
    made: list[PlanDraw] = []
    if form.validate_on_submit() and tried(lambda: made.append(sealed(found, form))):
        flash(gettext("承诺值已公布。请输入公开随机数并邀请见证人。"), "success")
        return back_to(made[0])
    return proposal_page(found, seal_form=form)


def sealed(found: PlanProposal, form: SealForm) -> PlanDraw:
    return sealing.seal(session(), found, again_reason=form.again_reason.data or "", by=person(), now=now())


def draw_of(plan_id: int, draw_no: int) -> PlanDraw:
    found = queries.find_draw(session(), plan_of(plan_id), draw_no)
    return found if found is not None else abort(404)


@pages.get("/planning/<id:plan_id>/draws/<id:draw_no>")
def draw(plan_id: int, draw_no: int) -> ResponseReturnValue:
    """The whole draw and the step that is due."""
    return draw_page(draw_of(plan_id, draw_no))


def draw_page(
    found: PlanDraw,
    nonce_form: NonceForm | None = None,
    witness_form: WitnessForm | None = None,
    void_form: ReasonForm | None = None,
) -> ResponseReturnValue:
    who, plan = person(), found.plan
    organs = queries.organs_of(session(), plan)
    may_type = found.state is PlanDrawState.OPENED and rules.can_type_nonce(who, found, organs)
    nonce_form = nonce_form or NonceForm()
    nonce_form.offer(queries.possible_witnesses(session(), found, organs) if may_type else [])
    run = queries.unfinished_run(session(), plan)
    reviews = queries.reviews_by_id(session(), found.proposal.settings["cases"])
    return render_template(
        "pages/planning/draw.html",
        plan=plan,
        draw=found,
        proposal=found.proposal,
        reviews=sorted(reviews.values(), key=lambda one: one.review_no or ""),
        nonce_form=nonce_form if may_type else None,
        witness_form=(witness_form or WitnessForm(seen=found.input_sha256))
        if rules.can_witness(who, found, organs)
        else None,
        void_form=(void_form or ReasonForm()) if rules.can_void(who, found, organs) else None,
        may_export=rules.can_export(who, found),
        names=rules.can_see_names(who, plan),
        differences=[difference_words(one) for one in found.differences],
        lots=unpacked(found.record)["lots"] if found.record else None,
        run=run,
        progress=progress_of(run, now()) if run else None,
        empty_form=EmptyForm(),
        labels=labels(),
    )


@pages.post("/planning/<id:plan_id>/draws/<id:draw_no>/nonce")
def type_nonce(plan_id: int, draw_no: int) -> ResponseReturnValue:
    found = draw_of(plan_id, draw_no)
    organs = queries.organs_of(session(), found.plan)
    permitted(rules.can_type_nonce(person(), found, organs))
    form = NonceForm()
    form.offer(queries.possible_witnesses(session(), found, organs))
    if form.validate_on_submit() and tried(lambda: give_nonce(form, found)):
        flash(gettext("随机数已登记，已通知见证人。请见证人用本人账号登录确认。"), "success")
        return back_to(found)
    return draw_page(found, nonce_form=form)


def give_nonce(form: NonceForm, found: PlanDraw) -> None:
    witness = find_person(session(), form.witness.data or 0)
    if witness is None:
        raise ReviewError(gettext("请选择见证人。"))
    sealing.type_nonce(
        session(), found, nonce=form.nonce.data or "", source=form.source.data or "", witness=witness,
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/planning/<id:plan_id>/draws/<id:draw_no>/witness")
def witness(plan_id: int, draw_no: int) -> ResponseReturnValue:
    found = draw_of(plan_id, draw_no)
    permitted(rules.may_ever_witness(person(), found, queries.organs_of(session(), found.plan)))
    form = WitnessForm()
    if form.validate_on_submit() and tried(lambda: confirm(form, found)):
        flash(gettext("见证已确认，正在核对数据、抽签并组成评查组。"), "success")
        return back_to(found)
    return draw_page(found, witness_form=form)


def confirm(form: WitnessForm, found: PlanDraw) -> None:
    sealing.witness_draw(
        session(), found, seen_sha256=form.seen.data or "", password=form.password.data or "", code=form.code.data or "",
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/planning/<id:plan_id>/draws/<id:draw_no>/void")
def void(plan_id: int, draw_no: int) -> ResponseReturnValue:
    found = draw_of(plan_id, draw_no)
    permitted(rules.can_plan(person()))
    form = ReasonForm()
    if form.validate_on_submit() and tried(
        lambda: sealing.void_draw(session(), found, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("本次抽签已作废，可以继续编排。"), "success")
        return redirect(url_for("planning.one", plan_id=plan_id))
    return draw_page(found, void_form=form)


@pages.get("/planning/<id:plan_id>/draws/<id:draw_no>/record.json")
def export(plan_id: int, draw_no: int) -> ResponseReturnValue:
    """The record for anyone who wants to repeat the plan; the download is logged."""
    found = draw_of(plan_id, draw_no)
    permitted(rules.can_export(person(), found))
    text = sealing.exported(found)
    record_apart("plan-draw.export", subject=f"plan_draw:{found.id}", after={"sha256": found.record_sha256})
    disposition = {"Content-Disposition": f'attachment; filename="plan-{plan_id}-{draw_no}.json"'}
    return Response(text, mimetype="application/json", headers=disposition)


def back_to(found: PlanDraw) -> ResponseReturnValue:
    return redirect(url_for("planning.draw", plan_id=found.plan_id, draw_no=found.number))

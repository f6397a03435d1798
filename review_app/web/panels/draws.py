"""The pages of a draw: opening, nonce, witness, record."""

import json

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.queries import find_person
from review_app.errors import ReviewError
from review_app.panels import drawing, queries, rules
from review_app.panels.models import PanelDraw
from review_app.panels.shared import all_experts
from review_app.panels.states import DrawMethod, DrawState
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import (
    MethodForm,
    NonceForm,
    ReasonForm,
    WitnessForm,
)
from review_app.web.panels.match_view import explained, may_insist_on, pictures_of, what_if
from review_app.web.panels.record_view import lines_of, remarks_of
from review_app.web.panels.room import panel_page
from review_app.web.panels.words import labels
from review_app.web.request import (
    now,
    permitted,
    person,
    record_apart,
    session,
    tried,
    visible,
    visible_review,
)


@pages.post("/reviews/<id:review_id>/panel/draws")
def open_draw(review_id: int) -> ResponseReturnValue:
    review = visible(visible_review(review_id), rules.can_open_draw)
    made: list[PanelDraw] = []
    form = MethodForm()
    form.offer()
    if form.validate_on_submit() and tried(
        lambda: made.append(
            drawing.open_draw(session(), review, method=DrawMethod(form.method.data), by=person(), now=now())
        )
    ):
        flash(gettext("抽选已发起，承诺值已公布。请输入公开随机数并邀请见证人。"), "success")
        return redirect(url_for("panels.draw", review_id=review.id, draw_no=made[0].draw_no))
    return panel_page(review, method_form=form)


def draw_of(review_id: int, draw_no: int) -> PanelDraw:
    """The draw, if the person may see it; otherwise 404."""
    review = visible(visible_review(review_id), rules.can_see_draw)
    found = queries.find_draw(session(), review, draw_no)
    return found if found is not None else abort(404)


@pages.get("/reviews/<id:review_id>/panel/draws/<id:draw_no>")
def draw(review_id: int, draw_no: int) -> ResponseReturnValue:
    """The whole record of a draw, and the step that is due."""
    return draw_page(draw_of(review_id, draw_no))


@pages.get("/reviews/<id:review_id>/panel/draws/<id:draw_no>/insist")
def insist(review_id: int, draw_no: int) -> ResponseReturnValue:
    """What a matched panel would be if one more expert had to sit on it: an answer only, nothing changes."""
    return draw_page(draw_of(review_id, draw_no), insisted=request.args.get("expert", ""))


def draw_page(
    found: PanelDraw,
    nonce_form: NonceForm | None = None,
    witness_form: WitnessForm | None = None,
    void_form: ReasonForm | None = None,
    insisted: str = "",
) -> ResponseReturnValue:
    who, review = person(), found.review
    nonce_form = nonce_form or NonceForm()
    nonce_form.offer(queries.possible_witnesses(session(), found))
    witness_form = witness_form or WitnessForm(seen=found.input_sha256)
    experts = {one.expert_no: one for one in all_experts(session())}
    return render_template(
        "pages/panels/draw.html",
        review=review,
        draw=found,
        lines=lines_of(found, experts),
        explained=explained(found, experts),
        pictures=pictures_of(found, experts),
        others=may_insist_on(found, experts),
        insisted=insisted,
        answer=what_if(found, experts, insisted) if insisted else None,
        remarks=remarks_of(found.record) if found.record else [],
        decisions=queries.conflict_decisions(session(), review.legal_case),
        nonce_form=nonce_form if may_type(found) else None,
        witness_form=witness_form if rules.can_witness(who, found) else None,
        void_form=(void_form or ReasonForm()) if may_void(found) else None,
        may_export=may_export(found),
        labels=labels(),
    )


def may_type(found: PanelDraw) -> bool:
    return found.state is DrawState.OPENED and rules.can_type_nonce(person(), found)


def may_void(found: PanelDraw) -> bool:
    waiting = found.state in (DrawState.OPENED, DrawState.AWAITING_WITNESS)
    return waiting and rules.can_open_draw(person(), found.review)


def may_export(found: PanelDraw) -> bool:
    return found.state is DrawState.DRAWN and rules.can_see_draw(person(), found.review)


@pages.post("/reviews/<id:review_id>/panel/draws/<id:draw_no>/nonce")
def type_nonce(review_id: int, draw_no: int) -> ResponseReturnValue:
    found = draw_of(review_id, draw_no)
    permitted(rules.can_type_nonce(person(), found), found.review)
    form = NonceForm()
    form.offer(queries.possible_witnesses(session(), found))
    if form.validate_on_submit() and tried(lambda: give_nonce(form, found)):
        flash(gettext("随机数已登记，已通知见证人。请见证人用本人账号登录确认。"), "success")
        return redirect(url_for("panels.draw", review_id=review_id, draw_no=draw_no))
    return draw_page(found, nonce_form=form)


def give_nonce(form: NonceForm, found: PanelDraw) -> None:
    witness = find_person(session(), form.witness.data or 0)
    if witness is None:
        raise ReviewError(gettext("请选择见证人。"))
    drawing.type_nonce(
        session(), found, nonce=form.nonce.data or "", source=form.source.data or "", witness=witness,
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/panel/draws/<id:draw_no>/witness")
def witness(review_id: int, draw_no: int) -> ResponseReturnValue:
    found = draw_of(review_id, draw_no)
    permitted(rules.may_ever_witness(person(), found), found.review)
    form = WitnessForm()
    if form.validate_on_submit() and tried(lambda: confirm(form, found)):
        flash(gettext("抽选完成，记录已保存，入组专家已收到通知。"), "success")
        return redirect(url_for("panels.draw", review_id=review_id, draw_no=draw_no))
    return draw_page(found, witness_form=form)


def confirm(form: WitnessForm, found: PanelDraw) -> None:
    drawing.witness_draw(
        session(), found, seen_sha256=form.seen.data or "", password=form.password.data or "", code=form.code.data or "",
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/panel/draws/<id:draw_no>/void")
def void(review_id: int, draw_no: int) -> ResponseReturnValue:
    found = draw_of(review_id, draw_no)
    permitted(rules.can_open_draw(person(), found.review), found.review)
    form = ReasonForm()
    if form.validate_on_submit() and tried(
        lambda: drawing.void_draw(session(), found, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("本次抽选已作废。"), "success")
        return redirect(url_for("panels.panel", review_id=review_id))
    return draw_page(found, void_form=form)


@pages.get("/reviews/<id:review_id>/panel/draws/<id:draw_no>/record.json")
def export(review_id: int, draw_no: int) -> ResponseReturnValue:
    """The record for anyone who wants to repeat the draw; the download is logged."""
    found = draw_of(review_id, draw_no)
    permitted(may_export(found), found.review)
    text = json.dumps(drawing.exported(found), ensure_ascii=False, indent=2, sort_keys=True)
    record_apart(
        "draw.export",
        subject=f"panel_draw:{found.id}",
        review_id=review_id,
        after={"sha256": found.record_sha256},
    )
    name = f"draw-{found.frozen['review_no']}-{found.draw_no}.json"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text + "\n", mimetype="application/json", headers=disposition)

"""The list of cases on their way into the library, and the page of one: prepared, checked, published, taken out."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import N_
from review_app.masking.kinds import DATUM_LABELS
from review_app.own_cases import service
from review_app.own_cases.models import OwnCase
from review_app.own_cases.personal import personal_data
from review_app.own_cases.queries import (
    find_own_case,
    own_cases_seen_by,
    reviews_to_prepare,
    waits_for,
)
from review_app.own_cases.rules import (
    can_check,
    can_compare,
    can_edit,
    can_prepare,
    can_see_own_case,
    can_withdraw,
    works_on_own_cases,
)
from review_app.own_cases.states import OWN_CASE_LABELS
from review_app.precedents.states import AUDIENCE_LABELS
from review_app.reviews.queries import find_review
from review_app.web.own_cases.forms import CheckForm, OwnTextForm, ReasonForm, text_form_of
from review_app.web.own_cases.showing import parts_of
from review_app.web.request import now, permitted, person, record_apart, session, tried, visible

pages = Blueprint("own_cases", __name__)
MOST_OFFERED = 50
RETURNED = N_("已退回，理由已告知处理人。")
WITHDRAWN = N_("案例已撤回，不再能够检索和阅读。")
DROPPED = N_("已记录为不入库。")


@pages.get("/own-cases")
def listing() -> ResponseReturnValue:
    permitted(works_on_own_cases(person()))
    offered = reviews_to_prepare(session(), person())
    return render_template(
        "pages/own_cases/listing.html",
        cases=[(own, waits_for(person(), own)) for own in own_cases_seen_by(session(), person())],
        offered=offered[:MOST_OFFERED],
        left_off=max(0, len(offered) - MOST_OFFERED),
        state_labels=OWN_CASE_LABELS,
        audience_labels=AUDIENCE_LABELS,
    )


@pages.post("/reviews/<id:review_id>/own-case")
def begin(review_id: int) -> ResponseReturnValue:
    review = visible(find_review(session(), review_id), can_prepare)
    begun: list[OwnCase] = []
    if tried(lambda: begun.append(service.begin(session(), review, by=person(), now=now()))):
        flash(gettext("已按评查意见书拟出去标识化文本，请逐段核对。"), "success")
        return redirect(url_for("own_cases.one", own_case_id=begun[0].id))
    return redirect(url_for("own_cases.listing"))


def seen(own_case_id: int) -> OwnCase:
    """The case, fetched and allowed in one step; otherwise 404, and the attempt is logged."""
    own = find_own_case(session(), own_case_id) or abort(404)
    permitted(can_see_own_case(person(), own), own.review)
    return own


@pages.get("/own-cases/<id:own_case_id>")
def one(own_case_id: int) -> ResponseReturnValue:
    """While names in full stand beside the text, opening it is logged."""
    own = seen(own_case_id)
    if can_compare(person(), own):
        record_apart("own_cases.read", subject=f"own_case:{own.id}", review_id=own.review_id)
    return page_of(own)


def page_of(own: OwnCase, **typed: Any) -> str:
    """The page; ``typed`` holds the form that was refused, so that nothing typed is lost."""
    form: OwnTextForm = typed.get("form") or text_form_of(own)
    text = form.text if "form" in typed else own.own_text
    data = personal_data(session(), own.review)
    comparing = can_compare(person(), own)
    return render_template(
        "pages/own_cases/one.html",
        own=own,
        review=own.review,
        parts=parts_of(own.own_original if comparing else None, text, data),
        comparing=comparing,
        form=form,
        check=typed.get("check") or CheckForm(formdata=None),
        reason=typed.get("reason") or ReasonForm(formdata=None),
        theirs=g.get("edit_conflict") or {},
        may_edit=can_edit(person(), own),
        may_check=can_check(person(), own),
        may_withdraw=can_withdraw(person(), own),
        had_a_hand=person().id in own.editor_ids,
        state_labels=OWN_CASE_LABELS,
        audience_labels=AUDIENCE_LABELS,
        datum_labels=DATUM_LABELS,
    )


@pages.post("/own-cases/<id:own_case_id>")
def edit(own_case_id: int) -> ResponseReturnValue:
    own = seen(own_case_id)
    permitted(can_edit(person(), own), own.review)
    form = OwnTextForm()
    if form.validate_on_submit() and tried(lambda: saved(own, form)):
        flash(gettext("文本已保存。"), "success")
        return redirect(url_for("own_cases.one", own_case_id=own.id))
    return page_of(own, form=form), 422


def saved(own: OwnCase, form: OwnTextForm) -> None:
    typed = request.form.get("seen", "")
    service.edit(
        session(), own, form.text, audience=form.chosen, seen=int(typed) if typed.isdecimal() else None,
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/own-cases/<id:own_case_id>/submit")
def submit(own_case_id: int) -> ResponseReturnValue:
    own = seen(own_case_id)
    if tried(lambda: service.submit(session(), own, by=person(), now=now())):
        flash(gettext("已提交复核。复核人不能是参与处理文本的人。"), "success")
    return redirect(url_for("own_cases.one", own_case_id=own.id))


@pages.post("/own-cases/<id:own_case_id>/publish")
def publish(own_case_id: int) -> ResponseReturnValue:
    own = seen(own_case_id)
    permitted(can_check(person(), own), own.review)
    form = CheckForm()
    if form.validate_on_submit() and tried(lambda: service.publish(session(), own, by=person(), now=now())):
        flash(gettext("案例已入库，编号%(number)s。", number=own.number or ""), "success")
        return redirect(url_for("own_cases.one", own_case_id=own.id))
    return page_of(own, check=form), 422


def with_reason(
    own_case_id: int, allowed: Callable[..., bool], act: Callable[..., None], words: str
) -> ResponseReturnValue:
    """A step that needs a reason; the page is shown again when there is none."""
    own = seen(own_case_id)
    permitted(allowed(person(), own), own.review)
    form = ReasonForm()
    reason = form.reason.data or ""
    if form.validate_on_submit() and tried(
        lambda: act(session(), own, reason=reason, by=person(), now=now())
    ):
        flash(gettext(words), "success")
        return redirect(url_for("own_cases.one", own_case_id=own.id))
    return page_of(own, reason=form), 422


@pages.post("/own-cases/<id:own_case_id>/return")
def send_back(own_case_id: int) -> ResponseReturnValue:
    return with_reason(own_case_id, can_check, service.send_back, RETURNED)


@pages.post("/own-cases/<id:own_case_id>/withdraw")
def withdraw(own_case_id: int) -> ResponseReturnValue:
    return with_reason(own_case_id, can_withdraw, service.withdraw, WITHDRAWN)


@pages.post("/own-cases/<id:own_case_id>/drop")
def drop(own_case_id: int) -> ResponseReturnValue:
    return with_reason(own_case_id, can_edit, service.drop, DROPPED)

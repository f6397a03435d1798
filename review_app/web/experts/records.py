"""One expert's record: everything on it, and declaring ties and posts."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from review_app.clock import local_day
from review_app.experts import queries, rules, service
from review_app.experts.models import Expert, ExpertRequest
from review_app.experts.profile import FIELD_LABELS
from review_app.experts.self_service import asked_fields, pending_request
from review_app.experts.standing import state_of
from review_app.experts.states import (
    CATEGORY_LABELS,
    CREDENTIAL_LABELS,
    CREDENTIAL_STATE_LABELS,
    DEPTH_LABELS,
    EXIT_GROUND_LABELS,
    EXPERT_STATUS_LABELS,
    EXPERT_STEPS,
    LETTER_LABELS,
    REQUEST_STATE_LABELS,
    TIE_LABELS,
    ExpertCategory,
    ExpertStatus,
)
from review_app.organisations.models import Organisation
from review_app.organisations.service import all_organisations
from review_app.panels.track_record import services
from review_app.web.experts.blueprint import pages
from review_app.web.experts.forms import (
    AppointForm,
    CertificateForm,
    CredentialForm,
    EmptyForm,
    LeaveForm,
    PostForm,
    StatusForm,
    TieForm,
    VerifyForm,
    VetForm,
    WithdrawForm,
)
from review_app.web.request import now, permitted, person, session, tried


def labels() -> dict[str, Any]:
    return {
        "category": CATEGORY_LABELS,
        "status": EXPERT_STATUS_LABELS,
        "tie": TIE_LABELS,
        "field": FIELD_LABELS,
        "credential": CREDENTIAL_LABELS,
        "credential_state": CREDENTIAL_STATE_LABELS,
        "depth": DEPTH_LABELS,
        "ground": EXIT_GROUND_LABELS,
        "letter": LETTER_LABELS,
        "request": REQUEST_STATE_LABELS,
    }


def expert_here(expert_id: int) -> Expert:
    """The expert, if the person may see the record; otherwise 404."""
    found = queries.find_expert(session(), expert_id)
    if found is None:
        abort(404)
    permitted(rules.can_see_expert(person(), found))
    return found


@pages.get("/experts/<id:expert_id>")
def one(expert_id: int) -> ResponseReturnValue:
    return record_page(expert_here(expert_id))


def record_page(expert: Expert, **refused: FlaskForm) -> ResponseReturnValue:
    """The record with the forms this person may use; a form that was refused is shown as typed."""
    who, today = person(), local_day(now())
    waiting = pending_request(session(), expert)
    return render_template(
        "pages/experts/one.html",
        expert=expert,
        own=rules.is_own(who, expert),
        may_edit=rules.can_edit_pool(who),
        may_verify=rules.can_verify(who, expert),
        may_decide=rules.can_decide_request(who, expert),
        may_see_ties=rules.can_see_ties(who, expert),
        may_declare=rules.can_declare(who, expert),
        steps=open_steps(expert),
        forms_here=forms_for(expert) | refused,
        states={one.id: state_of(one, expert.credentials, today) for one in expert.credentials},
        leaves=[one for one in expert.leaves if one.withdrawn_at is None and one.until >= today],
        waiting=waiting,
        asked=shown_fields(waiting) if waiting else [],
        service=services(session(), [expert])[expert.id],
        this_year=services(session(), [expert], year=today.year)[expert.id],
        year=today.year,
        labels=labels(),
    )


def open_steps(expert: Expert) -> list[ExpertStatus]:
    """Steps that this person may take with this expert now."""
    return sorted(to for to in EXPERT_STEPS[expert.status] if rules.can_set_status(person(), expert, to))


def forms_for(expert: Expert) -> dict[str, FlaskForm]:
    """Empty forms of the record page, by name."""
    organisations = all_organisations(session())
    tie, post, status = TieForm(formdata=None), PostForm(formdata=None), StatusForm(formdata=None)
    tie.offer(organisations)
    post.offer(organisations)
    status.offer(open_steps(expert))
    credential = CredentialForm(formdata=None)
    credential.offer()
    return {
        "tie": tie,
        "post": post,
        "status": status,
        "credential": credential,
        "leave": LeaveForm(formdata=None),
        "vet": VetForm(formdata=None),
        "appoint": AppointForm(formdata=None),
        "certificate": CertificateForm(formdata=None, year=local_day(now()).year),
        "verify": VerifyForm(formdata=None),
        "withdraw": WithdrawForm(formdata=None),
    }


def shown_fields(request: ExpertRequest) -> list[tuple[str, str, str]]:
    """What a request asks for: label, value before, value wanted, in words."""
    return [
        (gettext(FIELD_LABELS[name]), in_words(name, one["before"]), in_words(name, one["after"]))
        for name, one in asked_fields(request).items()
    ]


def in_words(name: str, value: Any) -> str:
    """A value of a profile as the reader knows it."""
    if name == "organisation_id":
        unit = session().get(Organisation, value) if value else None
        return unit.name if unit else ""
    if name == "category":
        return str(gettext(CATEGORY_LABELS[ExpertCategory(value)]))
    if name == "specialty_levels":
        return "、".join(f"{specialty} {gettext(DEPTH_LABELS[depth])}" for specialty, depth in value)
    return "、".join(value) if isinstance(value, list | tuple) else str(value or "")


def declaring(expert_id: int) -> Expert:
    expert = expert_here(expert_id)
    permitted(rules.can_declare(person(), expert))
    return expert


@pages.post("/experts/<id:expert_id>/ties")
def add_tie(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = TieForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: enter_tie(form, expert)):
        flash(gettext("已登记。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, tie=form)


def enter_tie(form: TieForm, expert: Expert) -> None:
    unit = session().get(Organisation, form.organisation.data) if form.organisation.data else None
    service.add_tie(
        session(), expert, kind=form.kind.data, name=form.name.data or "", id_number=form.id_number.data or "",
        organisation=unit, practises_law=bool(form.practises_law.data), case_no=form.case_no.data or "",
        since=form.since.data, until=form.until.data, note=form.note.data or "", by=person(), now=now(),
    )  # fmt: skip


@pages.post("/experts/<id:expert_id>/ties/<id:tie_id>/withdraw")
def withdraw_tie(expert_id: int, tie_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    tie = queries.find_tie(session(), expert, tie_id)
    if tie is None:
        abort(404)
    form = WithdrawForm()
    if form.validate_on_submit() and tried(
        lambda: service.withdraw_tie(session(), tie, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("已撤回，记录予以保留。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert)


@pages.post("/experts/<id:expert_id>/posts")
def add_post(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = PostForm()
    form.offer(all_organisations(session()))
    if form.validate_on_submit() and tried(lambda: enter_post(form, expert)):
        flash(gettext("已登记。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, post=form)


def enter_post(form: PostForm, expert: Expert) -> None:
    service.add_employment(
        session(), expert, organisation=session().get_one(Organisation, form.unit.data), role=form.role.data or "",
        since=form.from_day.data, until=form.to_day.data, by=person(), now=now(),
    )  # fmt: skip


@pages.post("/experts/<id:expert_id>/declaration")
def declare(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    if EmptyForm().validate_on_submit() and tried(
        lambda: service.declare_complete(session(), expert, by=person(), now=now())
    ):
        flash(gettext("已登记申报完整。情况有变化时请及时补充。"), "success")
    return redirect(url_for("experts.one", expert_id=expert.id))

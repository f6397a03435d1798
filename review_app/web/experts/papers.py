"""Credentials and leave on a record."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.experts import credentials, leaves, rules
from review_app.experts.models import Expert, ExpertCredential, ExpertLeave
from review_app.experts.queries import find_part
from review_app.web.experts.blueprint import pages
from review_app.web.experts.forms import (
    CredentialForm,
    EmptyForm,
    LeaveForm,
    VerifyForm,
    WithdrawForm,
    given,
)
from review_app.web.experts.records import declaring, record_page
from review_app.web.request import now, permitted, person, session, tried


@pages.post("/experts/<id:expert_id>/credentials")
def add_credential(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = CredentialForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: enter(form, expert)):
        flash(gettext("证件已登记，待协调员核验。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, credential=form)


def enter(form: CredentialForm, expert: Expert) -> None:
    credentials.enter_credential(
        session(), expert, kind=form.paper.data, number=form.number.data or "", issuer=form.issuer.data or "",
        valid_from=form.valid_from.data, valid_until=form.valid_until.data, by=person(), now=now(),
    )  # fmt: skip


def credential_of(expert: Expert, credential_id: int) -> ExpertCredential:
    return find_part(session(), expert, ExpertCredential, credential_id) or abort(404)


@pages.post("/experts/<id:expert_id>/credentials/<id:credential_id>/verification")
def verify_credential(expert_id: int, credential_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    permitted(rules.can_verify(person(), expert))
    credential = credential_of(expert, credential_id)
    form = VerifyForm()
    if form.validate_on_submit() and tried(
        lambda: credentials.verify_credential(
            session(), credential, how=form.how.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("证件已核验。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert)


@pages.post("/experts/<id:expert_id>/credentials/<id:credential_id>/withdrawal")
def withdraw_credential(expert_id: int, credential_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    credential = credential_of(expert, credential_id)
    form = WithdrawForm()
    if form.validate_on_submit() and tried(
        lambda: credentials.withdraw_credential(
            session(), credential, reason=form.reason.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("证件登记已撤销，记录予以保留。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert)


@pages.post("/experts/<id:expert_id>/leaves")
def add_leave(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    form = LeaveForm()
    if form.validate_on_submit() and tried(lambda: take_leave(form, expert)):
        flash(gettext("请假已登记，期间不参加抽选。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, leave=form)


def take_leave(form: LeaveForm, expert: Expert) -> None:
    leaves.add_leave(
        session(), expert, since=given(form.away_from), until=given(form.away_until), reason=form.why.data or "",
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/experts/<id:expert_id>/leaves/<id:leave_id>/end")
def end_leave(expert_id: int, leave_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    leave = find_part(session(), expert, ExpertLeave, leave_id) or abort(404)
    if EmptyForm().validate_on_submit() and tried(
        lambda: leaves.end_leave(session(), leave, by=person(), now=now())
    ):
        flash(gettext("请假已结束。"), "success")
    return redirect(url_for("experts.one", expert_id=expert.id))


@pages.post("/experts/<id:expert_id>/old-leave/end")
def end_old_leave(expert_id: int) -> ResponseReturnValue:
    expert = declaring(expert_id)
    if EmptyForm().validate_on_submit() and tried(
        lambda: leaves.end_old_leave(session(), expert, by=person(), now=now())
    ):
        flash(gettext("请假已结束。"), "success")
    return redirect(url_for("experts.one", expert_id=expert.id))

"""Vetting, appointing, leaving; letters and certificates."""

import io

from flask import abort, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.experts import appointing, rules
from review_app.experts.letters import read_letter
from review_app.experts.models import ExpertLetter
from review_app.experts.queries import find_part
from review_app.experts.states import LETTER_LABELS, ExitGround, ExpertStatus
from review_app.panels.certificates import issue_certificate
from review_app.web.experts.blueprint import pages
from review_app.web.experts.forms import AppointForm, CertificateForm, StatusForm, VetForm, given
from review_app.web.experts.records import expert_here, open_steps, record_page
from review_app.web.request import now, permitted, person, record_apart, session, tried

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.post("/experts/<id:expert_id>/vetting")
def vet(expert_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    permitted(ExpertStatus.VETTED in open_steps(expert))
    form = VetForm()
    if form.validate_on_submit() and tried(
        lambda: appointing.vet(
            session(), expert, unit_opinion=form.unit_opinion.data or "",
            discipline_check=form.discipline_check.data or "", by=person(), now=now(),
        )
    ):  # fmt: skip
        flash(gettext("审核情况已登记，可以报请聘任。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, vet=form)


@pages.post("/experts/<id:expert_id>/appointment")
def appoint(expert_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    permitted(ExpertStatus.APPOINTED in open_steps(expert))
    form = AppointForm()
    if form.validate_on_submit() and tried(
        lambda: appointing.appoint(
            session(),
            expert,
            starts_on=given(form.starts_on),
            ends_on=given(form.ends_on),
            by=person(),
            now=now(),
        )
    ):
        flash(gettext("已聘任，聘书已生成。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, appoint=form)


@pages.post("/experts/<id:expert_id>/status")
def set_status(expert_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    steps = open_steps(expert)
    permitted(bool(steps))
    form = StatusForm()
    form.offer(steps)
    if form.validate_on_submit() and tried(
        lambda: appointing.set_status(
            session(), expert, ExpertStatus(form.to.data),
            ground=ExitGround(form.ground.data) if form.ground.data else None,
            reason=form.reason.data or "", by=person(), now=now(),
        )
    ):  # fmt: skip
        flash(gettext("状态已更新。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, status=form)


@pages.post("/experts/<id:expert_id>/certificates")
def certify(expert_id: int) -> ResponseReturnValue:
    expert = expert_here(expert_id)
    permitted(rules.can_certify(person()))
    form = CertificateForm()
    if form.validate_on_submit() and tried(
        lambda: issue_certificate(session(), expert, year=form.year.data or 0, by=person(), now=now())
    ):
        flash(gettext("履职证明已生成。"), "success")
        return redirect(url_for("experts.one", expert_id=expert.id))
    return record_page(expert, certificate=form)


@pages.get("/experts/<id:expert_id>/letters/<id:letter_id>.docx")
def letter(expert_id: int, letter_id: int) -> ResponseReturnValue:
    """A letter as issued."""
    expert = expert_here(expert_id)
    found = find_part(session(), expert, ExpertLetter, letter_id) or abort(404)
    package = read_letter(found)
    record_apart("expert.letter-read", subject=f"expert_letter:{found.id}", after={"sha256": found.sha256})
    name = f"{gettext(LETTER_LABELS[found.kind])}-{expert.name}-{found.number}.docx"
    return send_file(io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=name)

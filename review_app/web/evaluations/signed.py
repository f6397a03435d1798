"""Reading signed forms: the panel once all have signed, the coordinator after closing, the auditor with a
reason. Before that these addresses do not exist for anybody."""

import io

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import SHANGHAI
from review_app.documents.office import office
from review_app.documents.official_format import write
from review_app.documents.watermark import watermarked
from review_app.evaluations import service
from review_app.evaluations.content import is_intact
from review_app.evaluations.models import EvalForm
from review_app.evaluations.paper import form_paper
from review_app.evaluations.queries import bare_forms, find_form, reading_due, signed_forms
from review_app.evaluations.rules import can_audit_forms, can_follow_reading, can_see_form, can_see_others
from review_app.reviews.faces import face_of
from review_app.reviews.models import CaseReview
from review_app.reviews.states import CAPACITY_LABELS
from review_app.web.evaluations.blueprint import pages
from review_app.web.evaluations.filling import read_desk, read_view, words
from review_app.web.evaluations.forms import AuditReasonForm
from review_app.web.request import now, permitted, person, record_apart, session, tried, visible_review

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/reviews/<id:review_id>/forms")
def listing(review_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    if can_audit_forms(person(), review):
        return reason_page(review, AuditReasonForm())
    permitted(can_see_others(person(), review, bare_forms(session(), review)), review)
    return shown(review, signed_forms(session(), review))


def shown(review: CaseReview, forms: list[EvalForm], *, whole: bool = False) -> str:
    """The forms side by side; ``whole``: with everything on them, one below the other."""
    return render_template(
        "pages/evaluations/forms.html",
        review=review,
        face=face_of(person(), review),
        desks=[read_desk(review, form) for form in forms],
        intact={form.id: is_intact(form) for form in forms},
        capacity_labels=CAPACITY_LABELS,
        whole=whole,
        **words(),
    )


@pages.get("/reviews/<id:review_id>/forms/<id:form_id>")
def one_form(review_id: int, form_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    forms = bare_forms(session(), review)
    permitted(can_see_others(person(), review, forms), review)
    form = find_form(session(), review, form_id) or abort(404)
    permitted(can_see_form(person(), form, forms), review)
    return render_template(
        "pages/evaluations/one_form.html", capacity_labels=CAPACITY_LABELS, **read_view(review, form)
    )


@pages.get("/reviews/<id:review_id>/forms/<id:form_id>.docx")
def form_file(review_id: int, form_id: int) -> ResponseReturnValue:
    """A signed form on paper, marked with who took it and when."""
    review = visible_review(review_id)
    forms = bare_forms(session(), review)
    permitted(can_see_others(person(), review, forms), review)
    form = find_form(session(), review, form_id) or abort(404)
    permitted(can_see_form(person(), form, forms), review)
    mark = f"查阅件　{person().name}　{now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    package = watermarked(write(form_paper(form, office().name)), mark)
    record_apart("form.download", subject=f"eval_form:{form.id}", review_id=review.id)
    name = f"{gettext('评查表')}-{review.review_no}-{form.person.name}.docx"
    return send_file(io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=name)


@pages.post("/reviews/<id:review_id>/forms")
def audit(review_id: int) -> ResponseReturnValue:
    """The auditor reads with a reason. The answer is the forms themselves: every reading is asked for anew."""
    review = visible_review(review_id)
    permitted(can_audit_forms(person(), review), review)
    asked = AuditReasonForm()
    read: list[EvalForm] = []
    if asked.validate() and tried(lambda: read.extend(read_with_reason(review, asked))):
        return shown(review, read, whole=True)
    return reason_page(review, asked)


def read_with_reason(review: CaseReview, asked: AuditReasonForm) -> list[EvalForm]:
    reason = asked.reason.data or ""
    return list(service.read_for_audit(session(), review, reason=reason, by=person(), now=now()))


def reason_page(review: CaseReview, asked: AuditReasonForm) -> str:
    return render_template(
        "pages/evaluations/audit.html", review=review, face=face_of(person(), review), asked=asked
    )


@pages.get("/reviews/<id:review_id>/reading")
def reading(review_id: int) -> ResponseReturnValue:
    """For the coordinator: the last day of reading, and after it who is late."""
    review = visible_review(review_id)
    permitted(can_follow_reading(person(), review), review)
    return render_template(
        "pages/evaluations/reading.html",
        review=review,
        face=face_of(person(), review),
        due_on=reading_due(session(), review),
        late=service.late_members(session(), review, by=person(), now=now()),
        done=service.all_signed(session(), review),
    )

"""Writing the opinion: workbench, parts with their versions, recommendations, preview and draft file."""

import io
from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.models import Person
from review_app.clock import SHANGHAI
from review_app.documents.checker import check
from review_app.documents.official_format import write
from review_app.documents.rendering import as_pdf, converter
from review_app.documents.states import DOCUMENT_STATE_LABELS
from review_app.documents.watermark import watermarked
from review_app.form_templates.reading import rules_of
from review_app.opinions import service
from review_app.opinions.advising import read_advice
from review_app.opinions.models import Opinion, OpinionPart
from review_app.opinions.queries import opinion_of
from review_app.opinions.rules import (
    can_edit_parts,
    can_read_draft,
    can_release,
    can_see_versions,
    can_sign,
)
from review_app.opinions.states import DECISION_LABELS, PART_HELP, PartKey
from review_app.petitions.states import REQUEST_RESULT_LABELS
from review_app.progress import service as progress
from review_app.reviews.faces import face_of
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.queries import find_review
from review_app.reviews.rules import can_move
from review_app.reviews.states import CAPACITY_LABELS, ReviewState
from review_app.web.opinions.blueprint import pages
from review_app.web.opinions.forms import AdviceForm, AnswerForm, PartForm, ReturnForm
from review_app.web.opinions.outline import lines, part_label, part_url
from review_app.web.request import now, permitted, person, record_apart, session, tried, visible

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Signer:
    """A member of the panel and what he said to the opinion as it stands now."""

    person: Person
    capacity: str
    signed_at: datetime | None
    declined_reason: str


def drafted(review_id: int) -> tuple[CaseReview, Opinion]:
    """The review and its opinion, for those who may read the draft."""
    review = visible(find_review(session(), review_id), can_read_draft)
    return review, opinion_of(session(), review) or abort(404)


@pages.get("/reviews/<id:review_id>/opinion")
def workbench(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    return workbench_page(review, opinion, ReturnForm(formdata=None))


def workbench_page(review: CaseReview, opinion: Opinion, return_form: ReturnForm) -> ResponseReturnValue:
    problems = service.problems_of(opinion)
    signers = [signer(opinion, seat) for seat in service.signers(review)]
    own = next((each for each in signers if each.person.id == person().id), None)
    return render_template(
        "pages/opinions/workbench.html",
        review=review,
        opinion=opinion,
        face=face_of(person(), review),
        lines=lines(opinion, problems),
        problems=problems,
        report=check(write(service.draft_of(opinion))),
        signers=signers,
        own=own,
        lacks=progress.missing(session(), review, now=now()),
        may_edit=can_edit_parts(person(), review),
        may_sign=can_sign(person(), review),
        may_submit=review.state is ReviewState.OPINION and can_move(person(), review, ReviewState.SIGNOFF),
        may_release=can_release(person(), review),
        sees_versions=can_see_versions(person(), review),
        return_form=return_form,
        part_url=part_url,
        document_state_labels=DOCUMENT_STATE_LABELS,
        decision_labels=DECISION_LABELS,
    )


def signer(opinion: Opinion, seat: ReviewAccess) -> Signer:
    found = service.valid_signature(opinion, seat.person_id)
    declined = found.declined_reason if found else ""
    signed_at = found.created_at if found and not declined else None
    return Signer(seat.person, CAPACITY_LABELS[seat.capacity], signed_at, declined)


def part_of(opinion: Opinion, key: str) -> OpinionPart:
    return opinion.part(key) or abort(404)


@pages.route("/reviews/<id:review_id>/opinion/parts/<key>", methods=["GET", "POST"])
def edit_part(review_id: int, key: str) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    permitted(can_edit_parts(person(), review), review)
    part = part_of(opinion, key)
    if key == PartKey.ADVICE:
        return redirect(url_for("opinions.edit_advice", review_id=review.id))
    stored = {"text": part.text, "edition": part.edition, "result": part.result}
    form = AnswerForm(data=stored) if key.startswith("request-") else PartForm(data=stored)
    if isinstance(form, AnswerForm):
        form.offer()
    if form.validate_on_submit() and tried(lambda: save(form, opinion, key)):
        flash(gettext("已保存：%(part)s。", part=part_label(key)), "success")
        return redirect(url_for("opinions.workbench", review_id=review.id))
    theirs = g.get("edit_conflict")
    if theirs is not None:
        form.edition.data = str(theirs["edition"])
    return render_template(
        "pages/opinions/part.html",
        review=review,
        form=form,
        label=part_label(key),
        help=PART_HELP.get(PartKey(key)) if key in list(PartKey) else None,
        request_line=request_line(review, key),
        theirs=theirs,
        result_labels=REQUEST_RESULT_LABELS,
    )


def request_line(review: CaseReview, key: str) -> str:
    """The request that the part answers."""
    return next((line.text for line in review.item.requests if PartKey.request(line.seq) == key), "")


def edition_of(form: PartForm | AdviceForm) -> int:
    seen = str(form.edition.data)
    return int(seen) if seen.isdigit() and len(seen) < 10 else -1


def save(form: PartForm, opinion: Opinion, key: str) -> None:
    service.edit_part(
        session(), opinion, key, text=form.text.data or "",
        result=form.chosen if isinstance(form, AnswerForm) else None,
        seen_edition=edition_of(form), by=person(), now=now(),
    )  # fmt: skip


@pages.route("/reviews/<id:review_id>/opinion/advice", methods=["GET", "POST"])
def edit_advice(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    permitted(can_edit_parts(person(), review), review)
    part = part_of(opinion, PartKey.ADVICE)
    rows = [vars(row) for row in read_advice(part.text)]
    form = AdviceForm(data={"rows": rows, "edition": part.edition})
    form.offer(rules_of(review))
    if form.validate_on_submit() and tried(lambda: save_advice(form, opinion)):
        flash(gettext("处理建议已保存。"), "success")
        return redirect(url_for("opinions.workbench", review_id=review.id))
    theirs = g.get("edit_conflict")
    if theirs is not None:
        form.edition.data = str(theirs["edition"])
    return render_template(
        "pages/opinions/advice.html",
        review=review,
        form=form,
        label=part_label(PartKey.ADVICE),
        help=PART_HELP[PartKey.ADVICE],
        theirs=read_advice(theirs["text"]) if theirs else (),
    )


def save_advice(form: AdviceForm, opinion: Opinion) -> None:
    service.save_advice(
        session(), opinion, form.advice(), seen_edition=edition_of(form), by=person(), now=now()
    )


@pages.get("/reviews/<id:review_id>/opinion/preview")
def preview(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    return render_template(
        "pages/opinions/preview.html",
        review=review,
        document=service.draft_of(opinion),
        is_draft=True,
        pdf=url_for("opinions.draft_pdf", review_id=review.id) if converter() else "",
    )


@pages.post("/reviews/<id:review_id>/opinion/draft.pdf")
def draft_pdf(review_id: int) -> ResponseReturnValue:
    """The draft as LibreOffice prints it: pages and lines as on paper."""
    review, opinion = drafted(review_id)
    made: list[bytes] = []
    if not tried(lambda: made.append(as_pdf(marked_draft(opinion)))):
        return redirect(url_for("opinions.preview", review_id=review.id))
    record_apart("opinion.download_draft", subject=f"opinion:{opinion.id}", review_id=review.id)
    name = f"评查意见书草稿-{review.review_no}.pdf"
    return send_file(io.BytesIO(made[0]), mimetype="application/pdf", as_attachment=True, download_name=name)


def marked_draft(opinion: Opinion) -> bytes:
    mark = f"草稿　{person().name}　{now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return watermarked(write(service.draft_of(opinion)), mark)


@pages.get("/reviews/<id:review_id>/opinion/draft.docx")
def draft_file(review_id: int) -> ResponseReturnValue:
    review, opinion = drafted(review_id)
    package = marked_draft(opinion)
    record_apart("opinion.download_draft", subject=f"opinion:{opinion.id}", review_id=review.id)
    return send_file(
        io.BytesIO(package),
        mimetype=DOCX,
        as_attachment=True,
        download_name=f"评查意见书草稿-{review.review_no}.docx",
    )

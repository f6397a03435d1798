"""The issued documents of a review: reading, downloading, serving; the notice of result and the letter for files."""

import io

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import SHANGHAI, local_day
from review_app.documents.models import Document, DocumentCopy
from review_app.documents.queries import document_of_round, documents_of, find_document
from review_app.documents.rendering import as_pdf, converter
from review_app.documents.service import content_of, read_copy
from review_app.documents.states import (
    COPY_LABELS,
    DELIVERY_LABELS,
    DOCUMENT_STATE_LABELS,
    KIND_LABELS,
    CopyKind,
    DeliveryMethod,
    DocumentKind,
)
from review_app.documents.watermark import watermarked
from review_app.opinions import letters
from review_app.opinions.file_request import FileRequest, LendingMode
from review_app.opinions.models import Opinion
from review_app.opinions.queries import opinion_of
from review_app.opinions.rules import (
    can_notify_result,
    can_open_documents,
    can_read,
    can_read_copy,
    can_request_files,
    can_serve,
)
from review_app.reviews.faces import face_of
from review_app.reviews.models import CaseReview
from review_app.reviews.queries import find_review
from review_app.reviews.rules import is_coordinator, is_liaison
from review_app.web.opinions.blueprint import pages
from review_app.web.opinions.forms import ConfirmForm, FileRequestForm, ServeForm
from review_app.web.opinions.writing import DOCX
from review_app.web.request import now, permitted, person, record_apart, session, tried, visible


def open_review(review_id: int) -> CaseReview:
    return visible(find_review(session(), review_id), can_open_documents)


def readable(review: CaseReview) -> list[Document]:
    return [each for each in documents_of(session(), review.id) if can_read(person(), review, each)]


def copies_for(review: CaseReview, document: Document) -> list[DocumentCopy]:
    return [copy for copy in document.copies if can_read_copy(person(), review, document, copy.copy)]


@pages.get("/reviews/<id:review_id>/documents")
def documents(review_id: int) -> ResponseReturnValue:
    return documents_page(open_review(review_id), serving=None, form=None)


def documents_page(
    review: CaseReview, *, serving: Document | None, form: ServeForm | None
) -> ResponseReturnValue:
    form = form or ServeForm(formdata=None, data={"on": local_day(now())})
    form.offer()
    found = readable(review)
    noticed = document_of_round(session(), review.id, DocumentKind.RESULT_NOTICE, review.round)
    return render_template(
        "pages/opinions/documents.html",
        review=review,
        face=face_of(person(), review),
        documents=[(each, copies_for(review, each)) for each in found],
        form=form,
        serving=serving,
        may_serve=can_serve(person(), review),
        may_notify=can_notify_result(person(), review) and noticed is None,
        may_request=can_request_files(person(), review),
        kind_labels=KIND_LABELS,
        state_labels=DOCUMENT_STATE_LABELS,
        copy_labels=COPY_LABELS,
        delivery_labels=DELIVERY_LABELS,
    )


def document_to_read(review: CaseReview, document_id: int) -> Document:
    document = find_document(session(), review.id, document_id) or abort(404)
    permitted(can_read(person(), review, document), review)
    return document


def copy_to_read(review: CaseReview, document_id: int, copy: str) -> DocumentCopy:
    document = document_to_read(review, document_id)
    if copy not in list(CopyKind):
        abort(404)
    permitted(can_read_copy(person(), review, document, CopyKind(copy)), review)
    return document.copy(CopyKind(copy)) or abort(404)


@pages.get("/reviews/<id:review_id>/documents/<id:document_id>/<copy>")
def show(review_id: int, document_id: int, copy: str) -> ResponseReturnValue:
    review = open_review(review_id)
    found = copy_to_read(review, document_id, copy)
    record_apart("document.read", subject=f"document_copy:{found.id}", review_id=review.id)
    return render_template(
        "pages/opinions/preview.html",
        review=review,
        document=content_of(found),
        is_draft=False,
        copy=found,
        pdf=pdf_address(review, document_id, copy) if converter() else "",
    )


def pdf_address(review: CaseReview, document_id: int, copy: str) -> str:
    return url_for("opinions.download_pdf", review_id=review.id, document_id=document_id, copy=copy)


@pages.get("/reviews/<id:review_id>/documents/<id:document_id>/<copy>.docx")
def download(review_id: int, document_id: int, copy: str) -> ResponseReturnValue:
    """The issued bytes for those who serve or are served; a marked copy for everybody else who may read."""
    review = open_review(review_id)
    found = copy_to_read(review, document_id, copy)
    package, original = handed_copy(review, found)
    record_apart(
        "document.download", subject=f"document_copy:{found.id}", review_id=review.id,
        after={"sha256": found.sha256, "original": original},
    )  # fmt: skip
    return send_file(
        io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=f"{file_name(found)}.docx"
    )


def file_name(copy: DocumentCopy) -> str:
    return f"{copy.document.number}-{gettext(COPY_LABELS[copy.copy])}"


@pages.post("/reviews/<id:review_id>/documents/<id:document_id>/<copy>.pdf")
def download_pdf(review_id: int, document_id: int, copy: str) -> ResponseReturnValue:
    """The same file as LibreOffice prints it with the fonts of this machine; the .docx stays the original."""
    review = open_review(review_id)
    found = copy_to_read(review, document_id, copy)
    made: list[bytes] = []
    if not tried(lambda: made.append(as_pdf(handed_copy(review, found)[0]))):
        return redirect(url_for("opinions.show", review_id=review.id, document_id=document_id, copy=copy))
    record_apart(
        "document.download", subject=f"document_copy:{found.id}", review_id=review.id,
        after={"sha256": found.sha256, "original": False, "pdf": True},
    )  # fmt: skip
    return send_file(
        io.BytesIO(made[0]),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{file_name(found)}.pdf",
    )


def handed_copy(review: CaseReview, found: DocumentCopy) -> tuple[bytes, bool]:
    """The issued bytes, or the same with a mark of who reads; whether they are the original."""
    package = read_copy(found)
    original = is_coordinator(person(), review) or is_liaison(person(), review)
    if original:
        return package, True
    mark = f"查阅件　{person().name}　{now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return watermarked(package, mark), False


@pages.post("/reviews/<id:review_id>/documents/<id:document_id>/serve")
def serve(review_id: int, document_id: int) -> ResponseReturnValue:
    review = open_review(review_id)
    permitted(can_serve(person(), review), review)
    document = document_to_read(review, document_id)
    form = ServeForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: served(form, review, document)):
        flash(gettext("送达已登记。"), "success")
        return redirect(url_for("opinions.documents", review_id=review.id))
    return documents_page(review, serving=document, form=form)


def served(form: ServeForm, review: CaseReview, document: Document) -> None:
    method, on = DeliveryMethod(form.method.data), form.on.data
    assert on is not None  # noqa: S101 - required by the form
    letters.serve(session(), review, document, method=method, on=on, by=person(), now=now())


@pages.route("/reviews/<id:review_id>/documents/result-notice", methods=["GET", "POST"])
def result_notice(review_id: int) -> ResponseReturnValue:
    review = open_review(review_id)
    permitted(can_notify_result(person(), review), review)
    opinion: Opinion = opinion_of(session(), review) or abort(404)
    if ConfirmForm().validate_on_submit() and tried(lambda: noticed(review)):
        flash(gettext("评查结果告知书已制发，请送达后登记。"), "success")
        return redirect(url_for("opinions.documents", review_id=review.id))
    return render_template(
        "pages/opinions/result_notice.html",
        review=review,
        document=letters.notice_draft(session(), review, opinion, now=now()),
    )


def noticed(review: CaseReview) -> None:
    letters.issue_result_notice(session(), review, by=person(), now=now())


@pages.route("/reviews/<id:review_id>/documents/file-request", methods=["GET", "POST"])
def file_request(review_id: int) -> ResponseReturnValue:
    review = open_review(review_id)
    permitted(can_request_files(person(), review), review)
    form = FileRequestForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: requested(form, review)):
        flash(gettext("调卷函已制发，请送达后登记。"), "success")
        return redirect(url_for("opinions.documents", review_id=review.id))
    return render_template("pages/opinions/file_request.html", review=review, form=form)


def requested(form: FileRequestForm, review: CaseReview) -> None:
    case = review.legal_case
    due_on = form.due_on.data
    assert due_on is not None  # noqa: S101 - required by the form
    asked = FileRequest(
        organ=case.reviewed_org.name,
        case_no=case.case_no,
        cause=case.cause,
        volumes=(form.volumes.data or "").strip(),
        mode=LendingMode(form.mode.data),
        due_on=due_on,
        return_on=form.return_on.data,
    )
    letters.issue_file_request(session(), review, asked, by=person(), now=now())

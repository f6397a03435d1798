"""The similar-case report as a document: draft to look at and to take along, and the file of the signed one."""

import io

from flask import Blueprint, abort, render_template, send_file
from flask.typing import ResponseReturnValue

from review_app.clock import SHANGHAI
from review_app.documents.models import DocumentCopy
from review_app.documents.official_format import write
from review_app.documents.service import content_of, read_copy
from review_app.documents.states import CopyKind
from review_app.documents.watermark import watermarked
from review_app.precedents.models import PrecedentReport
from review_app.precedents.queries import find_report, report_of
from review_app.precedents.signing import draft_document
from review_app.reviews.models import CaseReview
from review_app.web.precedents.report import reported
from review_app.web.request import now, person, record_apart, session

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def install(pages: Blueprint) -> None:
    """Add the addresses to the subject's pages."""
    at = "/reviews/<id:review_id>/precedents"
    pages.add_url_rule(f"{at}/draft", "report_draft", show_draft, methods=["GET"])
    pages.add_url_rule(f"{at}/draft.docx", "report_draft_file", draft_file, methods=["GET"])
    pages.add_url_rule(f"{at}/signed/<id:report_id>", "report_signed", show_signed, methods=["GET"])
    pages.add_url_rule(f"{at}/signed/<id:report_id>.docx", "report_file", signed_file, methods=["GET"])


def unsigned(review: CaseReview) -> PrecedentReport:
    found = report_of(session(), review)
    if found is None or found.signed_at is not None:
        abort(404)
    return found


def signed(review: CaseReview, report_id: int) -> tuple[PrecedentReport, DocumentCopy]:
    """A signed report of this review, also one that was replaced, and its file."""
    found = find_report(session(), review, report_id)
    copy = found.document.copy(CopyKind.INTERNAL) if found and found.document else None
    return (found, copy) if found and copy else abort(404)


def show_draft(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    document = draft_document(session(), review, unsigned(review), by=person(), now=now())
    return render_template(
        "pages/precedents/report_paper.html", review=review, document=document, report=None
    )


def draft_file(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    report = unsigned(review)
    package = write(draft_document(session(), review, report, by=person(), now=now()))
    record_apart("precedents.download_draft", subject=f"precedent_report:{report.id}", review_id=review.id)
    return sent(watermarked(package, f"草稿　{taken()}"), f"类案检索报告草稿-{review.review_no}.docx")


def show_signed(review_id: int, report_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    report, copy = signed(review, report_id)
    record_apart("document.read", subject=f"document_copy:{copy.id}", review_id=review.id)
    return render_template(
        "pages/precedents/report_paper.html",
        review=review,
        document=content_of(copy),
        report=report,
        copy=copy,
    )


def signed_file(review_id: int, report_id: int) -> ResponseReturnValue:
    """The kept bytes for the person who signed; a copy marked with name and time for the rest of the panel."""
    review = reported(review_id)
    report, copy = signed(review, report_id)
    original = report.signed_by_id == person().id
    package = read_copy(copy) if original else watermarked(read_copy(copy), f"查阅件　{taken()}")
    record_apart(
        "document.download", subject=f"document_copy:{copy.id}", review_id=review.id,
        after={"sha256": copy.sha256, "original": original},
    )  # fmt: skip
    return sent(package, f"类案检索报告-{review.review_no}-{report.number}.docx")


def taken() -> str:
    return f"{person().name}　{now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def sent(package: bytes, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=name)

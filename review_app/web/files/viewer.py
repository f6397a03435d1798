"""Reading a document: its pages, words in it, its original. Reading and downloading are logged."""

from dataclasses import dataclass

from flask import Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from case_files.drawing import DRAWN, draw_page
from case_files.kinds import BY_NAME, Kind
from case_files.refusals import CaseFileError, FileDamaged
from review_app.audit.service import name_of
from review_app.clock import SHANGHAI
from review_app.errors import ReviewError
from review_app.reviews.file_queries import (
    Hit,
    OpenedPage,
    find_document,
    index_of,
    open_page,
    search_document,
    uploader_of,
    was_read_today,
)
from review_app.reviews.file_rules import can_open_document
from review_app.reviews.models import CaseReview, FileDocument
from review_app.reviews.queries import find_review
from review_app.reviews.rules import can_list_files
from review_app.reviews.states import VOLUME_LABELS
from review_app.web.files.blueprint import pages
from review_app.web.files.storage import store
from review_app.web.request import now, permitted, person, record_apart, session, visible

# an original is foreign content: it may be saved or shown as a picture, but nothing in it may run or load
SANDBOX = "default-src 'none'; style-src 'none'; sandbox"
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Search:
    """Words looked for in the document and the places found."""

    words: str
    hits: list[Hit]


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/pages/<id:number>")
def page(review_id: int, document_id: int, number: int) -> ResponseReturnValue:
    review, document = readable(review_id, document_id)
    opened = opened_page(document, number)
    log_reading(review, document)
    return render_template(
        "pages/files/page.html",
        review=review,
        opened=opened,
        document=document,
        kind=BY_NAME[document.kind],
        drawn=document.kind in DRAWN,
        search=search_in(document),
        volumes=index_of(session(), review, person()),
        volume_labels=VOLUME_LABELS,
        watermark=watermark(),
    )


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/pages/<id:number>/text")
def page_text(review_id: int, document_id: int, number: int) -> ResponseReturnValue:
    """Only the text of the page, for a page that shows it beside something else."""
    review, document = readable(review_id, document_id)
    opened = opened_page(document, number)
    log_reading(review, document)
    return render_template("parts/_file_text.html", opened=opened)


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/pages")
def go_to_page(review_id: int, document_id: int) -> ResponseReturnValue:
    """From the form "go to page"; a number outside the document leads to its nearest page."""
    _, document = readable(review_id, document_id)
    wanted = request.args.get("page", 1, type=int)
    number = min(max(wanted, 1), document.page_count)
    return redirect(url_for("files.page", review_id=review_id, document_id=document_id, number=number))


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/original")
def original(review_id: int, document_id: int) -> ResponseReturnValue:
    review, document = readable(review_id, document_id)
    record_apart(
        "files.download",
        subject=name_of(document),
        review_id=review.id,
        after={"sha256": document.sha256, "file_name": document.file_name},
    )
    return sent(document, BY_NAME[document.kind], as_attachment=True)


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/picture")
def picture(review_id: int, document_id: int) -> ResponseReturnValue:
    review, document = readable(review_id, document_id)
    kind = BY_NAME[document.kind]
    if not kind.inline:
        abort(404)
    log_reading(review, document)
    return sent(document, kind, as_attachment=False)


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/pages/<id:number>/picture")
def page_picture(review_id: int, document_id: int, number: int) -> ResponseReturnValue:
    """One page of the original as it looks, for kinds that no browser shows page by page."""
    review, document = readable(review_id, document_id)
    if document.kind not in DRAWN or number > document.page_count:
        abort(404)
    log_reading(review, document)
    answer = Response(drawn(document, number), mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    return answer


def drawn(document: FileDocument, number: int) -> bytes:
    try:
        store().open(document.sha256).close()  # its hash is checked before anything reads it
        return draw_page(store().path(document.sha256), BY_NAME[document.kind], number)
    except CaseFileError as refused:
        raise ReviewError(refused.sentence, **refused.facts) from None


def readable(review_id: int, document_id: int) -> tuple[CaseReview, FileDocument]:
    review = visible(find_review(session(), review_id), can_list_files)
    document = find_document(session(), review, document_id) or abort(404)
    permitted(can_open_document(person(), review, uploader_of(session(), document)), review)
    return review, document


def opened_page(document: FileDocument, number: int) -> OpenedPage:
    start, end = (request.args.get(name, type=int) for name in ("start", "end"))
    return open_page(session(), document, number, start=start, end=end) or abort(404)


def search_in(document: FileDocument) -> Search | None:
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return Search(words, search_document(session(), document, words)) if words else None


def log_reading(review: CaseReview, document: FileDocument) -> None:
    """One row for each person, document and day."""
    if not was_read_today(session(), document, person(), now=now()):
        record_apart(
            "files.read", subject=name_of(document), review_id=review.id, after={"sha256": document.sha256}
        )


def sent(document: FileDocument, kind: Kind, *, as_attachment: bool) -> Response:
    try:
        content = store().open(document.sha256)
    except FileDamaged as damage:
        raise ReviewError(damage.sentence, **damage.facts) from None
    answer = send_file(
        content,
        mimetype=kind.media_type,
        as_attachment=as_attachment,
        download_name=f"{document.title}{kind.extensions[0]}",
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    return answer


def watermark() -> str:
    """Class L2: who reads, and when, over every page shown."""
    at = now().astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return str(gettext("%(name)s %(at)s 工作秘密", name=person().name, at=at))

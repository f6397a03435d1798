"""Taking one's own evaluation form away as a Word document and bringing it back."""

import io
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import NotAllowed, ReviewError
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh, own_form
from review_app.evaluations.rules import can_open_desk
from review_app.offline_forms import service
from review_app.offline_forms.landing import Choice
from review_app.offline_forms.models import OfflineCopy
from review_app.offline_forms.reading import FieldProblem
from review_app.offline_forms.rules import can_work_offline
from review_app.offline_forms.service import OfflineRefused, TakenIn
from review_app.offline_forms.upload import rows_of
from review_app.reviews.faces import face_of
from review_app.reviews.models import CaseReview
from review_app.web.offline_forms.forms import DownloadForm, MergeForm, UploadForm
from review_app.web.offline_forms.places import Difference, difference_of, place_of
from review_app.web.request import (
    now,
    permitted,
    person,
    sentence_of,
    session,
    visible,
    visible_review,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
pages = Blueprint("offline_forms", __name__)


def own_draft(review_id: int) -> tuple[CaseReview, EvalForm]:
    """The person's own open draft; otherwise 404."""
    review = visible(visible_review(review_id), can_open_desk)
    form = own_form(session(), person(), review) or abort(404)
    permitted(can_work_offline(person(), form), review)
    return review, form


@pages.get("/reviews/<id:review_id>/form/offline")
def index(review_id: int) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    return page_of(review, form, UploadForm(formdata=None))


def page_of(
    review: CaseReview, form: EvalForm, upload: UploadForm, problems: tuple[FieldProblem, ...] = ()
) -> str:
    return render_template(
        "pages/offline_forms/index.html",
        review=review,
        face=face_of(person(), review),
        download=DownloadForm(formdata=None),
        upload=upload,
        waiting=service.waiting_copies(session(), form),
        problems=[(place_of(form, one.name), one.found, sentence_of(one.error)) for one in problems],
    )


@pages.post("/reviews/<id:review_id>/form/offline/download")
def download(review_id: int) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    asked = DownloadForm()
    if not asked.validate():
        return page_of(review, form, UploadForm(formdata=None)), 422
    made = service.hand_out(session(), form, blanks=asked.blanks.data or 0, by=person(), now=now())
    return send_file(
        io.BytesIO(made.package), mimetype=DOCX, as_attachment=True, download_name=made.file_name
    )


@pages.post("/reviews/<id:review_id>/form/offline/upload")
def upload(review_id: int) -> ResponseReturnValue:
    """All of the document comes in, or nothing and a list of what to put right."""
    review, form = own_draft(review_id)
    asked = UploadForm()
    if not asked.validate():
        return page_of(review, form, asked), 422
    taken, error = attempted(lambda: take_in(form, asked))
    if taken is not None:
        return landed(review, taken)
    form = fresh(session(), form)
    if isinstance(error, OfflineRefused):
        flash(sentence_of(error), "danger")
        return page_of(review, form, asked, error.problems), 422
    asked.file.errors = [sentence_of(error)] if error else []
    return page_of(review, form, asked), 422


def attempted(action: Callable[[], TakenIn]) -> tuple[TakenIn | None, ReviewError | None]:
    """What ``action`` did, or why it was undone."""
    try:
        with session().begin_nested():
            return action(), None
    except NotAllowed:
        raise
    except ReviewError as error:
        return None, error


def take_in(form: EvalForm, asked: UploadForm) -> TakenIn:
    file = asked.file.data
    rows = rows_of(file.filename or "", file.read())
    return service.take_in(session(), form, rows, by=person(), now=now())


def landed(review: CaseReview, taken: TakenIn) -> ResponseReturnValue:
    if taken.conflicts:
        return redirect(url_for("offline_forms.merge", review_id=review.id, mark=taken.copy.mark))
    if taken.written:
        flash(gettext("离线表已写入%(count)s处改动。", count=taken.written), "success")
    else:
        flash(gettext("离线表与评查表一致，没有需要写入的改动。"), "info")
    return redirect(url_for("evaluations.desk", review_id=review.id))


def waiting_copy(form: EvalForm, mark: str) -> OfflineCopy:
    """A copy of this form that awaits a choice; otherwise 404."""
    found = next((one for one in service.waiting_copies(session(), form) if one.mark == mark), None)
    return found or abort(404)


@pages.get("/reviews/<id:review_id>/form/offline/<mark>")
def merge(review_id: int, mark: str) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    return merge_page(review, form, waiting_copy(form, mark), MergeForm(formdata=None))


def merge_page(review: CaseReview, form: EvalForm, copy: OfflineCopy, asked: MergeForm) -> str:
    asked.edition.data = str(form.edition)
    found: list[Difference] = [difference_of(form, one) for one in service.conflicts_in(form, copy)]
    return render_template(
        "pages/offline_forms/merge.html",
        review=review,
        face=face_of(person(), review),
        form=asked,
        copy=copy,
        differences=found,
        chosen=request.form,
    )


@pages.post("/reviews/<id:review_id>/form/offline/<mark>")
def settle(review_id: int, mark: str) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    copy = waiting_copy(form, mark)
    asked = MergeForm()
    if not asked.validate():
        return merge_page(review, form, copy, asked), 422
    taken, error = attempted(lambda: settled(form, copy, asked))
    if taken is not None:
        return landed(review, taken)
    if error is not None:
        flash(sentence_of(error), "danger")
    form = fresh(session(), form)
    if isinstance(error, OfflineRefused):
        return page_of(review, form, UploadForm(formdata=None), error.problems), 422
    return merge_page(review, form, copy, asked), 422


def settled(form: EvalForm, copy: OfflineCopy, asked: MergeForm) -> TakenIn:
    seen = asked.edition.data or ""
    return service.settle(
        session(), form, copy, choices_sent(), edition=int(seen) if seen.isdecimal() and len(seen) < 10 else -1,
        by=person(), now=now(),
    )  # fmt: skip


def choices_sent() -> dict[str, Choice]:
    """``keep:D4.text`` is mine, theirs or own; ``own:D4.text`` what was written instead."""
    return {
        name.removeprefix("keep:"): Choice(keep, request.form.get(f"own:{name.removeprefix('keep:')}", ""))
        for name, keep in request.form.items()
        if name.startswith("keep:") and keep in ("mine", "theirs", "own")
    }


@pages.post("/reviews/<id:review_id>/form/offline/<mark>/drop")
def drop(review_id: int, mark: str) -> ResponseReturnValue:
    review, form = own_draft(review_id)
    service.give_up(session(), waiting_copy(form, mark), form, by=person())
    flash(gettext("离线表的内容没有写入，评查表保持原样。"), "info")
    return redirect(url_for("evaluations.desk", review_id=review.id))

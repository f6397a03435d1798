"""The file of a review: its index, uploading, changing a document. Reading is in `viewer`."""

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from case_files.kinds import BY_NAME, EXTENSIONS
from review_app.reviews import files as service
from review_app.reviews.file_intake import TakenIn, TurnedAway, UploadedFile, take_in
from review_app.reviews.file_queries import find_document, find_volume, index_of, uploader_of
from review_app.reviews.file_rules import can_change_document, sees_whole_index
from review_app.reviews.models import CaseReview, FileDocument, FileVolume
from review_app.reviews.queries import find_review
from review_app.reviews.rules import can_list_files, can_upload_files, is_coordinator
from review_app.reviews.states import VOLUME_LABELS, ReviewState
from review_app.web.files.blueprint import pages
from review_app.web.files.forms import ReasonForm, RenameForm, UploadForm, VolumeForm
from review_app.web.files.storage import limits, store
from review_app.web.request import (
    now,
    permitted,
    person,
    sentence_of,
    session,
    tried,
    visible,
)

COLLECTING = (ReviewState.DUE, ReviewState.INTAKE, ReviewState.FILES)


@pages.get("/reviews/<id:review_id>/files")
def index(review_id: int) -> ResponseReturnValue:
    review = visible(find_review(session(), review_id), can_list_files)
    return index_page(review, VolumeForm(), ReasonForm())


@pages.post("/reviews/<id:review_id>/files/volumes")
def add_volume(review_id: int) -> ResponseReturnValue:
    review = visible(find_review(session(), review_id), can_upload_files)
    form = VolumeForm()
    form.offer()
    made: list[FileVolume] = []
    if form.validate_on_submit() and tried(lambda: made.append(volume_from(form, review))):
        flash(gettext("已登记第%(number)s卷，请上传卷内材料。", number=made[0].number), "success")
        return redirect(url_for("files.upload", review_id=review.id, volume_id=made[0].id))
    return index_page(review, form, ReasonForm(formdata=None))


def volume_from(form: VolumeForm, review: CaseReview) -> FileVolume:
    return service.add_volume(
        session(), review, kind=form.kind.data, title=form.title.data or "", by=person(), now=now()
    )


@pages.post("/reviews/<id:review_id>/files/no-self-review")
def excuse_self_review(review_id: int) -> ResponseReturnValue:
    review = visible(find_review(session(), review_id), can_upload_files)
    permitted(is_coordinator(person(), review), review)
    form = ReasonForm()
    if form.validate_on_submit() and tried(lambda: excuse(form, review)):
        flash(gettext("已记录没有自评表的原因。"), "success")
        return redirect(url_for("files.index", review_id=review.id))
    return index_page(review, VolumeForm(formdata=None), form)


def excuse(form: ReasonForm, review: CaseReview) -> None:
    service.excuse_self_review(session(), review, reason=form.reason.data or "", by=person(), now=now())


def index_page(review: CaseReview, volume_form: VolumeForm, reason_form: ReasonForm) -> ResponseReturnValue:
    volume_form.offer()
    may_upload = can_upload_files(person(), review)
    return render_template(
        "pages/files/index.html",
        review=review,
        volumes=index_of(session(), review, person()),
        volume_form=volume_form,
        reason_form=reason_form,
        may_upload=may_upload,
        may_excuse=may_upload and is_coordinator(person(), review),
        whole=sees_whole_index(person(), review),
        missing=service.missing_files(review) if may_upload and review.state in COLLECTING else [],
        volume_labels=VOLUME_LABELS,
        kinds=BY_NAME,
    )


@pages.route("/reviews/<id:review_id>/files/volumes/<id:volume_id>/upload", methods=["GET", "POST"])
def upload(review_id: int, volume_id: int) -> ResponseReturnValue:
    review = visible(find_review(session(), review_id), can_upload_files)
    volume = find_volume(session(), review, volume_id) or abort(404)
    form = UploadForm()
    report = None
    if form.validate_on_submit():
        files = received(form)
        report = service.upload_documents(session(), volume, files, by=person(), now=now())
        form.not_secret.data = False
    if request.accept_mimetypes.best == "application/json":
        return jsonify(told(report, form))
    return render_template(
        "pages/files/upload.html",
        review=review,
        volume=volume,
        form=form,
        report=report,
        refusals=[(refused.name, sentence_of(refused.error)) for refused in report.refused] if report else [],
        volume_labels=VOLUME_LABELS,
        extensions=EXTENSIONS,
        limit=limits().upload // (1024 * 1024),
    )


def received(form: UploadForm) -> list[TakenIn | TurnedAway]:
    """Reading can take a minute: the transaction, in which nothing was changed yet, ends before it, so that
    others can write meanwhile; storing the rows begins a new one."""
    session().commit()
    sent = [UploadedFile(file.filename or "", file.stream) for file in form.files.data if file.filename]
    return take_in(store(), sent, limits=limits())


def told(report: service.UploadReport | None, form: UploadForm) -> dict[str, list[dict[str, str]]]:
    """The same answer for a script that uploads file by file."""
    if report is None:
        problems = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        return {"kept": [], "refused": [{"name": "", "sentence": " ".join(problems)}]}
    return {
        "kept": [{"name": one.file_name, "sentence": kept_sentence(one)} for one in report.kept],
        "refused": [{"name": one.name, "sentence": sentence_of(one.error)} for one in report.refused],
    }


def kept_sentence(document: FileDocument) -> str:
    if document.has_text:
        return str(gettext("已存入，共%(pages)s页。", pages=document.page_count))
    return str(gettext("已存入，共%(pages)s页，没有可读的文字。", pages=document.page_count))


@pages.get("/reviews/<id:review_id>/files/<id:document_id>/change")
def change(review_id: int, document_id: int) -> ResponseReturnValue:
    review, document = changeable(review_id, document_id)
    return change_page(review, document, RenameForm(title=document.title), ReasonForm())


@pages.post("/reviews/<id:review_id>/files/<id:document_id>/rename")
def rename(review_id: int, document_id: int) -> ResponseReturnValue:
    review, document = changeable(review_id, document_id)
    form = RenameForm()
    if form.validate_on_submit() and tried(lambda: renamed(form, document)):
        flash(gettext("名称已保存。"), "success")
        return redirect(url_for("files.index", review_id=review.id))
    return change_page(review, document, form, ReasonForm(formdata=None))


def renamed(form: RenameForm, document: FileDocument) -> None:
    service.rename_document(
        session(),
        document,
        title=form.title.data or "",
        seen_version=form.seen_version(),
        by=person(),
        now=now(),
    )


@pages.post("/reviews/<id:review_id>/files/<id:document_id>/withdraw")
def withdraw(review_id: int, document_id: int) -> ResponseReturnValue:
    review, document = changeable(review_id, document_id)
    form = ReasonForm()
    if form.validate_on_submit() and tried(lambda: withdrawn(form, document)):
        flash(gettext("文件已撤出，内容和记录仍然保留。"), "success")
        return redirect(url_for("files.index", review_id=review.id))
    return change_page(review, document, RenameForm(formdata=None, title=document.title), form)


def withdrawn(form: ReasonForm, document: FileDocument) -> None:
    service.withdraw_document(session(), document, reason=form.reason.data or "", by=person(), now=now())


def changeable(review_id: int, document_id: int) -> tuple[CaseReview, FileDocument]:
    review = visible(find_review(session(), review_id), can_upload_files)
    document = find_document(session(), review, document_id) or abort(404)
    permitted(can_change_document(person(), review, document, uploader_of(session(), document)), review)
    return review, document


def change_page(
    review: CaseReview, document: FileDocument, rename_form: RenameForm, reason_form: ReasonForm
) -> ResponseReturnValue:
    rename_form.seen.data = str(document.row_version)
    return render_template(
        "pages/files/change.html",
        review=review,
        document=document,
        rename_form=rename_form,
        reason_form=reason_form,
        theirs=g.get("edit_conflict"),
        volume_labels=VOLUME_LABELS,
    )

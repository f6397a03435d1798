"""Imports into the library in the browser: list and report, upload with a check before anything is stored, correcting and
withdrawing a case."""

import shutil
import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from review_app.errors import N_, ReviewError
from review_app.precedents.drafts import Draft
from review_app.precedents.importing import report_csv, sentence_of
from review_app.precedents.keeping import (
    correct_precedent,
    details_of,
    restore_precedent,
    withdraw_precedent,
)
from review_app.precedents.models import ImportNote, ImportRun, Precedent, StagedCase
from review_app.precedents.queries import (
    find_import,
    find_precedent,
    find_staged,
    import_runs,
    withdrawn_cases,
)
from review_app.precedents.rules import can_import_precedents, can_read_precedent, can_see_imports
from review_app.precedents.sources import DOCUMENTS, Options, Piece, Refused, read_piece
from review_app.precedents.staging import (
    MOST_FILES,
    accept_staged,
    discard_staged,
    likely_known,
    read_again,
    stage_upload,
)
from review_app.precedents.states import (
    IMPORT_FATE_LABELS,
    SECTION_LABELS,
    STAGE_LABELS,
    TIER_LABELS,
    TIER_SHORT,
    WITHDRAWAL_LABELS,
    ImportState,
    Section,
    Tier,
)
from review_app.web.precedents.import_forms import (
    CaseForm,
    CorrectionForm,
    EmptyForm,
    RestoreForm,
    UploadForm,
    WithdrawalForm,
)
from review_app.web.request import now, permitted, person, session, tried

SHOWN = 500  # notes of one import on its page; the table to download has all
PREVIEW = 160  # characters of a part that show whether it was read rightly


def install(pages: Blueprint) -> None:
    """Add the addresses to the subject's pages."""
    at = "/precedents/imports"
    rules = (
        ("", "imports", imports, ["GET", "POST"]),
        ("/<id:run_id>", "import_run", import_run, ["GET"]),
        ("/<id:run_id>.csv", "import_report", import_report, ["GET"]),
        ("/<id:run_id>/cases/<id:staged_id>", "import_case", import_case, ["GET", "POST"]),
        ("/<id:run_id>/cases/<id:staged_id>/discard", "import_discard", import_discard, ["POST"]),
    )
    for path, endpoint, view, methods in rules:
        pages.add_url_rule(at + path, endpoint, view, methods=methods)
    case = "/precedents/<id:precedent_id>"
    pages.add_url_rule(f"{case}/correct", "correct", correct, methods=["GET", "POST"])
    pages.add_url_rule(f"{case}/withdraw", "withdraw", withdraw, methods=["GET", "POST"])
    pages.add_url_rule(f"{case}/restore", "restore", restore, methods=["GET", "POST"])


def imports() -> ResponseReturnValue:
    permitted(can_see_imports(person()))
    form = UploadForm()
    made: list[ImportRun] = []
    if form.is_submitted():
        permitted(can_import_precedents(person()))
    if form.validate_on_submit():
        options = Options(Tier(form.tier.data), form.licence_note.data or "")
        read = read_uploads(form, options)
        staged = tried(lambda: made.append(stage_upload(session(), read, options, by=person(), now=now())))
        if not staged:
            return imports_page(form)
        flash(gettext("文件已读取。请逐份核对后入库。"), "success")
        return redirect(url_for("precedents.import_run", run_id=made[0].id))
    return imports_page(form)


def imports_page(form: UploadForm) -> ResponseReturnValue:
    return render_template(
        "pages/precedents/imports.html",
        form=form if can_import_precedents(person()) else None,
        runs=import_runs(session()),
        withdrawn=withdrawn_cases(session()),
        tier_short=TIER_SHORT,
        withdrawal_labels=WITHDRAWAL_LABELS,
        running=ImportState.RUNNING,
        accept=",".join(DOCUMENTS),
        most=MOST_FILES,
    )


def read_uploads(form: UploadForm, options: Options) -> list[tuple[str, Draft | Refused]]:
    """What was sent, read one by one; nothing of too many, which are refused as a whole. Reading takes a moment: the
    transaction, in which nothing was changed yet, ends before it."""
    sent = [file for file in form.files.data if file.filename]
    session().commit()
    return [read_upload(file, options) for file in sent] if len(sent) <= MOST_FILES else []


def read_upload(sent: FileStorage, options: Options) -> tuple[str, Draft | Refused]:
    """One uploaded file by the name it was sent with; that name never becomes a path here."""
    name = Path((sent.filename or "").replace("\\", "/")).name[:200]
    ending = Path(name).suffix.lower()
    if ending not in DOCUMENTS:
        reason = ReviewError(N_("这里只能上传.txt、.docx和.pdf。"))
        return name, Refused(name, reason)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{ending}"
        with path.open("wb") as kept:
            shutil.copyfileobj(sent.stream, kept)
        return name, read_piece(Piece(name, path, None, 0), options)[0]


def run_here(run_id: int) -> ImportRun:
    permitted(can_see_imports(person()))
    run = find_import(session(), run_id)
    if run is None:
        abort(404)
    return run


def import_run(run_id: int) -> ResponseReturnValue:
    run = run_here(run_id)
    return render_template(
        "pages/precedents/import_run.html",
        run=run,
        notes=[shown_note(note) for note in run.notes[:SHOWN]],
        more=max(0, len(run.notes) - SHOWN),
        may_import=can_import_precedents(person()),
        tier_labels=TIER_LABELS,
        running=ImportState.RUNNING,
    )


def shown_note(note: ImportNote) -> dict[str, object]:
    """A note as the page shows it; a case the person may not read is not named."""
    said = sentence_of(note)
    case = note.precedent
    return {
        "place": note.place,
        "fate": IMPORT_FATE_LABELS[note.fate],
        "is_bad": note.precedent_id is None,
        "sentence": gettext(said.sentence, **said.facts) if isinstance(said, ReviewError) else "",
        "case": case if case is not None and can_read_precedent(person(), case) else None,
    }


def import_report(run_id: int) -> ResponseReturnValue:
    run = run_here(run_id)
    notes = [
        note for note in run.notes if note.precedent is None or can_read_precedent(person(), note.precedent)
    ]
    name = f"attachment; filename=import-{run.id}.csv"
    return Response(report_csv(notes), mimetype="text/csv", headers={"Content-Disposition": name})


def staged_here(run_id: int, staged_id: int) -> StagedCase:
    permitted(can_import_precedents(person()))
    staged = find_staged(run_here(run_id), staged_id)
    if staged is None:
        abort(404)
    return staged


def import_case(run_id: int, staged_id: int) -> ResponseReturnValue:
    staged = staged_here(run_id, staged_id)
    form = CaseForm()
    draft = read_again(staged)
    if form.validate_on_submit():
        stored: list[Precedent] = []
        if tried(
            lambda: stored.append(accept_staged(session(), staged, form.details(), by=person(), now=now()))
        ):
            flash(gettext("“%(title)s”已入库，几分钟内可以检索到。", title=stored[0].title), "success")
            return redirect(url_for("precedents.import_run", run_id=run_id))
    if not form.is_submitted():
        form.fill(details_of(draft))
    same, earlier = likely_known(session(), draft)
    return render_template(
        "pages/precedents/import_case.html",
        form=form,
        staged=staged,
        same=readable(same),
        earlier=readable(earlier),
        parts=parts_of(draft),
        laws=draft.law_refs,
        unread=unread(draft),
    )


def readable(case: Precedent | None) -> Precedent | None:
    return case if case is not None and can_read_precedent(person(), case) else None


def parts_of(draft: Draft) -> list[tuple[str, str, int]]:
    """Label, beginning and length of each part that was recognised, in the order of the text."""
    ordered = sorted(draft.sections.items(), key=lambda item: item[1])
    return [
        (SECTION_LABELS[Section(name)], draft.text[start:end].strip()[:PREVIEW], end - start)
        for name, (start, end) in ordered
    ]


def unread(draft: Draft) -> list[str]:
    """What could not be read and has to be filled in by hand."""
    wanted = {
        N_("办案机关"): draft.organ, N_("案号"): draft.case_no, N_("文书种类"): draft.doc_type,
        N_("裁判日期"): draft.decided_on, N_("案由"): draft.causes,
    }  # fmt: skip
    return [label for label, value in wanted.items() if not value]


def import_discard(run_id: int, staged_id: int) -> ResponseReturnValue:
    staged = staged_here(run_id, staged_id)
    if EmptyForm().validate_on_submit() and tried(
        lambda: discard_staged(session(), staged, by=person(), now=now())
    ):
        flash(gettext("这份文书没有入库。"), "success")
    return redirect(url_for("precedents.import_run", run_id=run_id))


def kept_case(precedent_id: int, *, withheld: bool = False) -> Precedent:
    """A case the office may correct; one withheld for the sake of personal data only to take that back."""
    permitted(can_import_precedents(person()))
    precedent = find_precedent(session(), precedent_id)
    if precedent is None:
        abort(404)
    permitted(withheld or can_read_precedent(person(), precedent))
    return precedent


def correct(precedent_id: int) -> ResponseReturnValue:
    precedent = kept_case(precedent_id)
    form = CorrectionForm()
    if form.validate_on_submit() and tried(
        lambda: correct_precedent(
            session(),
            precedent,
            form.details(),
            reason=form.reason.data or "",
            seen=form.seen_version(),
            by=person(),
            now=now(),
        )
    ):
        flash(gettext("已更正，几分钟内检索按更正后的内容进行。"), "success")
        return redirect(url_for("precedents.show", precedent_id=precedent.id))
    if not form.is_submitted():
        form.fill(details_of(precedent))
    theirs = g.get("edit_conflict") or {}
    if theirs or not form.is_submitted():
        form.seen.data = str(precedent.row_version)
    return render_template(
        "pages/precedents/correct.html", form=form, precedent=precedent, theirs=theirs, stages=STAGE_LABELS
    )


def withdraw(precedent_id: int) -> ResponseReturnValue:
    precedent = kept_case(precedent_id)
    form = WithdrawalForm()
    if form.validate_on_submit() and tried(
        lambda: withdraw_precedent(
            session(), precedent, why=form.reason(), note=form.note.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("案例已撤下，不再能检索到。已经引用的文字保留。"), "success")
        return redirect(url_for("precedents.imports"))
    return render_template("pages/precedents/withdraw.html", form=form, precedent=precedent)


def restore(precedent_id: int) -> ResponseReturnValue:
    precedent = kept_case(precedent_id, withheld=True)
    form = RestoreForm()
    if form.validate_on_submit() and tried(
        lambda: restore_precedent(session(), precedent, reason=form.reason.data or "", by=person(), now=now())
    ):
        flash(gettext("案例已恢复，几分钟内可以检索到。"), "success")
        return redirect(url_for("precedents.imports"))
    return render_template("pages/precedents/restore.html", form=form, precedent=precedent)

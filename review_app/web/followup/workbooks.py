"""The coordinator's workbook: out as XLSX, in again with a dry run first."""

import io
import json
from typing import Any

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired

from review_app.clock import local_day
from review_app.documents.spreadsheet import XLSX, TableRow, read_table
from review_app.errors import N_, ReviewError
from review_app.followup.workbook import (
    NEEDED,
    TASKS,
    Fate,
    PlannedRow,
    can_use_workbook,
    carry_out,
    dry_run,
    export_workbook,
)
from review_app.sealing import current_seal
from review_app.web.followup.blueprint import pages
from review_app.web.request import now, permitted, person, sentence_of, session, tried

FATE_LABELS = {Fate.CHANGED: N_("将修改"), Fate.SAME: N_("无变化"), Fate.WRONG: N_("不能写入")}


class WorkbookForm(FlaskForm):
    """The workbook that was changed."""

    file = FileField(_l("改好的表格（.xlsx）"), validators=[FileRequired(_l("请选择文件。"))])


class CarryOutForm(FlaskForm):
    """The rows that were checked, sealed."""

    rows = HiddenField(validators=[InputRequired()])


@pages.get("/reviews/workbook")
def workbook_page() -> ResponseReturnValue:
    permitted(can_use_workbook(person()))
    return shown(WorkbookForm(formdata=None), [], [])


def shown(form: WorkbookForm, rows: list[TableRow], planned: list[PlannedRow]) -> str:
    wrong = sum(one.fate is Fate.WRONG for one in planned)
    changed = sum(one.fate is Fate.CHANGED for one in planned)
    return render_template(
        "pages/followup/workbook.html",
        form=form,
        planned=planned,
        changed=changed,
        wrong=wrong,
        carry_form=CarryOutForm(formdata=None, rows=packed(rows)) if changed and not wrong else None,
        fate_labels=FATE_LABELS,
        sentence_of=sentence_of,
    )


def packed(rows: list[TableRow]) -> str:
    """The rows that were checked, sealed, so that exactly these are written."""
    return current_seal().close(
        json.dumps([[row.number, dict(row.cells)] for row in rows], ensure_ascii=False)
    )


@pages.post("/reviews/workbook/download")
def download_workbook() -> ResponseReturnValue:
    permitted(can_use_workbook(person()))
    package = export_workbook(session(), by=person(), now=now())
    name = f"评查工作表-{local_day(now()):%Y%m%d}.xlsx"
    return send_file(io.BytesIO(package), mimetype=XLSX, as_attachment=True, download_name=name)


@pages.post("/reviews/workbook")
def check_workbook() -> ResponseReturnValue:
    """The dry run: every row explained, nothing stored."""
    permitted(can_use_workbook(person()))
    form = WorkbookForm()
    rows: list[TableRow] = []
    planned: list[PlannedRow] = []
    if form.validate() and tried(lambda: check(form.file.data, rows, planned)):
        return shown(form, rows, planned)
    return shown(form, [], []), 422


def check(file: Any, rows: list[TableRow], planned: list[PlannedRow]) -> None:
    rows += read_table(file.filename or "", file.read(), title=TASKS, needed=NEEDED)
    planned += dry_run(session(), rows, by=person())


@pages.post("/reviews/workbook/carry-out")
def carry_out_workbook() -> ResponseReturnValue:
    permitted(can_use_workbook(person()))
    form = CarryOutForm()
    planned: list[PlannedRow] = []
    if form.validate() and tried(lambda: write(form, planned)):
        count = sum(one.fate is Fate.CHANGED for one in planned)
        flash(gettext("已修改%(count)s个事项。", count=count), "success")
    return redirect(url_for("followup.workbook_page"))


def write(form: CarryOutForm, planned: list[PlannedRow]) -> None:
    try:
        rows = [
            TableRow(number, cells) for number, cells in json.loads(current_seal().open(form.rows.data or ""))
        ]
    except ReviewError:
        raise ReviewError(N_("检查结果已失效，请重新选择文件检查。")) from None
    planned += carry_out(session(), rows, by=person(), now=now())

"""Importing experts from a table: the dry run, then the same rows written."""

import json

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.errors import ReviewError
from review_app.experts import importing, rules
from review_app.experts.import_table import TABLE_LABELS, Row, rows_of
from review_app.sealing import current_seal
from review_app.web.experts.blueprint import pages
from review_app.web.experts.forms import CarryOutForm, UploadForm
from review_app.web.request import now, permitted, person, session, tried


@pages.route("/experts/import", methods=["GET", "POST"])
def import_table() -> ResponseReturnValue:
    """The dry run: a file is read and every row explained; nothing is stored."""
    permitted(rules.can_edit_pool(person()))
    form = UploadForm()
    plans: list[importing.Planned] = []
    rows: list[Row] = []
    if form.validate_on_submit():
        tried(lambda: check(form, rows, plans))
    return render_template(
        "pages/experts/import.html",
        form=form,
        plans=plans,
        carry_form=CarryOutForm(formdata=None, rows=packed(rows)) if plans else None,
        labels={"field": TABLE_LABELS},
    )


def check(form: UploadForm, rows: list[Row], plans: list[importing.Planned]) -> None:
    rows += rows_of(form.file.data.filename or "", form.file.data.read())
    plans += importing.plan_import(session(), rows, by=person())


def packed(rows: list[Row]) -> str:
    """The rows that were checked, sealed, so that exactly these are imported."""
    return current_seal().close(
        json.dumps([[row.number, dict(row.cells)] for row in rows], ensure_ascii=False)
    )


@pages.post("/experts/import/carry-out")
def carry_out() -> ResponseReturnValue:
    permitted(rules.can_edit_pool(person()))
    form = CarryOutForm()
    plans: list[importing.Planned] = []
    if form.validate_on_submit() and tried(lambda: import_rows(form, plans)):
        done = sum(plan.kind in ("NEW", "CHANGED") for plan in plans)
        flash(
            gettext(
                "导入完成：写入%(done)d人，未变%(same)d人，有误未导入%(wrong)d人。",
                done=done,
                same=sum(plan.kind == "SAME" for plan in plans),
                wrong=sum(plan.kind == "WRONG" for plan in plans),
            ),
            "success",
        )
        return redirect(url_for("experts.listing"))
    return redirect(url_for("experts.import_table"))


def import_rows(form: CarryOutForm, plans: list[importing.Planned]) -> None:
    try:
        rows = [Row(number, cells) for number, cells in json.loads(current_seal().open(form.rows.data or ""))]
    except ReviewError:
        raise ReviewError(gettext("检查结果已失效，请重新选择文件检查。")) from None
    plans += importing.carry_out(session(), rows, by=person(), now=now())


@pages.get("/experts/import/template.csv")
def template() -> ResponseReturnValue:
    """An empty table with the right heads, and one example row."""
    permitted(rules.can_edit_pool(person()))
    example = (
        "ZJ-0001", "张某某", "律师", "某某律师事务所", "合伙人", "民间借贷:3;刑事", "", "男", "1975", "", "", "",
        "2005-07-01", "2023-06-28", "2026-06-27", "青评聘〔2023〕1号", "", "3", "1", "律师执业证", "13701200510000000",
        "某某省司法厅", "2005-07-01", "",
    )  # fmt: skip
    heads = [label for name, label in TABLE_LABELS.items() if name != "specialty_levels"]
    text = ",".join(heads) + "\r\n" + ",".join(example) + "\r\n"
    disposition = {"Content-Disposition": 'attachment; filename="experts.csv"'}
    return Response(text.encode("utf-8-sig"), mimetype="text/csv", headers=disposition)

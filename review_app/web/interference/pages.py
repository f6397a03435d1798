"""The auditor's pages: what was put on record in each quarter, the report on it, and its handing in."""

import io
import re

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.deliberations.states import CHANNEL_LABELS, INTERVENTION_LABELS
from review_app.interference.quarters import Quarter, quarter_of
from review_app.interference.queries import find_report, owed_quarters, records_of, reports
from review_app.interference.rules import can_report
from review_app.interference.service import draft, hand_in, issue_report, read_report
from review_app.web.interference.forms import HandInForm
from review_app.web.request import now, permitted, person, record_apart, session, tried

pages = Blueprint("interference", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODE = re.compile(r"(20\d\d)-([1-4])")


@pages.get("/interference")
def listing() -> ResponseReturnValue:
    permitted(can_report(person()))
    return shown()


def shown(form: HandInForm | None = None, report_id: int = 0) -> str:
    today = local_day(now())
    present = quarter_of(today)
    owed = owed_quarters(session(), today)
    record_apart("interference.read", subject="interference")
    return render_template(
        "pages/interference/listing.html",
        present=present,
        owed=owed,
        records={quarter.code: records_of(session(), quarter) for quarter in [present, *owed]},
        reports=reports(session()),
        quarter_name=quarter_name,
        form=form,
        form_for=report_id,
        hand_in_form=HandInForm(formdata=None),
        channel_labels=CHANNEL_LABELS,
        intervention_labels=INTERVENTION_LABELS,
    )


def quarter_name(year: int, number: int) -> str:
    """2024年第1季度, or Q1 2024."""
    return str(gettext("%(year)s年第%(number)s季度", year=year, number=number))


def owed_here(code: str) -> Quarter:
    """The quarter of an address, if its report is owed."""
    permitted(can_report(person()))
    found = CODE.fullmatch(code) or abort(404)
    quarter = Quarter(int(found[1]), int(found[2]))
    return quarter if quarter in owed_quarters(session(), local_day(now())) else abort(404)


@pages.get("/interference/<code>/preview")
def preview(code: str) -> ResponseReturnValue:
    """The report as it would be issued, to be read before."""
    quarter = owed_here(code)
    record_apart("interference.read", subject=f"interference:{quarter.code}")
    return render_template(
        "pages/interference/preview.html",
        quarter=quarter,
        quarter_name=quarter_name,
        paper=draft(session(), quarter, by=person(), now=now()),
    )


@pages.post("/interference/<code>/issue")
def issue(code: str) -> ResponseReturnValue:
    quarter = owed_here(code)
    if tried(lambda: issue_report(session(), quarter, by=person(), now=now())):
        flash(gettext("报告已经生成。"), "success")
        return redirect(url_for("interference.listing"))
    return shown(), 422


@pages.get("/interference/reports/<id:report_id>.docx")
def download(report_id: int) -> ResponseReturnValue:
    permitted(can_report(person()))
    report = find_report(session(), report_id) or abort(404)
    package = read_report(report)
    record_apart(
        "interference.download", subject=f"interference_report:{report.id}", after={"sha256": report.sha256}
    )
    name = f"{report.number}.docx"
    return send_file(io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=name)


@pages.post("/interference/reports/<id:report_id>/handed-in")
def handed_in(report_id: int) -> ResponseReturnValue:
    permitted(can_report(person()))
    report = find_report(session(), report_id) or abort(404)
    form = HandInForm()
    if form.validate_on_submit() and form.on.data is not None:
        on = form.on.data
        if tried(
            lambda: hand_in(
                session(), report, on=on, received_by=form.received_by.data or "", by=person(), now=now()
            )
        ):
            flash(gettext("报送情况已登记。"), "success")
            return redirect(url_for("interference.listing"))
    return shown(form, report_id), 422

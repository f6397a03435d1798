"""The archive package of a closed review: what is in it, and taking it out with a reason."""

import io

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.archiving.rules import can_export_archive
from review_app.archiving.service import export_archive
from review_app.reviews.faces import face_of
from review_app.web.archiving.forms import ExportForm
from review_app.web.request import now, permitted, person, session, tried, visible_review

pages = Blueprint("archiving", __name__)


@pages.route("/reviews/<id:review_id>/archive", methods=["GET", "POST"])
def archive(review_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    permitted(can_export_archive(person(), review), review)
    form, made = ExportForm(), list[bytes]()
    if form.validate_on_submit() and tried(
        lambda: made.append(
            export_archive(session(), review, reason=form.reason.data or "", by=person(), now=now())
        )
    ):
        name = f"{gettext('归档包')}-{review.review_no}.zip"
        return send_file(
            io.BytesIO(made[0]), mimetype="application/zip", as_attachment=True, download_name=name
        )
    return render_template(
        "pages/archiving/archive.html", review=review, face=face_of(person(), review), form=form
    )

"""The person's own notices: read them, put them away."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.notices.kinds import KINDS
from review_app.notices.models import Notice
from review_app.notices.queries import latest
from review_app.notices.service import mark_read, unread
from review_app.web.request import now, person, session

pages = Blueprint("notices", __name__)


@pages.get("/notices")
def listing() -> ResponseReturnValue:
    shown = [(notice, title_of(notice), sentence_of(notice)) for notice in latest(session(), person())]
    return render_template("pages/notices/listing.html", notices=shown)


@pages.post("/notices/read")
def read_all() -> ResponseReturnValue:
    for notice in unread(session(), person()):
        mark_read(session(), notice, by=person(), now=now())
    return redirect(url_for("notices.listing"))


@pages.post("/notices/<id:notice_id>/read")
def read(notice_id: int) -> ResponseReturnValue:
    """Put one away and go where it leads."""
    notice = session().get(Notice, notice_id)
    if notice is None:
        abort(404)
    mark_read(session(), notice, by=person(), now=now())
    return redirect(notice.link if notice.link and "go" in request.form else url_for("notices.listing"))


def title_of(notice: Notice) -> str:
    return str(gettext(KINDS[notice.kind].subject))


def sentence_of(notice: Notice) -> str:
    facts = {
        name: gettext(fact) if isinstance(fact, str) and fact else fact for name, fact in notice.facts.items()
    }
    return str(gettext(KINDS[notice.kind].sentence, **facts))

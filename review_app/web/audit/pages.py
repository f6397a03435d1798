"""The audit log for the auditor: filters, paging, the verdict on the chain, reading class L3 after closing."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from review_app.accounts.queries import all_people
from review_app.accounts.rules import can_read_log
from review_app.audit.models import AuditRow
from review_app.audit.queries import PER_PAGE, LogFilter, actions_logged, logged, readings
from review_app.audit.service import verify_log
from review_app.reviews.queries import find_by_number, numbers_of, reviews_seen_by
from review_app.reviews.rules import can_audit_secrets
from review_app.web.audit.forms import LogForm, begin_of, end_of
from review_app.web.audit.words import action_words
from review_app.web.request import now, permitted, person, session

pages = Blueprint("audit", __name__)
NOBODY = -1
"""an id that no review has: a number that is not there finds nothing instead of everything"""


@pages.get("/audit")
def listing() -> ResponseReturnValue:
    permitted(can_read_log(person()))
    form = LogForm(request.args, meta={"csrf": False})
    people = all_people(session())
    form.offer(people, actions_logged(session()))
    page = form.page.data if form.validate() and form.page.data else 1
    rows, total = logged(session(), wanted(form), page=page)
    return render_template(
        "pages/audit/listing.html",
        form=form,
        rows=rows,
        names={one.id: one.name for one in people},
        numbers=numbers_of(session(), {row.review_id for row in rows if row.review_id}),
        total=total,
        page=page,
        page_count=max(1, -(-total // PER_PAGE)),
        query={name: value for name, value in request.args.items() if name != "page" and value},
        action_words=action_words,
        changes=changes,
    )


def wanted(form: LogForm) -> LogFilter:
    """The filter; what is not understood does not narrow, an unknown review number finds nothing."""
    if not form.validate():
        return LogFilter()
    number = form.review_no.data or ""
    review = find_by_number(session(), number) if number else None
    return LogFilter(
        review_id=(review.id if review else NOBODY) if number else None,
        person_id=form.person.data or None,
        action=form.action.data or "",
        since=begin_of(form.since.data),
        until=end_of(form.until.data),
    )


def changes(row: AuditRow) -> list[tuple[str, str, str]]:
    """What changed: name, before, after. The log holds no secret content, only its hash."""
    before, after = row.before or {}, row.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [(name, plain(before.get(name)), plain(after.get(name))) for name in names]


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "；".join(f"{name}={one}" for name, one in value.items())
    text = str(value)
    return f"{text[:16]}…" if len(text) == 64 and text.isalnum() else text


@pages.get("/audit/verify")
def verify() -> ResponseReturnValue:
    permitted(can_read_log(person()))
    return render_template("pages/audit/verify.html", verdict=verify_log(session()), at=now())


@pages.get("/audit/secrets")
def secrets() -> ResponseReturnValue:
    """Closed reviews, each with the pages where class L3 is read for a written reason, and every such reading."""
    permitted(can_read_log(person()))
    closed = [
        review for review in reviews_seen_by(session(), person()) if can_audit_secrets(person(), review)
    ]
    people = all_people(session())
    return render_template(
        "pages/audit/secrets.html",
        closed=closed,
        readings=readings(session()),
        names={one.id: one.name for one in people},
        numbers={review.id: review.review_no for review in closed},
        action_words=action_words,
    )

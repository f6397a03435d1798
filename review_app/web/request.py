"""What a route may ask of the present request: session, person, time, and the review it may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, current_app, flash, g, request
from flask import session as cookie
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.database import Database
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.reviews.models import CaseReview
from review_app.reviews.queries import find_review
from review_app.reviews.rules import can_see
from review_app.settings import Settings

SAFE = ("GET", "HEAD", "OPTIONS")


def database() -> Database:
    found: Database = current_app.extensions["yian_database"]
    return found


def settings() -> Settings:
    found: Settings = current_app.extensions["yian_settings"]
    return found


def session() -> Session:
    """The request's session: it may write unless the request only reads."""
    if "session" not in g:
        g.session = database().reading() if request.method in SAFE else database().writing()
    found: Session = g.session
    return found


def person() -> Person:
    """The signed-in person (routes are behind the sign-in wall unless marked public)."""
    found: Person = current_user._get_current_object()
    return found


def now() -> datetime:
    """The moment of this request; the same for everything it does."""
    if "now" not in g:
        g.now = current_app.extensions["yian_clock"]()
    moment: datetime = g.now
    return moment


def remember_sign_in(token: str) -> None:
    """Begin a new cookie that carries the sign-in; nothing of the visitor's cookie survives but the language."""
    language = cookie.get("language")
    cookie.clear()
    cookie["_user_id"] = token
    if language:
        cookie["language"] = language


def forget_sign_in() -> str:
    """Empty the cookie and give the token it carried."""
    token, language = cookie.get("_user_id", ""), cookie.get("language")
    cookie.clear()
    if language:
        cookie["language"] = language
    return str(token)


def visible_review(review_id: int) -> CaseReview:
    """The review, fetched and allowed in one step; otherwise 404, and the attempt is logged."""
    return visible(find_review(session(), review_id), can_see)


def visible(review: CaseReview | None, rule: Callable[[Person, CaseReview], bool]) -> CaseReview:
    """``review`` if ``rule`` lets the person; otherwise 404, and the attempt is logged."""
    if review is None:
        abort(404)
    if not rule(person(), review):
        log_refusal(review)
        abort(404)
    return review


def permitted(allowed: bool, review: CaseReview | None = None) -> None:
    """404 with a row in the audit log unless ``allowed``."""
    if not allowed:
        log_refusal(review)
        abort(404)


def log_refusal(review: CaseReview | None) -> None:
    record_apart(
        "refused",
        review_id=review.id if review else None,
        after={"method": request.method},
        subject=request.path,
    )


@dataclass(frozen=True)
class Asker:
    """Who asks, by id alone: reading the person after a rollback would open the request's transaction
    again and wait for the one that writes the row."""

    id: int


def record_apart(
    action: str,
    *,
    subject: str,
    review_id: int | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """An audit row in a transaction of its own: for refusals and for reading (downloads), which change
    nothing else and must be kept although the request is rolled back."""
    by = Asker(person().id) if current_user.is_authenticated else None
    if "session" in g and request.method not in SAFE:
        g.session.rollback()
    with database().writing() as own, own.begin():
        record(
            own,
            action=action,
            subject=subject,
            by=by,
            now=now(),
            after=after,
            reason=reason,
            review_id=review_id,
        )


def sentence_of(error: ReviewError) -> str:
    """The error's sentence in the reader's language."""
    facts = {
        name: gettext(fact) if isinstance(fact, str) and fact else fact for name, fact in error.facts.items()
    }
    filled: str = gettext(error.sentence, **facts)
    return filled


def tried(action: Callable[[], object], form: object | None = None) -> bool:
    """Do ``action``; a ReviewError undoes it and becomes a sentence on the page, and False is given back so
    that the route shows the form again with what was typed. Refusals (NotAllowed) go on to the error page."""
    try:
        with session().begin_nested():
            action()
    except NotAllowed:
        raise
    except ReviewError as error:
        g.edit_conflict = error.theirs if isinstance(error, EditConflict) else None
        flash(sentence_of(error), "danger")
        return False
    return True

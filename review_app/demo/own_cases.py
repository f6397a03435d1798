"""Concluded reviews on their way into the demo's library: one there, one waiting for the second check."""

from review_app.demo.office import Office
from review_app.own_cases import service
from review_app.own_cases.models import OwnCase
from review_app.precedents.service import catch_up_index
from review_app.precedents.states import Audience
from review_app.reviews.models import CaseReview


def hand_over(office: Office, review: CaseReview) -> OwnCase:
    """The coordinator takes the proposal over and hands it to a second person."""
    session, by = office.session, office.coordinator
    own = service.begin(session, review, by=by, now=office.now)
    service.edit(
        session, own, own.own_text, audience=Audience.EVERYONE, seen=own.row_version, by=by, now=office.now
    )
    service.submit(session, own, by=by, now=office.now)
    return own


def let_in(office: Office, own: OwnCase) -> None:
    """The data protection officer compares and lets it into the library."""
    service.publish(office.session, own, by=office.people["dpo"], now=office.now)
    catch_up_index(office.session, office.engine, now=office.now)

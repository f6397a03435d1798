"""What the tests of the library's pages share: two cases, and a review with its lead reviewer."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.precedents.library import open_library
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, ReviewState
from review_app.settings import Settings
from tests import factories
from tests.precedents.cases import INJURY, indexed, stored_case


@pytest.fixture
def crash(session: Session, settings: Settings, now: datetime) -> Precedent:
    """Two cases in library and index; the judgment about a crash is given back."""
    crash = stored_case(session, now)
    stored_case(session, now, INJURY, title="工伤认定案", tier="1", causes=["工伤认定"], year=2018)
    indexed(session, open_library(settings.index_folder), now)
    return crash


@pytest.fixture
def review(session: Session) -> CaseReview:
    return factories.review(session, ReviewState.DRAFT)


@pytest.fixture
def lead(session: Session, review: CaseReview) -> Person:
    person = factories.person(session, Role.EXPERT, name="主评甲")
    factories.seat(session, review, person, Capacity.LEAD)
    session.commit()
    return person

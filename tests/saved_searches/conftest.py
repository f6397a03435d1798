"""Fixtures of the tests of saved searches."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from tests.saved_searches import made


@pytest.fixture
def library(session: Session, now: datetime) -> made.Library:
    """An engine in memory over an empty library."""
    return made.Library(session, made.shaky(), now)


@pytest.fixture
def owner(session: Session) -> Person:
    person = made.expert(session, name="存检索的人")
    session.commit()
    return person

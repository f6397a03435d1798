"""An issuing office whose files lie in the test's folder."""

import pytest

from review_app.documents.office import Office, use_office
from review_app.settings import Settings


@pytest.fixture(autouse=True)
def issuing_office(settings: Settings) -> Office:
    return use_office(settings)

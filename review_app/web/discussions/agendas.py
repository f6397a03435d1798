"""What the agenda's page shows."""

from typing import Any

from review_app.discussions.agenda import WHY_LABELS
from review_app.discussions.preparing import agenda_of
from review_app.reviews.models import CaseReview
from review_app.web.request import session


def agenda_page(review: CaseReview) -> dict[str, Any]:
    return {"agenda": agenda_of(session(), review), "why_labels": WHY_LABELS}

"""Words for everything the pages of a panel show."""

from review_app.experts.states import CATEGORY_LABELS
from review_app.panels.grounds import GROUNDS
from review_app.panels.states import (
    APPLICANT_LABELS,
    CHECK_LABELS,
    DECLINE_LABELS,
    DRAW_KIND_LABELS,
    DRAW_METHOD_LABELS,
    DRAW_STATE_LABELS,
    OPINION_LABELS,
    RECUSAL_STATE_LABELS,
    SEAT_KIND_LABELS,
    SEAT_ROLE_LABELS,
    SEAT_STATE_LABELS,
    TELLING_LABELS,
    TOLD_LABELS,
)
from review_app.reviews.states import STATE_LABELS


def labels() -> dict[str, object]:
    return {
        "state": STATE_LABELS,
        "role": SEAT_ROLE_LABELS,
        "seat": SEAT_STATE_LABELS,
        "seat_kind": SEAT_KIND_LABELS,
        "category": CATEGORY_LABELS,
        "draw": DRAW_STATE_LABELS,
        "draw_kind": DRAW_KIND_LABELS,
        "method": DRAW_METHOD_LABELS,
        "told": TOLD_LABELS,
        "telling": TELLING_LABELS,
        "recusal": RECUSAL_STATE_LABELS,
        "applicant": APPLICANT_LABELS,
        "decline": DECLINE_LABELS,
        "grounds": GROUNDS,
        "check": CHECK_LABELS,
        "opinion": OPINION_LABELS,
    }

"""The indexes follow the database: what changed, and what an index restored, lost or of another version lacks."""

from review_app.jobs.runner import Desk
from review_app.upkeep.indexes import INDEXES, bring_up_to_date


def catch_up_library(desk: Desk) -> int:
    """Index what waits, batch by batch; gives the number of cases and texts of law."""
    return sum(bring_up_to_date(index, desk.database, desk.settings, now=desk.now) for index in INDEXES)

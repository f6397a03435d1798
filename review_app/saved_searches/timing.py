"""When a saved search is due. Pure: moments in, moments out."""

from datetime import datetime, time, timedelta

from review_app.clock import SHANGHAI
from review_app.saved_searches.states import Frequency

TOLD_AT = time(7, 0)
"""hour of the day in Asia/Shanghai; weekly ones on Monday"""


def last_due(frequency: Frequency, now: datetime) -> datetime | None:
    """The latest moment up to ``now`` at which a search of this frequency had to run; None for one that never has to.

    A search is due when it last ran before that moment, so a timetable that stood still for days makes up for it with
    one run.
    """
    if frequency is Frequency.NEVER:
        return None
    local = now.astimezone(SHANGHAI)
    due = datetime.combine(local.date(), TOLD_AT, SHANGHAI)
    if due > local:
        due -= timedelta(days=1)
    return due if frequency is Frequency.DAILY else due - timedelta(days=due.weekday())

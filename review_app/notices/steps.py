"""Which reminder a due day calls for on a given day. Pure: days in, steps out.

A step is due on every day of its window, not on one exact day: a scheduler that was down meets it on the first
day it runs again, and the ledger of notices (one per step, thing and person) keeps it from being sent twice.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
    """``first`` and ``last`` are days relative to the due day (−3 is three days before); no ``last``: open."""

    name: str
    kind: str
    first: int
    last: int | None


REPLY_STEPS = (
    Step("before", "reply-reminder", -7, 0),
    Step("overdue", "reply-overdue", 1, None),
)

TASK_STEPS = (
    Step("before", "task-reminder", -3, 0),
    Step("overdue", "task-overdue", 1, None),
)


def due_steps(steps: tuple[Step, ...], *, due: date, today: date) -> list[Step]:
    """The steps whose window holds ``today``."""
    days = (today - due).days
    return [step for step in steps if step.first <= days and (step.last is None or days <= step.last)]


def clock_steps(*, orange: int) -> tuple[Step, ...]:
    """Notices of a clock: orange from ``orange`` days before the due day, red from the day after it."""
    return (Step("orange", "clock-orange", -orange, 0), Step("red", "clock-red", 1, None))

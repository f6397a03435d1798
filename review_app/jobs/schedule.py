"""The whole timetable: name, when (cron in Asia/Shanghai), what.

Every job asks what is due now, never what happened since the last run: one that was missed is made up for by
the next run, one that runs twice does nothing the second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from review_app.errors import N_
from review_app.evaluations.service import remind_open_forms
from review_app.experts.appointing import expire_terms
from review_app.followup.reminders import remind_of_replies, remind_of_tasks
from review_app.interference.service import remind_of_reports
from review_app.jobs.clocks import tell_clock_colours
from review_app.jobs.indexing import catch_up_library
from review_app.jobs.mail import send_notices
from review_app.jobs.runner import Act, Desk
from review_app.jobs.saved_searches import tell_new_cases
from review_app.panels.invitations import look_after_overdue


@dataclass(frozen=True)
class Job:
    """``cron``: minute hour day month weekday, in Asia/Shanghai."""

    name: str
    title: str
    cron: str
    act: Act


class Service(Protocol):
    """A service function that does what is due and gives how many things it did."""

    def __call__(self, session: Session, *, now: datetime) -> int: ...


def whole(service: Service) -> Callable[[Desk], int]:
    """A job that is one service function in one transaction."""

    def act(desk: Desk) -> int:
        with desk.transaction() as session:
            return service(session, now=desk.now)

    return act


def look_after_answers(desk: Desk) -> int:
    """Overdue answers of invited experts, as the operator has set."""
    with desk.transaction() as session:
        return look_after_overdue(session, invite=desk.settings.overdue_answers == "invite", now=desk.now)


TIMETABLE = (
    Job("form-reminders", N_("提醒未提交的评查表"), "0 8 * * *", whole(remind_open_forms)),
    Job("reply-reminders", N_("提醒未提交的整改回复"), "10 8 * * *", whole(remind_of_replies)),
    Job("task-reminders", N_("提醒到期的后续事项"), "20 8 * * *", whole(remind_of_tasks)),
    Job("terms", N_("办理聘期届满的专家"), "15 0 * * *", whole(expire_terms)),
    Job("overdue-answers", N_("处理逾期未答复的专家"), "25 8 * * *", look_after_answers),
    Job("clock-colours", N_("提示将到期和已逾期的环节"), "30 8 * * *", whole(tell_clock_colours)),
    Job("interference-reports", N_("提醒编制过问情况季度报告"), "35 8 * * *", whole(remind_of_reports)),
    Job("index-catch-up", N_("补做类案库索引"), "*/10 * * * *", catch_up_library),
    Job("saved-searches", N_("执行到期的已存检索并提醒新案例"), "5 * * * *", tell_new_cases),
    Job("send-notices", N_("发送待发通知"), "*/5 * * * *", send_notices),
)


def job_named(name: str) -> Job | None:
    return next((job for job in TIMETABLE if job.name == name), None)

"""The filter above the audit log."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SearchField, SelectField
from wtforms.validators import Length, NumberRange, Optional

from review_app.accounts.models import Person
from review_app.clock import SHANGHAI
from review_app.web.audit.words import action_words


def stripped(text: str | None) -> str:
    return (text or "").strip()


class LogForm(FlaskForm):
    review_no = SearchField(_l("评查编号"), [Optional(), Length(max=20)], [stripped])
    person = SelectField(_l("人员"), [Optional()], coerce=int, default=0)
    action = SelectField(_l("操作"), [Optional()], default="")
    since = DateField(_l("自"), [Optional()])
    until = DateField(_l("至"), [Optional()])
    page = IntegerField(validators=[Optional(), NumberRange(1, 100_000)])

    def offer(self, people: Iterable[Person], actions: Sequence[str]) -> None:
        self.person.choices = [
            (0, gettext("全部")),
            *((one.id, f"{one.name}（{one.login}）") for one in people),
        ]
        self.action.choices = [("", gettext("全部")), *((code, action_words(code)) for code in actions)]


def begin_of(day: date | None) -> datetime | None:
    """The first moment of a day in Asia/Shanghai."""
    return datetime.combine(day, time(), SHANGHAI) if day else None


def end_of(day: date | None) -> datetime | None:
    """The first moment after a day in Asia/Shanghai."""
    begin = begin_of(day)
    return begin + timedelta(days=1) if begin else None

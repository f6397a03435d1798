"""Forms of saved searches."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from review_app.saved_searches.service import LONGEST_NAME
from review_app.saved_searches.states import FREQUENCY_LABELS, Frequency


def stripped(text: str | None) -> str:
    return (text or "").strip()


class SearchForm(FlaskForm):
    """What a saved search is called, and how often its owner is told."""

    name = StringField(
        _l("检索名称"),
        [
            InputRequired(_l("请给这项检索起一个名称。")),
            Length(max=LONGEST_NAME, message=_l("名称最多60个字。")),
        ],
        [stripped],
    )
    frequency = RadioField(
        _l("有新案例时提醒我"),
        [InputRequired(_l("请选择是否提醒。"))],
        coerce=str,
        default=str(Frequency.DAILY),
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.frequency.choices = [(str(each), gettext(label)) for each, label in FREQUENCY_LABELS.items()]

    @property
    def chosen(self) -> Frequency:
        return Frequency(self.frequency.data)

"""Forms of the quarterly reports."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length


class IssueForm(FlaskForm):  # type: ignore[misc, unused-ignore]
    """Nothing but the confirmation."""


class HandInForm(FlaskForm):  # type: ignore[misc, unused-ignore]
    """When the report was handed in and who received it."""

    on = DateField(_l("报送日期"), validators=[InputRequired(_l("请填写报送日期。"))])
    received_by = StringField(
        _l("接收单位和接收人"),
        validators=[
            InputRequired(_l("请填写接收单位和接收人。")),
            Length(max=100, message=_l("最多100个字。")),
        ],
    )

"""Forms of the pages about templates; the editor itself has fields by place (``form_templates.editing``)."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget


class ProposeForm(FlaskForm):  # type: ignore[misc, unused-ignore]
    reason = TextAreaField(
        _l("为什么修改"), validators=[InputRequired(_l("请写明为什么修改。")), Length(max=500)]
    )


class DecideForm(FlaskForm):  # type: ignore[misc, unused-ignore]
    decision = RadioField(
        _l("决定"),
        validators=[InputRequired(_l("请选择。"))],
    )
    reason = TextAreaField(_l("理由（不批准的必须写明）"), validators=[Length(max=500)])

    def offer(self) -> None:
        self.decision.choices = [("approve", gettext("批准")), ("refuse", gettext("不批准"))]


class ActivateForm(FlaskForm):  # type: ignore[misc, unused-ignore]
    """Which open reviews move to the version; unticked ones stay with theirs."""

    reviews = SelectMultipleField(
        _l("改用新版本的评查项目"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reason = TextAreaField(_l("改用的理由（有勾选的必须写明）"), validators=[Length(max=500)])

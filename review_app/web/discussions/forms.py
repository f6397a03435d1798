"""Forms of discussions."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from review_app.accounts.models import Person
from review_app.web.deliberations.forms import CHOOSE, MEDIUM, Checks, required, stripped


class CommentForm(FlaskForm):
    """What somebody writes, whom he asks to look, what he attaches."""

    text = TextAreaField(_l("意见"), [required(_l("请写明意见。")), MEDIUM], [stripped])
    mentioned = Checks(_l("提醒查看"), coerce=int)
    files = MultipleFileField(_l("附件"))

    def offer(self, people: Sequence[Person], writer: Person) -> "CommentForm":
        self.mentioned.choices = [(one.id, one.name) for one in people if one.id != writer.id]
        return self


class ThreadForm(CommentForm):
    about = SelectField(_l("讨论对象"), [InputRequired(CHOOSE)])
    title = StringField(
        _l("要讨论的问题"),
        [required(_l("请填写要讨论的问题。")), Length(max=200, message=_l("最多200个字。"))],
        [stripped],
    )


class EditForm(FlaskForm):
    seen = HiddenField(validators=[InputRequired()])
    text = TextAreaField(_l("意见"), [required(_l("请写明意见。")), MEDIUM], [stripped])


class ReasonForm(FlaskForm):
    reason = TextAreaField(_l("理由"), [required(_l("请写明理由。")), MEDIUM], [stripped])


class ReadForm(FlaskForm):
    number = IntegerField(validators=[InputRequired()])

"""Forms of the opinion and of the letters around it."""

from typing import Any

from flask_babel import lazy_gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from review_app.documents.states import DELIVERY_LABELS
from review_app.opinions.facts import Advice
from review_app.opinions.file_request import MODE_LABELS
from review_app.petitions.states import REQUEST_RESULT_LABELS, RequestResult
from review_app.rulebook import Rules
from review_app.web.accounts.codes import code_field

MOST_ADVICE = 20
LONGEST_PART = 20000


class PartForm(FlaskForm):
    """One part; ``edition`` is the edition the writer began from."""

    edition = HiddenField(validators=[InputRequired()])
    text = TextAreaField(_l("内容"), validators=[Length(max=LONGEST_PART)])


class RemarkForm(FlaskForm):
    """A comment on a part; with other words than the part's, a proposal."""

    edition = HiddenField(validators=[InputRequired()])
    words = TextAreaField(
        _l("意见、修改理由"), validators=[InputRequired(_l("请写明意见或者修改的理由。")), Length(max=2000)]
    )
    proposal = TextAreaField(_l("建议改为（不改请保持原样）"), validators=[Length(max=LONGEST_PART)])


class AnswerForm(PartForm):
    """The analysis of one request with its result."""

    result = RadioField(_l("结论"), validators=[Optional()])

    def offer(self) -> None:
        self.result.choices = [
            (each.value, lazy_gettext(label)) for each, label in REQUEST_RESULT_LABELS.items()
        ]

    @property
    def chosen(self) -> RequestResult | None:
        return RequestResult(self.result.data) if self.result.data else None


class AdviceRow(Form):
    """One recommendation."""

    text = TextAreaField(_l("建议内容"), validators=[Length(max=1000)])
    organ = StringField(_l("责任单位"), validators=[Length(max=80)])
    route = SelectField(_l("法定途径"), validators=[Optional()])
    law = StringField(_l("依据（法律、版本、条文）"), validators=[Length(max=200)])
    due_on = DateField(_l("完成期限"), validators=[Optional()])


class AdviceForm(FlaskForm):
    """All recommendations; rows without text are left out when saved."""

    edition = HiddenField(validators=[InputRequired()])
    rows = FieldList(FormField(AdviceRow), max_entries=MOST_ADVICE)

    def offer(self, rules: Rules, *, spare: int = 2) -> None:
        """Fill the choices and keep some empty rows at the end."""
        while len(self.rows) < MOST_ADVICE and self.empty_at_end() < spare:
            self.rows.append_entry()
        routes: list[tuple[str, Any]] = [("", _l("（不涉及）"))]
        routes += [(route.zh, lazy_gettext(route.zh)) for route in rules.routes.values()]
        for entry in self.rows:
            chosen = entry.form.route.data
            extra = [] if not chosen or chosen in dict(routes) else [(chosen, chosen)]
            entry.form.route.choices = routes + extra

    def empty_at_end(self) -> int:
        count = 0
        for entry in reversed(list(self.rows)):
            if (entry.form.text.data or "").strip():
                break
            count += 1
        return count

    def advice(self) -> list[Advice]:
        return [
            Advice(
                (row.text.data or "").strip(),
                (row.organ.data or "").strip(),
                row.route.data or "",
                (row.law.data or "").strip(),
                row.due_on.data,
            )
            for row in (entry.form for entry in self.rows)
        ]


class SignForm(FlaskForm):
    """Signing, or saying why not; ``seen`` is the hash of what the page shows."""

    seen = HiddenField(validators=[InputRequired()])
    declined_reason = TextAreaField(_l("不签名的理由（签名的不填）"), validators=[Length(max=1000)])
    password = PasswordField(_l("登录密码"), validators=[InputRequired(_l("请输入登录密码。"))])
    code = code_field()


class ReturnForm(FlaskForm):
    """What is missing, when the leader returns the opinion."""

    reason = TextAreaField(
        _l("退回补正的理由"), validators=[InputRequired(_l("请写明缺少什么。")), Length(max=500)]
    )


class ConfirmForm(FlaskForm):
    """One button that posts."""


class ServeForm(FlaskForm):
    """How and when a document was served."""

    method = SelectField(_l("送达方式"), validators=[InputRequired()])
    on = DateField(_l("送达日期"), validators=[InputRequired(_l("请填写送达日期。"))])

    def offer(self) -> None:
        self.method.choices = [(each.value, lazy_gettext(label)) for each, label in DELIVERY_LABELS.items()]


class FileRequestForm(FlaskForm):
    """What the letter to the reviewed organ asks for."""

    volumes = TextAreaField(
        _l("需要调阅的案卷材料"),
        validators=[InputRequired(_l("请写明需要调阅的案卷材料。")), Length(max=500)],
    )
    mode = SelectField(_l("调阅方式"), validators=[InputRequired()])
    due_on = DateField(_l("提供期限"), validators=[InputRequired(_l("请填写提供案卷的期限。"))])
    return_on = DateField(_l("退还日期（纸质卷宗）"), validators=[Optional()])

    def offer(self) -> None:
        self.mode.choices = [(each.value, lazy_gettext(label)) for each, label in MODE_LABELS.items()]

"""Forms after the opinion."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from review_app.followup.answering import Answered, Lack
from review_app.followup.models import RectificationReply
from review_app.followup.resolving import ResolutionFacts, Unproven
from review_app.followup.states import (
    ANSWER_LABELS,
    BASIS_LABELS,
    TASK_STATE_LABELS,
    Answer,
    Basis,
    TaskState,
    TerminationCheck,
)
from review_app.reviews.states import RESOLUTION_LABELS, Resolution

LONG = Length(max=5000, message=_l("最多5000个字。"))
SHORT = Length(max=200, message=_l("最多200个字。"))


def stripped(text: str | None) -> str:
    return (text or "").strip()


class LineForm(Form):
    """The answer to one finding or recommendation; the field's own help tells what each kind needs."""

    subject = HiddenField()
    answer = SelectField(_l("答复"), [Optional()])
    text = TextAreaField(_l("措施、情况或者理由"), [LONG], [stripped])
    planned_on = DateField(_l("计划完成日期"), [Optional()])
    case_no = StringField(_l("案号"), [SHORT], [stripped])
    evidence = FileField(_l("证明文件"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.answer.choices = [
            ("", gettext("请选择")), *((kind.value, gettext(label)) for kind, label in ANSWER_LABELS.items())
        ]  # fmt: skip

    def answered(self) -> Answered:
        chosen = Answer(self.answer.data) if self.answer.data else None
        return Answered(
            self.subject.data or "",
            chosen,
            self.text.data or "",
            self.planned_on.data,
            self.case_no.data or "",
        )


class ReplyForm(FlaskForm):
    seen = IntegerField(widget=HiddenInput())
    remark = TextAreaField(_l("总体说明"), [LONG], [stripped])
    lines = FieldList(FormField(LineForm))

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        """Put each lack beside the field it concerns."""
        entries = {entry.form.subject.data: entry.form for entry in self.lines}
        for lack in lacks:
            field = getattr(entries[lack.subject], lack.field)
            field.errors = [*field.errors, gettext(lack.sentence)]


def reply_values(reply: RectificationReply) -> dict[str, Any]:
    """What the stored reply puts into the form."""
    lines = [
        {
            "subject": line.subject, "answer": line.answer.value if line.answer else "", "text": line.text,
            "planned_on": line.planned_on, "case_no": line.case_no,
        }
        for line in reply.lines
    ]  # fmt: skip
    return {"seen": reply.edition, "remark": reply.remark, "lines": lines}


class TaskForm(FlaskForm):
    title = TextAreaField(_l("事项"), [InputRequired(_l("请写明事项。")), LONG], [stripped])
    owner = StringField(
        _l("责任单位或者责任人"), [InputRequired(_l("请写明责任单位或者责任人。")), SHORT], [stripped]
    )
    due_on = DateField(_l("完成期限"), [InputRequired(_l("请填写完成期限，例如2024-05-01。"))])


class PlanForm(FlaskForm):
    seen = IntegerField(widget=HiddenInput())
    owner = StringField(
        _l("责任单位或者责任人"), [InputRequired(_l("请写明责任单位或者责任人。")), SHORT], [stripped]
    )
    due_on = DateField(_l("完成期限"), [Optional()])


class SettleForm(FlaskForm):
    seen = IntegerField(widget=HiddenInput())
    state = RadioField(_l("办理结果"), [InputRequired(_l("请选择办理结果。"))])
    result = TextAreaField(_l("结果说明"), [InputRequired(_l("请写明办理结果。")), LONG], [stripped])
    result_on = DateField(_l("日期"), [InputRequired(_l("请填写日期，例如2024-05-01。"))])
    case_no = StringField(_l("案号或者文号"), [SHORT], [stripped])
    evidence = FileField(_l("证明文件"))

    def offer(self) -> None:
        self.state.choices = [
            (state.value, gettext(TASK_STATE_LABELS[state])) for state in (TaskState.DONE, TaskState.DROPPED)
        ]


class ResolutionForm(FlaskForm):
    resolution = RadioField(_l("化解情况"), [InputRequired(_l("请选择化解情况。"))])
    happened_on = DateField(_l("日期"), [Optional()])
    note = TextAreaField(_l("情况说明"), [LONG], [stripped])
    basis = RadioField(_l("认定已化解的依据"), [Optional()])
    confirmed = BooleanField(_l("已核实与所选依据相应的确认事项"))
    document_no = StringField(_l("文书文号"), [SHORT], [stripped])
    proof = FileField(_l("证明文件"))
    remedies_told_on = DateField(_l("告知救济途径的日期"), [Optional()])
    interview_on = DateField(_l("谈话日期"), [Optional()])
    interview = FileField(_l("谈话笔录"))

    def offer(self) -> None:
        self.resolution.choices = [(one.value, gettext(label)) for one, label in RESOLUTION_LABELS.items()]
        self.basis.choices = [(one.value, gettext(label)) for one, label in BASIS_LABELS.items()]

    def facts(self) -> ResolutionFacts:
        return ResolutionFacts(
            resolution=Resolution(self.resolution.data), happened_on=self.happened_on.data,
            note=self.note.data or "", basis=Basis(self.basis.data) if self.basis.data else None,
            confirmed=bool(self.confirmed.data), document_no=self.document_no.data or "",
            remedies_told_on=self.remedies_told_on.data, interview_on=self.interview_on.data,
        )  # fmt: skip

    def show_lacks(self, lacks: Sequence[Unproven]) -> None:
        for lack in lacks:
            field = getattr(self, lack.field)
            field.errors = [*field.errors, gettext(lack.sentence)]


class ReopenForm(FlaskForm):
    petitioned_on = DateField(_l("再次信访的日期"), [InputRequired(_l("请填写日期，例如2024-05-01。"))])
    reason = TextAreaField(_l("事由"), [InputRequired(_l("请写明事由。")), LONG], [stripped])


class CheckForm(Form):
    met = BooleanField(_l("已核实"))
    note = StringField(_l("依据（卷宗位置、文号等）"), [Length(max=500)], [stripped])


class TerminationForm(FlaskForm):
    seen = IntegerField(widget=HiddenInput())
    REMEDIES = FormField(CheckForm)
    REVIEW = FormField(CheckForm)
    SERVED = FormField(CheckForm)
    AID = FormField(CheckForm)
    HEARING = FormField(CheckForm)
    organ = StringField(_l("移送的有权机关"), [SHORT], [stripped])
    handed_over_on = DateField(_l("移送日期"), [Optional()])

    def checks(self) -> dict[TerminationCheck, tuple[bool, str]]:
        forms = {check: getattr(self, check.value).form for check in TerminationCheck}
        return {check: (bool(form.met.data), form.note.data or "") for check, form in forms.items()}
